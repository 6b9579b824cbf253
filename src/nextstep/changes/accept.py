"""Somebody signs for what was offered: from then on it is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from nextstep.changes.draft import Draft, Edit, Entry, Value
from nextstep.changes.foreseen import foreseen, next_words
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now
from nextstep.changes.target import Target
from nextstep.changes.wording import echoed, quoted
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.process import VACANT
from nextstep.model.source import Keys
from nextstep.runs.duties import DutyState, duty_state
from nextstep.runs.facts import Offer
from nextstep.runs.passing_on import gives_way, taken_over
from nextstep.runs.states import StepState


class Acceptance(Struct, frozen=True, kw_only=True):
    """An answer of yes: what the receiver says back, and what is known to be missing.

    ``duty`` is that of a process, None elsewhere.
    """

    target: Target
    duty: str | None = None
    readback: str | None = None
    gaps: tuple[str, ...] = ()


def accept(ledger: Ledger, answers: Acceptance, actor: Actor, now: Now) -> Draft:
    """Return what accepts an offer. Raises NextstepError where nothing was offered to who acts."""
    target = answers.target
    if target.id in ledger.processes:
        return _process(ledger, answers, actor)
    record = target.record(ledger)
    if isinstance(record, Run):
        return _step(ledger, record, answers, actor, now)
    return _commitment(ledger, record, answers, actor, now)


def _entry(answers: Acceptance, **more: Value | None) -> Entry:
    return Entry(
        event="accepted",
        step=answers.target.step,
        values={"readback": answers.readback, "gaps": answers.gaps, **more},
    )


def _commitment(
    ledger: Ledger, record: Commitment, answers: Acceptance, actor: Actor, now: Now
) -> Draft:
    state = commitment_now(ledger, record.id, now)
    offer = see_offered(state.offer, answers.target, actor)
    with_ = tuple(dict.fromkeys((*record.with_, offer.by)))
    fields: dict[Keys, Value | None] = {("who",): actor.by}
    before = VACANT if record.who is None else None
    if with_ != record.with_:
        fields["with",] = with_
    due = f", due {echoed(record.due, now, ledger.calendar)}" if record.due else ""
    return Draft(
        told=(f"Accepted. {quoted(record)} is with {actor.by} now{due}.", _known(offer.by)),
        then=f"nextstep undo {answers.target.handle}",
        edits=(Edit(id=record.id, entries=(_entry(answers, **{"from": before}),), fields=fields),),
    )


def _step(ledger: Ledger, run: Run, answers: Acceptance, actor: Actor, now: Now) -> Draft:
    target = answers.target
    before = run_now(ledger, run.id, now)
    state = before.steps[target.step or ""]
    offer = see_offered(offer_for(state, actor), target, actor)
    quote = target.quoted(ledger)
    if offer.duty:
        entry = _entry(answers, **{"duty": "true", "from": _had_it(state, offer)})
        told = [f"Accepted. {quote} is with {actor.by} now."]
        fields: Mapping[Keys, Value | None] = {
            target.place(ledger, "who"): _who_has_it(state, offer, actor.by)
        }
    else:
        entry, fields = _entry(answers), {}
        after = foreseen(ledger, run, [entry], actor, now)
        told = [f"Accepted: {quote} is finished.", *next_words(before, after, ledger, now)]
    told.append(_known(offer.by))
    if answers.gaps:
        told.append(f"Still missing: {'; '.join(answers.gaps)}.")
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {target.handle}",
        edits=(Edit(id=run.id, entries=(entry,), fields=fields),),
    )


def _process(ledger: Ledger, answers: Acceptance, actor: Actor) -> Draft:
    process = ledger.processes[answers.target.id]
    duties = duty_state(process.log, members=ledger.settings.members)
    duty = duty_offered(duties, answers.duty, answers.target, actor)
    offer = duties.offers[duty]
    holder = getattr(process, duty) or VACANT
    before = None if holder == offer.event.by else holder
    told = [f"Accepted. {actor.by} is the {duty} of {quoted(process)} now."]
    told.append(_known(offer.event.by))
    if answers.gaps:
        told.append(f"Still missing: {'; '.join(answers.gaps)}.")
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {process.id}",
        edits=(
            Edit(
                id=process.id,
                entries=(_entry(answers, duty=duty, **{"from": before}),),
                fields={(duty,): actor.by},
            ),
        ),
    )


def offer_to(state: StepState, actor: Actor) -> Offer | None:
    """Return the offer of a step that somebody may answer: of its work, else of its promise."""
    offers = [offer for offer in (state.offer, state.duty_offer) if offer is not None]
    theirs = (offer for offer in offers if actor.by in (offer.by, *offer.receivers))
    return next(theirs, offers[0] if offers else None)


def offer_for(state: StepState, actor: Actor) -> Offer | None:
    """Return the offer of a step that somebody may accept, else one that others may answer."""
    offers = [offer for offer in (state.offer, state.duty_offer) if offer is not None]
    return next((one for one in offers if actor.by in one.receivers), offer_to(state, actor))


def see_offered(offer: Offer | None, target: Target, actor: Actor) -> Offer:
    """Return the offer. Raises NextstepError where there is none, or it is to somebody else."""
    if offer is None:
        raise NextstepError(
            f"nothing is offered at {target.words}", f"see nextstep show {target.words}"
        )
    if actor.by not in offer.receivers:
        to = ", ".join(offer.receivers or offer.to) or "nobody"
        hint = (
            f"to write down that they accepted: --by {offer.receivers[0]}"
            if offer.receivers
            else ""
        )
        if actor.by == offer.by:
            hint = f"to take it back: nextstep return {target.words}"
        raise NextstepError(f"{target.words} is offered to {to}, not to {actor.by}", hint)
    return offer


def duty_offered(duties: DutyState, duty: str | None, target: Target, actor: Actor) -> str:
    """Return the duty of a process that is answered. Raises NextstepError where there is none."""
    offers = {name: one for name, one in duties.offers.items() if duty in (None, name)}
    theirs = [name for name, one in offers.items() if actor.by in one.receivers]
    if theirs:
        return only_duty(theirs)
    if not offers:
        raise NextstepError(
            f"no duty of {target.handle} is offered", f"see nextstep show {target.handle}"
        )
    one = next(iter(offers.values()))
    to = ", ".join(one.receivers)
    hint = f"to write down that they accepted: --by {one.receivers[0]}"
    if actor.by in [other.event.by for other in offers.values()]:
        hint = f"to take it back: nextstep return {target.handle}"
    raise NextstepError(f"{target.handle} is offered to {to}, not to {actor.by}", hint)


def only_duty(duties: Sequence[str]) -> str:
    """Return the duty that is meant. Raises NextstepError where it may be both."""
    if len(duties) > 1:
        raise NextstepError("both duties are offered", "say which: --owner or --deputy")
    return duties[0]


def _who_has_it(state: StepState, offer: Offer, receiver: str) -> Value:
    """Return who has a step once its promise is passed on, as a file says it."""
    who = taken_over(state.who, offer.by, receiver)
    return who[0] if len(who) == 1 else who


def _had_it(state: StepState, offer: Offer) -> str | None:
    """Return who had a step that somebody else passed on, who leads the run."""
    had = gives_way(state.who, offer.by)
    return None if had == offer.by else had


def _known(giver: str) -> str:
    return f"{giver} sees it without asking."
