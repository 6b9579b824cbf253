"""Steps that come again: the days of their rhythm, and what ends one time of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.problem import DateProblem
from nextstep.dates.resolving import Resolved
from nextstep.dates.zones import local_time
from nextstep.model.events import Event
from nextstep.model.process import Step
from nextstep.model.time import Anchor, Day, Due, DueWord, Expression, Fixed, Shaped
from nextstep.runs.states import How, Occurrence
from nextstep.runs.timing import day_of, is_after
from nextstep.runs.tracks import Replay, Track


class OneTime(Struct, frozen=True):
    """The date of one time of a step, or ``over``: it does not come so often."""

    found: Resolved
    over: bool


class Rhythms:
    """The dates of the steps of a run that come again."""

    def __init__(
        self,
        resolve: Callable[[Expression, Callable[[Day], Day | None]], Resolved],
        in_force: Callable[[Expression], Expression | None],
        zone: str,
    ) -> None:
        """Count nothing yet; ``resolve`` takes what puts a later day in the place of the first."""
        self._resolve = resolve
        self._in_force = in_force
        self._zone = zone
        self._known: dict[tuple[str, Day], _Rhythm] = {}

    def time(self, step: Step, number: int) -> OneTime:
        """Return the date of a time of a step; the first is 0."""
        over = False

        def nth(first: Day) -> Day | None:
            nonlocal over
            day = self._rhythm(step.repeat or "", first).day(number)
            over = day is None
            return day

        found = self._resolve(self._counted_from(step), nth)
        return OneTime(found, over)

    def _rhythm(self, text: str, first: Day) -> _Rhythm:
        known = self._known.get((text, first))
        if known is None:
            known = self._known[text, first] = _Rhythm(text, first, self._zone)
        return known

    def _counted_from(self, step: Step) -> Expression:
        """Return the first day of a rhythm: where none is written, it is the start."""
        if step.rule is None:
            return Fixed(step.due) if isinstance(step.due, date) else Anchor("start")
        expression = self._in_force(step.rule.expression)
        by = expression.by if isinstance(expression, Shaped) else expression
        return Anchor("start") if isinstance(by, DueWord) else step.rule.expression


class _Rhythm:
    """The days of one rhythm from a first day on, found as far as they were asked for."""

    def __init__(self, text: str, first: Day, zone: str) -> None:
        """Find none yet. An instant comes again at the hour that it has in ``zone``."""
        # Few ledgers have steps that come again; the others do not wait for the words of rhythms.
        from nextstep.dates.recurrence import occurrences, parse_recurrence

        start = local_time(first, zone) if isinstance(first, datetime) else first
        self._ahead: Iterator[Day] = occurrences(parse_recurrence(text), start)
        self._found: list[Day] = []
        self._problem: DateProblem | None = None

    def day(self, number: int) -> Day | None:
        """Return the day of a time, None where it does not come so often; the first is 0.

        Raise DateProblem where the rhythm never comes.
        """
        while len(self._found) <= number:
            if self._problem is not None:
                raise self._problem
            try:
                day = next(self._ahead, None)
            except DateProblem as problem:
                self._problem = problem
                raise
            if day is None:
                return None
            self._found.append(day)
        return self._found[number]


def comes_again(step: Step) -> bool:
    """Whether a step has more than one time. A mark has not: nobody does it."""
    return step.repeat is not None and step.mark is None


def end_this_time(replay: Replay, track: Track, event: Event, due: Due | None) -> None:
    """Keep what a step that is finished came to this time, and open the next one."""
    if track.how is None:
        return
    at = track.done.at if track.done is not None else event.at
    day = day_of(due)
    passed_over = track.how in (How.SKIPPED, How.WAIVED)
    on_time = None if day is None or passed_over else not is_after(at, day, replay.calendar)
    track.times += (Occurrence(due, track.how, at, event.by, on_time),)
    track.come_again(event.at)


def last_end(track: Track) -> Day | None:
    """Return when a step that comes again was done last."""
    return track.times[-1].at if track.times else None
