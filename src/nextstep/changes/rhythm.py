"""What comes again: the next one of a commitment that is closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from nextstep.changes.add import NextStep
from nextstep.changes.openness import commitment_now
from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem
from nextstep.dates.recurrence import occurrences, parse_recurrence
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment
from nextstep.model.time import Day, Due

_A_DAY = timedelta(days=1)


def comes_next(ledger: Ledger, commitment: Commitment, now: Now) -> str | NextStep | None:
    """Return what comes after what comes again: the next one, or the id of one that is there.

    One is there where this one was closed before, and reopened. None for what does not come again,
    or comes no more. Times that have gone by meanwhile are passed over. Raises NextstepError where
    the rhythm cannot be counted.
    """
    if commitment.repeat is None:
        return None
    return _opened_before(ledger, commitment, now) or _next_time(ledger, commitment, now)


def _opened_before(ledger: Ledger, commitment: Commitment, now: Now) -> str | None:
    """Return the id of one that came out of this one, or of what did, and is not looked back on."""
    came: dict[str, list[Commitment]] = {}
    for other in ledger.commitments.values():
        if other.follows is not None and other.repeat == commitment.repeat:
            came.setdefault(other.follows, []).append(other)
    seen, left = {commitment.id}, [commitment.id]
    while left:
        for other in came.get(left.pop(), ()):
            if other.id in seen:
                continue
            if commitment_now(ledger, other.id, now).closed is None:
                return other.id
            seen.add(other.id)
            left.append(other.id)
    return None


def _next_time(ledger: Ledger, commitment: Commitment, now: Now) -> NextStep | None:
    due = _next_due(ledger, commitment, now)
    if due is None:
        return None
    return NextStep(
        what=commitment.what,
        who=commitment.who,
        with_=commitment.with_,
        outcome=commitment.outcome,
        due=due,
        partner=commitment.partner,
        source=commitment.origin,
        part_of=commitment.part_of,
        follows=commitment.id,
        repeat=commitment.repeat,
    )


def _next_due(ledger: Ledger, commitment: Commitment, now: Now) -> Day | None:
    """Return the day after that of this one, counted from the day on which all of it began.

    What is moved once is not moved for ever: a rhythm is counted from the dates before any move.
    """
    due = _first_agreed(ledger, commitment, now)
    begun = _first_agreed(ledger, _beginning(ledger, commitment), now)
    start: Day = begun if isinstance(begun, date) else now.today
    last = now.today - _A_DAY
    if isinstance(due, date):
        last = max(last, local_day(due, ledger.timezone))
    try:
        for found in occurrences(parse_recurrence(commitment.repeat or ""), start):
            day = local_day(found, ledger.timezone) if isinstance(found, datetime) else found
            if day > last:
                return found
    except DateProblem as problem:
        raise NextstepError(problem.message, problem.hint) from None
    return None


def _first_agreed(ledger: Ledger, commitment: Commitment, now: Now) -> Due | None:
    """Return the first date that it had; the one that holds where no move says an earlier one."""
    moves = commitment_now(ledger, commitment.id, now).moves
    dates = (due for move in moves for due in (move.before, move.to) if isinstance(due, date))
    return next(dates, commitment.due)


def _beginning(ledger: Ledger, commitment: Commitment) -> Commitment:
    """Return the first of a row of commitments that came out of each other in the same rhythm."""
    seen = {commitment.id}
    while True:
        before = ledger.commitments.get(commitment.follows or "")
        if before is None or before.id in seen or before.repeat != commitment.repeat:
            return commitment
        seen.add(before.id)
        commitment = before
