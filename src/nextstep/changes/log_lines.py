"""An event as a line of a log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from nextstep.changes.draft import Entry, Value
from nextstep.dates.now import Now
from nextstep.model.events import Event, instant_text

MILLISECOND = timedelta(milliseconds=1)
"""How far apart the events are that one command writes: that tells that they belong together."""


class Actor(Struct, frozen=True, kw_only=True):
    """Who acts, and who writes it down where that is somebody else."""

    by: str
    recorded_by: str | None = None

    @property
    def types(self) -> bool:
        """Whether who acts is the one who types, and may be called you."""
        return self.recorded_by is None

    @property
    def addressed(self) -> str:
        """What who acts is called by who types."""
        return "you" if self.types else self.by

    @property
    def typist(self) -> str:
        """Who types."""
        return self.recorded_by or self.by


def line_of(entry: Entry, actor: Actor, at: datetime) -> Mapping[str, Value]:
    """Return the fields of an event, those without a value left out."""
    head: dict[str, Value] = {"at": instant_text(at), "by": actor.by, "event": entry.event}
    if entry.step is not None:
        head["step"] = entry.step
    if actor.recorded_by is not None:
        head["recorded_by"] = actor.recorded_by
    return head | {name: _plain(value) for name, value in entry.values.items() if value}


def first_moment(log: Iterable[Event], now: Now) -> datetime:
    """Return when the first event of a command happens: now, but later than all that is in a log.

    Two commands of one moment are further apart than the events of one.
    """
    return max((to_milliseconds(now.instant), *(event.at + 2 * MILLISECOND for event in log)))


def to_milliseconds(instant: datetime) -> datetime:
    """Return an instant in UTC, as exact as a log is."""
    return instant.astimezone(UTC).replace(microsecond=instant.microsecond // 1000 * 1000)


def _plain(value: Value) -> Value:
    """Return a list of one as that one: it needs no brackets."""
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value
