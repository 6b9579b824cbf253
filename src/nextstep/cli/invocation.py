"""What was said before the name of the command: the folder and the wish for colour."""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple


class Invocation(NamedTuple):
    """The global options of this command line. No Struct: `--help` does without msgspec."""

    directory: str | None = None
    color: str = "auto"


_current: ContextVar[Invocation] = ContextVar("invocation")


def begin(*, directory: str | None, color: str) -> None:
    """Remember the global options for the command that follows."""
    _current.set(Invocation(directory, color))


def current() -> Invocation:
    """Return the global options of this command line."""
    return _current.get(Invocation())
