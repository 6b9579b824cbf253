"""What is open in a ledger, sorted by what it asks of the reader. Facts only, no rows yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from nextstep.dates.workdays import is_past, local_day
from nextstep.model.commitment import Commitment
from nextstep.model.time import Due, DueWord
from nextstep.reports.standing import Standing
from nextstep.runs.states import CommitmentStage, CommitmentState


class Section(StrEnum):
    """Where in the listing something stands, in the order of the listing."""

    NEEDS = "needs"
    ACCEPT = "accept"
    FOLLOW_UP = "follow_up"
    LATER = "later"
    WAITING = "waiting"
    NO_DATE = "no_date"
    NOBODY = "nobody"


class Why(StrEnum):
    """Why something is listed where it is."""

    OVERDUE = "overdue"
    TODAY = "today"
    ASAP = "asap"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"
    HELP = "help"
    CLOSE = "close"
    STALLED = "stalled"
    PROMISE = "promise"
    ESCALATED = "escalated"
    RETURNED = "returned"
    PROPOSED = "proposed"
    OFFERED = "offered"
    ASK = "ask"
    LOOK_BACK = "look back"
    AFTER = "after"
    OWED = "owed"
    NOBODY = "nobody"


class Entry(Struct, frozen=True, kw_only=True):
    """One thing to list: which, where and why.

    ``day`` is its due day in the ledger's zone. ``late``: it is overdue, or what is waited for is.
    ``escalation`` is the place of its escalation in the run's state; ``duty`` is the one of a
    process that was offered.
    """

    section: Section
    why: Why
    kind: str
    name: str
    step: str | None = None
    day: date | None = None
    late: bool = False
    escalation: int | None = None
    duty: str | None = None

    @property
    def urgency(self) -> tuple[int, date, str, str]:
        """Overdue first, then today, then as soon as possible, then by date."""
        return (_URGENCY.get(self.why, 4), self.day or date.max, self.name, self.part)

    @property
    def part(self) -> str:
        """Which part of the record it is: a step or a duty, else nothing."""
        return self.step or self.duty or ""


_URGENCY = {Why.OVERDUE: 0, Why.TODAY: 1, Why.ASAP: 2, Why.SOON: 3}


class View(Struct, frozen=True):
    """A ledger as somebody looks at it: everybody where ``me`` is None.

    ``horizon`` is the last day that counts as soon.
    """

    standing: Standing
    me: str | None
    horizon: date

    def is_for(self, people: tuple[str, ...]) -> bool:
        """Return whether something that these people have is the reader's to do."""
        return self.me is None or self.me in people

    def day(self, due: Due | None) -> date | None:
        """Return the day of a due date in the ledger's zone; None for a word or nothing."""
        if due is None or isinstance(due, DueWord):
            return None
        return local_day(due, self.standing.now.timezone)

    def is_late(self, due: Due | None) -> bool:
        """Return whether a date is past, without any grace."""
        calendar = self.standing.ledger.calendar
        return due is not None and is_past(due, self.standing.now, grace=None, calendar=calendar)

    def dated(self, due: Due | None, *, overdue: bool) -> tuple[Section, Why]:
        """Return where something that the reader has stands by its date alone."""
        if overdue:
            return Section.NEEDS, Why.OVERDUE
        if due is DueWord.ASAP:
            return Section.NEEDS, Why.ASAP
        day = self.day(due)
        if day is None:
            return Section.NO_DATE, Why.UNDATED
        if day <= self.standing.now.today:
            return Section.NEEDS, Why.TODAY
        return (Section.NEEDS, Why.SOON) if day <= self.horizon else (Section.LATER, Why.LATER)


def commitment_entries(view: View) -> Iterator[Entry]:
    """Yield the open commitments that concern the reader."""
    standing = view.standing
    for name, state in standing.commitments.items():
        if state.stage is CommitmentStage.CLOSED:
            continue
        commitment = standing.ledger.commitments[name]
        placed = _place(view, commitment, state)
        if placed is not None:
            section, why = placed
            yield Entry(
                section=section,
                why=why,
                kind="commitment",
                name=name,
                day=view.day(state.due),
                late=state.overdue,
            )


def _place(
    view: View, commitment: Commitment, state: CommitmentState
) -> tuple[Section, Why] | None:
    """Return where a commitment stands for the reader, or None where it is not theirs."""
    mine = view.is_for((state.who,) if state.who else ())
    if state.stage is CommitmentStage.OPEN and state.offer is None and mine:
        if commitment.after and _waits_for_others(view, commitment):
            return Section.WAITING, Why.AFTER
        return view.dated(state.due, overdue=state.overdue)
    if mine and state.stage is not CommitmentStage.OPEN:
        asks_me = state.stage is CommitmentStage.PROPOSED
        return (Section.ACCEPT, Why.PROPOSED) if asks_me else (Section.FOLLOW_UP, Why.LOOK_BACK)
    if state.offer is not None and view.is_for(state.offer.receivers or state.offer.to):
        return Section.ACCEPT, Why.OFFERED
    if mine:
        return Section.WAITING, Why.OFFERED
    return _of_others(view, commitment, state)


def _of_others(  # noqa: PLR0911 - a table of cases, one return each
    view: View, commitment: Commitment, state: CommitmentState
) -> tuple[Section, Why] | None:
    """Return where what somebody else has, or nobody, stands for the reader."""
    if state.blocked is not None and state.blocked.on == view.me:
        return Section.NEEDS, Why.HELP
    if state.who is None:
        return Section.NOBODY, Why.NOBODY
    asks = view.standing.partner(commitment) == view.me
    if asks and state.stage is CommitmentStage.DONE:
        return Section.FOLLOW_UP, Why.LOOK_BACK
    if asks and state.stage is CommitmentStage.OPEN and not state.asked:
        day = view.day(state.due)
        if day is not None and day <= view.standing.now.today:
            return Section.FOLLOW_UP, Why.ASK
    if not asks and view.me not in state.with_ and not _was_proposed_by(state, view):
        return None
    if state.stage is CommitmentStage.PROPOSED:
        return Section.WAITING, Why.PROPOSED
    if state.stage is CommitmentStage.DONE:
        return None
    return Section.WAITING, Why.OFFERED if state.offer else Why.OWED


def _waits_for_others(view: View, commitment: Commitment) -> bool:
    """Return whether something in ``after`` is not met and is not the reader's own."""
    states = view.standing.commitments
    for name in view.standing.waits_for(commitment):
        if view.me is None or name not in states or states[name].who != view.me:
            return True
    return False


def _was_proposed_by(state: CommitmentState, view: View) -> bool:
    return any(event.event == "proposed" and event.by == view.me for event in state.events)
