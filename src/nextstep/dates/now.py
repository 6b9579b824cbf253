"""The moment for which everything is said: decided once, handed down as a value."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from msgspec import Struct
from msgspec.structs import replace

from nextstep.dates.zones import local_day, moment, zone_of


class Now(Struct, frozen=True, kw_only=True):
    """A moment: the ``instant`` in UTC and ``today``, its day in the ledger's zone.

    ``bare`` says that only a day was given: then no hour of that day has passed yet.
    """

    instant: datetime
    today: date
    timezone: str
    bare: bool

    def not_before(self, instant: datetime) -> Now:
        """Return the same day, at an instant where that is later."""
        return self if instant <= self.instant else replace(self, instant=instant)


def now_at(instant: datetime, timezone: str) -> Now:
    """Return the moment of an instant; without a zone it is in the ledger's.

    Raise NextstepError where the zone is unknown.
    """
    zone_of(timezone)
    exact = moment(instant, timezone)
    return Now(instant=exact, today=local_day(exact, timezone), timezone=timezone, bare=False)


def now_on(day: date, timezone: str) -> Now:
    """Return the first moment of a day in the ledger's zone, as a day without an hour.

    Raise NextstepError where the zone is unknown.
    """
    first = moment(datetime.combine(day, time()), timezone)
    return Now(instant=first.astimezone(UTC), today=day, timezone=timezone, bare=True)
