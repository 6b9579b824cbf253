"""Which days are worked: data only, the arithmetic lives in `dates.workdays`."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Calendar(Struct, frozen=True):
    """The working days of a ledger.

    ``workweek`` holds weekdays (Monday is 0). ``closed`` holds single days that are not worked;
    ``known`` is the first and last day for which public holidays were written out, if they were.
    """

    timezone: str = "UTC"
    workweek: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    closed: frozenset[date] = frozenset()
    known: tuple[date, date] | None = None
