"""The checklist of a commitment: what is offered to whom, or what would be handed over."""

from __future__ import annotations

from nextstep.reports.checklist_answers import as_offered
from nextstep.reports.checklist_hands import Hands
from nextstep.reports.checklist_records import Answer, Card, Checklist, Offered
from nextstep.reports.handles import Handles
from nextstep.reports.parties import party
from nextstep.reports.rows import day_of
from nextstep.reports.standing import Standing
from nextstep.runs.states import CommitmentState


def commitment_checklist(standing: Standing, name: str) -> Checklist:
    """Return what passes on with a commitment: it is one card."""
    commitment, state = standing.ledger.commitments[name], standing.commitments[name]
    settings, today = standing.ledger.settings, standing.now.today
    hands = Hands(settings, today)
    handle = Handles(standing.ledger).shortest(name)
    offered = as_offered(state.offer, standing.now.timezone)
    answer = None if offered else _answer(state, standing.now.timezone)
    gives, takes = _giver_and_receivers(state, offered, answer)
    card = Card(
        handle=handle,
        kind="commitment",
        what=commitment.what,
        outcome=commitment.outcome,
        state=state.stage.value,
        due=state.due,
        overdue=state.overdue,
        from_=hands.of(gives) if gives else hands.of_all(()),
        to=hands.of_all(takes),
        with_=state.with_,
        offered=offered,
        answer=answer,
        watch_for=(offered.watch_for,) if offered and offered.watch_for else (),
    )
    return Checklist(
        kind="commitment",
        handle=handle,
        id=name,
        path=commitment.source.path,
        title=commitment.what,
        state=state.stage.value,
        owner=party(settings, standing.partner(commitment), today),
        cards=(card,),
    )


def _giver_and_receivers(
    state: CommitmentState, offered: Offered | None, answer: Answer | None
) -> tuple[str | None, tuple[str, ...]]:
    """Return who passes it on to whom: in the open offer, else in the last one that was taken."""
    if offered is not None:
        return offered.by, offered.to
    if answer is not None and answer.event == "accepted" and answer.by == state.who:
        return answer.giver, (answer.by,)
    return state.who, ()


def _answer(state: CommitmentState, zone: str) -> Answer | None:
    """Return the last answer to an offer; one that was taken back by the giver is none."""
    refused = {id(one.event) for one in state.impossible}
    giver, found = "", None
    for event in state.events:
        on = day_of(event.at, zone)
        if id(event) in refused or on is None:
            continue
        if event.event == "offered":
            giver = event.by
        elif event.event in ("accepted", "returned") and giver:
            found = None
            if event.by != giver:
                found = Answer(
                    event=event.event,
                    on=on,
                    by=event.by,
                    giver=giver,
                    missing=event.texts("missing"),
                    gaps=event.texts("gaps"),
                    why=event.text("why"),
                    readback=event.text("readback"),
                )
            giver = ""
    return found
