"""The lines of a log that were told: which are news, which come again, which have other words."""

from __future__ import annotations

from datetime import datetime

from nextstep.model.events import Event
from nextstep.trail.contents import Delta

NEW, KNOWN, BACK = "new", "known", "relogged"


class Told:
    """The lines of one record's log that were told: the same line may come by several branches."""

    __slots__ = ("_gone", "_there")

    def __init__(self) -> None:
        """Nothing was told."""
        self._there: set[int] = set()
        self._gone: set[int] = set()

    def line(self, event: Event) -> str:
        """Return whether a line that is there is new, was told before, or was taken out since."""
        name = _name(event)
        if name in self._there:
            return KNOWN
        self._there.add(name)
        if name not in self._gone:
            return NEW
        self._gone.remove(name)
        return BACK

    def taken_out(self, event: Event) -> bool:
        """Return whether it is news that this line is gone; keep that it is."""
        name = _name(event)
        if name in self._gone:
            return False
        self._gone.add(name)
        self._there.discard(name)
        return True


def _name(event: Event) -> int:
    return hash((event.at, event.by, event.event, event.step, tuple(event.values.items())))


def apart(delta: Delta) -> tuple[list[tuple[Event, Event]], Delta]:
    """Return the lines that were written anew, and what else came and went."""
    if not (delta.added and delta.removed):
        return [], delta
    again = {_head(event): event for event in delta.added}
    pairs = [(was, again.pop(_head(was))) for was in delta.removed if _head(was) in again]
    old, new = (
        ({one.canonical for one in some} for some in zip(*pairs, strict=True))
        if pairs
        else ((), ())
    )
    return pairs, Delta(
        delta.before,
        delta.after,
        tuple(one for one in delta.added if one.canonical not in new),
        tuple(one for one in delta.removed if one.canonical not in old),
    )


def _head(event: Event) -> tuple[datetime, str, str, str | None]:
    return event.at, event.by, event.event, event.step
