"""Which events one command wrote: they are taken back together, and let count again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nextstep.changes.log_lines import MILLISECOND
from nextstep.model.events import UNDONE, Event
from nextstep.runs.order import named_by, standing

_WRITTEN_AFTER = {
    "moved": ("changed", "moved", "noted"),
    "changed": ("changed", "moved"),
    "agreed": ("changed",),
    "asked": ("asked",),
    "blocked": ("noted",),
    "closed": ("noted",),
    "noted": ("closed", "noted"),
    "ticked": ("ticked", "offered"),
    "done": ("ticked",),
    "accepted": ("ticked",),
    "offered": ("ticked", "done", "offered"),
    UNDONE: (UNDONE,),
}
"""What one command writes before an event: a change before its dates, a note before an end.

What was changed by hand in several fields is recorded at once, dates and others in any order.
"""


def last_together(log: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events of the last command that count, or nothing."""
    return next(commands_in(log), ())


def together(log: Sequence[Event], event: Event) -> tuple[Event, ...]:
    """Return the events that the command of an event wrote, in order."""
    events = standing(log)
    place = next(number for number, one in enumerate(events) if one is event)
    first, last = _around(events, place)
    return events[first : last + 1]


def commands_in(log: Sequence[Event]) -> Iterator[tuple[Event, ...]]:
    """Yield the events of each command that count, those of the last command first."""
    events = standing(log)
    place = len(events) - 1
    while place >= 0:
        first, last = _around(events, place)
        yield events[first : last + 1]
        place = first - 1


def _around(events: Sequence[Event], place: int) -> tuple[int, int]:
    """Return where the events that came by one command begin and end."""
    first = last = place
    while first > 0 and _is_one_command(events[first - 1], events[first : last + 1]):
        first -= 1
    while last + 1 < len(events) and _is_one_command(events[last], (events[last + 1],)):
        if _subject(events[last + 1]) in map(_subject, events[first : last + 1]):
            break
        last += 1
    return first, last


def _is_one_command(before: Event, after: Sequence[Event]) -> bool:
    """Return whether an event was written just before others, and not about the same thing."""
    following = after[0]
    return (
        following.at - before.at == MILLISECOND
        and following.by == before.by
        and following.text("recorded_by") == before.text("recorded_by")
        and before.event in _WRITTEN_AFTER.get(following.event, ())
        and (following.event != "agreed" or _takes(before))
        and _subject(before) not in map(_subject, after)
    )


def _takes(event: Event) -> bool:
    """Return whether somebody takes what nobody had."""
    return event.text("field") == "who" and event.text("to") == event.by


def _subject(event: Event) -> tuple[str, str | None, str | None, object]:
    told = event.text("field") or event.text("item") or event.text("duty") or event.text("text")
    return (event.event, event.step, told, event.values.get("of"))


def spoken_of(log: Sequence[Event], meant: Sequence[Event]) -> Iterator[Event]:
    """Yield what events are about: of those that took others back, in the end these others."""
    for event in meant:
        others = _taken_by(log, event)
        if others:
            yield from spoken_of(log, others)
        else:
            yield event


def is_again(log: Sequence[Event], meant: Sequence[Event]) -> bool:
    """Return whether to take events back lets count again what they are about in the end."""
    others = _taken_by(log, meant[0]) if meant else ()
    return bool(others) and not is_again(log, others)


def _taken_by(log: Sequence[Event], event: Event) -> tuple[Event, ...]:
    """Return what an event took back: nothing where it is no undo."""
    if event.event != UNDONE:
        return ()
    return tuple(one for one in named_by(event, log) if one.at < event.at)
