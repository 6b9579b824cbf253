"""A calendar as a file (RFC 5545): events on the day, or todos."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from nextstep.render.calendar_words import (
    description,
    question,
    task,
    title_of,
    unread_description,
    unread_title,
)
from nextstep.render.safe_text import safe_text
from nextstep.reports.calendar import CalendarReport, Entry

if TYPE_CHECKING:
    from icalendar import Component

KINDS = ("events", "todos")
_MAKER = "-//nextstep//calendar//EN"
_HOME = "nextstep"
_LOOK_AGAIN = timedelta(hours=1)
_A_QUESTION_TAKES = timedelta(minutes=15)
_UNOBEYED = (b"\r\n ::", b"\r\n :\r\n :")
"""Where a folded line would begin as a command to a build service does: it is folded once more."""
_NEVER_STAMPED = datetime(1970, 1, 1, tzinfo=UTC)


def calendar_ical(report: CalendarReport, kind: str, committed: datetime | None) -> bytes:
    """Return the calendar with an event, or a todo, for each entry; lines end with CR LF.

    ``committed`` is when the commit that was read was made. An entry whose file was changed by hand
    has no new line in its log, and so no higher number: then the later stamp is what tells a
    calendar that it is newer, and without a walk through history every entry may be such a one.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title_of(report))
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("refresh-interval", _LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    stamp = committed or _NEVER_STAMPED
    parts = _events(report, stamp) if kind == "events" else _todos(report, stamp)
    for part in parts:
        calendar.add_component(part)
    content: bytes = calendar.to_ical()
    return content.replace(*_UNOBEYED)


def _events(report: CalendarReport, stamp: datetime) -> Iterator[Component]:
    from icalendar import Event

    for entry in report.entries:
        if entry.due is None:
            continue
        event = Event()
        _identify(event, _uid(entry, _HOME), entry, stamp)
        event.add("summary", question(entry, report))
        event.add("description", description(entry, report))
        event.add("dtstart", entry.due)
        if isinstance(entry.due, datetime):
            event.add("duration", _A_QUESTION_TAKES)
        event.add("transp", "TRANSPARENT")
        if entry.over is not None:
            event.add("status", "CANCELLED")
        yield event
    if report.unread:
        event = Event()
        _identify_unread(event, report)
        event.add("dtstart", report.today)
        event.add("transp", "TRANSPARENT")
        yield event


def _todos(report: CalendarReport, stamp: datetime) -> Iterator[Component]:
    from icalendar import Todo

    for entry in report.entries:
        if entry.kind == "mark":
            continue
        todo = Todo()
        _identify(todo, _uid(entry, f"todo.{_HOME}"), entry, stamp)
        todo.add("summary", task(entry, report))
        todo.add("description", description(entry, report))
        if entry.due is not None:
            todo.add("due", entry.due)
        todo.add("status", _status(entry))
        if entry.over is not None and not entry.is_dropped and entry.over_at is not None:
            todo.add("completed", entry.over_at)
        yield todo
    if report.unread:
        todo = Todo()
        _identify_unread(todo, report)
        todo.add("due", report.today)
        todo.add("status", "NEEDS-ACTION")
        yield todo


def _identify(part: Component, uid: str, entry: Entry, stamp: datetime) -> None:
    part.add("uid", uid)
    revised = _whole_seconds(max(entry.last or stamp, stamp))
    part.add("dtstamp", revised)
    part.add("last-modified", revised)
    part.add("sequence", entry.changes)


def _identify_unread(part: Component, report: CalendarReport) -> None:
    """Fill the entry that stands for files that could not be read. No record has such an id."""
    part.add("uid", f"!unread@{_HOME}")
    part.add("dtstamp", _midnight(report.today))
    part.add("sequence", 0)
    part.add("summary", unread_title(report))
    part.add("description", unread_description(report))


def _uid(entry: Entry, home: str) -> str:
    name = f"{entry.id}/{entry.step}" if entry.step else entry.id
    return f"{safe_text(name)}@{home}"


def _status(entry: Entry) -> str:
    if entry.over is None:
        return "NEEDS-ACTION"
    return "CANCELLED" if entry.is_dropped else "COMPLETED"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
