"""What is wrong with a text that is no day, no instant and no length, and what to write instead.

Imported only when something is refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from nextstep.dates.names import MONTH_NUMBERS, MONTHS
from nextstep.dates.problem import DateProblem, shown
from nextstep.model.time import LARGEST_COUNT_DIGITS

_MONTHS = range(1, 13)
EXAMPLE_DAY = "2026-11-27"
_EXAMPLE_INSTANT = "2026-11-27T17:00Z"
_WRITE_DAY = f"write the day as YYYY-MM-DD, such as {EXAMPLE_DAY}"
_WRITE_DUE = f"{_WRITE_DAY}, with a time as {EXAMPLE_DAY}T17:00, or `asap`"
_WRITE_INSTANT = f"write the moment with its zone, such as {_EXAMPLE_INSTANT}"
_WRITE_LENGTH = "write a number and one of min, h, d, bd, w, mo, y, such as 3bd"
_UNIT_WORDS = {
    "min": "minute minutes mins",
    "h": "hour hours hr hrs",
    "d": "day days",
    "bd": "businessday businessdays workingday workingdays workday workdays wd",
    "w": "week weeks wk wks",
    "mo": "month months mon mth",
    "y": "year years yr yrs",
}
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}


def day_refusal(text: str) -> DateProblem:
    """Say why a text is not a day."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ].+", text, re.ASCII)
    if found:
        message = f"{shown(text)} has a time of day, and only a day is meant"
        return _no_day(found[1]) or _spelled(message, f"write {found[1]}")
    return _no_day(text) or _spelled(f"{shown(text)} is not a day", _WRITE_DAY)


def due_refusal(text: str) -> DateProblem:
    """Say why a text is neither a day nor an instant nor a word for due."""
    if text.lower() in ("asap", "none"):
        word = text.lower()
        return _meant(f"{shown(text)} is written in small letters", word)
    return (
        _no_instant(text, "not-a-date")
        or _no_day(text)
        or _spelled(f"{shown(text)} is not a day", _WRITE_DUE)
    )


def instant_refusal(text: str) -> DateProblem:
    """Say why a text is not the moment of an event."""
    problem = _no_instant(text, "not-an-instant")
    if problem:
        return problem
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?", text, re.ASCII):
        message = f"{shown(text)} does not say in which zone"
        return DateProblem("not-an-instant", message, f"write {text}Z if that is UTC")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        message = f"{shown(text)} is a day, and a moment is meant"
        return _no_day(text) or DateProblem("not-an-instant", message, f"write {text}T09:00Z")
    problem = _no_day(text)
    if problem:
        return DateProblem("not-an-instant", problem.message, _WRITE_INSTANT)
    return DateProblem("not-an-instant", f"{shown(text)} is not a moment", _WRITE_INSTANT)


def length_refusal(text: str) -> DateProblem:
    """Say why a text is not a length."""
    message, hint, instead = f"{shown(text)} is not a length", _WRITE_LENGTH, None
    compact = re.sub(r"[\s_-]+", "", text.lower())
    found = re.fullmatch(r"(\d+)([a-z]*)", compact, re.ASCII)
    if found:
        count, word = found.groups()
        unit = word if word in _UNIT_WORDS else _UNIT_OF.get(word)
        if len(count) > LARGEST_COUNT_DIGITS:
            message, hint = f"{shown(text)} is too long", "write a number below 10000"
        elif word == "m":
            message = f"{shown(text)} could be minutes or months"
            hint = f"write {count}min or {count}mo"
        elif not word:
            message = f"{shown(text)} does not say of what"
            hint = f"write {count}d for days, {count}bd for working days"
        elif unit and not text.startswith("-"):
            instead = f"{count}{unit}"
            hint = f"write {instead}"
    if text.startswith("-"):
        hint = "write the number without a sign, and `before` or `after` behind it"
    elif re.fullmatch(r"\d+[.,]\d+\s*\w+", text, re.ASCII):
        hint = "write a whole number of a smaller unit, such as 36h"
    elif re.fullmatch(r"P[\dTYMWDHS]+", text, re.ASCII):
        hint = _WRITE_LENGTH
    return DateProblem("not-a-length", message, hint, instead=instead)


