"""The work exists: of a commitment that is looked back on later, and of a step of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.finished import finished_already
from nextstep.changes.foreseen import foreseen, opened, refused
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import (
    commitment_now,
    run_now,
    said_on,
    see_agreed,
    see_not_closed,
    see_theirs,
)
from nextstep.changes.target import Target
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.runs.facts import Impossible
from nextstep.runs.needs import is_asked_for
from nextstep.runs.scene import words_for
from nextstep.runs.states import CommitmentStage, RunStage, RunState, StepStage, StepState


class Done(Struct, frozen=True, kw_only=True):
    """What shows the work, and why a step was done before its turn."""

    proof: str | None = None
    override: str | None = None


def done_later(ledger: Ledger, target: Target, answers: Done, actor: Actor, now: Now) -> Draft:
    """Return what says that a commitment is done; how it went is asked later."""
    state = commitment_now(ledger, target.id, now)
    see_agreed(state, target)
    see_not_closed(state.closed, target, ledger, now)
    if state.stage is CommitmentStage.DONE and state.done is not None:
        raise NextstepError(
            f"{target.handle} is done already, since {said_on(state.done.at, ledger, now)}",
            f"nextstep done {target.handle} asks how it went",
        )
    see_theirs("done", state, target, actor)
    entry = Entry(event="done", values={"proof": answers.proof})
    return Draft(
        told=(f"Done: {target.quoted(ledger)}. How it went is still to be said.",),
        then=f"nextstep done {target.handle}",
        edits=(Edit(id=target.id, entries=(entry,)),),
    )


def done_step(ledger: Ledger, target: Target, answers: Done, actor: Actor, now: Now) -> Draft:
    """Return what says that a step of a run is done."""
    before = run_now(ledger, target.id, now)
    see_not_closed(before.closed, target, ledger, now)
    state = before.steps[target.step or ""]
    see_possible(ledger, target, state, now)
    entry = Entry(
        event="done",
        step=target.step,
        values={"proof": answers.proof, "out_of_order": answers.override},
    )
    run = ledger.runs[target.id]
    after = foreseen(ledger, run, [entry], actor, now)
    impossible = refused(after, run)
    if impossible is not None:
        raise _refused(target, state, impossible)
    return Draft(
        told=(*_told(ledger, target, (before, after), actor, now), *_theirs(state, actor)),
        then=_then(target, after),
        edits=(Edit(id=target.id, entries=(entry,)),),
    )


def see_possible(ledger: Ledger, target: Target, state: StepState, now: Now) -> None:
    """Raise NextstepError where a step can be done by nobody, with what is possible."""
    step = state.step
    if step.is_gate and state.stage is not StepStage.FINISHED:
        raise NextstepError(
            f"{step.id} is decided by votes of {', '.join(state.who) or 'nobody yet'}",
            f"nextstep approve {target.words}",
        )
    if step.mark is not None:
        raise NextstepError(
            f"{step.id} is a date, and nobody does it",
            f"nextstep move {target.words} DATE --why TEXT puts it off",
        )
    if state.stage is StepStage.FINISHED:
        raise finished_already(ledger, target, state, now)
    if state.stage is StepStage.OFFERED and state.offer is not None:
        raise NextstepError(
            f"{step.id} is done and offered to {', '.join(state.offer.to) or 'who is next'}, "
            "who has not answered yet",
            f"take it back with nextstep return {target.words}",
        )
    if state.stage is StepStage.DONE and state.done is not None:
        raise NextstepError(
            f"{step.id} is done already, by {state.done.by} on "
            f"{said_on(state.done.at, ledger, now)}, and not handed over yet",
            f"nextstep offer {target.words}",
        )


def _refused(target: Target, state: StepState, impossible: Impossible) -> NextstepError:
    if state.stage is StepStage.WAITING:
        waits = words_for(state.waiting, plain=True)
        return NextstepError(
            f"{state.id} waits for {waits}, and the order of this run is kept",
            "finish that first, or say why it comes before its turn: --override TEXT",
        )
    return NextstepError(
        impossible.why,
        f"nextstep change {target.handle} inputs.NAME VALUE --why TEXT, or say why it is done "
        "without: --override TEXT",
    )


def _told(
    ledger: Ledger, target: Target, runs: tuple[RunState, RunState], actor: Actor, now: Now
) -> Iterator[str]:
    """Yield what a run that stood as the first of two stands like now, as the second."""
    before, after = runs
    was, state = before.steps[target.step or ""], after.steps[target.step or ""]
    late = {True: ", on time", False: ", late", None: ""}[state.on_time]
    yield f"Done: {target.quoted(ledger)}{late}."
    if was.stage is StepStage.WAITING:
        yield f"Out of order: it waited for {words_for(was.waiting, plain=True)}."
    if state.stage is StepStage.DONE:
        handoff = state.step.handoff
        to = f" to {handoff.to}" if handoff and handoff.to else ""
        whose = "is yours" if actor.types else f"stays with {actor.by}"
        yield f"It {whose} until it is handed over{to} and accepted."
    elif state.step.handoff is not None and state.step.handoff.tell:
        yield f"To be told: {', '.join(state.step.handoff.tell)}."
    if state.is_finished:
        yield from _not_ticked(state, ledger.runs[target.id].inputs)
    for words in opened(before, after, ledger, now).values():
        yield f"After {actor.addressed}: {words}."
    if after.stage is RunStage.READY_TO_CLOSE:
        yield "Every step is finished; what is left is to look back."


def _not_ticked(state: StepState, inputs: Mapping[str, str]) -> Iterator[str]:
    """Yield how much of the list of a step that is finished now nobody has ticked off.

    What a machine looks at needs no tick; the list of what is handed over is for its offer.
    """
    asked = (one for one in state.step.items if one.check is None and is_asked_for(one, inputs))
    left = [one.item for one in asked if one.item not in state.ticked]
    if left:
        are = "is" if len(left) == 1 else "are"
        yield f"{len(left)} of its list {are} not ticked off: {'; '.join(left)}."


def _theirs(state: StepState, actor: Actor) -> Iterator[str]:
    if state.who and actor.by not in state.who:
        yield f"{' and '.join(state.who)} had it; it is recorded as done by {actor.by}."


def _then(target: Target, after: RunState) -> str:
    if after.steps[target.step or ""].stage is StepStage.DONE:
        return f"nextstep offer {target.words}"
    if after.stage is RunStage.READY_TO_CLOSE:
        return f"nextstep done {target.handle}"
    return f"nextstep undo {target.handle}"
