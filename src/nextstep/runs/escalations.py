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
    """Find what is past its limit for as long as an ``escalate`` of the run says, or longer."""
    if replay.closed is not None:
        return
    for rule in replay.run.escalate:
        for state in steps.values():
            limit = _limit(rule, state)
            since = None if limit is None else dates.plus(limit, rule.after)
            if since is not None and has_come(since, now, replay.calendar):
                yield Escalated(state.id, rule.past, since, _told(replay, rule), rule)


def _limit(rule: Escalation, state: StepState) -> Day | None:
    if rule.past == "accept_within":
        return state.answer_by
    return day_of(state.due) if state.overdue else None


def _told(replay: Replay, rule: Escalation) -> tuple[str, ...]:
    named = {"owner": replay.owners, "deputy": replay.deputies}.get(rule.tell)
    return (replay.people_of(rule.tell) if named is None else named) or (rule.tell,)
