"""Stretches of days that a report looks back on: an ISO week, or from one day to another."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from msgspec import Struct

from nextstep.dates.problem import DateProblem
from nextstep.dates.words import day_words
from nextstep.dates.zones import local_day

_WEEK = 7


class Period(Struct, frozen=True):
    """From the first day to the last, both inclusive. ``week`` is its ISO week, else None."""

    first: date
    last: date
    week: tuple[int, int] | None = None

    def has(self, day: date) -> bool:
        """Return whether a day is in it."""
        return self.first <= day <= self.last

    def holds(self, instant: datetime | None, timezone: str) -> bool:
        """Return whether an instant is in it, by the days of a zone."""
        return instant is not None and self.has(local_day(instant, timezone))

    def words(self, today: date) -> str:
        """Return ``Week 47, Mon 16 Nov to Sun 22 Nov``; the year where it is not that of today."""
        days = f"{day_words(self.first, today)} to {day_words(self.last, today)}"
        if self.week is None:
            return days
        year, week = self.week
        return f"Week {week}{'' if year == today.year else f' of {year}'}, {days}"

    @property
    def name(self) -> str:
        """The period for machines: ``2026-W47``, or ``2026-11-02/2026-11-20``."""
        if self.week is None:
            return f"{self.first}/{self.last}"
        return f"{self.week[0]}-W{self.week[1]:02}"


def week_of(day: date) -> Period:
    """Return the ISO week that a day is in: from Monday to Sunday."""
    year, week, _ = day.isocalendar()
    first = monday_of(day)
    return Period(first, first + timedelta(days=_WEEK - 1), (year, week))


def monday_of(day: date) -> date:
    """Return the Monday of the week that a day is in."""
    return day - timedelta(days=day.weekday())


def week_before(today: date) -> Period:
    """Return the ISO week before the one that today is in."""
    return week_of(today - timedelta(days=_WEEK))


def typed_week(text: str, today: date) -> Period:
    """Return the week that somebody typed: ``2026-W47``, ``W47``, ``this`` or ``last``.

    A number alone is the latest such week that has begun. Raises DateProblem.
    """
    said = text.strip().lower()
    if said == "this":
        return week_of(today)
    if said == "last":
        return week_before(today)
    found = re.fullmatch(r"(?:(\d{4})-)?w?(\d{1,2})", said, re.ASCII)
    if found is None:
        raise _no_week(text)
    this_year = today.isocalendar().year
    for year in (int(found[1]),) if found[1] else (this_year, this_year - 1):
        try:
            monday = date.fromisocalendar(year, int(found[2]), 1)
        except ValueError:  # not every year has a week 53
            continue
        if found[1] or monday <= today:
            return week_of(monday)
    raise _no_week(text)


def _no_week(text: str) -> DateProblem:
    message = f"`{text[:40]}` is not a week"
    return DateProblem("not-a-date", message, "write 2026-W47, W47, this or last")
