"""How a step of a run is done: what shows it, and whether it is handed over at once."""

from __future__ import annotations

from nextstep.changes.done import Done, done_step, see_possible
from nextstep.changes.openness import run_now, see_not_closed
from nextstep.changes.recorded import Recorded
from nextstep.cli.asking import Question, choose, confirm
from nextstep.cli.closing import Talk, Verb, blocking, moving, written
from nextstep.cli.end_flags import OF_STEP, OFFERED, STEP_DONE, left_over, see_places
from nextstep.cli.output import note, width
from nextstep.cli.replies import (
    CLOSING,
    DROPPED,
    HELP,
    HOW_IT_WENT,
    LATER,
    NOT_YET,
    SKIP,
    STEP_ENDS,
    WAYS,
)
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.process import Step
from nextstep.render.cells import wrap
from nextstep.render.safe_text import safe_text
from nextstep.runs.states import StepStage, StepState


def finish_step(talk: Talk) -> Recorded | None:
    """Record that a step is done, or what hinders it; None where it is offered, which says it."""
    end = talk.said.end()
    if end in (*CLOSING, DROPPED, LATER):
        raise NextstepError(
            f"a step is done or not, and {talk.target.words} is a step",
            f"leave --{end} out" if end != DROPPED else f"nextstep skip {talk.target.words}",
        )
    state = _state(talk)
    meant = end or (OFFERED if talk.said.offer else STEP_DONE)
    see_places(talk.said, OF_STEP, talk.target, meant)
    if end is None and _is_offered(talk, state):
        return None
    return written(talk, end or STEP_DONE, lambda talk, end: _verb_of(talk, end, state))


def ask_of_step(talk: Talk) -> Recorded | None:
    """Ask whether a step is done, and record the answer; None where it is passed over."""
    state = _state(talk)
    note("\n".join(wrap(safe_text(f"{talk.target.words}: {_words(state.step)}"), width())))
    question = Question(words=HOW_IT_WENT, flag=WAYS)
    end = choose(question, (*STEP_ENDS, SKIP))
    if end == SKIP:
        return None
    return written(talk, end, lambda talk, end: _verb_of(talk, end, state))


def _is_offered(talk: Talk, state: StepState) -> bool:
    """Offer the work at once where somebody wants it: an offer says that it is done."""
    said, handoff = talk.said, state.step.handoff
    possible = state.step.is_handed_over and state.stage is StepStage.READY
    if said.offer is False or not (possible or said.offer):
        return False
    to = f" to {handoff.to}" if handoff and handoff.to else ""
    if said.offer is None and left_over(said, OF_STEP, OFFERED).given():
        return False
    if said.offer is None and not (
        talk.answers.asks and confirm(f"Offer it{to} now?", "--offer", default=True)
    ):
        return False
    from nextstep.cli.offer_wish import Wish
    from nextstep.cli.offering import make_offer

    make_offer(Wish(id=talk.target.id, step=talk.target.step, proof=said.proof), talk.manner)
    return True


def _state(talk: Talk) -> StepState:
    """Return where a step stands. Raises NextstepError where it cannot be done."""
    session = talk.session
    run = run_now(session.ledger, talk.target.id, session.now)
    see_not_closed(run.closed, talk.target, session.ledger, session.now)
    state = run.steps[talk.target.step or ""]
    see_possible(session.ledger, talk.target, state, session.now)
    return state


def _verb_of(talk: Talk, end: str, state: StepState) -> Verb:
    if end == NOT_YET:
        return moving(talk)
    if end == HELP:
        return blocking(talk)
    return _doing(talk, state)


def _doing(talk: Talk, state: StepState) -> Verb:
    said, step = talk.said, state.step
    proof = said.proof
    if step.proof is not None:
        question = Question(
            words=f"What shows that it is done? ({step.proof})", flag="--proof TEXT"
        )
        talk.answers.demand([(question, said.proof)])
        proof = talk.answers.text(question, said.proof)
    told = Done(proof=proof or None, override=said.override)
    return lambda ledger: done_step(ledger, talk.target, told, talk.actor, talk.session.now)


def _words(step: Step) -> str:
    until = f" Done when: {step.done_when}" if step.done_when else ""
    return f"{step.title}.{until}"
