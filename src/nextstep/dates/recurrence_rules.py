"""A rule of RFC 5545 as it is written in a file: checked part by part before dateutil sees it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import NoReturn

from nextstep.dates.problem import DateProblem, shown

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The weekdays in RFC 5545's letters, Monday first."""
WORK_WEEK = ",".join(CODES[:5])
PERIODS = {
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3),
    "year": ("YEARLY", 1),
}
"""The frequency that each period is, and how many of it."""

_LARGEST = 100_000
_NTH_OF_MONTH, _NTH_OF_YEAR = 5, 53

# From, to, and whether a number may also count from the end.
_NUMBERS = {
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 59, False),
    "BYSETPOS": (1, 366, True),
    "BYEASTER": (-80, 250, False),
    "INTERVAL": (1, _LARGEST, False),
    "COUNT": (1, _LARGEST, False),
}
_SINGLE = ("INTERVAL", "COUNT")
_PARTS = ("FREQ", "UNTIL", "WKST", "BYDAY", *_NUMBERS)
_EXAMPLE = "write a rule such as FREQ=MONTHLY;BYDAY=-1FR, or words such as `every friday`"


def parse_rule(text: str) -> str:
    """Return the rule in its normal form: capitals, FREQ first; raise DateProblem if it is wrong."""
    parts: dict[str, str] = {}
    for written in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, _, value = written.partition("=")
        if name.startswith("DTSTART"):
            _refuse(f"{shown(written)} is not part of a rule", "leave it out: `due` is the start")
        if name not in _PARTS or not value:
            _refuse(f"{shown(written)} is not a part of a rule", _EXAMPLE)
        if name in parts:
            _refuse(f"`{name}` is there twice", "leave one of them out")
        parts[name] = value
    _check_parts(parts)
    first = {"FREQ": parts.pop("FREQ")}
    return ";".join(f"{name}={value}" for name, value in (first | parts).items())


def until_of(value: str | None) -> date | datetime | None:
    """Return the day or the clock time of UNTIL; its Z is left out, the start's zone counts.

    Raise DateProblem where it is neither.
    """
    if value is None:
        return None
    digits = value.removesuffix("Z")
    day, joint, clock = digits.partition("T")
    shaped = len(day) == len("20261127") and (len(clock) == len("170000") if joint else not clock)
    if shaped and digits.isascii() and (day + clock).isdigit():
        with suppress(ValueError):
            return datetime.fromisoformat(digits) if joint else date.fromisoformat(day)
    return _refuse(f"UNTIL={value} is not a day", "write the day as UNTIL=20261127")


def _check_parts(parts: dict[str, str]) -> None:
    if parts.get("FREQ") not in _FREQUENCIES:
        _refuse("the rule has no FREQ that is known", f"write FREQ= with {', '.join(_FREQUENCIES)}")
    if "COUNT" in parts and "UNTIL" in parts:
        _refuse("the rule has both COUNT and UNTIL", "leave one of them out")
    until_of(parts.get("UNTIL"))
    if parts.get("WKST", "MO") not in CODES:
        _refuse(f"WKST={parts['WKST']} is not a weekday", f"write one of {', '.join(CODES)}")
    for name in _NUMBERS.keys() & parts.keys():
        _check_numbers(name, parts[name])
    if "BYDAY" in parts:
        in_a_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
        _check_weekdays(parts["BYDAY"], _NTH_OF_MONTH if in_a_month else _NTH_OF_YEAR)


def _check_numbers(name: str, value: str) -> None:
    least, most, from_end = _NUMBERS[name]
    words = value.split(",")
    for word in words:
        number = _number(word)
        inside = number is not None and (
            least <= number <= most or (from_end and least <= -number <= most)
        )
        if not inside or (name in _SINGLE and len(words) > 1):
            ends = f", or -{most} to -{least}" if from_end else ""
            message = f"{shown(f'{name}={value}')} is not between {least} and {most}{ends}"
            _refuse(message, f"write {name}= with a number from {least} to {most}{ends}")


def _check_weekdays(value: str, most: int) -> None:
    for word in value.split(","):
        nth = _number(word[:-2]) if word[:-2] else 1
        if word[-2:] not in CODES or nth is None or not 1 <= abs(nth) <= most:
            message = f"{shown(word)} is not a weekday of a rule"
            _refuse(message, f"write {', '.join(CODES)}, with a number as in -1FR if wanted")


def _number(word: str) -> int | None:
    digits = word[1:] if word[:1] in ("+", "-") else word
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(_LARGEST)):
        return None
    return int(word)


def _refuse(message: str, hint: str) -> NoReturn:
    raise DateProblem("not-a-recurrence", message, hint)
