"""Lengths, days, due dates and the parts of a time expression, as plain data."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from nextstep.model.conditions import Condition


class DueWord(StrEnum):
    """A due that is no day: as soon as possible, or agreed to have none."""

    ASAP = "asap"
    NONE = "none"


Day: TypeAlias = date | datetime
"""A calendar day, or an instant. A datetime without a zone is in the ledger's zone."""

Due: TypeAlias = date | datetime | DueWord


UNITS = frozenset({"min", "h", "d", "bd", "w", "mo", "y"})
LARGEST_COUNT_DIGITS = 4


class Length(Struct, frozen=True):
    """A length of time: ``count`` of ``unit``, which is one of ``UNITS`` (``bd``: working days).

    As it is written, a count has at most ``LARGEST_COUNT_DIGITS``.
    """

    count: int
    unit: str

    def __str__(self) -> str:
        """Return the length as it is written in a file: ``3bd``."""
        return f"{self.count}{self.unit}"


class Fixed(Struct, frozen=True):
    """A day or an instant written out: ``2026-11-27``."""

    day: Day


class Anchor(Struct, frozen=True):
    """A day that something else decides: ``start``, an input, ``STEP`` or ``STEP.due``.

    ``event`` is one of ``finished due done offered accepted``; a bare name has ``finished``, which
    for ``start`` and for an input means the day itself.
    """

    name: str
    event: str = "finished"

    def __str__(self) -> str:
        """Return the anchor as it is written in a file."""
        return self.name if self.event == "finished" else f"{self.name}.{self.event}"


class Offset(Struct, frozen=True):
    """A length before (negative count) or after an anchor: ``5bd before meeting_date``."""

    length: Length
    anchor: Anchor


class WeekdayOfWeek(Struct, frozen=True):
    """A weekday (Monday is 0) of the n-th week of a cycle; week 1 contains the cycle's first day."""

    weekday: int
    week: int


class EndOfMonth(Struct, frozen=True):
    """The last day of the month in which an anchor falls."""

    anchor: Anchor


class Earlier(Struct, frozen=True):
    """The earlier of two days: ``earlier of A or B``. Known when both are known."""

    first: Simple
    second: Simple


class Later(Struct, frozen=True):
    """The later of two days: ``later of A and B``. Known when both are known."""

    first: Simple
    second: Simple


class Shaped(Struct, frozen=True):
    """A day with more said about it: the map form of a time expression.

    ``at`` is a clock time with the name of its zone, or none for the ledger's; ``not_on`` holds
    weekdays (Monday is 0) or the word ``closed``; ``roll`` is ``before`` or ``after``.
    """

    by: Textual | DueWord
    at: time | None = None
    zone: str | None = None
    not_on: frozenset[int | str] = frozenset()
    roll: str = "after"
    grace: Length | None = None
    ends: str | None = None


class Case(Struct, frozen=True):
    """One case of a list: what is due when a condition holds; the last may have no condition."""

    when: Condition | None
    expression: Textual | Shaped | DueWord


class Cases(Struct, frozen=True):
    """The first case that holds decides."""

    cases: tuple[Case, ...]


Simple: TypeAlias = Fixed | Anchor | Offset | WeekdayOfWeek | EndOfMonth
Textual: TypeAlias = Simple | Earlier | Later
Expression: TypeAlias = Textual | Shaped | Cases | DueWord


class Rule(Struct, frozen=True):
    """A time expression with the words it was written in."""

    text: str
    expression: Expression
