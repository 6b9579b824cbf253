"""The report of `nextstep digest`: what needs somebody, and what became of what was agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from nextstep.dates.periods import Period, monday_of, week_of
from nextstep.dates.zones import local_day
from nextstep.model.calendar import Calendar
from nextstep.reports.digest_by_hand import NOT_DIFFERENT, Differing, Unsaid, unsaid
from nextstep.reports.digest_events import (
    Ended,
    Learned,
    Moved,
    Reader,
    begun,
    ended,
    learned,
    moved,
)
from nextstep.reports.digest_health import Health, ReviewDue, health, reviews_due
from nextstep.reports.digest_subject import Subject
from nextstep.reports.due import DueReport, Question, due_report
from nextstep.reports.due_entries import Section
from nextstep.reports.row_making import RowMaker
from nextstep.reports.rows import Row
from nextstep.reports.standing import Standing
from nextstep.reports.unread import Unread

MOST = 5
"""So many things are asked of somebody at once; the others are counted."""
_WEEK = 7
_THIRD = 2
_ASKING = (Section.NEEDS, Section.ACCEPT, Section.FOLLOW_UP)


class Stale(Struct, frozen=True):
    """Something late that nobody has touched: ``weeks`` is in how many digests it stands now."""

    row: Row
    weeks: int


class Anchor(Struct, frozen=True):
    """What history was when the digest was printed: whoever keeps it can show a change later.

    ``commits`` is None in a shallow clone, which cannot count them.
    """

    head: str
    commits: int | None


class Digest(Struct, frozen=True, kw_only=True):
    """What a digest says.

    ``needs``, ``stale`` (late for so long that it became a question) and ``reviews`` are together
    at most five things, the most urgent; ``more`` counts the other rows, ``more_reviews`` the other
    processes to look at again. ``late`` are overdue and with others.
    ``waiting`` are hand-offs that nobody has answered, without those in ``needs``. ``by_hand`` was
    changed by hand in the period; None where history is not here to tell.
    """

    subject: Subject
    period: Period
    today: date
    calendar: Calendar
    needs: tuple[Row, ...]
    stale: tuple[Stale, ...]
    more: int
    ended: tuple[Ended, ...]
    moved: tuple[Moved, ...]
    by_hand: tuple[Unsaid, ...] | None
    late: tuple[Row, ...]
    begun: tuple[Row, ...]
    waiting: tuple[Row, ...]
    reviews: tuple[ReviewDue, ...]
    more_reviews: int
    health: tuple[Health, ...]
    learned: tuple[Learned, ...]
    on_their_way: int
    unread: tuple[Unread, ...]
    anchor: Anchor | None

    @property
    def kept(self) -> int:
        """How many of those that ended were kept."""
        return sum(one.result == "kept" for one in self.ended)

    @property
    def asked(self) -> int:
        """How many things need the reader."""
        shown = len(self.needs) + len(self.stale) + len(self.reviews)
        return shown + self.more + self.more_reviews

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell; what runs on its way is nothing new."""
        told = (
            self.ended,
            self.moved,
            self.by_hand,
            self.late,
            self.begun,
            self.waiting,
            self.learned,
        )
        return bool(self.asked or self.unread or any(told))


