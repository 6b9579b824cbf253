"""What somebody typed is kept here until it is committed: a crash loses no word."""

from __future__ import annotations

import os

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError

_FOLDER = os.path.join("nextstep", "rescue")


class Rescue(Struct, frozen=True):
    """A file that holds typed words. It is removed when they are where they belong."""

    path: str

    def forget(self) -> None:
        """Remove the file; where that fails it stays, which does no harm."""
        try:
            os.unlink(self.path)
        except OSError:
            return

    def where(self) -> str:
        """Return a line that tells where the words are."""
        return f"what you typed is kept in {self.path}"


def rescued(git_dir: str | None, text: str, *, state_folder: str) -> Rescue:
    """Write typed words to a new private file, safe on the disk.

    It lies in git's own folder, where nothing is committed and nobody looks by accident, outside a
    repository in ``state_folder``. Raises NextstepError where it cannot be written: then nothing
    is begun.
    """
    folder = os.path.join(git_dir or state_folder, _FOLDER)
    path = os.path.join(folder, f"{os.getpid()}-{os.urandom(4).hex()}.txt")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        descriptor = os.open(path, flags, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8", "surrogateescape"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise NextstepError(
            f"{folder} cannot be written: {error.strerror}; nothing was changed",
            "see who may write there, and how full the disk is",
        ) from None
    return Rescue(path)
