"""Which events of a log count, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nextstep.model.events import UNDONE, Event, instant_text
from nextstep.runs.facts import Impossible


def effective(log: Sequence[Event]) -> tuple[tuple[Event, ...], tuple[Impossible, ...]]:
    """Return the events that count, in order, and the ``undone`` ones that name nothing.

    Order is the instant, then the canonical text, so that the order of lines in a file does not
    matter. An event written twice counts once: its canonical text is what it is. An ``undone``
    and the event that it names are both left out; ``undone`` can itself be undone.
    """
    last = None
    for event in log:
        if event.event == UNDONE or (last is not None and event.at <= last):
            return _without_undone(_sorted(log))
        last = event.at
    return tuple(log), ()


def _sorted(log: Sequence[Event]) -> list[Event]:
    once = {event.canonical: event for event in reversed(log)}
    return [once[text] for text in sorted(once, key=lambda text: (once[text].at, text))]


def standing(log: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events that nothing has taken back, in order: with each ``undone`` that counts."""
    events = _sorted(log)
    taken_back, refused = _taken_back(events)
    without_effect = {id(one.event) for one in refused}
    return tuple(
        event
        for place, event in enumerate(events)
        if place not in taken_back and id(event) not in without_effect
    )


def _without_undone(
    events: list[Event],
) -> tuple[tuple[Event, ...], tuple[Impossible, ...]]:
    taken_back, refused = _taken_back(events)
    counting = tuple(
        event
        for place, event in enumerate(events)
        if event.event != UNDONE and place not in taken_back
    )
    return counting, tuple(reversed(refused))


def _taken_back(events: list[Event]) -> tuple[set[int], list[Impossible]]:
    """Walk backwards: what comes later decides whether an ``undone`` itself still counts."""
    places: dict[object, list[int]] = {}
    for place, event in enumerate(events):
        places.setdefault(event.at, []).append(place)
    gone: set[int] = set()
    refused: list[Impossible] = []
    for place in range(len(events) - 1, -1, -1):
        event = events[place]
        if event.event != UNDONE or place in gone:
            continue
        there = places.get(event.values.get("of"), ())
        named = [other for other in there if other < place and _is_meant(event, events[other])]
        if len(named) == 1:
            gone.add(named[0])
        else:
            refused.append(_refusal(event, len(named)))
    return gone, refused


def named_by(undone: Event, log: Sequence[Event]) -> list[Event]:
    """Return the events of a log that an ``undone`` names."""
    return [one for one in log if one.at == undone.values.get("of") and _is_meant(undone, one)]


def _is_meant(undone: Event, event: Event) -> bool:
    by, kind = undone.values.get("of_by"), undone.values.get("of_event")
    return by in (None, event.by) and kind in (None, event.event)


def _refusal(undone: Event, named: int) -> Impossible:
    of = undone.values.get("of")
    when = instant_text(of) if isinstance(of, datetime) else str(of)
    if named:
        return Impossible(
            undone,
            f"`undone` means one event, and {named} of `{when}` came before it",
            "write `of` as a map with `at`, `by` and `event` of the one that is meant",
        )
    return Impossible(
        undone,
        f"`undone` means an event of `{when}`, and there is none before it",
        "write in `of` the `at` of an event of this log",
    )
