"""`nextstep trail` without a name: what happened in a ledger, or in a part of its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from nextstep.dates.zones import end_of_day, local_day, moment
from nextstep.files.event_fields import KINDS
from nextstep.model.calendar import Calendar
from nextstep.reports.filters import Scope
from nextstep.reports.standing import Standing
from nextstep.reports.trail_entries import TrailEntry, entries
from nextstep.reports.trail_records import About, Records
from nextstep.reports.unread import Unread, unread_files
from nextstep.trail.facts import Fact, Trail

SEEN_IN_HISTORY = (
    "deleted edited recreated relogged renamed rewritten started unlogged unread written".split()
)
"""What happens to a file and is no line of a log."""
_MOMENT = timedelta(microseconds=1)
EVENTS = (*sorted(kind.word for kind in KINDS), *SEEN_IN_HISTORY)


class Asked(Struct, frozen=True, kw_only=True):
    """What to look for; None or nothing is no limit. ``you``: the person is the one who asks.

    ``id`` and ``step`` are of one record. ``between`` are the two ends of a range of commits, as typed. ``chosen`` tells that somebody
    gave ``since``, and it is not the usual one.
    """

    id: str | None = None
    step: str | None = None
    who: str | None = None
    you: bool = False
    scope: Scope = Scope()
    events: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    between: tuple[str, str] | None = None
    chosen: bool = False


class Known(Struct, frozen=True, kw_only=True):
    """How much of history could be read.

    ``tip`` is the newest commit, ``commits`` how many were read. ``first`` is the oldest commit of
    a shallow clone, ``first_on`` its day: nothing before it is known. ``doubts`` are sentences on
    what else in this repository can hide or change history.
    """

    tip: str
    commits: int
    first: str | None = None
    first_on: date | None = None
    doubts: tuple[str, ...] = ()


class TrailReport(Struct, frozen=True, kw_only=True):
    """What happened, newest first.

    ``earlier`` and ``later`` count what fits but lies outside of the days asked for, ``undated``
    what has no day at all; ``earliest`` is the first day of what is earlier. ``unplaced`` counts
    events of records that are gone, of which nobody knows the process or plan that was asked for.
    """

    today: date
    calendar: Calendar
    asked: Asked
    known: Known
    entries: tuple[TrailEntry, ...]
    earlier: int
    later: int
    undated: int
    earliest: date | None
    unplaced: int
    unread: tuple[Unread, ...]


def trail_report(trail: Trail, standing: Standing, asked: Asked) -> TrailReport:
    """Return what happened of what was asked for, newest first by its own day."""
    records = Records(standing, trail.facts)
    zone = standing.now.timezone
    begin, end = limits_of(asked.since, asked.until, zone)
    fitting = [one for one in trail.facts if _fits(one, asked) and not records.is_hidden(one)]
    placed = fitting
    if asked.scope != Scope():
        placed = [one for one in fitting if _is_placed(records.about(one.id), asked.scope)]
    earlier = [one.at for one in placed if begin and one.at and one.at < begin]
    later = sum(end is not None and one.at is not None and one.at > end for one in placed)
    undated = sum(one.at is None for one in placed) if begin or end else 0
    shown = {id(one) for one in placed if is_inside(one.at, begin, end)}
    found = entries(trail, records, zone, only=lambda fact: id(fact) in shown)
    first = min(earlier, default=None)
    return TrailReport(
        today=standing.now.today,
        calendar=standing.ledger.calendar,
        asked=asked,
        known=known_of(trail, zone),
        entries=tuple(newest_first(found)),
        earlier=len(earlier),
        later=later,
        undated=undated,
        earliest=local_day(first, zone) if first else None,
        unplaced=_unplaced(fitting, records) if asked.scope != Scope() else 0,
        unread=unread_files(standing.ledger),
    )


def _unplaced(fitting: Iterable[Fact], records: Records) -> int:
    """Return how many events are of records of which nobody knows what they belonged to."""
    return sum(not records.about(one.id).placed for one in fitting)


def limits_of(
    since: date | None, until: date | None, timezone: str
) -> tuple[datetime | None, datetime | None]:
    """Return the instants between which days lie in the zone; None is no limit."""
    begin = moment(datetime.combine(since, time()), timezone) if since else None
    return begin, end_of_day(until, timezone) - _MOMENT if until else None


def is_inside(at: datetime | None, begin: datetime | None, end: datetime | None) -> bool:
    """Return whether an instant lies between two; one that nobody knows does where none is asked."""
    if at is None:
        return begin is None and end is None
    return (begin is None or at >= begin) and (end is None or at <= end)


def known_of(trail: Trail, timezone: str) -> Known:
    """Return how much of history could be read."""
    border = next((one for one in trail.facts if one.witness.commit == trail.first), None)
    at = border.witness.committer.at if border else None
    return Known(
        tip=trail.tip,
        commits=trail.commits,
        first=trail.first,
        first_on=local_day(at, timezone) if at else None,
        doubts=tuple(one for one in trail.doubts if trail.first is None or "shallow" not in one),
    )


def newest_first(found: Iterable[TrailEntry]) -> list[TrailEntry]:
    """Return entries by their moment, the newest first; those without one come last."""
    return sorted(found, key=lambda one: (one.at or "", one.order), reverse=True)


def _fits(one: Fact, asked: Asked) -> bool:
    if asked.id not in (None, one.id) or asked.step not in (None, one.step):
        return False
    if asked.events and one.event not in asked.events:
        return False
    return asked.who is None or asked.who in (one.by, one.recorded_by)


def _is_placed(about: About, scope: Scope) -> bool:
    return scope.has(role=None, process=about.process, part_of=about.part_of)
