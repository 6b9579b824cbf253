"""What was offered goes back to who gave it, or a gate says no: with what is missing, or why."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nextstep.changes.accept import offer_to, only_duty
from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.foreseen import foreseen, opened
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now
from nextstep.changes.target import Target
from nextstep.changes.wording import quoted
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.runs.duties import duty_state
from nextstep.runs.facts import Offer
from nextstep.runs.states import RunStage, RunState, StepStage, StepState

_NUMBERS = ("", "first", "second", "third", "fourth", "fifth")


class Return(Struct, frozen=True, kw_only=True):
    """An answer of no: ``missing`` in the words of the list, and why. ``duty``: as in Sent."""

    target: Target
    duty: str | None = None
    missing: tuple[str, ...] = ()
    why: str | None = None


class Sent(Struct, frozen=True, kw_only=True):
    """What a return would be, by its ``kind``.

    It is ``withdrawn`` by the giver, or comes ``back`` to the giver; a gate says ``no``; or a step
    that is ``unbegun`` is given up. ``duty`` is that of a process.
    """

    kind: str
    giver: str = ""
    duty: str | None = None


def kind_of(
    ledger: Ledger, target: Target, actor: Actor, now: Now, *, duty: str | None = None
) -> Sent:
    """Return what a return by somebody would be. Raises NextstepError where it is nothing."""
    if target.id in ledger.processes:
        return _of_process(ledger, target, actor, duty)
    record = target.record(ledger)
    if isinstance(record, Run):
        return _of_step(run_now(ledger, record.id, now).steps[target.step or ""], target, actor)
    offer = commitment_now(ledger, record.id, now).offer
    return _of_offer(offer, target, actor)


def hand_back(ledger: Ledger, answers: Return, actor: Actor, now: Now) -> Draft:
    """Return what sends an offer back. Raises NextstepError where there is nothing to send."""
    target = answers.target
    sent = kind_of(ledger, target, actor, now, duty=answers.duty)
    entry = Entry(
        event="returned",
        step=target.step,
        values={"missing": answers.missing, "duty": sent.duty, "why": answers.why},
    )
    if target.id in ledger.processes:
        record: Commitment | Run | None = None
        quote = quoted(ledger.processes[target.id])
    else:
        record = target.record(ledger)
        quote = target.quoted(ledger)
    told = [_said(sent, quote)]
    if answers.missing:
        told.append(f"Missing: {'; '.join(answers.missing)}.")
    if isinstance(record, Run):
        before = run_now(ledger, record.id, now)
        after = foreseen(ledger, record, [entry], actor, now)
        told += _after(before, after, target, ledger, now)
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {target.handle}",
        edits=(Edit(id=target.id, entries=(entry,)),),
    )


def _said(sent: Sent, quote: str) -> str:
    if sent.kind == "withdrawn":
        return f"Taken back: {quote} is not offered any more."
    if sent.kind == "no":
        return f"Said no to {quote}."
    if sent.kind == "unbegun":
        return f"Given back, not begun: {quote}."
    return f"Returned {quote} to {sent.giver}, who has it."


def _after(
    before: RunState, after: RunState, target: Target, ledger: Ledger, now: Now
) -> list[str]:
    """Return what a return means for others."""
    state = after.steps[target.step or ""]
    lines = []
    if after.stage is RunStage.DROPPED:
        return [f"This no is final: the run is over. {after.owner or 'Nobody'} owns it."]
    if state.vacant:
        lines.append(f"Nobody has it: {state.owner or 'nobody'} finds somebody.")
    if state.put_to_owner:
        lines.append(f"It went back often enough: {state.owner or 'the owner'} decides.")
    rounds = before.steps[state.id].rounds
    if state.rounds > rounds and state.rounds > 1 and not state.put_to_owner:
        times = _NUMBERS[state.rounds] if state.rounds < len(_NUMBERS) else f"{state.rounds}th"
        owner = after.owner or "nobody"
        asked = (
            f"{owner} owns the run" if state.step.is_gate else f"{owner} is asked about its list"
        )
        lines.append(f"It comes back for the {times} time; {asked}.")
    others = opened(before, after, ledger, now).items()
    return [*lines, *(f"Next: {words}." for id_, words in others if id_ != state.id)]


def _of_process(ledger: Ledger, target: Target, actor: Actor, duty: str | None) -> Sent:
    offers = duty_state(ledger.processes[target.id].log, members=ledger.settings.members).offers
    meant = {name: one for name, one in offers.items() if duty in (None, name)}
    theirs = [name for name, one in meant.items() if actor.by in (one.event.by, *one.receivers)]
    if not meant:
        raise _not_offered(target)
    if not theirs:
        receivers = dict.fromkeys(one for offer in meant.values() for one in offer.receivers)
        giver = next(iter(meant.values())).event.by
        raise _to_others(target, tuple(receivers), giver, actor)
    name = only_duty(theirs)
    giver = offers[name].event.by
    return Sent(
        kind="withdrawn" if actor.by == giver else "back",
        giver=giver,
        duty=name,
    )


def _of_step(state: StepState, target: Target, actor: Actor) -> Sent:
    offer = offer_to(state, actor)
    if offer is not None and (not offer.duty or actor.by in (offer.by, *offer.receivers)):
        return _of_offer(offer, target, actor)
    if state.step.is_gate and state.stage is StepStage.READY:
        return Sent(kind="no")
    if state.stage is StepStage.READY and actor.by in state.who:
        return Sent(kind="unbegun")
    return _of_offer(offer, target, actor)


def _of_offer(offer: Offer | None, target: Target, actor: Actor) -> Sent:
    if offer is None:
        raise _not_offered(target)
    if actor.by == offer.by:
        return Sent(kind="withdrawn", giver=offer.by)
    if actor.by not in offer.receivers:
        raise _to_others(target, offer.receivers, offer.by, actor)
    return Sent(kind="back", giver=offer.by)


def _not_offered(target: Target) -> NextstepError:
    return NextstepError(
        f"nothing at {target.words} can be returned: it is not offered",
        f"see nextstep show {target.words}",
    )


def _to_others(target: Target, receivers: Sequence[str], giver: str, actor: Actor) -> NextstepError:
    """Return why somebody does not return an offer: it is for others, or for nobody in particular."""
    if not receivers:
        return NextstepError(
            f"{target.words} is offered to nobody in particular",
            f"to write down that {giver} takes it back: --by {giver}",
        )
    return NextstepError(
        f"{target.words} is offered to {', '.join(receivers)}, not to {actor.by}",
        f"to write down that they return it: --by {receivers[0]}",
    )
