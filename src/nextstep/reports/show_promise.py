"""What a run promises its customer, and what the dates of today make of it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from nextstep.dates.rule_words import rule_words
from nextstep.dates.workdays import working_days_between
from nextstep.dates.zones import local_day
from nextstep.model.commitment import Run
from nextstep.model.time import Due, DueWord
from nextstep.reports.standing import Standing
from nextstep.runs.states import RunState


class PromiseView(Struct, frozen=True, kw_only=True):
    """What the customer is promised. ``kept`` is None until it is decided.

    ``expected`` is the day on which it will be kept by the dates as they are now, None while some
    are not known; ``late_by`` are working days after ``due``, 0 when it will be in time.
    """

    text: str | None
    rule: str | None
    rule_words: str | None
    due: Due | None
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    kept: bool | None
    expected: date | None
    late_by: int | None


def promise_view(standing: Standing, run: Run, state: RunState) -> PromiseView | None:
    """Return what a run promises; None where it promises nothing."""
    promise = run.promise
    if promise is None and state.promise_due is None:
        return None
    expected = _expected(state, standing.now.timezone)
    due = state.promise_due
    late = None
    if expected is not None and due is not None and not isinstance(due, DueWord):
        day = local_day(due, standing.now.timezone)
        late = max(0, working_days_between(day, expected, standing.ledger.calendar))
        late = late or int(expected > day)
    return PromiseView(
        text=promise.text if promise else None,
        rule=promise.rule.text if promise and promise.rule else None,
        rule_words=rule_words(promise.rule.expression) if promise and promise.rule else None,
        due=due,
        missing=state.promise_missing,
        notes=state.promise_notes,
        kept=state.promise_kept,
        expected=expected if state.is_live else None,
        late_by=late if state.is_live else None,
    )


def _expected(state: RunState, zone: str) -> date | None:
    """Return the last date of the steps that keep the promise; None where one is not known."""
    days = []
    for one in state.steps.values():
        if not one.step.keeps_promise or one.is_finished:
            continue
        if one.due is None or isinstance(one.due, DueWord):
            return None
        days.append(local_day(one.due, zone))
    return max(days, default=None)
