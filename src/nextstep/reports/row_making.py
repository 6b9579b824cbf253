"""Rows made from records and their states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nextstep.dates.workdays import local_day
from nextstep.model.process import VACANT
from nextstep.reports.handles import Handles
from nextstep.reports.rows import After, Held, Row, day_of
from nextstep.reports.standing import Standing
from nextstep.runs.facts import Closed, Done, Offer
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import (
    CommitmentStage,
    CommitmentState,
    Escalated,
    RunState,
    StepStage,
    StepState,
)


class RowMaker:
    """Makes the rows of one listing, so that what they share is worked out once.

    Where the work of a step is offered to one and its promise to another, ``reader`` sees their own.
    """

    def __init__(self, standing: Standing, *, reader: str | None = None) -> None:
        """Keep the states; nothing is derived again."""
        self.standing = standing
        self._reader = reader
        self.handles = Handles(standing.ledger)
        self._zone = standing.ledger.calendar.timezone

    def commitment(self, name: str, *, why: str | None = None) -> Row:
        """Return the row of a commitment."""
        commitment = self.standing.ledger.commitments[name]
        state = self.standing.commitments[name]
        zone, offer, blocked = self._zone, state.offer, state.blocked
        on, by = self._turn(state)
        return Row(
            handle=self.handles.shortest(name),
            id=name,
            kind="commitment",
            state=state.stage.value,
            path=commitment.source.path,
            what=commitment.what,
            why=why,
            who=(state.who,) if state.who else (),
            whom=state.with_,
            due=state.due,
            overdue=state.overdue,
            days_late=state.days_late,
            moved=len(state.moves),
            agreed_by=state.moves[-1].agreed_by if state.moves else (),
            outcome=commitment.outcome,
            part_of=commitment.part_of,
            process=self._process_of(commitment.part_of),
            waits_for=tuple(self._held(other) for other in self.standing.waits_for(commitment)),
            blocked=(blocked.why or "") if blocked else None,
            blocked_on=blocked.on if blocked else None,
            since=day_of(state.since, zone),
            from_=_giver(state),
            offered_to=(offer.receivers or offer.to) if offer else (),
            offered_on=day_of(offer.at, zone) if offer else None,
            duty=bool(offer),
            agreed_on=day_of(state.agreed.at, zone) if state.agreed else None,
            reached_on=on,
            reached_by=by,
            result=state.closed.result if state.closed else None,
            missing=state.returns[-1].missing if state.returns else (),
            rounds=sum(not back.withdrawn for back in state.returns),
        )

    def step(
        self, name: str, step_id: str, *, why: str | None = None, past: Escalated | None = None
    ) -> Row:
        """Return the row of a step of a run; ``past`` is an escalation that it is listed for."""
        run = self.standing.ledger.runs[name]
        whole = self.standing.runs[name]
        states, state = whole.steps, whole.steps[step_id]
        stage, step, zone = whole.stage_of(state), state.step, self._zone
        closed = whole.closed if stage is not state.stage else None
        offer = _offer_for(self._reader, state)
        returned = state.returned
        return Row(
            handle=f"{self.handles.shortest(name)} {step_id}",
            id=name,
            step=step_id,
            kind="step",
            state=stage.value,
            path=run.source.path,
            what=filled_path(step.title, run.inputs, step.part),
            why=why,
            who=(state.owner,) if offer and state.owner else step_people(state),
            whom=receivers(state),
            due=state.due,
            due_missing=state.due_missing,
            overdue=state.overdue,
            days_late=state.days_late,
            moved=len(state.moves),
            agreed_by=state.moves[-1].agreed_by if state.moves else (),
            outcome=step.done_when,
            process=run.process,
            title=run.title,
            customer=run.for_,
            role=step.role,
            part_of=run.part_of,
            vacant=state.vacant,
            since=day_of(state.since, zone),
            from_=_passed_by(state, states),
            then=() if closed else _then(step_id, states),
            approved_then_changed=bool(state.changed_since),
            waits_for=() if closed else self._step_waits(name, state),
            blocked=(state.blocked.why or "") if state.blocked else None,
            blocked_on=state.blocked.on if state.blocked else None,
            missing=returned.missing if returned and not returned.withdrawn else (),
            rounds=state.rounds,
            offered_to=(offer.receivers or offer.to) if offer else (),
            offered_on=day_of(offer.at, zone) if offer else None,
            answer_by=None if offer is not None and offer.duty else state.answer_by,
            duty=offer is not None and offer.duty,
            reached_on=day_of(closed.at if closed else state.finished_at or state.since, zone),
            reached_by=offer.by if offer else (returned.by if returned else None),
            result=state.how.value if state.how else None,
            promise=run.promise.text if run.promise and step.keeps_promise else None,
            optional=step.optional,
            past=past.past if past else None,
            past_since=local_day(past.since, zone) if past else None,
        )

    def run(self, name: str, *, why: str | None = None) -> Row:
        """Return the row of a run: its owner has it, its due is the promise."""
        run = self.standing.ledger.runs[name]
        state = self.standing.runs[name]
        closed = state.closed
        return Row(
            handle=self.handles.shortest(name),
            id=name,
            kind="run",
            state=state.stage.value,
            path=run.source.path,
            what=run.title,
            why=why,
            who=(state.owner,) if state.owner else (),
            whom=(run.requested_by,) if run.requested_by else (),
            due=state.promise_due,
            due_missing=state.promise_missing,
            overdue=state.overdue,
            outcome=run.provides,
            process=run.process,
            title=run.title,
            customer=run.for_,
            part_of=run.part_of,
            since=run.started,
            waits_for=self._run_waits(state),
            blocked=(state.blocked.why or "") if state.blocked else None,
            blocked_on=state.blocked.on if state.blocked else None,
            reached_on=day_of(closed.at, self._zone) if closed else None,
            reached_by=closed.by if closed else None,
            result=closed.result if closed else None,
            promise=run.promise.text if run.promise else None,
            kept=state.promise_kept,
        )

    def duty(self, name: str, duty: str, *, why: str | None = None) -> Row:
        """Return the row of a duty of a process that was offered and not answered."""
        ledger = self.standing.ledger
        process = ledger.processes[name]
        offer = self.standing.duties[name].offers[duty]
        asked = offer.receivers or offer.to
        has_it = (process.owner if duty == "owner" else process.deputy) or VACANT
        offered_on = local_day(offer.event.at, self._zone)
        return Row(
            handle=self.handles.shortest(name),
            id=name,
            kind="process",
            state="offered",
            path=process.source.path,
            what=f"Be the {duty} of: {process.title}",
            why=why,
            who=() if has_it == VACANT else ledger.settings.members.get(has_it, (has_it,)),
            whom=asked,
            outcome=process.provides,
            process=name,
            title=process.title,
            customer=process.customer.who if process.customer else None,
            role=duty,
            offered_to=asked,
            offered_on=offered_on,
            duty=True,
            reached_on=offered_on,
            reached_by=offer.event.by,
        )

    def _turn(self, state: CommitmentState) -> tuple[date | None, str | None]:
        """Return the day on which a commitment came to where it is, and who brought it there."""
        fact: Done | Closed | Offer | None = state.offer
        if state.stage is CommitmentStage.CLOSED:
            fact = state.closed
        elif state.stage is CommitmentStage.DONE:
            fact = state.done
        if fact is not None:
            return local_day(fact.at, self._zone), fact.by
        for event in state.events:
            if event.event == "proposed" and state.stage is CommitmentStage.PROPOSED:
                return local_day(event.at, self._zone), event.by
        return None, None

    def _process_of(self, part_of: str | None) -> str | None:
        """Return the process that a commitment is part of, where that is not a plan."""
        name = part_of.partition(".")[0] if part_of else ""
        return name if name in self.standing.ledger.processes else None

    def _held(self, name: str) -> Held:
        """Return what to type for a record that something waits for, and who has it."""
        state = self.standing.commitments.get(name)
        people = (state.who,) if state is not None else self.standing.runs[name].with_whom
        return Held(self.handles.shortest(name), tuple(filter(None, people)))

    def _step_waits(self, name: str, state: StepState) -> tuple[Held, ...]:
        if state.waiting is None:
            return ()
        steps = self.standing.runs[name].steps
        held = [Held(other, step_people(steps[other])) for other in state.waiting.steps]
        return (*held, *(Held(given, ()) for given in state.waiting.inputs))

    def _run_waits(self, state: RunState) -> tuple[Held, ...]:
        """Return the steps of a run that somebody can act on now: none where it is over."""
        steps = state.steps.values() if state.is_live else ()
        return tuple(Held(step.id, step_people(step)) for step in steps if step.is_next)


def step_people(state: StepState) -> tuple[str, ...]:
    """Return who can act on a step now: who answers an offer, who votes, else who has it."""
    if state.stage is StepStage.OFFERED and state.offer:
        return state.offer.receivers or state.offer.to
    if state.stage is StepStage.READY and state.awaited:
        return state.awaited
    return (state.owner,) if state.owner else state.who


def _offer_for(reader: str | None, state: StepState) -> Offer | None:
    """Return the offer that concerns a reader: that of the promise, or else that of the work."""
    duty = state.duty_offer
    if duty is not None and reader in (duty.receivers or duty.to):
        return duty
    return state.offer or duty


def receivers(state: StepState) -> tuple[str, ...]:
    """Return whom the work of a step goes to, as its hand-off says it."""
    handoff = state.step.handoff
    if handoff is None:
        return state.with_
    return (handoff.to,) if handoff.to else handoff.tell


def _then(step_id: str, states: Mapping[str, StepState]) -> tuple[After, ...]:
    """Return the steps that wait for this one alone or among others, and are not finished."""
    return tuple(
        After(state.step.base, state.who, vote=state.step.is_gate)
        for state in states.values()
        if step_id in state.after and not state.is_finished and state.step.mark is None
    )


def _passed_by(state: StepState, states: Mapping[str, StepState]) -> str | None:
    """Return who did the last of the steps that this one came after."""
    done = [states[name].done for name in state.after if name in states]
    last = max((fact for fact in done if fact), key=lambda fact: fact.at, default=None)
    return last.by if last else None


def _giver(state: CommitmentState) -> str | None:
    """Return who passed a commitment on to the one who has it."""
    giver = None
    offered_by = None
    for event in state.events:
        if event.event == "offered":
            offered_by = event.by
        elif event.event == "accepted":
            giver = offered_by
    return giver if giver != state.who else None