def _spelled(message: str, hint: str) -> DateProblem:
    return DateProblem("not-a-date", message, hint)


def _meant(message: str, instead: str) -> DateProblem:
    """Return the problem of a text that can mean one thing alone."""
    return DateProblem("not-a-date", message, f"write {instead}", instead=instead)


def _no_day(text: str) -> DateProblem | None:
    """Say what is wrong with a text that looks like a day; None where it looks like nothing."""
    if not text:
        return _spelled("nothing is written where a day is meant", _WRITE_DAY)
    if text.strip() != text:
        return _meant(f"{shown(text)} has spaces around it", text.strip())
    for pattern, explain in _SHAPES:
        found = re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE)
        if found:
            return explain(text, found)
    return None


def _year_first(text: str, found: re.Match[str]) -> DateProblem | None:
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    problem = _impossible(text, year, month, day)
    written = date(year, month, day).isoformat() if not problem else ""
    if problem or written == text:
        return problem
    return _meant(f"{shown(text)} is not how a day is written", written)


def _impossible(text: str, year: int, month: int, day: int) -> DateProblem | None:
    if year == 0:
        return DateProblem("no-day", f"{shown(text)} is not a day, there is no year 0", _WRITE_DAY)
    if month not in _MONTHS:
        message = f"{shown(text)} is not a day, a year has 12 months"
        return DateProblem("no-day", message, "write the month as 01 to 12")
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return None
    message = f"{shown(text)} is not a day, {MONTHS[month - 1].title()} {year} has {last} days"
    nearest = date(year, month, last if day else 1)
    return DateProblem("no-day", message, f"write {nearest}, or the day that is meant")


def _year_last(text: str, found: re.Match[str]) -> DateProblem:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    readings = {
        date(year, month, day)
        for month, day in ((second, first), (first, second))
        if year and month in _MONTHS and 1 <= day <= monthrange(year, month)[1]
    }
    if len(readings) > 1:
        one, other = sorted(readings, key=lambda day: day.month != second)
        words = f"{_spoken(one)} or {_spoken(other)}"
        return _spelled(f"{shown(text)} can be {words}", f"write {one} or {other}")
    if readings:
        return _meant(f"{shown(text)} is not how a day is written", f"{readings.pop()}")
    return DateProblem("no-day", f"{shown(text)} is not a day", _WRITE_DAY)


def _spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].title()}"


