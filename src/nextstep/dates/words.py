"""Days in words: the weekday, the date, how far away it is; and what else words are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nextstep.dates.workdays import working_days_between
from nextstep.model.calendar import Calendar

# Not `strftime`: its names change with the locale.
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def day_words(day: date, today: date | None) -> str:
    """Return ``Fri 27 Nov``; with the year where it is not that of today, or today is None."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if today is not None and day.year == today.year else f"{words} {day.year}"


def distance(day: date, today: date, calendar: Calendar) -> str:
    """Return ``today``, ``tomorrow``, ``in 2 days``, ``yesterday`` or ``1 working day ago``."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if near is not None:
        return near
    if days > 0:
        return f"in {counted(days, 'day')}"
    working = working_days_between(day, today, calendar)
    return f"{counted(working, 'working day') if working else counted(-days, 'day')} ago"


def echo(day: date, today: date, calendar: Calendar) -> str:
    """Return a day as it is said back to who typed it: ``Fri 27 Nov 2026, in 6 days (4 working days)``.

    Where every one of the days is a working day, once is enough.
    """
    words = f"{day_words(day, None)}, {distance(day, today, calendar)}"
    ahead = working_days_between(today, day, calendar)
    if (day - today).days <= 1 or ahead == (day - today).days:
        return words
    return f"{words} ({counted(ahead, 'working day')})"


def ordinal(number: int) -> str:
    """Return ``1st``, ``2nd``, ``3rd``, ``11th``."""
    is_teen = number % 100 // 10 == 1
    return f"{number}{'th' if is_teen else _ENDINGS.get(number % 10, 'th')}"


def counted(number: int, noun: str) -> str:
    """Return ``1 day``, ``2 days``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Sequence[str], joint: str) -> str:
    """Return ``ana``, ``ana or sue``, ``ana, sue or raj``; the ``joint`` stands before the last."""
    if len(words) < 2:  # noqa: PLR2004 - there is nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def sentence(text: str) -> str:
    """Return words ended as a sentence: with a full stop where nothing ends them yet."""
    text = text.rstrip()
    return text if text.endswith((".", "?", "!")) else f"{text}."
