"""What somebody typed is kept here until it is committed: a crash loses no word."""

from __future__ import annotations

import os
import stat

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo import steps
from nextstep.repo.shared import shared_folder

_PARTS = ("nextstep", "rescue")
_LONGEST_LINE = 4096


class Rescue(Struct, frozen=True):
    """A file that holds typed words. It is removed when they are where they belong."""

    path: str

    def forget(self) -> None:
        """Remove the file; where that fails it stays, which does no harm."""
        steps.forget(self.path)

    def where(self) -> str:
        """Return a line that tells where the words are."""
        return f"what you typed is kept in {self.path}"


class Kept(Struct, frozen=True):
    """Words that are still kept: the file, and its first line, the command that was typed."""

    path: str
    command: str


def rescued(git_dir: str | None, text: str, *, state_folder: str | None = None) -> Rescue:
    """Write typed words to a new private file, safe on the disk.

    It lies in git's own folder, where nothing is committed and nobody looks by accident, outside a
    repository in ``state_folder``. Raises NextstepError where it cannot be written: then nothing
    is begun.
    """
    folder = _folder(git_dir, state_folder)
    path = os.path.join(folder, f"{os.getpid()}-{os.urandom(4).hex()}.txt")
    try:
        _make(folder, private=git_dir is None)
        steps.write_new(path, text.encode("utf-8", "surrogateescape"), 0o600)
    except OSError as error:
        raise NextstepError(
            f"{folder} cannot be written: {error.strerror}; nothing was changed",
            "see who may write there, and how full the disk is",
        ) from None
    return Rescue(path)


def state_folder() -> str:
    """Return the user's folder for what lasts, by the custom of the operating system."""
    import platformdirs

    return platformdirs.user_state_dir()


def kept(git_dir: str | None, *, state_folder: str | None = None) -> tuple[Kept, ...]:
    """Return the words that are still kept, those of other people left out."""
    folder = _folder(git_dir, state_folder)
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return ()
    found = []
    for name in names:
        path = os.path.join(folder, name)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with open(descriptor, "rb") as file:
                first = file.readline(_LONGEST_LINE).decode("utf-8", "surrogateescape")
        except OSError:
            continue
        found.append(Kept(path, first.strip()))
    return tuple(found)


def _folder(git_dir: str | None, state_folder: str | None) -> str:
    above = state_folder if git_dir is None else shared_folder(git_dir)
    return os.path.join(above or "", *_PARTS)


def _make(folder: str, *, private: bool) -> None:
    """Make a folder for everybody who may write in git's folder, or for one person alone."""
    if os.path.isdir(folder):
        return
    if private:
        steps.announce("mkdir", folder)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        return
    middle = os.path.dirname(folder)
    mode = stat.S_IMODE(os.stat(os.path.dirname(middle)).st_mode)
    for one in (middle, folder):
        try:
            steps.make_folder(one)
        except FileExistsError:
            continue
        os.chmod(one, mode)
