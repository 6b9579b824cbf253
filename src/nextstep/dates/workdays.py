"""Counting in working days, in months and on the clock, and when something is overdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem
from nextstep.dates.zones import end_of_day, local_day, local_time, moment
from nextstep.model.calendar import Calendar
from nextstep.model.time import Due, DueWord, Length

__all__ = [
    "add_days",
    "add_hours",
    "add_months",
    "add_working_days",
    "is_past",
    "is_working_day",
    "local_day",
    "month_length",
    "working_days_between",
]

_DAY = timedelta(days=1)
_HOURS = {"min": timedelta(minutes=1), "h": timedelta(hours=1)}
_DAYS = {"d": 1, "w": 7}
_MONTHS = {"mo": 1, "y": 12}
_LONGEST_CLOSURE = 3660
_FEBRUARY = 2
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Return whether the day is worked: in the work week and not closed."""
    return day.weekday() in calendar.workweek and day not in calendar.closed


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """Return the working day that many working days after the day (before, if negative).

    The day itself is never counted, worked or not: one working day after a Saturday is Monday,
    one before it is Friday. Zero is the day itself, or the next one that is worked. Raise
    DateProblem where the calendar or the years come to an end.
    """
    if count == 0:
        return next_working_day(day, _DAY, calendar)
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day = next_working_day(_plus(day, step), step, calendar)
    return day


def next_working_day(day: date, step: timedelta, calendar: Calendar) -> date:
    """Return the first working day from the day on, itself included, in steps of a day."""
    for _ in range(_LONGEST_CLOSURE):
        if day.weekday() in calendar.workweek and day not in calendar.closed:
            return day
        day = _plus(day, step)
    raise DateProblem(
        "no-day",
        f"there is no working day in the {_LONGEST_CLOSURE} days next to {day}",
        "add weekdays to `workweek`, or take days out of `closed`",
    )


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Return how many working days lie after ``first`` up to ``last``, negative if it is before."""
    if last < first:
        return -working_days_between(last, first, calendar)
    weeks, rest = divmod((last - first).days, 7)
    count = weeks * len(calendar.workweek)
    count += sum((last.weekday() - days) % 7 in calendar.workweek for days in range(rest))
    return count - sum(
        first < day <= last and day.weekday() in calendar.workweek for day in calendar.closed
    )


def add_days(day: date, length: Length, calendar: Calendar) -> date:
    """Return the day a length away; months and years end at the month's last day.

    Raise DateProblem where the years come to an end. The length is not one of hours.
    """
    if length.unit == "bd":
        return add_working_days(day, length.count, calendar)
    if length.unit in _MONTHS:
        return add_months(day, length.count * _MONTHS[length.unit])
    return _plus(day, timedelta(days=length.count * _DAYS[length.unit]))


def add_months(day: date, months: int) -> date:
    """Return the same day that many months away, or the last one of a month that is shorter.

    Raise DateProblem where the years come to an end.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise _out_of_years()
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """Return how many days a month has. The standard `calendar` is not worth its import here."""
    leap = month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_LENGTHS[month - 1] + leap


def add_hours(instant: datetime, length: Length) -> datetime:
    """Return the instant a length of hours or minutes away; raise DateProblem past the years."""
    try:
        return instant + length.count * _HOURS[length.unit]
    except OverflowError:
        raise _out_of_years() from None


def is_past(due: Due, now: Now, *, grace: Length | None, calendar: Calendar) -> bool:
    """Return whether something due is overdue.

    A day is, once today is later than it and its grace: never on the day itself. An instant is
    after that instant and its grace; when now is a day without an hour, once that day is over.
    """
    if isinstance(due, DueWord):
        return False
    try:
        if not isinstance(due, datetime) and (grace is None or grace.unit not in _HOURS):
            return now.today > (due if grace is None else add_days(due, grace, calendar))
        limit = _last_moment(due, grace, calendar)
    except DateProblem:  # the grace goes on past the last year
        return False
    if now.bare:
        return now.today > local_day(limit, calendar.timezone)
    return now.instant > limit


def _last_moment(due: date, grace: Length | None, calendar: Calendar) -> datetime:
    zone = calendar.timezone
    limit = moment(due, zone) if isinstance(due, datetime) else end_of_day(due, zone)
    if grace is None:
        return limit
    if grace.unit in _HOURS:
        return add_hours(limit, grace)
    local = local_time(limit, zone)
    later = add_days(local.date(), grace, calendar)
    return moment(datetime.combine(later, local.time()), zone)


def _plus(day: date, days: timedelta) -> date:
    try:
        return day + days
    except OverflowError:
        raise _out_of_years() from None


def _out_of_years() -> DateProblem:
    return DateProblem(
        "no-day", "the day is before the year 1 or after the year 9999", "write a shorter length"
    )
