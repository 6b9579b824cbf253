"""How far reading history is: one line on standard error, when it takes long and somebody looks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from nextstep.cli.output import is_terminal

_FIRST_AFTER = 0.5
_AGAIN_AFTER = 0.1

Tell = Callable[[int, int | None], None]
"""Takes how many commits were read, and of how many; None where that is not known yet."""


@contextmanager
def reading_history(
    stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[Tell | None]:
    """Give what is to be told how far the reading is; None where nobody looks.

    The line appears on standard error after half a second, and is gone when the reading ends, in
    whatever way it ends.
    """
    stream = stream or sys.stderr
    if stream is None or not is_terminal(stream):
        yield None
        return
    line = _Line(stream, clock)
    try:
        yield line.tell
    finally:
        line.erase()


class _Line:
    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._next = clock() + _FIRST_AFTER
        self._shown = 0

    def tell(self, done: int, of: int | None) -> None:
        """Write how far it is, where it is time to."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + _AGAIN_AFTER
        self._write(words(done, of))

    def erase(self) -> None:
        """Take the line away, if there is one."""
        if self._shown:
            self._write("", end="\r")

    def _write(self, text: str, end: str = "") -> None:
        text = text[: max(_width(self._stream) - 1, 1)]
        blank = " " * (self._shown - len(text))
        try:
            self._stream.write(f"\r{text}{blank}{end}")
            self._stream.flush()
        except OSError:
            self._next = float("inf")
        self._shown = len(text)


def words(done: int, of: int | None) -> str:
    """Return ``reading history: 12,400 of 50,000 commits``."""
    return f"reading history: {done:,}{f' of {of:,}' if of else ''} commits"


def _width(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
