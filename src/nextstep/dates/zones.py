"""Time zones: which instant a clock time is, and which day an instant falls on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from nextstep.diagnostics.errors import NextstepError

_A_DAY = timedelta(days=1)

_zones: dict[str, tzinfo] = {"UTC": UTC}


def find_zone(name: str) -> tzinfo | None:
    """Return the zone of a name such as ``Europe/Berlin``, or None where there is none.

    Abbreviations such as ``CET`` name no place and are not zones here.
    """
    zone = _zones.get(name)
    if zone is None and "/" in name:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
        _zones[name] = zone
    return zone


def zone_of(name: str) -> tzinfo:
    """Return the zone of a name; raise NextstepError where there is none."""
    zone = find_zone(name)
    if zone is None:
        message = f"`{name}` is not a time zone"
        raise NextstepError(message, "write a place such as Europe/Berlin, or UTC")
    return zone


def local_day(day: date | datetime, timezone: str) -> date:
    """Return the day itself, or the day in the zone on which an instant falls."""
    return local_time(day, timezone).date() if isinstance(day, datetime) else day


def local_time(instant: datetime, timezone: str) -> datetime:
    """Return the clock time of an instant in the zone, as a datetime without a zone."""
    if instant.tzinfo is None:
        return instant
    try:
        return instant.astimezone(zone_of(timezone)).replace(tzinfo=None, fold=0)
    except OverflowError:
        return instant.replace(tzinfo=None)


def moment(instant: datetime, timezone: str) -> datetime:
    """Return an instant in UTC; without a zone of its own its clock is that of the zone.

    A clock time that is skipped when clocks go forward is moved on by as much; one that happens
    twice when they go back is the first of the two.
    """
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone_of(timezone), fold=0)
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return instant.replace(tzinfo=UTC)


def is_after(at: datetime, due: date | datetime, timezone: str) -> bool:
    """Return whether an instant (UTC) lies after a day or an instant: a day is over on the next day.

    No zone is asked where the answer is the same in all of them.
    """
    if isinstance(due, datetime):
        return at > moment(due, timezone)
    day = at.date()
    if day < due:
        return False
    return day - due > _A_DAY or local_day(at, timezone) > due


def clock_note(clock: datetime, timezone: str) -> str | None:
    """Say how a clock time without a zone was understood where a zone changes its clocks."""
    zone = zone_of(timezone)
    words = clock.isoformat(sep=" ", timespec="minutes")
    back = local_time(moment(clock, timezone), timezone)
    if back != clock:
        return f"{words} does not exist in {timezone}: clocks go forward, so {back:%H:%M} is meant"
    if clock.replace(tzinfo=zone, fold=1).utcoffset() != clock.replace(tzinfo=zone).utcoffset():
        return f"{words} happens twice in {timezone}: the first of the two is meant"
    return None


def end_of_day(day: date, timezone: str) -> datetime:
    """Return the instant in UTC at which a day is over in the zone."""
    try:
        midnight = datetime.combine(day + timedelta(days=1), time())
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
    return moment(midnight, timezone)
