"""`nextstep trail` without a name: what happened in a ledger, or in a part of its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from nextstep.files.event_fields import KINDS
from nextstep.model.calendar import Calendar
from nextstep.reports.filters import Scope
from nextstep.reports.standing import Standing
from nextstep.reports.trail_entries import Records, TrailEntry, entries
from nextstep.reports.unread import Unread, unread_files
from nextstep.trail.facts import Trail

SEEN_IN_HISTORY = (
    "deleted edited recreated renamed rewritten started unlogged unread written".split()
)
"""What happens to a file and is no line of a log."""
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
    fitting = [one for one in entries(trail, records, zone) if _fits(one, asked)]
    scope = asked.scope
    placed = [one for one in fitting if _is_placed(one, scope)]
    gone = [one for one in fitting if scope != Scope() and records.is_gone(one.id)]
    dated = [(one.on, one) for one in placed if one.on is not None]
    earlier = [day for day, _ in dated if asked.since and day < asked.since]
    inside = [one for day, one in dated if _is_inside(day, asked)]
    undated = [one for one in placed if one.on is None]
    no_limit = asked.since is None and asked.until is None
    shown = [*newest_first(inside), *(undated if no_limit else ())]
    return TrailReport(
        today=standing.now.today,
        calendar=standing.ledger.calendar,
        asked=asked,
        known=known_of(trail, zone),
        entries=tuple(shown),
        earlier=len(earlier),
        later=len(dated) - len(earlier) - len(inside),
        undated=0 if no_limit else len(undated),
        earliest=min(earlier, default=None),
        unplaced=len(gone),
        unread=unread_files(standing.ledger),
    )


def known_of(trail: Trail, timezone: str) -> Known:
    """Return how much of history could be read."""
    from nextstep.dates.zones import local_day

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
    """Return entries that have a moment by that moment, the newest first."""
    return sorted(found, key=lambda one: (one.at or "", one.order), reverse=True)


def _fits(one: TrailEntry, asked: Asked) -> bool:
    if asked.id not in (None, one.id) or asked.step not in (None, one.step):
        return False
    if asked.events and one.event not in asked.events:
        return False
    return asked.who is None or asked.who in (one.by, one.recorded_by)


def _is_placed(one: TrailEntry, scope: Scope) -> bool:
    return scope.has(role=None, process=one.process, part_of=one.part_of)


def _is_inside(day: date, asked: Asked) -> bool:
    return (asked.since is None or day >= asked.since) and (
        asked.until is None or day <= asked.until
    )