def _week_day(text: str, found: re.Match[str]) -> DateProblem:
    try:
        day = date.fromisocalendar(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return DateProblem("no-day", f"{shown(text)} is not a week of that year", _WRITE_DAY)
    if found[3]:
        return _meant(f"{shown(text)} is the day of a week", f"{day}")
    last = day + timedelta(days=6)
    return _spelled(f"{shown(text)} is a whole week", f"write a day of it, {day} to {last}")


def _whole_month(text: str, found: re.Match[str]) -> DateProblem:
    year, month = int(found[1]), int(found[2])
    if not year or month not in _MONTHS:
        return _spelled(f"{shown(text)} is not a day", _WRITE_DAY)
    last = date(year, month, monthrange(year, month)[1])
    return _spelled(f"{shown(text)} is a whole month", f"write a day of it, such as {last}")


def _long_year(text: str, _found: re.Match[str]) -> DateProblem:
    return DateProblem("no-day", f"{shown(text)} is not a day, years have four digits", _WRITE_DAY)


def _number(text: str, _found: re.Match[str]) -> DateProblem:
    return _spelled(f"{shown(text)} does not say which day", _WRITE_DAY)


def _clock(text: str, found: re.Match[str]) -> DateProblem:
    clock = f"{EXAMPLE_DAY}T{int(found[1]):02}:{found[2]}"
    return _spelled(f"{shown(text)} is a time without a day", f"write both, such as {clock}")


def _moving(text: str, _found: re.Match[str]) -> DateProblem:
    return _spelled(f"{shown(text)} means another day tomorrow", _WRITE_DAY)


def _named_month(text: str, found: re.Match[str]) -> DateProblem:
    words = found.groupdict()
    month = MONTH_NUMBERS[words["m"].casefold()[:3]]
    if not words.get("y"):
        return _spelled(f"{shown(text)} does not say which year", _WRITE_DAY)
    year, day = int(words["y"]), int(words["d"])
    return _impossible(text, year, month, day) or _meant(
        f"{shown(text)} is not how a day is written", f"{date(year, month, day)}"
    )


def _no_instant(text: str, kind: str) -> DateProblem | None:
    """Say what is wrong with a text that looks like a day with a time."""
    found = re.fullmatch(
        r"(\d{4}-\d\d-\d\d)([T ])(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(\S*)",
        text,
        re.ASCII | re.IGNORECASE,
    )
    if not found:
        return None
    day, _, hour, minute, second, zone = found.groups()
    problem = _no_day(day)
    if problem and problem.kind == "no-day":
        return problem
    clock = _impossible_clock(text, day, int(hour), minute, second or "0")
    if clock:
        message, hint = clock
        return DateProblem(
            kind, message, hint + zone if hint.endswith(tuple("0123456789")) else hint
        )
    written = f"{day}T{int(hour):02}:{minute}" + (f":{second}" if second else "")
    if zone and not re.fullmatch(r"Z|[+-]([01]\d|2[0-3]):[0-5]\d", zone):
        message = f"{shown(text)} does not end in a zone"
        return DateProblem(kind, message, "write Z for UTC, or an offset such as +01:00")
    is_whole = (zone or kind != "not-an-instant") and not {".", ","} & set(text)
    instead = f"{written}{zone}" if is_whole else None
    zone = zone or ("Z" if kind == "not-an-instant" else "")
    if written + zone in (text, f"{text}Z"):
        return None
    message = f"{shown(text)} is not how a moment is written"
    return DateProblem(kind, message, f"write {written}{zone}", instead=instead)


def _impossible_clock(
    text: str, day: str, hour: int, minute: str, second: str
) -> tuple[str, str] | None:
    """Return the message and the hint for an hour, a minute or a second that no day has."""
    if (hour, int(minute), int(second)) == (24, 0, 0):
        after = date.fromisoformat(day)
        after = after if after == date.max else after + timedelta(days=1)
        return f"{shown(text)} is not a time, a day has no hour 24", f"write {after}T00:00"
    if hour not in range(24):
        return f"{shown(text)} is not a time, hours go from 00 to 23", "write an hour up to 23"
    if int(minute) not in range(60):
        return f"{shown(text)} is not a time, minutes go from 00 to 59", "write a minute up to 59"
    if int(second) not in range(60):
        message = f"{shown(text)} is not a time, seconds go from 00 to 59"
        return message, f"write {day}T{hour:02}:{minute}:59"
    return None


_MONTH = "(?P<m>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + ")"
_MOVING = "today|tomorrow|yesterday|now|week|month|quarter|year|eow|eom|eoq|eoy"
_WEEKDAY = "(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?"
_SHAPES = (
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _year_first),
    (r"(\d{4})(\d\d)(\d\d)", _year_first),
    (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", _year_last),
    (r"\d{5,9}-\d{1,2}-\d{1,2}", _long_year),
    (r"(\d{4})-?W(\d\d)(?:-?([1-7]))?", _week_day),
    (r"(\d{4})-(\d\d)", _whole_month),
    (r"(\d{1,2}):([0-5]\d)(?::[0-5]\d)?", _clock),
    (r"[\d./-]+", _number),
    (
        rf"(?:(?:next|this|last|on) )?(?:{_WEEKDAY}|{_MOVING})",
        _moving,
    ),
    (rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? (?P<y>\d{{4}}))?", _named_month),
    (rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?", _named_month),
)
