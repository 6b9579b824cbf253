"""What was said before the name of the command: the folder and the wish for colour."""

from __future__ import annotations

from contextvars import ContextVar

from msgspec import Struct


class Invocation(Struct, frozen=True):
    """The global options of this command line."""

    directory: str | None = None
    color: str = "auto"


_current: ContextVar[Invocation] = ContextVar("invocation")


def begin(*, directory: str | None, color: str) -> None:
    """Remember the global options for the command that follows."""
    _current.set(Invocation(directory, color))


def current() -> Invocation:
    """Return the global options of this command line."""
    return _current.get(Invocation())
