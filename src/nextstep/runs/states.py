"""The states of commitments, steps and runs, as `commitment_state` and `run_state` derive them.

A state is never stored. It is a fact about one record at one "now", and the record itself stays
beside it: a state repeats nothing of the file but who has it and when it is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from nextstep.model.events import Event
from nextstep.model.process import Step
from nextstep.model.time import Day, Due, Length
from nextstep.runs.facts import (
    Agreed,
    Blocked,
    Closed,
    Done,
    Feedback,
    Impossible,
    Met,
    Move,
    Offer,
    Returned,
    Vote,
)
from nextstep.runs.run_facts import Conformance, Escalated, Unclear
from nextstep.runs.stages import CommitmentStage, How, RunStage, StepStage

__all__ = [
    "CommitmentStage",
    "CommitmentState",
    "Conformance",
    "Escalated",
    "How",
    "Occurrence",
    "RunStage",
    "RunState",
    "StepStage",
    "StepState",
    "Unclear",
    "Waiting",
]


class Occurrence(Struct, frozen=True):
    """One time of a step that comes again: when it was due, and how, when and by whom it ended.

    ``at`` is when the work existed; ``on_time`` is None where it was passed over, or had no date.
    """

    due: Due | None
    how: How
    at: datetime
    by: str
    on_time: bool | None


class CommitmentState(Struct, frozen=True):
    """Where a commitment stands.

    It may be made by place: to pass twenty names costs ten times as much as twenty values.

    ``who``, ``with_`` and ``due`` are the current agreement, from the file. ``since`` is since when
    this ``who`` has it (agreed or accepted), None where the log does not say. ``agreed`` is the
    last agreement. ``who_told`` is to whom the log leads: another than ``who`` where the file was
    changed without an event. ``events`` are the events that count, in order: without those undone.
    ``asked`` tells whether the partner asked for the current due; ``asked_at`` when at all last.
    ``overdue`` and ``days_late`` (working days, 0 if not late) speak of an open one alone.
    ``on_time`` is None until it is done or closed, and where there was no date to keep.
    ``parties`` are those that it is agreed with, and who put it forward or gave it away.
    ``unagreed`` tells of a closed one that it was only proposed till then.
    """

    stage: CommitmentStage
    who: str | None = None
    with_: tuple[str, ...] = ()
    due: Due | None = None
    since: datetime | None = None
    agreed: Agreed | None = None
    offer: Offer | None = None
    returns: tuple[Returned, ...] = ()
    blocked: Blocked | None = None
    moves: tuple[Move, ...] = ()
    asked: bool = False
    asked_at: datetime | None = None
    done: Done | None = None
    closed: Closed | None = None
    reopened: int = 0
    overdue: bool = False
    days_late: int = 0
    on_time: bool | None = None
    impossible: tuple[Impossible, ...] = ()
    events: tuple[Event, ...] = ()
    who_told: str | None = None
    parties: tuple[str, ...] = ()
    unagreed: bool = False

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to do something for it: proposed or open."""
        return self.stage in (CommitmentStage.PROPOSED, CommitmentStage.OPEN)


class Waiting(Struct, frozen=True):
    """What a step waits for.

    ``steps`` are ids of steps (parts one by one) that are not finished; ``inputs`` are names that
    its ``when`` needs and nobody has given; ``until`` is a ``not_before`` that lies ahead;
    ``unknown`` are the anchors that a ``not_before`` needs and that have no date yet.
    """

    steps: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    until: Day | None = None
    unknown: tuple[str, ...] = ()