def digest(
    standing: Standing,
    subject: Subject,
    period: Period,
    *,
    anchor: Anchor | None = None,
    differing: Differing | None = NOT_DIFFERENT,
) -> Digest:
    """Return the digest for somebody: what needs them now, and what the period brought.

    ``differing`` are the records whose files came, went or changed in the period; None where that
    cannot be known.
    """
    due = due_report(
        standing,
        Question(me=subject.person, scope=subject.scope, everything=True),
    )
    asked = _asked(due, subject)
    stale = tuple(one for one in (_stale(standing, row) for row in asked) if one is not None)
    questions = {(one.row.id, one.row.step) for one in stale}
    fresh = [row for row in asked if (row.id, row.step) not in questions]
    reader = Reader(standing, subject, period, RowMaker(standing))
    reviews = reviews_due(reader.maker, subject, _horizon(standing.now.today))
    needs, again = _first(fresh, reviews, max(MOST - len(stale), 0))
    seen = {(row.id, row.step) for row in asked}
    waiting = _waiting(reader, seen)
    return Digest(
        subject=subject,
        period=period,
        today=standing.now.today,
        calendar=standing.ledger.calendar,
        needs=tuple(needs),
        stale=stale[:MOST],
        more=len(fresh) - len(needs) + max(len(stale) - MOST, 0),
        ended=ended(reader),
        moved=moved(reader),
        by_hand=None if differing is None else unsaid(reader, differing),
        late=tuple(_late(standing, subject, due, seen)),
        begun=begun(reader, differing.came if differing else ()),
        waiting=waiting,
        reviews=tuple(again),
        more_reviews=len(reviews) - len(again),
        health=health(reader.maker, subject, period),
        learned=learned(reader),
        on_their_way=_on_their_way(standing, subject),
        unread=due.unread,
        anchor=anchor,
    )


def _asked(due: DueReport, subject: Subject) -> list[Row]:
    """Return what needs somebody within a week, the most urgent first."""
    rows = [row for section in _ASKING for row in due.rows(section)]
    return [row for row in rows if subject.person is not None or subject.row(row)]


def _first(
    rows: Sequence[Row], reviews: Sequence[ReviewDue], most: int
) -> tuple[list[Row], list[ReviewDue]]:
    """Return the most urgent of both: what is overdue comes before what is not."""
    ranked: list[tuple[bool, Row | ReviewDue]] = [
        *((not row.overdue, row) for row in rows),
        *((not one.review.overdue, one) for one in reviews),
    ]
    first = [one for _, one in sorted(ranked, key=lambda one: one[0])[:most]]
    return (
        [one for one in first if isinstance(one, Row)],
        [one for one in first if isinstance(one, ReviewDue)],
    )


def _late(
    standing: Standing, subject: Subject, due: DueReport, seen: set[tuple[str, str | None]]
) -> Iterator[Row]:
    """Yield the overdue rows that are with others. A team is told of those that concern it."""
    for row in due.rows(Section.WAITING):
        is_told = subject.kind != "team" or subject.is_concerned(standing, row)
        if is_told and row.overdue and not row.offered_to and (row.id, row.step) not in seen:
            yield row


def _stale(standing: Standing, row: Row) -> Stale | None:
    """Return a late row as a question once it stands in a third weekly digest as it was."""
    if not row.overdue or row.due is None or row.kind == "run":
        return None
    today, zone = standing.now.today, standing.now.timezone
    if row.kind == "commitment":
        events = standing.commitments[row.id].events
    else:
        events = tuple(
            event for event in standing.runs[row.id].events if event.step in (None, row.step)
        )
    days = [local_day(event.at, zone) for event in events]
    if isinstance(row.due, date):
        days.append(local_day(row.due, zone))
    quiet = (monday_of(today) - monday_of(max(days, default=today))).days // _WEEK
    return Stale(row, quiet) if quiet > _THIRD else None


def _horizon(today: date) -> Period:
    return week_of(today)


def _waiting(reader: Reader, seen: set[tuple[str, str | None]]) -> tuple[Row, ...]:
    """Return the hand-offs that concern somebody and nobody has answered, the oldest first."""
    standing, subject, maker = reader.standing, reader.subject, reader.maker
    rows = [
        maker.commitment(name, why="offered")
        for name, state in standing.commitments.items()
        if state.offer and subject.commitment(standing, standing.ledger.commitments[name])
    ]
    rows += [
        maker.step(name, step_id, why="offered")
        for name, run in standing.runs.items()
        if run.is_live
        for step_id, step in run.steps.items()
        if (step.offer or step.duty_offer) and subject.step(standing, name, step_id)
    ]
    there = (row for row in rows if (row.id, row.step) not in seen)
    return tuple(sorted(there, key=lambda row: (str(row.offered_on), row.id, row.step or "")))


def _on_their_way(standing: Standing, subject: Subject) -> int:
    """Count the runs that concern somebody and are under way."""
    return sum(run.is_live and subject.run(standing, name) for name, run in standing.runs.items())
