"""What is so much past a limit that somebody is to be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nextstep.dates.now import Now
from nextstep.model.process import Escalation
from nextstep.model.time import Day
from nextstep.runs.run_dates import RunDates
from nextstep.runs.states import Escalated, StepState
from nextstep.runs.timing import day_of, has_come
from nextstep.runs.tracks import Replay


def escalations(
    replay: Replay, dates: RunDates, steps: Mapping[str, StepState], now: Now
) -> Iterator[Escalated]:
    """Find what is past its limit for as long as an ``escalate`` of the run, or its own, says."""
    if replay.closed is not None:
        return
    for rule in replay.run.escalate:
        for state in steps.values():
            yield from _told_of(replay, dates, state, rule, now)
    for state in steps.values():
        for rule in state.step.escalate:
            yield from _told_of(replay, dates, state, rule, now)


def _told_of(
    replay: Replay, dates: RunDates, state: StepState, rule: Escalation, now: Now
) -> Iterator[Escalated]:
    limit = _limit(rule, state)
    since = None if limit is None else dates.plus(limit, rule.after)
    if since is not None and has_come(since, now, replay.calendar):
        yield Escalated(state.id, rule.past, since, _told(replay, rule), rule)


def _limit(rule: Escalation, state: StepState) -> Day | None:
    if rule.past == "accept_within":
        return state.answer_by
    return day_of(state.due) if state.overdue else None


def _told(replay: Replay, rule: Escalation) -> tuple[str, ...]:
    """Return who is told: for a role that nobody plays the owner, or else nobody would be."""
    leaders = {"owner": replay.owners, "deputy": replay.deputies}
    people = [
        one
        for name in rule.tell
        for one in _people(replay, leaders, name) or replay.owners or (name,)
    ]
    return tuple(dict.fromkeys(people))


def _people(replay: Replay, leaders: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return leaders[name] if name in leaders else replay.people_of(name)
