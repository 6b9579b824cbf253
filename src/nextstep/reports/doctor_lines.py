"""One thing that `nextstep doctor` looked at."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Level(StrEnum):
    """How a thing is: well, worth knowing, or to be mended."""

    OK = "ok"
    NOTE = "note"
    MEND = "mend"


class Line(Struct, frozen=True, kw_only=True):
    """What was looked at, what was found, and what to type or write. ``stops``: no command works."""

    name: str
    level: Level
    text: str
    todo: str | None = None
    stops: bool = False


def ok(name: str, text: str) -> Line:
    """Return a thing that is well."""
    return Line(name=name, level=Level.OK, text=text)


def note(name: str, text: str, todo: str | None = None) -> Line:
    """Return a thing worth knowing."""
    return Line(name=name, level=Level.NOTE, text=text, todo=todo)


def mend(name: str, text: str, todo: str | None = None, *, stops: bool = False) -> Line:
    """Return a thing to be mended."""
    return Line(name=name, level=Level.MEND, text=text, todo=todo, stops=stops)
