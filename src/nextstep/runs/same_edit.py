"""Dates that move together with what they count from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from nextstep.dates.expressions import anchors_of, names_of, uses_cycle
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.process import Step
from nextstep.runs.beginnings import begin
from nextstep.runs.facts import Change
from nextstep.runs.tracks import Replay, Track, changed_input

ONE_EDIT = timedelta(seconds=1)
"""Events of one person that are no further apart came from one edit."""


def remember(replay: Replay, event: Event, name: str) -> None:
    """Keep in mind that an input was changed, or a step moved: dates that count from it follow."""
    before = replay.change
    names = before.names if before is not None and _is_same_edit(before, event) else frozenset()
    at = before.at if before is not None and names else event.at
    replay.change = Change(at, event.by, names | {name})


def follows(replay: Replay, track: Track, event: Event) -> bool:
    """Whether a date is moved because of what the same person changed in the same edit."""
    change = replay.change
    if change is None or not _is_same_edit(change, event):
        return False
    return not change.names.isdisjoint(_counted_from(replay, track.step))


def moves_that_follow(
    run: Run,
    events: Sequence[Event],
    calendar: Calendar,
    members: Mapping[str, tuple[str, ...]],
) -> frozenset[int]:
    """Return the ids of the moves that came of something else in the same edit.

    ``events`` are those of the run that count, in the order of time.
    """
    replay = begin(run, tuple(events), calendar, members)
    found = set()
    for event in events:
        track = replay.tracks.get(event.step or "")
        if event.event == "moved" and track is not None:
            if follows(replay, track, event):
                found.add(id(event))
            remember(replay, event, track.step.id)
        elif name := changed_input(event):
            remember(replay, event, name)
    return frozenset(found)


def _is_same_edit(change: Change, event: Event) -> bool:
    return event.by == change.by and event.at - change.at <= ONE_EDIT


def _counted_from(replay: Replay, step: Step) -> Iterator[str]:
    """Yield all that a date counts from, directly or by way of another date."""
    seen = {step.id}
    pending = [step]
    while pending:
        rule = pending.pop().rule
        if rule is None:
            continue
        anchors = [anchor.name for anchor in anchors_of(rule.expression)]
        if replay.run.cycle is not None and uses_cycle(rule.expression):
            anchors.append(replay.run.cycle)
        for name in (*anchors, *names_of(rule.expression)):
            ids = [one for one in replay.ids_of(name) if one not in seen]
            seen.update(ids)
            pending += [replay.tracks[one].step for one in ids]
            yield from (name, *ids)
