"""When something happened against when it was due: small questions of time."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from nextstep.dates import zones
from nextstep.dates.now import Now
from nextstep.dates.workdays import is_past, working_days_between
from nextstep.dates.zones import local_day, moment
from nextstep.model.calendar import Calendar
from nextstep.model.events import Event
from nextstep.model.time import Day, Due, DueWord, Length
from nextstep.runs.facts import Move

_DUE = (date, DueWord)


def day_of(due: Due | None) -> Day | None:
    """Return the day or instant of a due, None for ``asap``, ``none`` and nothing."""
    return due if isinstance(due, date) else None


def is_after(at: datetime, due: Due | None, calendar: Calendar) -> bool:
    """Return whether an instant lies after a due; nothing lies after a word or nothing."""
    return isinstance(due, date) and zones.is_after(at, due, calendar.timezone)


def is_overdue(due: Due | None, now: Now, calendar: Calendar, grace: Length | None = None) -> bool:
    """Return whether a due, with its grace, is over."""
    if type(due) is date and grace is None:
        return due < now.today
    if due is None or isinstance(due, DueWord):
        return False
    return is_past(due, now, grace=grace, calendar=calendar)


def working_days_late(due: Due, today: date, calendar: Calendar) -> int:
    """Return how many working days lie after a due up to today, 0 where it is not over."""
    if isinstance(due, DueWord):
        return 0
    day = due if type(due) is date else local_day(due, calendar.timezone)
    # Not by the calendar itself: hashing it takes longer than all the rest.
    return _counted(day, today, calendar.workweek, calendar.closed)


@lru_cache(maxsize=4096)
def _counted(day: date, today: date, workweek: frozenset[int], closed: frozenset[date]) -> int:
    return max(0, working_days_between(day, today, Calendar(workweek=workweek, closed=closed)))


def move_of(event: Event, calendar: Calendar, *, proposed: bool = False) -> Move:
    """Return the change of date that an event ``moved`` tells.

    ``proposed``: of what was not agreed yet.
    """
    before, to = due_in(event, "from"), due_in(event, "to")
    agreed_by = event.texts("agreed_by") if "agreed_by" in event.values else ()
    return Move(
        before,
        to,
        event.at,
        event.by,
        agreed_by,
        event.text("why"),
        not proposed and is_after(event.at, before, calendar),
        proposed,
    )


def due_in(event: Event, name: str) -> Due | None:
    """Return a date that an event says; None where it says none."""
    value = event.values.get(name)
    return value if isinstance(value, _DUE) else None


def is_agreed(event: Event) -> bool:
    """Return whether somebody else than who acted agreed to a change."""
    return any(person != event.by for person in event.texts("agreed_by"))


def latest(days: list[Day], calendar: Calendar) -> Day | None:
    """Return the latest of days and instants; of one day, an instant is later than the day."""
    return max(days, key=lambda day: _order(day, calendar), default=None)


def has_come(day: Day, now: Now, calendar: Calendar) -> bool:
    """Return whether a day has begun, or an instant is over."""
    if not isinstance(day, datetime) or now.bare:
        return local_day(day, calendar.timezone) <= now.today
    return moment(day, calendar.timezone) <= now.instant


def _order(day: Day, calendar: Calendar) -> tuple[date, datetime | None, bool]:
    if isinstance(day, datetime):
        return (local_day(day, calendar.timezone), moment(day, calendar.timezone), True)
    return (day, moment(datetime.combine(day, time()), calendar.timezone), False)
