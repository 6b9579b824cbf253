"""The dates of a run's steps: as agreed, or else from their rules and what has happened."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from nextstep.dates.days import DateProblem, parse_due
from nextstep.dates.resolving import Resolved, resolve
from nextstep.dates.zones import local_day
from nextstep.model.time import (
    Anchor,
    Cases,
    Day,
    Due,
    Expression,
    Length,
    Offset,
    Rule,
    Shaped,
)
from nextstep.runs.needs import finished_without_event, was_carried_out
from nextstep.runs.states import How
from nextstep.runs.timing import day_of, latest
from nextstep.runs.tracks import Replay

_FINISHED = "finished"


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
        self._asking: set[tuple[str, str]] = set()

    def forget(self) -> None:
        """Resolve anew: something happened."""
        self._dues.clear()

    def due(self, id_: str) -> Dated:
        """Return when a step is due."""
        found = self._dues.get(id_)
        if found is None:
            found = self._dues[id_] = self._due(id_)
        return found

    def _due(self, id_: str) -> Dated:
        step = self._replay.tracks[id_].step
        if step.due is not None:
            return Dated(step.due, agreed=True, grace=step.grace or self._grace(step.rule))
        if step.rule is None:
            return Dated(None, grace=step.grace)
        found = self.resolved(step.rule)
        return Dated(
            found.day, missing=found.missing, notes=found.notes, grace=step.grace or found.grace
        )

    def _grace(self, rule: Rule | None) -> Length | None:
        if rule is None or not isinstance(rule.expression, Shaped | Cases):
            return None
        return self.resolved(rule).grace

    def promise(self) -> Dated:
        """Return when the promise of the run is due."""
        run = self._replay.run
        if run.promise_due is not None:
            return Dated(run.promise_due, agreed=True)
        if run.promise is None or run.promise.rule is None:
            return Dated(None)
        found = self.resolved(run.promise.rule)
        return Dated(found.day, missing=found.missing, notes=found.notes, grace=found.grace)

    def resolved(self, rule: Rule) -> Resolved:
        """Return what a rule comes to now. What cannot be counted is told in the notes."""
        return self._resolve(rule.expression)

    def plus(self, day: Day, length: Length) -> Day | None:
        """Return a day or instant that much later; None where the years come to an end."""
        expression = Offset(length, Anchor("start"))
        try:
            found = resolve(
                expression, anchor=lambda _: day, inputs={}, calendar=self._replay.calendar
            )
        except DateProblem:
            return None
        return day_of(found.day)

    def _resolve(self, expression: Expression) -> Resolved:
        run = self._replay.run
        try:
            return resolve(
                expression,
                anchor=self.day,
                inputs=run.inputs,
                calendar=self._replay.calendar,
                cycle_start=self._cycle_start(),
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
        days = [self._of_step(id_, anchor.event) for id_ in ids]
        known = [day for day in days if day is not None]
        return latest(known, self._replay.calendar) if len(known) == len(days) else None

    def _input(self, name: str) -> Day | None:
        text = self._replay.run.inputs.get(name)
        if text is None:
            return None
        try:
            return day_of(parse_due(text))
        except DateProblem:
            return None

    def _of_step(self, id_: str, event: str) -> Day | None:
        key = (id_, event)
        if key in self._asking:
            return None
        self._asking.add(key)
        try:
            return self._asked(id_, event)
        finally:
            self._asking.discard(key)

    def _asked(self, id_: str, event: str) -> Day | None:
        track = self._replay.tracks[id_]
        if event == "due":
            return day_of(self.due(id_).due)
        if event == _FINISHED or (track.how and not was_carried_out(track.how)):
            return self.finished_on(id_)
        if event == "done":
            return track.done.at if track.done else None
        return track.offered_at if event == "offered" else track.accepted_at

    def finished_on(self, id_: str) -> Day | None:
        """Return when a step was, or a mark will be, finished.

        A step that is not needed passes on the day on which what it comes after was finished.
        """
        track = self._replay.tracks[id_]
        if track.finished_at is not None:
            return track.finished_at
        if finished_without_event(self._replay, track) is How.NOT_NEEDED:
            return self._passed_on(track.after)
        return day_of(self.due(id_).due) if track.step.mark is not None else None

    def _passed_on(self, after: tuple[str, ...]) -> Day | None:
        if not after:
            return self._replay.run.started
        days = [self._of_step(id_, _FINISHED) for id_ in after if id_ in self._replay.tracks]
        known = [day for day in days if day is not None]
        return latest(known, self._replay.calendar) if len(known) == len(after) else None
