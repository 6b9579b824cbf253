"""The days of a plan if every step is done on the day that it is due, and what cannot be kept."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from nextstep.dates.days import day_or_none
from nextstep.dates.expressions import anchors_of
from nextstep.dates.problem import DateProblem
from nextstep.dates.resolving import in_force, resolve
from nextstep.dates.words import day_words
from nextstep.dates.zones import local_day
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.time import Anchor, Day, Rule
from nextstep.runs.before_and_after import all_before
from nextstep.runs.in_turn import InTurn
from nextstep.runs.states import How, RunState, StepState
from nextstep.runs.timing import day_of, latest


class PlannedDays:
    """The days of the steps of a run that has just begun: known ones, and those that follow.

    A day that counts from a step which is not done yet is counted from the day it is due.
    """

    def __init__(self, run: Run, state: RunState, calendar: Calendar) -> None:
        """Count nothing yet."""
        self._run = run
        self._state = state
        self._calendar = calendar
        self._days: InTurn[str, Day] = InTurn(self._counts_from, self._counted)

    def of(self, id_: str) -> date | None:
        """Return the day on which a step is due, None where nobody can know it yet."""
        day = self._days.of(id_)
        return None if day is None else local_day(day, self._calendar.timezone)

    def promised(self) -> date | None:
        """Return the day of the promise to the customer."""
        day = day_of(self._state.promise_due)
        rule = self._run.promise.rule if self._run.promise else None
        if day is None and rule is not None:
            day = self._resolved(rule)
        return None if day is None else local_day(day, self._calendar.timezone)

    def not_before(self, id_: str) -> date | None:
        """Return the day before which a step does not begin."""
        rule = self._state.steps[id_].step.not_before
        day = self._resolved(rule) if rule is not None else None
        return None if day is None else local_day(day, self._calendar.timezone)

    def _counts_from(self, id_: str) -> Iterator[str]:
        """Yield the steps whose days come before that of a step."""
        state = self._state.steps[id_]
        if state.due is not None:
            return
        if state.how is How.NOT_NEEDED:
            yield from (one for one in state.after if one in self._state.steps)
        elif state.step.rule is not None:
            expression = in_force(state.step.rule.expression, self._run.inputs)
            for anchor in () if expression is None else anchors_of(expression):
                yield from self._steps_of(anchor)

    def _counted(self, id_: str) -> Day | None:
        state = self._state.steps[id_]
        if state.due is not None:
            return day_of(state.due)
        if state.how is How.NOT_NEEDED:
            return self._latest(state.after)
        return None if state.step.rule is None else self._resolved(state.step.rule)

    def _resolved(self, rule: Rule) -> Day | None:
        cycle = self._run.inputs.get(self._run.cycle or "")
        first = _input(cycle) if self._run.cycle else self._run.started
        try:
            found = resolve(
                rule.expression,
                anchor=self._anchor,
                inputs=self._run.inputs,
                calendar=self._calendar,
                cycle_start=local_day(first, self._calendar.timezone) if first else None,
            )
        except DateProblem:
            return None
        return day_of(found.day)

    def _anchor(self, anchor: Anchor) -> Day | None:
        if anchor.name == "start":
            return self._run.started
        ids = self._steps_of(anchor)
        return self._latest(ids) if ids else _input(self._run.inputs.get(anchor.name))

    def _steps_of(self, anchor: Anchor) -> tuple[str, ...]:
        if anchor.name in self._state.steps:
            return (anchor.name,)
        return self._state.groups.get(anchor.name, ())

    def _latest(self, ids: tuple[str, ...]) -> Day | None:
        days = [self._days.of(id_) for id_ in ids if id_ in self._state.steps]
        known = [day for day in days if day is not None]
        return latest(known, self._calendar) if known and len(known) == len(days) else None


def _input(text: str | None) -> Day | None:
    return None if text is None else day_or_none(text)


def faults(
    state: RunState, days: PlannedDays, today: date, *, leave_out: Container[str] = ()
) -> Iterator[str]:
    """Yield why a plan cannot be kept, each in a sentence: days that are over, or that collide.

    ``leave_out`` are steps of which nobody knows yet whether they are needed.
    """
    promised = days.promised()
    if promised is not None and promised < today:
        yield f"the promise is due {day_words(promised, today)}, which is over"
    order = state.order
    for step in state.steps.values():
        day = days.of(step.id)
        if step.is_finished or day is None or step.id in leave_out:
            continue
        if day < today:
            yield f"{step.id} is due {day_words(day, today)}, which is over"
            continue
        if step.step.mark is None:
            earlier = {id_ for id_ in all_before(order, step.id) if id_ not in leave_out}
            last = _last(earlier, state, days)
            yield from _collisions(step, day, last, days, today)
        if step.step.keeps_promise and promised is not None and promised < day:
            yield (
                f"{step.id} is due {day_words(day, today)}, and keeps a promise for "
                f"{day_words(promised, today)}"
            )


def _collisions(
    step: StepState, day: date, last: tuple[date, str] | None, days: PlannedDays, today: date
) -> Iterator[str]:
    begin = days.not_before(step.id)
    due = f"{step.id} is due {day_words(day, today)}"
    if begin is not None and day < begin:
        yield f"{due}, and does not begin before {day_words(begin, today)}"
    if last is not None and day < last[0]:
        yield f"{due}, and comes after {last[1]}, which is due {day_words(last[0], today)}"


def _last(ids: set[str], state: RunState, days: PlannedDays) -> tuple[date, str] | None:
    """Return the latest day among these steps, and the first in the order of the file due then."""
    found = [(day, id_) for id_ in state.steps if id_ in ids and (day := days.of(id_)) is not None]
    last = max((day for day, _ in found), default=None)
    return next(((day, id_) for day, id_ in found if day == last), None)
