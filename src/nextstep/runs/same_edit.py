"""Dates that move together with what they count from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from nextstep.dates.expressions import anchors_of, names_of, uses_cycle
from nextstep.model.events import Event
from nextstep.model.process import Step
from nextstep.runs.facts import Change
from nextstep.runs.tracks import Replay, Track

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
