"""From a time expression to the day it means, once what it counts from is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from nextstep.dates.conditions import holds, names_of
from nextstep.dates.phrases import HOURS
from nextstep.dates.problem import DateProblem
from nextstep.dates.workdays import add_days, add_hours, is_working_day, month_length
from nextstep.dates.zones import clock_note, local_day, local_time, moment
from nextstep.model.calendar import Calendar
from nextstep.model.time import (
    Anchor,
    Case,
    Cases,
    Day,
    DueWord,
    Earlier,
    EndOfMonth,
    Expression,
    Fixed,
    Later,
    Length,
    Offset,
    Shaped,
    Textual,
    WeekdayOfWeek,
)

CYCLE = "cycle"
_DAY = timedelta(days=1)
_NOON = time(12)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTH_UNITS = frozenset({"mo", "y"})
_LONGEST_ROLL = 3660


class Resolved(Struct, frozen=True, kw_only=True):
    """What an expression comes to.

    ``day`` is a day, an instant in UTC, or a word; None while something is ``missing`` (anchors
    and inputs as they are written, or ``cycle``) or where no case holds. ``notes`` say in words
    what was done to the day. ``grace`` is the one that the expression itself gives.
    """

    day: Day | DueWord | None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    grace: Length | None = None


def resolve(  # noqa: PLR0913 - a question, and five things that it may count on
    expression: Expression,
    *,
    anchor: Callable[[Anchor], Day | None],
    inputs: Mapping[str, str],
    calendar: Calendar,
    cycle_start: date | None = None,
    again: Callable[[Day], Day | None] | None = None,
) -> Resolved:
    """Return the day of an expression. ``anchor`` answers with a day, or None if not known yet.

    ``again`` puts a later day of a rhythm in the place of the day that was counted, before the
    shape (``at``, ``not_on``, ``ends``) is given to it; None where there is no such day.

    Raise DateProblem for hours that are counted from a day without an hour, for values of a
    condition that have no order, and where the years come to an end.
    """
    return _Resolving(anchor, inputs, calendar, cycle_start, again).whole(expression)


def case_in_force(cases: Cases, inputs: Mapping[str, str]) -> tuple[Case | None, tuple[str, ...]]:
    """Return the first case that holds; none while the inputs that are returned are unknown.

    Raise DateProblem for values of a condition that have no order.
    """
    for case in cases.cases:
        answer = True if case.when is None else holds(case.when, inputs)
        if answer:
            return case, ()
        if answer is None and case.when is not None:
            return None, tuple(name for name in names_of(case.when) if name not in inputs)
    return None, ()


def in_force(expression: Expression, inputs: Mapping[str, str]) -> Expression | None:
    """Return the expression itself, or that of the case that holds, if one does."""
    if not isinstance(expression, Cases):
        return expression
    try:
        case, _unknown = case_in_force(expression, inputs)
    except DateProblem:
        return None
    return None if case is None else case.expression


class _Resolving:
    """One resolution: what it may ask, and what it finds missing or has to say."""

    def __init__(
        self,
        anchor: Callable[[Anchor], Day | None],
        inputs: Mapping[str, str],
        calendar: Calendar,
        cycle_start: date | None,
        again: Callable[[Day], Day | None] | None,
    ) -> None:
        self.ask = anchor
        self.again = again
        self.inputs = inputs
        self.calendar = calendar
        self.zone = calendar.timezone
        self.cycle_start = cycle_start
        self.clock: tuple[time, str] | None = None
        self.missing: list[str] = []
        self.notes: list[str] = []

    def whole(self, expression: Expression) -> Resolved:
        if isinstance(expression, Cases):
            return self.cases(expression)
        if isinstance(expression, DueWord):
            return Resolved(day=expression)
        shape = expression if isinstance(expression, Shaped) else Shaped(expression)
        day = self.shaped(shape)
        return Resolved(
            day=None if self.missing else day,
            missing=tuple(dict.fromkeys(self.missing)),
            notes=tuple(dict.fromkeys(self.notes)),
            grace=shape.grace,
        )

    def cases(self, cases: Cases) -> Resolved:
        case, unknown = case_in_force(cases, self.inputs)
        if unknown:
            return Resolved(day=None, missing=unknown)
        if case is None:
            return Resolved(day=None, notes=("none of the cases holds",))
        return self.whole(case.expression)

    def shaped(self, shape: Shaped) -> Day | DueWord | None:
        if isinstance(shape.by, DueWord):
            return shape.by
        if shape.at is not None:
            self.clock = (shape.at, shape.zone or self.zone)
        day = self.textual(shape.by)
        if day is not None and self.again is not None:
            day = self.again(day)
        if day is None:
            return None
        if isinstance(day, datetime) and (self.clock is None or counts_hours(shape.by)):
            local = local_time(day, self.zone)
            rolled = self.rolled(local.date(), shape)
            moved = rolled != local.date()
            return self.exact(datetime.combine(rolled, local.time())) if moved else day
        rolled = self.rolled(local_day(day, self.clock[1] if self.clock else self.zone), shape)
        if self.clock is not None:
            return self.at_clock(rolled, self.clock)
        return _over_everywhere(rolled) if shape.ends else rolled

    def textual(self, expression: Textual) -> Day | None:
        """Return a day or an instant in UTC; None where something is missing."""
        day: Day | None
        if isinstance(expression, Earlier | Later):
            day = self.chosen(expression)
        elif isinstance(expression, Fixed):
            day = self.exact(expression.day)
        elif isinstance(expression, Anchor):
            day = self.anchored(expression)
        elif isinstance(expression, WeekdayOfWeek):
            day = self.weekday_of_week(expression)
        else:
            day = self.anchored(expression.anchor)
            if day is not None:
                day = self.counted(day, expression)
        return day

    def chosen(self, pair: Earlier | Later) -> Day | None:
        days = (self.textual(pair.first), self.textual(pair.second))
        known = [day for day in days if day is not None]
        if len(known) < len(days):
            return None
        choose = min if isinstance(pair, Earlier) else max
        return choose(known, key=self.order)

    def anchored(self, anchor: Anchor) -> Day | None:
        day = self.ask(anchor)
        if day is None:
            self.missing.append(str(anchor))
            return None
        return self.exact(day)

    def weekday_of_week(self, expression: WeekdayOfWeek) -> date | None:
        if self.cycle_start is None:
            self.missing.append(CYCLE)
            return None
        days = expression.weekday - self.cycle_start.weekday() + 7 * (expression.week - 1)
        return add_days(self.cycle_start, Length(days, "d"), self.calendar)

    def counted(self, day: Day, offset: Offset | EndOfMonth) -> Day:
        if isinstance(offset, EndOfMonth):
            local = local_day(day, self.zone)
            return local.replace(day=month_length(local.year, local.month))
        length = offset.length
        if length.unit in HOURS:
            return add_hours(self.from_clock(day, offset), length)
        start = local_day(day, self.zone)
        result = add_days(start, length, self.calendar)
        if length.unit in _MONTH_UNITS and result.day != start.day:
            self.notes.append(f"{result} is the last day of a month without a day {start.day}")
        if length.unit == "bd":
            self.check_known(start, result)
        return result

    def from_clock(self, day: Day, offset: Offset) -> datetime:
        """Return the instant from which hours are counted."""
        if isinstance(day, datetime):
            if self.clock is not None:
                self.notes.append(f"`at` is not used, {offset.anchor} has its own hour")
            return day
        if self.clock is not None:
            return self.at_clock(day, self.clock)
        amount = f"{abs(offset.length.count)}{offset.length.unit}"
        raise DateProblem(
            "hours-from-a-day",
            f"{amount} are counted from `{offset.anchor}`, which is {day}, a day without an hour",
            'add `at` with the hour to count from, such as `at: "09:00"`, or count in days',
        )

    def check_known(self, first: date, last: date) -> None:
        """Note a count of working days that leaves the years whose public holidays are known."""
        known = self.calendar.known
        if known and (min(first, last) < known[0] or max(first, last) > known[1]):
            self.notes.append(f"public holidays are written out from {known[0]} to {known[1]} only")

    def rolled(self, day: date, shape: Shaped) -> date:
        """Return the nearest allowed day, before or after, where a day is not allowed."""
        step = Length(-1 if shape.roll == "before" else 1, "d")
        for _ in range(_LONGEST_ROLL):
            closed = "closed" in shape.not_on and not is_working_day(day, self.calendar)
            if not closed and day.weekday() not in shape.not_on:
                return day
            day = add_days(day, step, self.calendar)
        message = f"`not_on` leaves no day in the {_LONGEST_ROLL} days next to {day}"
        raise DateProblem("no-day", message, "leave a weekday that is worked out of `not_on`")

    def at_clock(self, day: date, clock: tuple[time, str]) -> datetime:
        return self.in_zone(datetime.combine(day, clock[0]), clock[1])

    def exact(self, day: Day) -> Day:
        """Return an instant in UTC, and a day as it is."""
        return self.in_zone(day, self.zone) if isinstance(day, datetime) else day

    def in_zone(self, clock: datetime, zone: str) -> datetime:
        note = clock_note(clock, zone) if clock.tzinfo is None else None
        if note is not None:
            self.notes.append(note)
        return moment(clock, zone)

    def order(self, day: Day) -> tuple[date, bool, float]:
        """Return a key that sorts an instant before the end of the day on which it falls."""
        if isinstance(day, datetime):
            return local_day(day, self.zone), False, (day - _EPOCH).total_seconds()
        return day, True, 0.0


def counts_hours(expression: Textual) -> bool:
    """Return whether any part of an expression is counted in hours or minutes."""
    if isinstance(expression, Earlier | Later):
        return counts_hours(expression.first) or counts_hours(expression.second)
    return isinstance(expression, Offset) and expression.length.unit in HOURS


def _over_everywhere(day: date) -> datetime:
    """Return the instant at which a day is over in the last zone to leave it, UTC-12."""
    try:
        return datetime.combine(day + _DAY, _NOON, tzinfo=UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
