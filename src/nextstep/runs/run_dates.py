"""The dates of a run's steps: as agreed, or else from their rules and what has happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TypeAlias

from msgspec import Struct

from nextstep.dates.days import day_or_none
from nextstep.dates.expressions import anchors_of
from nextstep.dates.phrases import HOURS
from nextstep.dates.problem import DateProblem
from nextstep.dates.resolving import Resolved, in_force, resolve
from nextstep.dates.workdays import add_days, add_hours
from nextstep.dates.zones import end_of_day, local_day, moment
from nextstep.model.time import (
    Anchor,
    Day,
    Due,
    Earlier,
    Expression,
    Later,
    Length,
    Rule,
    Shaped,
)
from nextstep.runs.in_turn import InTurn
from nextstep.runs.needs import finished_without_event, was_carried_out
from nextstep.runs.repeats import Rhythms, comes_again, last_end
from nextstep.runs.states import How
from nextstep.runs.timing import day_of, latest
from nextstep.runs.tracks import Replay, Track

_FINISHED = "finished"
_Asked: TypeAlias = tuple[str, str]
"""A day of a step that is asked for: the step, and one of the events of an `Anchor`."""


class Dated(Struct, frozen=True):
    """A due and where it comes from: ``agreed`` in the file, or resolved with ``notes``."""

    due: Due | None
    agreed: bool = False
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    grace: Length | None = None


class RunDates:
    """The dates of one run as its log stands. Ask anew once another event was read."""

    def __init__(self, replay: Replay) -> None:
        """Resolve nothing yet."""
        self._replay = replay
        self._dues: dict[str, Dated] = {}
        self._days: InTurn[_Asked, Day] = InTurn(self._counted_from, self._asked)
        self._rhythms = Rhythms(self._resolve, self._in_force, replay.calendar.timezone)

    def forget(self) -> None:
        """Resolve anew: something happened."""
        self._dues.clear()
        self._days.forget()

    def due(self, id_: str) -> Dated:
        """Return when a step is due."""
        found = self._dues.get(id_)
        if found is None:
            found = self._dues[id_] = self._due(id_)
        return found

    def _due(self, id_: str) -> Dated:
        track = self._replay.tracks[id_]
        step = track.step
        if comes_again(step):
            return self._this_time(track)
        if track.due is not None:
            return Dated(track.due, agreed=True, grace=step.grace or self._grace(step.rule))
        return self.by_rule(id_)

    def by_rule(self, id_: str) -> Dated:
        """Return when a step would be due by its rule, whatever was agreed for it."""
        step = self._replay.tracks[id_].step
        if step.rule is None:
            return Dated(None, grace=step.grace)
        found = self.resolved(step.rule)
        day = found.day if step.mark is not None else self._to_keep(step.rule, found.day)
        return Dated(day, missing=found.missing, notes=found.notes, grace=step.grace or found.grace)

    def _this_time(self, track: Track) -> Dated:
        """Return when a step that comes again is due now: as moved since it last ended, or counted.

        The ``due`` in its file is that of its first time, where no ``rule`` says it.
        """
        step = track.step
        found = self._rhythms.time(step, len(track.times)).found
        grace = step.grace or found.grace
        if track.moves_now:
            return Dated(track.moves_now[-1].to, agreed=True, grace=grace)
        agreed = step.rule is None and step.due is not None and not track.times
        return Dated(found.day, agreed, found.missing, found.notes, grace)

    def is_over(self, id_: str) -> bool:
        """Whether a step that comes again has no further time: by its rhythm, or its ``until``."""
        track = self._replay.tracks[id_]
        time = self._rhythms.time(track.step, len(track.times))
        if time.over or track.step.until is None:
            return time.over
        day, last = day_of(time.found.day), day_of(self.resolved(track.step.until).day)
        zone = self._replay.calendar.timezone
        return day is not None and last is not None and local_day(day, zone) > local_day(last, zone)

    def _grace(self, rule: Rule | None) -> Length | None:
        shape = None if rule is None else self._in_force(rule.expression)
        return shape.grace if isinstance(shape, Shaped) else None

    def _in_force(self, expression: Expression) -> Expression | None:
        return in_force(expression, self._replay.inputs)

    def promise(self) -> Dated:
        """Return when the promise of the run is due."""
        run = self._replay.run
        if run.promise_due is not None:
            return Dated(run.promise_due, agreed=True)
        return self.promise_by_rule()

    def promise_by_rule(self) -> Dated:
        """Return when the promise would be due by its rule, whatever was agreed for it."""
        run = self._replay.run
        if run.promise is None or run.promise.rule is None:
            return Dated(None)
        rule, found = run.promise.rule, self.resolved(run.promise.rule)
        day = self._to_keep(rule, found.day)
        return Dated(day, missing=found.missing, notes=found.notes, grace=found.grace)

    def _to_keep(self, rule: Rule, due: Due | None) -> Due | None:
        """Return a due that can be kept: what is due when another step ends has all of that day."""
        if not isinstance(due, datetime):
            return due
        said = self._in_force(rule.expression)
        if isinstance(said, Shaped) and said.at is None:
            said = said.by
        parts = (said.first, said.second) if isinstance(said, Earlier | Later) else (said,)
        if not all(map(self._is_end, parts)):
            return due
        return local_day(due, self._replay.calendar.timezone)

    def _is_end(self, part: Expression | None) -> bool:
        """Whether a part of a rule is the moment at which something happened to a step."""
        if not isinstance(part, Anchor) or part.event == "due":
            return False
        return bool(self._replay.ids_of(part.name))

    def resolved(self, rule: Rule) -> Resolved:
        """Return what a rule comes to now. What cannot be counted is told in the notes."""
        return self._resolve(rule.expression)

    def plus(self, day: Day, length: Length) -> Day | None:
        """Return a day or instant that much later; None where the years come to an end.

        Hours after a day are counted from its end.
        """
        calendar = self._replay.calendar
        zone = calendar.timezone
        try:
            if length.unit not in HOURS:
                return add_days(local_day(day, zone), length, calendar)
            over = moment(day, zone) if isinstance(day, datetime) else end_of_day(day, zone)
            return add_hours(over, length)
        except DateProblem:
            return None

    def _resolve(
        self, expression: Expression, again: Callable[[Day], Day | None] | None = None
    ) -> Resolved:
        try:
            return resolve(
                expression,
                anchor=self.day,
                inputs=self._replay.inputs,
                calendar=self._replay.calendar,
                cycle_start=self._cycle_start(),
                again=again,
            )
        except DateProblem as problem:
            return Resolved(day=None, notes=(problem.message,))

    def _cycle_start(self) -> date | None:
        run = self._replay.run
        first = self._input(run.cycle) if run.cycle else run.started
        return None if first is None else local_day(first, self._replay.calendar.timezone)

    def day(self, anchor: Anchor) -> Day | None:
        """Return the day or instant of an anchor, None while it is not known."""
        if anchor.name == "start":
            return self._replay.run.started
        ids = self._replay.ids_of(anchor.name)
        if not ids:
            return self._input(anchor.name)
        days = [self._days.of((id_, anchor.event)) for id_ in ids]
        known = [day for day in days if day is not None]
        return latest(known, self._replay.calendar) if len(known) == len(days) else None

    def _input(self, name: str) -> Day | None:
        text = self._replay.inputs.get(name)
        return None if text is None else day_or_none(text)

    def _counted_from(self, asked: _Asked) -> Iterator[_Asked]:
        """Yield the days of steps that a day of a step is worked out from."""
        id_, event = asked
        track = self._replay.tracks[id_]
        step = track.step
        if event == "due" and track.due is None and step.rule is not None:
            expression = self._in_force(step.rule.expression)
            for anchor in () if expression is None else anchors_of(expression):
                yield from ((one, anchor.event) for one in self._replay.ids_of(anchor.name))
        elif self._is_its_end(track, event) and track.finished_at is None:
            if step.mark is not None:
                yield (id_, "due")
            if finished_without_event(self._replay, track) is How.NOT_NEEDED:
                yield from ((one, _FINISHED) for one in track.after if one in self._replay.tracks)

    def _asked(self, asked: _Asked) -> Day | None:
        id_, event = asked
        track = self._replay.tracks[id_]
        if event == "due":
            return day_of(self.due(id_).due)
        if self._is_its_end(track, event):
            return self.finished_on(id_)
        if event == "done":
            return track.done.at if track.done else last_end(track)
        return track.offered_at if event == "offered" else track.accepted_at

    def _is_its_end(self, track: Track, event: str) -> bool:
        """Whether a day is that of the end of a step: of one passed over they all are."""
        if event in (_FINISHED, "due"):
            return event == _FINISHED
        how = track.how or finished_without_event(self._replay, track)
        return how is not None and not was_carried_out(how)

    def finished_on(self, id_: str) -> Day | None:
        """Return when a step was, or a mark will be, finished.

        A step that is not needed passes on the day on which what it comes after was finished.
        """
        track = self._replay.tracks[id_]
        if track.finished_at is not None:
            return track.finished_at
        if track.times and self.is_over(id_):
            return last_end(track)
        if finished_without_event(self._replay, track) is How.NOT_NEEDED:
            return self._passed_on(track.after)
        return day_of(self.due(id_).due) if track.step.mark is not None else None

    def _passed_on(self, after: tuple[str, ...]) -> Day | None:
        if not after:
            return self._replay.run.started
        days = [self._days.of((id_, _FINISHED)) for id_ in after if id_ in self._replay.tracks]
        known = [day for day in days if day is not None]
        return latest(known, self._replay.calendar) if len(known) == len(after) else None
