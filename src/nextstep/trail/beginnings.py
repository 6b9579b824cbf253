"""What a record said first, also where its first version holds lines of what happened since.

And what it said last of where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from nextstep.model.events import UNDONE, Event, EventValue
from nextstep.trail.claims import DUE, WHO, due_in
from nextstep.trail.comparing import Said, text_of
from nextstep.trail.contents import Version

WITH = "with"
_PLACES = ("process", "part_of")
_TOLD_AT_FIRST = (DUE, WHO, WITH, *_PLACES, "for", "started", "owner")


def first_values(version: Version, lines: Iterable[Event]) -> dict[str, EventValue]:
    """Return what was said first: by when, who, with whom; of a run from which process, for whom.

    ``lines`` are its log. What they say has changed since is as it was before the first of them,
    and is left out where they do not say what it was. A commitment with nobody else is ``with``
    nobody.
    """
    values = {
        name: _value(name, said)
        for name in _TOLD_AT_FIRST
        if (said := version.said.get(name)) is not None
    }
    if version.kind == "commitment":
        values.setdefault(WITH, ())
    log = counting(lines)
    for place in range(len(log) - 1, -1, -1):
        _before(log[place], log[:place], values, version)
    return values


def last_values(version: Version | None) -> dict[str, EventValue]:
    """Return what a record belonged to when it was deleted: a process, a plan."""
    said = {} if version is None else version.said
    return {name: text for name in _PLACES if (text := text_of(said.get(name)))}


def _value(name: str, said: Said) -> EventValue:
    return (due_in(text_of(said)) or said) if name in {DUE, "started"} else said


def _before(
    event: Event, earlier: Sequence[Event], values: dict[str, EventValue], version: Version
) -> None:
    """Put into values what they were before an event."""
    if event.step is not None:
        return
    if event.event == "moved":
        _put(values, DUE, event.values.get("from"))
    elif event.event == "changed" and event.text("field") == WHO:
        _put(values, WHO, event.values.get("from"))
    elif event.event == "accepted" and version.kind == "commitment":
        giver = _giver(event, earlier)
        others = values.get(WITH)
        _put(values, WHO, giver)
        if isinstance(others, tuple):
            values[WITH] = tuple(one for one in others if isinstance(one, str) and one != giver)
    elif event.event == "accepted" and version.kind == "process":
        values.pop(event.text("duty") or "owner", None)


def _put(values: dict[str, EventValue], name: str, value: EventValue | None) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value


def _giver(accepted: Event, earlier: Sequence[Event]) -> str | None:
    """Return who had offered it to the one who accepted."""
    offers = (one for one in reversed(earlier) if one.event == "offered" and one.step is None)
    return next((one.by for one in offers if one.text("to") in {None, accepted.by}), None)


def counting(log: Iterable[Event]) -> list[Event]:
    """Return the lines that no ``undone`` takes back, as they happened.

    An ``undone`` that is itself taken back takes nothing back.
    """
    events = list(log)
    if any(later.at <= one.at for one, later in pairwise(events)):
        events.sort(key=lambda one: (one.at, one.canonical))
    if all(one.event != UNDONE for one in events):
        return events
    gone: set[int] = set()
    for place in range(len(events) - 1, -1, -1):
        if events[place].event == UNDONE and place not in gone:
            meant = [other for other in range(place) if _is_meant(events[place], events[other])]
            gone.update(meant if len(meant) == 1 else ())
    return [one for place, one in enumerate(events) if place not in gone]


def _is_meant(undone: Event, one: Event) -> bool:
    return (
        one.at == undone.values.get("of")
        and undone.text("of_by") in {None, one.by}
        and undone.text("of_event") in {None, one.event}
    )
