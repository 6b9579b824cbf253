"""What people type for a date: a closed grammar, and anything that could mean two days is refused.

A general reader of dates guesses; a guess that is wrong is a promise for a day that nobody agreed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from nextstep.dates.days import parse_due, parse_length
from nextstep.dates.names import MONTHS, WEEKDAYS
from nextstep.dates.now import Now
from nextstep.dates.periods import monday_of
from nextstep.dates.problem import DateProblem, shown
from nextstep.dates.typed_words import (
    COUNT,
    LONGEST,
    MONTH,
    NTH,
    ORDINAL,
    UNIT,
    UNITS,
    WEEKDAY,
    YEAR,
    counted,
    month_in,
    nth,
    weekday_in,
)
from nextstep.dates.workdays import add_days, add_hours, is_working_day
from nextstep.dates.zones import local_time
from nextstep.model.calendar import Calendar
from nextstep.model.time import Due, DueWord, Length

_DAYS_OF_WEEK = 7
_MONTHS_OF_QUARTER = 3


def parse_typed(text: str, now: Now, calendar: Calendar) -> Due:
    """Return the day, instant or word that somebody typed for a due date.

    Raise DateProblem, with what to write instead, for anything that is not in the grammar or could
    mean two days. A day may lie in the past: only who asked knows whether that makes sense.
    """
    plain = " ".join(text.replace(",", " ").casefold().split())
    if not 0 < len(plain) <= LONGEST:
        raise _refused(text)
    clock = re.fullmatch(r"(.+?)(?: at | )([01]?[0-9]|2[0-3]):([0-5][0-9])", plain)
    if clock:
        day = _day(text, clock[1], now, calendar)
        if isinstance(day, (DueWord, datetime)):
            raise _refused(text)
        return datetime.combine(day, time(int(clock[2]), int(clock[3])))
    return _day(text, plain, now, calendar)


def _day(text: str, plain: str, now: Now, calendar: Calendar) -> Due:
    if re.fullmatch(r"\d{4}-\d\d-\d\d(t[\d:.]+(z|[+-]\d\d:\d\d)?)?", plain, re.ASCII):
        return parse_due(plain.upper())
    if plain in tuple(DueWord):
        return DueWord(plain)
    unpointed = re.sub(r"(?<=[a-z])\.", "", plain)  # as in `fri.`
    for pattern, meaning in _GRAMMAR:
        found = re.fullmatch(pattern, unpointed, re.ASCII)
        if found:
            try:
                return meaning(text, found, now, calendar)
            except (OverflowError, ValueError):
                raise _refused(text) from None
    raise _refused(text)


def _refused(text: str) -> DateProblem:
    """Return why a text is no date."""
    from nextstep.dates.typed_refusals import typed_refusal

    return typed_refusal(text, lambda plain: any(re.fullmatch(one, plain) for one, _ in _GRAMMAR))


def _near(_text: str, found: re.Match[str], now: Now, _calendar: Calendar) -> date:
    ahead = {"today": 0, "tomorrow": 1, "yesterday": -1}.get(found[1], 2)
    return now.today + timedelta(days=ahead)


def _coming(_text: str, found: re.Match[str], now: Now, _calendar: Calendar) -> date:
    """Return the first such weekday after today: on a Friday, `fri` is a week away."""
    ahead = (weekday_in(found) - now.today.weekday() - 1) % _DAYS_OF_WEEK + 1
    return now.today + timedelta(days=ahead)


def _of_next_week(_text: str, found: re.Match[str], now: Now, _calendar: Calendar) -> date:
    return monday_of(now.today) + timedelta(days=_DAYS_OF_WEEK + weekday_in(found))


def _of_this_week(text: str, found: re.Match[str], now: Now, _calendar: Calendar) -> date:
    day = monday_of(now.today) + timedelta(days=weekday_in(found))
    if day < now.today:
        name = WEEKDAYS[weekday_in(found)][:3]
        message = f"{shown(text)} was {day}, and is over"
        raise DateProblem("not-a-date", message, f"write {name} for the one that comes")
    return day


def _away(text: str, found: re.Match[str], now: Now, calendar: Calendar) -> Due:
    count, unit = counted(found["count"]), UNITS[" ".join(found["unit"].split())]
    if unit == "q":
        count, unit = count * _MONTHS_OF_QUARTER, "mo"
    return _after(text, Length(count, unit), now, calendar)


def _length(text: str, found: re.Match[str], now: Now, calendar: Calendar) -> Due:
    return _after(text, parse_length(found[1]), now, calendar)


def _after(text: str, length: Length, now: Now, calendar: Calendar) -> Due:
    if length.unit not in ("h", "min"):
        return add_days(now.today, length, calendar)
    if now.bare:
        message = f"{shown(text)} counts from the hour it is, and only a day is known"
        raise DateProblem("hours-from-a-day", message, "give --today an hour, or write a day")
    late = local_time(add_hours(now.instant, length), calendar.timezone)
    return late.replace(second=0, microsecond=0, tzinfo=None)


def _of_month(text: str, found: re.Match[str], now: Now, _calendar: Calendar) -> date:
    """Return the next day with that number, today not counted; a month without it is passed by."""
    number, month = nth(found["nth"]), date(now.today.year, now.today.month, 1)
    for _ in range(_DAYS_OF_WEEK):
        if number <= monthrange(month.year, month.month)[1]:
            day = month.replace(day=number)
            if day > now.today:
                return _on(text, day, found)
        month = _next_month(month)
    raise _refused(text)


def _of_named_month(_text: str, found: re.Match[str], now: Now, _calendar: Calendar) -> date:
    which = found["which"]
    month = now.today.replace(day=1)
    return (_next_month(month) if which == "next" else month).replace(day=nth(found["day"]))


def _dated(text: str, found: re.Match[str], now: Now, _calendar: Calendar) -> date:
    """Return a day of a named month: without a year the next one, today counted."""
    number, month = nth(found["day"]), month_in(found)
    if found["year"]:
        return _on(text, _existing(int(found["year"]), month, number), found)
    for year in range(now.today.year, now.today.year + 9):
        if number <= monthrange(year, month)[1]:
            day = date(year, month, number)
            if day >= now.today:
                return _on(text, day, found)
    return _existing(now.today.year, month, number)


def _last_of(_text: str, found: re.Match[str], now: Now, _calendar: Calendar) -> date:
    month = month_in(found)
    year = int(found["year"]) if found["year"] else now.today.year
    day = date(year, month, monthrange(year, month)[1])
    return day if found["year"] or day >= now.today else _last_day(date(year + 1, month, 1))


def _end(text: str, found: re.Match[str], now: Now, calendar: Calendar) -> date:
    today, what = now.today, found["what"]
    if what.startswith("w"):
        if found.groupdict().get("which") == "next":
            today = monday_of(today) + timedelta(days=_DAYS_OF_WEEK)
        return _end_of_week(text, today, calendar)
    ahead = 1 if found.groupdict().get("which") == "next" else 0
    if what.startswith("m"):
        month = today.replace(day=1)
        return _last_day(_next_month(month) if ahead else month)
    if what.startswith("q"):
        first = (today.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER + 1
        month = date(today.year, first + 2, 1)
        for _ in range(ahead * _MONTHS_OF_QUARTER):
            month = _next_month(month)
        return _last_day(month)
    return date(today.year + ahead, 12, 31)


def _iso_week(text: str, found: re.Match[str], _now: Now, calendar: Calendar) -> date:
    year, week = int(found["year"]), int(found["week"])
    if found["weekday"]:
        return date.fromisocalendar(year, week, int(found["weekday"]))
    return _end_of_week(text, date.fromisocalendar(year, week, 1), calendar)


def _end_of_week(text: str, day: date, calendar: Calendar) -> date:
    """Return the last day of the week, from that day on, that is worked."""
    sunday = monday_of(day) + timedelta(days=_DAYS_OF_WEEK - 1)
    while sunday >= day:
        if is_working_day(sunday, calendar):
            return sunday
        sunday -= timedelta(days=1)
    message = f"{shown(text)}: no day that is left of that week is worked"
    raise DateProblem("not-a-date", message, "write `eow next week`, or a day")


def _on(text: str, day: date, found: re.Match[str]) -> date:
    """Return the day, if it is the weekday that was written with it."""
    name = found.groupdict().get("weekday")
    if name and weekday_in(found) != day.weekday():
        said = WEEKDAYS[weekday_in(found)].title()
        message = f"{shown(text)}: {day} is a {WEEKDAYS[day.weekday()].title()}, not a {said}"
        raise DateProblem("not-a-date", message, f"write {day}, or the day that is meant")
    return day


def _existing(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise _refused(f"{number} {MONTHS[month - 1].title()} {year:04}") from None


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


_Meaning = Callable[[str, re.Match[str], Now, Calendar], Due]
_GRAMMAR: tuple[tuple[str, _Meaning], ...] = (
    ("(today|tomorrow|yesterday|(?:the )?day after tomorrow)", _near),
    (rf"(?:(?:on|by) )?{WEEKDAY}", _coming),
    (rf"next {WEEKDAY}", _of_next_week),
    (rf"{WEEKDAY} (?:of )?next week", _of_next_week),
    (rf"this {WEEKDAY}", _of_this_week),
    (rf"{WEEKDAY} (?:of )?this week", _of_this_week),
    (rf"in {COUNT} {UNIT}", _away),
    (rf"{COUNT} {UNIT}(?: from (?:today|now)| hence)?", _away),
    (r"(?:in )?([0-9]{1,4}(?:min|h|d|bd|w|mo|y))", _length),
    (rf"(?:{WEEKDAY} )?(?:(?:on|by) )?(?:the )?{NTH}", _of_month),
    (rf"(?:the )?{ORDINAL} of (?:the )?(?P<which>next|this|current) month", _of_named_month),
    (rf"(?:{WEEKDAY} )?(?:the )?{ORDINAL} (?:of )?{MONTH}{YEAR}", _dated),
    (rf"(?:{WEEKDAY} )?{MONTH} (?:the )?{ORDINAL}{YEAR}", _dated),
    (rf"(?:the )?last day (?:of|in) {MONTH}{YEAR}", _last_of),
    ("eo(?P<what>[wmqy])", _end),
    ("eow (?P<which>next) (?P<what>week)", _end),
    ("(?:the )?end of (?:the |this )?(?P<what>week|month|quarter|year)", _end),
    ("(?:the )?end of (?P<which>next) (?P<what>week|month|quarter|year)", _end),
    ("(?P<year>[0-9]{4})-?w(?P<week>[0-9]{2})(?:-?(?P<weekday>[1-7]))?", _iso_week),
)
"""The whole grammar: what may be written, and what it means. The first that fits decides."""
