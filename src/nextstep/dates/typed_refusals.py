"""What is wrong with what somebody typed for a date, and what to write instead.

Imported only when something is refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

from nextstep.dates.names import MONTHS, WEEKDAYS
from nextstep.dates.problem import DateProblem, shown
from nextstep.dates.refusals import due_refusal
from nextstep.dates.typed_words import LONGEST, MONTH, UNITS
from nextstep.dates.words import ordinal

WHAT_TO_WRITE = (
    "write 2026-11-27, tomorrow, fri, next tue, in 10 days, 3bd, the 15th, 3 march or eom"
)
_LEAP_YEAR = 2024
_WORDS = (
    *WEEKDAYS,
    *MONTHS,
    *{part for unit in UNITS for word in (unit, f"{unit}s") for part in word.split()},
    *"today tomorrow yesterday next this last end after".split(),
)
_ALIKE = 0.75
"""How alike two words are when one is taken for the other misspelt: 1 is the same."""


def typed_refusal(text: str, is_date: Callable[[str], bool]) -> DateProblem:
    """Say why a text is no date; what another country would read otherwise is told as two days.

    ``is_date`` tells of words in small letters whether they would be one.
    """
    plain = " ".join(text.split())
    if not plain:
        return DateProblem("not-a-date", "no date was written", WHAT_TO_WRITE)
    if len(plain) > LONGEST:
        return DateProblem("not-a-date", f"{shown(text)} is too long for a date", WHAT_TO_WRITE)
    found = _incomplete(plain)
    if found is not None:
        return DateProblem("not-a-date", *found)
    meant = _misspelt(plain.casefold(), is_date)
    problem = due_refusal(plain)
    if meant is not None:
        return DateProblem(problem.kind, problem.message, f"write `{meant}` if that is meant")
    known = problem.kind == "no-day" or not problem.hint.startswith("write the day as")
    return DateProblem(problem.kind, problem.message, problem.hint if known else WHAT_TO_WRITE)


def _incomplete(plain: str) -> tuple[str, str] | None:
    """Return what a part of a date lacks, and what to write."""
    name = shown(plain)
    if re.fullmatch(MONTH, plain.casefold()):
        return f"{name} is a whole month", f"write a day of it, such as 15 {plain}"
    if re.fullmatch(r"\d{4}", plain, re.ASCII):
        return f"{name} is a whole year", f"write a day of it, such as {plain}-06-30"
    if re.fullmatch(r"\d{1,2}", plain, re.ASCII):
        what = f"write `the {ordinal(int(plain))}` for the day of a month, {plain}d or {plain}bd"
        return f"{name} does not say which day", what
    two = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.]?", plain, re.ASCII)
    days = _days_of_a_year(int(two[1]), int(two[2])) if two else []
    if not days:
        return None
    what = f"write {' or '.join(days).casefold()}"
    return (
        f"{name} can be {' or '.join(days)}"
        if len(days) > 1
        else f"{name} is not how a day is written"
    ), what


def _days_of_a_year(first: int, second: int) -> list[str]:
    """Return the days that two numbers can be, that of the day before the month first."""
    ways = dict.fromkeys([(first, second), (second, first)])
    return [
        f"{day} {MONTHS[month - 1].title()}"
        for day, month in ways
        if 1 <= month <= len(MONTHS) and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]
    ]


def _misspelt(plain: str, is_date: Callable[[str], bool]) -> str | None:
    """Return the date that is one if each unknown word is the known one that it is most like."""
    from difflib import get_close_matches

    words = [
        next(iter(get_close_matches(word, _WORDS, n=1, cutoff=_ALIKE)), word)
        for word in plain.split(" ")
    ]
    meant = " ".join(words)
    return meant if meant != plain and is_date(meant) else None
