"""Progress on standard error: late, on terminals alone, and gone at the end."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import pytest

from nextstep.cli.progress import reading_history, words


class Clock:
    """A clock that somebody turns."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@contextmanager
def terminal(columns: int = 80) -> Iterator[tuple[TextIO, int]]:
    """A terminal to write on, and where what it shows is read."""
    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with os.fdopen(writer, "w") as stream:
        yield stream, reader
    os.close(reader)


def shown(reader: int) -> str:
    """What is on the screen; a terminal hands on what is written a moment later."""
    found = b""
    while select.select([reader], [], [], 0.1)[0]:
        found += os.read(reader, 4096)
    return found.decode()


def test_nothing_is_said_in_the_first_half_second() -> None:
    clock = Clock()
    with terminal() as (stream, reader):
        with reading_history(stream, clock) as tell:
            assert tell is not None
            clock.seconds += 0.4
            tell(1000, 50_000)
        assert shown(reader) == ""


def test_then_it_says_how_far_it_is_and_takes_the_line_away_at_the_end() -> None:
    clock = Clock()
    with terminal() as (stream, reader):
        with reading_history(stream, clock) as tell:
            assert tell is not None
            clock.seconds += 0.6
            tell(12_400, 50_000)
            said = shown(reader)
            assert said == "\rreading history: 12,400 of 50,000 commits"
            clock.seconds += 0.05
            tell(12_500, 50_000)
            assert shown(reader) == ""  # ten times a second is enough
            clock.seconds += 0.06
            tell(12_600, None)
            assert shown(reader) == "\rreading history: 12,600 commits" + " " * 10
        assert shown(reader) == "\r" + " " * 31 + "\r"


def test_the_line_goes_also_when_reading_fails() -> None:
    clock = Clock()
    with terminal() as (stream, reader):
        with pytest.raises(KeyboardInterrupt):
            interrupted(stream, clock)
        assert shown(reader).endswith("\r" + " " * len(words(1, 2)) + "\r")


def interrupted(stream: TextIO, clock: Clock) -> None:
    with reading_history(stream, clock) as tell:
        assert tell is not None
        clock.seconds += 1
        tell(1, 2)
        raise KeyboardInterrupt


def test_it_never_fills_the_last_column_of_a_narrow_terminal() -> None:
    clock = Clock()
    with terminal(20) as (stream, reader), reading_history(stream, clock) as tell:
        assert tell is not None
        clock.seconds += 1
        tell(12_400, 50_000)
        assert shown(reader) == "\rreading history: 12"


def test_nobody_is_told_where_nobody_looks() -> None:
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as stream, reading_history(stream) as tell:
        assert tell is None
    os.close(reader)
