"""What became of a step of a run: what is offered, what was said to it, what a gate looks at."""

from __future__ import annotations

from nextstep.dates.zones import local_day
from nextstep.model.events import Event
from nextstep.model.time import Day
from nextstep.reports.checklist_items import Sizes, is_path
from nextstep.reports.checklist_records import Answer, Gate, Offered
from nextstep.reports.rows import day_of
from nextstep.runs.facts import Offer
from nextstep.runs.states import How, RunState, StepState


def offer_of(state: StepState, zone: str) -> Offered | None:
    """Return the offer of a step that nobody has answered."""
    return as_offered(state.offer or state.duty_offer, zone, answer_by=state.answer_by)


def as_offered(offer: Offer | None, zone: str, *, answer_by: Day | None = None) -> Offered | None:
    """Return an offer as a checklist tells it."""
    on = day_of(offer.at, zone) if offer else None
    if offer is None or on is None:
        return None
    return Offered(
        on=on,
        by=offer.by,
        to=offer.receivers or offer.to,
        answer_by=answer_by,
        gaps=offer.gaps,
        watch_for=offer.watch_for,
        duty=offer.duty,
    )


def answer_of(run_state: RunState, state: StepState, zone: str) -> Answer | None:
    """Return what was said to the last offer, or by the gate that sent it back."""
    if state.how is How.ACCEPTED:
        event = _accepted(run_state, state.id)
        if event is None:
            return None
        return Answer(
            event="accepted",
            on=local_day(event.at, zone),
            by=event.by,
            gaps=state.gaps,
            readback=state.readback,
        )
    back = state.returned
    on = day_of(back.at, zone) if back else None
    if back is None or on is None or back.withdrawn or state.is_finished:
        return None
    return Answer(event="returned", on=on, by=back.by, missing=back.missing, why=back.why)


def _accepted(state: RunState, step: str) -> Event | None:
    """Return the event with which the work of a step was signed for."""
    refused = {id(one.event) for one in state.impossible}
    found = None
    for event in state.events:
        if event.step == step and event.event == "accepted" and id(event) not in refused:
            found = event
    return found


def gate_of(state: StepState, looks_at: str | None, sizes: Sizes | None) -> Gate:
    """Return what a gate looks at, who has decided, and where a no leads."""
    step, back = state.step, state.step.on_return
    there = None
    if sizes is not None and looks_at is not None and is_path(looks_at):
        there = bool(sizes(looks_at))
    hidden = state.hides_votes
    return Gate(
        looks_at=looks_at,
        there=there,
        need=step.need,
        votes=len(state.votes),
        votes_needed=state.votes_needed,
        voted=() if hidden else tuple(vote.by for vote in state.votes),
        blind=hidden,
        returns_to=(back.to,) if back and back.to else () if back and back.stop else state.after,
        max_rounds=back.max_rounds if back else None,
        stops=back.stop if back else False,
        changed_since=bool(state.changed_since),
    )
