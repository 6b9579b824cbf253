"""How processes fare: what runs, what came back and for what, which targets were reached.

It speaks of processes alone. Nothing in it is counted by person.
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from nextstep.dates.periods import Period
from nextstep.model.process import Process
from nextstep.reports.answered_offers import answered_offers
from nextstep.reports.checklist_records import Target
from nextstep.reports.checklist_targets import targets
from nextstep.reports.digest_subject import Subject
from nextstep.reports.row_making import RowMaker
from nextstep.reports.show_process import ReviewView, review_view

_SHOWN = 3


class Health(Struct, frozen=True, kw_only=True):
    """A process in a period.

    ``live`` runs are on their way, ``late`` of them have something overdue. Of the period:
    ``ended`` runs, and of the ``promises`` that ended those ``kept``; hand-offs ``accepted``, those
    of them that never came back (``at_once``), those ``returned``, and what was most often missing
    then with how often. ``targets`` speak of all runs that ended so far.
    """

    handle: str
    id: str
    title: str
    live: int
    late: int
    ended: int
    promises: int
    kept: int
    accepted: int
    at_once: int
    returned: int
    missing: tuple[tuple[str, int], ...]
    targets: tuple[Target, ...]


class ReviewDue(Struct, frozen=True, kw_only=True):
    """A process that its owner is to confirm as still right."""

    handle: str
    id: str
    title: str
    review: ReviewView


def health(maker: RowMaker, subject: Subject, period: Period) -> tuple[Health, ...]:
    """Return how the processes that somebody answers for fared, where anything happened or runs."""
    standing = maker.standing
    found = (
        _health(maker, process, period)
        for process in standing.ledger.processes.values()
        if subject.process(standing, process)
    )
    return tuple(one for one in found if one.live or one.ended or one.accepted or one.returned)


def reviews_due(maker: RowMaker, subject: Subject, horizon: Period) -> tuple[ReviewDue, ...]:
    """Return the processes to be looked at again by the end of a period, the oldest first."""
    standing = maker.standing
    today, calendar = standing.now.today, standing.ledger.calendar
    found = [
        ReviewDue(
            handle=maker.handles.shortest(process.id),
            id=process.id,
            title=process.title,
            review=view,
        )
        for process in standing.ledger.processes.values()
        if process.state == "active" and subject.process(standing, process)
        for view in (review_view(review, today, calendar) for review in process.reviews)
        if view.due is not None and view.due <= horizon.last
    ]
    return tuple(sorted(found, key=lambda one: (str(one.review.due), one.id)))


def _health(maker: RowMaker, process: Process, period: Period) -> Health:
    standing = maker.standing
    states = [
        standing.runs[run.id] for run in standing.ledger.runs.values() if run.process == process.id
    ]
    zone = standing.now.timezone
    ended = [one for one in states if one.closed and period.holds(one.closed.at, zone)]
    promises = [one.promise_kept for one in ended if one.promise_kept is not None]
    passed = [
        one
        for state in states
        for one in answered_offers(state)
        if period.holds(one.event.at, zone)
    ]
    back = [one.event for one in passed if one.came_back]
    missing = Counter(text for event in back for text in event.texts("missing"))
    return Health(
        handle=maker.handles.shortest(process.id),
        id=process.id,
        title=process.title,
        live=sum(one.is_live for one in states),
        late=sum(one.is_live and one.overdue for one in states),
        ended=len(ended),
        promises=len(promises),
        kept=sum(promises),
        accepted=len(passed) - len(back),
        at_once=sum(one.at_once for one in passed),
        returned=len(back),
        missing=tuple(sorted(missing.items(), key=lambda one: (-one[1], one[0]))[:_SHOWN]),
        targets=targets(standing, process),
    )
