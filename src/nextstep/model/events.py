"""One dated fact in a `log:`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TypeAlias

from msgspec import Struct

from nextstep.model.time import DueWord

EventValue: TypeAlias = (
    str | bool | int | date | datetime | DueWord | tuple[str, ...] | tuple[tuple[str, str], ...]
)


UNDONE = "undone"
"""The kind of event that takes another one back."""


class Event(Struct, frozen=True):
    """A fact: at an instant (aware, UTC), by somebody, of a kind; ``step`` in a run.

    ``values`` holds what else the kind carries, by field name. ``index`` is its place in the file.
    Instants are aware datetimes, days and dues as in a commitment, a yes is ``True``, a score
    an ``int``, lists are tuples of texts, maps tuples of pairs. An ``undone`` has ``of`` (the instant
    of the event meant) and, where the file's map says them, ``of_by`` and ``of_event``.
    """

    at: datetime
    by: str
    event: str
    step: str | None
    values: Mapping[str, EventValue]
    index: int

    def text(self, name: str) -> str | None:
        """Return a value that is text, or None."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a value that is a list of texts; a single text is a list of one."""
        value = self.values.get(name)
        if isinstance(value, str):
            return (value,)
        if isinstance(value, tuple):
            return tuple(part for part in value if isinstance(part, str))
        return ()

    def flag(self, name: str) -> bool:
        """Return whether a yes-or-no value is given and yes."""
        return self.values.get(name) is True

    @property
    def canonical(self) -> str:
        """The event as one text that no spelling of the file changes: it identifies the event."""
        parts = [instant_text(self.at), self.by, self.event, self.step or ""]
        parts += [f"{name}={_value_text(self.values[name])}" for name in sorted(self.values)]
        return "\x1f".join(parts)


def head_of(event: Event) -> tuple[datetime, str, str, str | None]:
    """Return what tells an event from others whatever else it says: when, by whom, what, where."""
    return event.at, event.by, event.event, event.step


def instant_text(at: datetime) -> str:
    """Return an instant in UTC with milliseconds, as the tool writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _value_text(value: EventValue) -> str:
    if isinstance(value, datetime):
        return instant_text(value) if value.tzinfo else value.isoformat(timespec="minutes")
    if isinstance(value, tuple):
        return "\x1e".join(part if isinstance(part, str) else "\x1d".join(part) for part in value)
    return str(value)