class StepState(Struct, frozen=True, kw_only=True):
    """Where a step, or a part of a fan-out, stands.

    People: ``who`` are those bound to it now. ``owner`` is the one who has it: never more than one
    person, None only where nobody is named at all. It is the process owner where the step is
    ``vacant`` or was ``put_to_owner`` (its rounds are used up). ``voters`` are those of a gate
    whose vote is missing; a gate's ``owner`` is the first of them. Of a step that is offered it is
    the giver. ``assigned`` means that people were bound and have done nothing in this run yet.
    ``who_told`` are the people to whom the log leads: others than ``who`` where the file was
    changed without an event. ``since``: since when it is where it is, a day where no hour is known.

    Dates: ``due`` is the agreed date, or else resolved from ``step.rule``; ``due_agreed`` tells
    which. ``notes`` come with a resolved date, ``due_missing`` are the anchors and inputs it still
    needs. A rule that cannot be counted has no date, and a note that says why. ``grace`` is a
    length after which alone it is overdue; ``on_time`` ignores it. ``not_before`` and ``until`` are
    resolved likewise.

    ``times`` are those of a step that comes again and that are over; all else then speaks of the
    time that is open now. Finished, it has no further time, and ``how`` is that of the last one.

    ``how`` says how it was finished; None while it is not. ``out_of_order`` is what a step done
    while it waited says about it (``yes`` where no reason is written), ``overridden`` that the
    order was enforced then. ``approved_content`` is the blob for which there were votes enough;
    ``changed_since`` tells whether the file is another one now, None where that was not looked at.
    """

    id: str
    step: Step
    stage: StepStage
    how: How | None = None
    who: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    owner: str | None = None
    vacant: bool = False
    put_to_owner: bool = False
    assigned: bool = False
    who_told: tuple[str, ...] = ()
    since: Day | None = None
    after: tuple[str, ...] = ()
    waiting: Waiting | None = None
    due: Due | None = None
    due_agreed: bool = False
    due_missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    grace: Length | None = None
    not_before: Day | None = None
    until: Day | None = None
    moves: tuple[Move, ...] = ()
    asked: bool = False
    asked_at: datetime | None = None
    overdue: bool = False
    days_late: int = 0
    on_time: bool | None = None
    rounds: int = 0
    offer: Offer | None = None
    duty_offer: Offer | None = None
    answer_by: Day | None = None
    returned: Returned | None = None
    ticked: tuple[str, ...] = ()
    blocked: Blocked | None = None
    done: Done | None = None
    finished_at: datetime | None = None
    finished_on: Day | None = None
    why: str | None = None
    gaps: tuple[str, ...] = ()
    readback: str | None = None
    votes: tuple[Vote, ...] = ()
    votes_needed: int = 0
    voters: tuple[str, ...] = ()
    approved_content: str | None = None
    changed_since: bool | None = None
    out_of_order: str | None = None
    overridden: bool = False
    reopened: int = 0
    times: tuple[Occurrence, ...] = ()

    @property
    def is_finished(self) -> bool:
        """Whether nothing more is owed on it."""
        return self.stage is StepStage.FINISHED

    @property
    def is_movable(self) -> bool:
        """Whether its date may be another one: it is open, or a date that has come."""
        return not self.is_finished or self.how is How.MARK

    @property
    def hides_votes(self) -> bool:
        """Whether it is not to be seen who voted how: at a blind gate, until all have."""
        return self.step.blind and bool(self.voters)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Whose vote a gate waits for: nobody's once it is the owner who decides."""
        return () if self.put_to_owner else self.voters

    @property
    def who_is_asked(self) -> str | None:
        """Who is asked how it goes: the first whose vote a gate waits for, else its owner."""
        return next(iter(self.awaited), self.owner)

    @property
    def is_next(self) -> bool:
        """Whether somebody can act on it now: ready, done and not handed over, or offered."""
        return self.stage in (StepStage.READY, StepStage.DONE, StepStage.OFFERED)


class RunState(Struct, frozen=True, kw_only=True):
    """Where a run stands.

    ``steps`` is in the order of the file; so are all tuples of ids. ``groups`` maps the id of a
    fan-out to its parts. ``ready``, ``done`` and ``offered`` are the steps in these stages,
    ``next_after`` those that wait for nothing but these. ``with_whom`` are the people who can act
    now. ``owed`` are ``undoes`` steps whose target is done and that are not finished themselves;
    ``keeping_open`` those for which the run cannot be closed today; ``over_rounds`` gates that were
    returned more often than ``max_rounds``. ``stalled``: open, and nothing can be acted on now nor
    will be when a day comes. ``stopped_by`` is the gate whose "no" was final; ``closed`` then tells
    when, by whom and why.

    ``promise_due`` is the agreed date, or else resolved from the promise's rule. ``promise_kept``
    is None until the steps that keep the promise are done, it is too late, or the run is closed;
    ``unclear`` is what cannot be worked out though all it needs is known. ``promise_overdue`` tells
    that its day and grace are over while something that keeps it is not.
    """

    stage: RunStage
    steps: Mapping[str, StepState]
    owner: str | None = None
    deputy: str | None = None
    groups: Mapping[str, tuple[str, ...]] = {}
    ready: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    next_after: tuple[str, ...] = ()
    with_whom: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    keeping_open: tuple[str, ...] = ()
    over_rounds: tuple[str, ...] = ()
    stalled: bool = False
    blocked: Blocked | None = None
    promise_due: Due | None = None
    promise_missing: tuple[str, ...] = ()
    promise_notes: tuple[str, ...] = ()
    promise_kept: bool | None = None
    promise_overdue: bool = False
    closed: Closed | None = None
    stopped_by: str | None = None
    expects: tuple[Met, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    conformance: Conformance = Conformance()
    escalations: tuple[Escalated, ...] = ()
    asked_at: datetime | None = None
    reopened: int = 0
    unclear: tuple[Unclear, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def order(self) -> Mapping[str, tuple[str, ...]]:
        """What each step comes straight after."""
        return {id_: step.after for id_, step in self.steps.items()}

    @property
    def is_live(self) -> bool:
        """Whether it is not closed and not dropped."""
        return self.stage in (RunStage.OPEN, RunStage.READY_TO_CLOSE)

    @property
    def overdue(self) -> bool:
        """Whether its promise is overdue, or a step of it."""
        return self.promise_overdue or any(step.overdue for step in self.steps.values())

    def stage_of(self, step: StepState) -> StepStage | RunStage:
        """Return where a step of it stands; with the run, what is not finished is over as well."""
        return step.stage if self.is_live or step.is_finished else self.stage
