"""The moves of a date: which of them count, and how far it went."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date

from msgspec import Struct

from nextstep.dates.days import due_or_none
from nextstep.dates.workdays import working_days_between
from nextstep.dates.zones import local_day
from nextstep.model.calendar import Calendar
from nextstep.model.events import EventValue
from nextstep.model.time import Due, DueWord
from nextstep.reports.show_links import Happening
from nextstep.reports.trail_entries import TrailEntry


class Dates(Struct, frozen=True, kw_only=True):
    """How a date went: the first one, the one that holds, and how often and when it was moved.

    ``days`` and ``working_days`` lie between the two, negative where it is earlier now; None where
    one of them is no day. What was undone is not counted.
    """

    first: Due | None
    now: Due | None
    days: int | None
    working_days: int | None
    moved: int
    moved_late: int


def moves_of(told: Iterable[TrailEntry]) -> list[TrailEntry]:
    """Return the moves of a record or step that count, in the order given.

    What was undone or impossible does not count, nor what a merge dropped, nor that a date went
    back as a line about it left the log. A date that was changed
    in the file first, and told in the log later, was moved once: as the log tells it. So was one of
    which the line was taken out, and stands there again with another moment or other words. Where a
    line begins at a date that never was, the file tells of the move.
    """
    told = tuple(told)
    taken_out = _taken_out(told)
    moves: list[TrailEntry] = []
    for one in told:
        if one.event != "moved" or not one.counts or one.how == "dropped by a merge":
            continue
        before = next((move for move in reversed(moves) if move.step == one.step), None)
        if before is not None and _is_told_later(before, one):
            moves.remove(before)
        moves.append(one)
    in_files = {_move_in_commit(one) for one in moves if not one.logged}
    return [
        one
        for one in moves
        if not _is_told_again(one, moves, taken_out)
        and (one.seen or not one.logged or _move_in_commit(one) not in in_files)
    ]


def _taken_out(told: Iterable[TrailEntry]) -> frozenset[object]:
    """Return the lines that were taken out of the log and did not come back."""
    gone = set()
    for one in sorted(told, key=lambda one: one.order):
        if one.line is not None and one.event == "unlogged":
            gone.add(_line(one.line))
        elif one.line is not None:
            gone.discard(_line(one.line))
    return frozenset(gone)


def _line(one: TrailEntry | Happening) -> object:
    return one.at, one.by, one.event, one.step


def _move_in_commit(one: TrailEntry) -> object:
    return one.order, one.step, one.values.get("to")


def _is_told_again(
    one: TrailEntry, moves: Iterable[TrailEntry], taken_out: AbstractSet[object]
) -> bool:
    """Return whether a line tells a move again whose own line is gone."""
    if one.seen or not one.logged:
        return False
    said = one.by, one.step, one.values.get("from"), one.values.get("to")
    return any(
        (other.by, other.step, other.values.get("from"), other.values.get("to")) == said
        for other in moves
        if other.seen and _line(other) in taken_out
    )


def last_due(told: Iterable[TrailEntry]) -> Due | None:
    """Return the date that the last change left, of a record that can no longer be asked."""
    moves = (one for one in told if one.event == "moved" and (one.counts or one.back))
    changes = [one for one in moves if one.seen or one.earlier]
    return due_of(changes[-1].values.get("to")) if changes else None


def dates_of(moves: list[TrailEntry], now: Due | None, calendar: Calendar) -> Dates | None:
    """Return how a date went that is ``now`` what it is; None where there never was one."""
    first = due_of(moves[0].values.get("from")) if moves else now
    if first is None and now is None:
        return None
    days, working = apart(first, now, calendar)
    return Dates(
        first=first,
        now=now,
        days=days,
        working_days=working,
        moved=len(moves),
        moved_late=sum(one.late is True for one in moves),
    )


def apart(first: Due | None, last: Due | None, calendar: Calendar) -> tuple[int | None, int | None]:
    """Return how many days and working days lie between two dates; None where one is no day."""
    if not isinstance(first, date) or not isinstance(last, date):
        return None, None
    begin, end = (local_day(day, calendar.timezone) for day in (first, last))
    return (end - begin).days, working_days_between(begin, end, calendar)


def due_of(value: EventValue | None) -> Due | None:
    """Return a due that an event carries, also where it is there as text alone."""
    if isinstance(value, date | DueWord):
        return value
    return due_or_none(value) if isinstance(value, str) else None


def _is_told_later(before: TrailEntry, one: TrailEntry) -> bool:
    is_told = one.logged and not one.seen and not before.logged
    return is_told and due_of(before.values.get("to")) == due_of(one.values.get("to"))
