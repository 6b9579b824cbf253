"""The words of which a typed date is made: how each may be written, and the number it stands for."""

from __future__ import annotations

import re

from nextstep.dates.names import MONTH_NUMBERS, ORDINALS, WEEKDAY_NUMBERS, place_in_row

LONGEST = 60
"""How many characters a date has at most."""

UNITS = {
    "minute": "min",
    "hour": "h",
    "day": "d",
    "working day": "bd",
    "business day": "bd",
    "week": "w",
    "month": "mo",
    "quarter": "q",
    "year": "y",
}
_WEEKDAYS = {**WEEKDAY_NUMBERS, "tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTHS = {**MONTH_NUMBERS, "sept": 9}
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()

WEEKDAY = "(?P<weekday>" + "|".join(_WEEKDAYS) + ")"
MONTH = "(?P<month>" + "|".join(_MONTHS) + ")"
NTH = "(?P<nth>[0-9]{1,2}(?:st|nd|rd|th)|" + "|".join(ORDINALS) + ")"
ORDINAL = "(?P<day>[0-9]{1,2}(?:st|nd|rd|th)?|" + "|".join(ORDINALS) + ")"
YEAR = "(?: (?P<year>[0-9]{4}))?"
COUNT = "(?P<count>[0-9]{1,4}|an?|" + "|".join(_NUMBERS) + ")"
UNIT = "(?P<unit>" + "|".join(UNITS) + ")s?"


def weekday_in(found: re.Match[str]) -> int:
    """Return the weekday that was written, Monday is 0."""
    return _WEEKDAYS[found["weekday"]]


def month_in(found: re.Match[str]) -> int:
    """Return the month that was written, January is 1."""
    return _MONTHS[found["month"]]


def nth(text: str) -> int:
    """Return which place in a row was written: ``third``, ``3rd`` or ``3``."""
    place = place_in_row(text)
    return int(text) if place is None else place


def counted(text: str) -> int:
    """Return how many were written: ``a``, ``two`` or ``2``."""
    if text in ("a", "an"):
        return 1
    return _NUMBERS.index(text) + 1 if text in _NUMBERS else int(text)
