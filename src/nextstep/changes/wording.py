"""How a change is put into words for who made it."""

from __future__ import annotations

from datetime import date, datetime

from nextstep.changes.commit_words import shortened, title_of
from nextstep.dates.now import Now
from nextstep.dates.words import day_words, echo
from nextstep.dates.zones import local_day, local_time
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Record
from nextstep.model.time import Due, DueWord

_LONGEST_TITLE = 60


def quoted(record: Record, step: str | None = None) -> str:
    """Return a title in quotes, and the step of it that is meant."""
    title = f'"{shortened(" ".join(title_of(record).split()), _LONGEST_TITLE)}"'
    return title if step is None else f"{step} of {title}"


def due_words(due: Due | None, timezone: str) -> str:
    """Return a due with its weekday and its year, and of an instant the clock time in that zone."""
    if due is None or due is DueWord.NONE:
        return "no date"
    if isinstance(due, DueWord):
        return "as soon as possible"
    return f"{day_words(local_day(due, timezone), None)}{_clock(due, timezone)}"


def echoed(due: Due, now: Now, calendar: Calendar) -> str:
    """Return a due as it is said back to who typed it, with how far away it is."""
    if isinstance(due, DueWord):
        return due_words(due, calendar.timezone)
    day = echo(local_day(due, calendar.timezone), now.today, calendar)
    return f"{day}{_clock(due, calendar.timezone)}"


def _clock(due: date, timezone: str) -> str:
    return f" at {local_time(due, timezone):%H:%M}" if isinstance(due, datetime) else ""
