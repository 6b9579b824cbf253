"""A copy that only its owner can read, for an editor to work on: what is typed outlives a crash."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from nextstep.cli.output import note
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import of_signal
from nextstep.render.safe_text import safe_text

_ENDINGS = (signal.SIGTERM, signal.SIGHUP)


class PrivateCopy:
    """A file of the same name in a folder of its own."""

    def __init__(self, name: str, data: bytes) -> None:
        """Write the copy; NextstepError where there is no room for it."""
        import tempfile

        try:
            self.folder = tempfile.mkdtemp(prefix="nextstep-edit-")
            self.path = os.path.join(self.folder, name)
            with open(self.path, "xb") as file:
                file.write(data)
        except OSError as error:
            message = f"a copy to edit could not be made: {error.strerror}"
            raise NextstepError(message, "make room, or name another folder: TMPDIR=...") from None
        self._before = data
        self.in_use = False
        """Whether an editor has it open: what is typed there is not on the disk yet."""

    def read(self) -> bytes:
        """Return what the copy holds now; NextstepError where it is no file any more."""
        try:
            with open(self.path, "rb") as file:
                return file.read()
        except OSError as error:
            message = f"the edited copy cannot be read: {error.strerror}"
            raise NextstepError(message, "nothing in the ledger was changed") from None

    def write(self, data: bytes) -> None:
        """Let the copy hold something else; NextstepError where there is no room for it."""
        try:
            with open(self.path, "wb") as file:
                file.write(data)
        except OSError as error:
            message = f"the edited copy cannot be written: {error.strerror}"
            raise NextstepError(message, "nothing in the ledger was changed") from None

    @property
    def holds_words(self) -> bool:
        """Whether something would be lost with it."""
        try:
            return self.in_use or self.read() != self._before or len(os.listdir(self.folder)) > 1
        except NextstepError:
            return bool(os.listdir(self.folder))

    def remove(self) -> None:
        """Remove the copy and what the editor left beside it."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def private_copy(name: str, data: bytes) -> Iterator[PrivateCopy]:
    """Make a copy, removed at the end. Whatever goes wrong, what was typed stays, and is named."""
    copy = PrivateCopy(name, data)
    try:
        with _ends_are_heard():
            yield copy
    except NextstepError as error:
        if not copy.holds_words:
            copy.remove()
            raise
        kept = f"what you typed is in {copy.path}"
        hint = f"{error.hint}; {kept}" if error.hint else kept
        raise NextstepError(error.message, hint, exit_code=error.exit_code) from None
    except BaseException:
        if copy.holds_words:
            note(f"nextstep: what you typed is in {safe_text(copy.path)}")
        else:
            copy.remove()
        raise
    copy.remove()


@contextmanager
def _ends_are_heard() -> Iterator[None]:
    """Turn the signals that end a process into exceptions, so that there is time for a word."""

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(of_signal(number))

    heeded = [number for number in _ENDINGS if signal.getsignal(number) is signal.SIG_DFL]
    for number in heeded:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)
