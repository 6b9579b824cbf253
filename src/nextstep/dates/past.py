"""What people type for a day that is over: when to begin to look back, and where to end.

The words are those of a due date, turned round: `fri` is the last Friday, `2w` two weeks ago.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from nextstep.dates.days import parse_day, parse_length
from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem, shown
from nextstep.dates.typed import parse_typed
from nextstep.dates.typed_words import UNITS, WEEKDAY, counted, weekday_in
from nextstep.dates.workdays import add_days
from nextstep.model.calendar import Calendar
from nextstep.model.time import Length

WHAT_TO_WRITE = "write 2026-11-02, 2026-11, 2026-W45, yesterday, mon, 30d or `3 weeks ago`"
_WEEK = 7
_WEEKDAY = re.compile(f"(?:last )?{WEEKDAY}")
_UNITS = {
    word: UNITS[word] for word in ("day", "working day", "business day", "week", "month", "year")
}
_AGO = re.compile(rf"(an?|[0-9]{{1,4}}) ({'|'.join(_UNITS)})s? ago", re.ASCII)
_PERIOD = re.compile(r"([0-9]{4})(?:-?w([0-9]{2})|-([0-9]{2}))", re.ASCII)


def parse_past(text: str, now: Now, calendar: Calendar, *, last: bool = False) -> date:
    """Return the day that somebody typed for a limit in the past.

    Of a week or a month it is the first day, or with ``last`` the last one. Raise DateProblem, with
    what to write instead, for other words and for words that mean a day to come. A day that is
    written in full may be any.
    """
    plain = " ".join(text.replace(",", " ").casefold().split())
    try:
        found = _period(plain, last=last) or _weekday(plain, now) or _ago(plain, now, calendar)
    except (ValueError, OverflowError):
        raise DateProblem("no-day", f"{shown(text)} is no time there is", WHAT_TO_WRITE) from None
    return found or _typed(text, plain, now, calendar)


def _period(plain: str, *, last: bool) -> date | None:
    found = _PERIOD.fullmatch(plain)
    if found is None:
        return None
    year, week, month = (int(part) if part else 0 for part in found.groups())
    if week:
        return date.fromisocalendar(year, week, _WEEK if last else 1)
    return date(year, month, monthrange(year, month)[1] if last else 1)


def _weekday(plain: str, now: Now) -> date | None:
    """Return the last such weekday before today: on a Friday, `fri` is a week ago."""
    found = _WEEKDAY.fullmatch(plain)
    if found is None:
        return None
    back = (now.today.weekday() - weekday_in(found) - 1) % _WEEK + 1
    return now.today - timedelta(days=back)


def _ago(plain: str, now: Now, calendar: Calendar) -> date | None:
    found = _AGO.fullmatch(plain)
    if found:
        length = Length(-counted(found[1]), _UNITS[found[2]])
    elif re.fullmatch(r"[0-9]{1,4}(?:d|bd|w|mo|y)", plain, re.ASCII):
        written = parse_length(plain)
        length = Length(-written.count, written.unit)
    else:
        return None
    return add_days(now.today, length, calendar)


def _typed(text: str, plain: str, now: Now, calendar: Calendar) -> date:
    """Return a day in the words of a due date, unless it is still to come."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain, re.ASCII):
            return parse_day(plain)
        day = parse_typed(text, now, calendar)
    except DateProblem as problem:
        hint = problem.hint if problem.kind == "no-day" else WHAT_TO_WRITE
        raise DateProblem(problem.kind, problem.message, hint) from None
    if isinstance(day, datetime) or not isinstance(day, date):
        raise DateProblem("not-a-date", f"{shown(text)} is no whole day", WHAT_TO_WRITE)
    if day > now.today:
        message = f"{shown(text)} is {day}, which is still to come"
        raise DateProblem("not-a-date", message, WHAT_TO_WRITE)
    return day
