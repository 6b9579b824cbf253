"""Help is needed, or has come: both are normal."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.finished import finished_already
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, may_end, run_now, see_agreed, see_not_closed
from nextstep.changes.target import Target
from nextstep.changes.wording import echoed
from nextstep.dates.now import Now
from nextstep.dates.words import sentence
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment
from nextstep.model.time import Due
from nextstep.runs.facts import Blocked
from nextstep.runs.states import CommitmentStage, RunStage, StepStage
from nextstep.runs.timing import is_overdue


class Block(Struct, frozen=True, kw_only=True):
    """What is in the way, and who or what could help."""

    why: str
    on: str | None = None


class _Open(Struct, frozen=True, kw_only=True):
    due: Due | None
    blocked: Blocked | None


def block(ledger: Ledger, target: Target, answers: Block, now: Now) -> Draft:
    """Return what says that help is needed."""
    there = _open(ledger, target, now)
    on = f" Help from {answers.on}." if answers.on else ""
    entry = Entry(event="blocked", step=target.step, values={"why": answers.why, "on": answers.on})
    return Draft(
        told=(
            f"{target.quoted(ledger)} is blocked: {sentence(answers.why)}{on}",
            *_still_due(ledger, there.due, now),
        ),
        then=f"nextstep unblock {target.words}",
        edits=(Edit(id=target.id, entries=(entry,)),),
    )


def unblock(ledger: Ledger, target: Target, why: str | None, actor: Actor, now: Now) -> Draft:
    """Return what says that it can go on."""
    there = _open(ledger, target, now)
    if there.blocked is None:
        raise NextstepError(f"{target.words} is not blocked", f"nextstep show {target.handle}")
    entry = Entry(event="unblocked", step=target.step, values={"why": why})
    return Draft(
        told=(f"{target.quoted(ledger)} can go on.", *_still_due(ledger, there.due, now)),
        then=f"nextstep {_goes_on(ledger, target, actor, now)}",
        edits=(Edit(id=target.id, entries=(entry,)),),
    )


def _goes_on(ledger: Ledger, target: Target, actor: Actor, now: Now) -> str:
    """Return the command by which it goes on; where the actor can say nothing yet, a look at it."""
    if isinstance(target.record(ledger), Commitment):
        state = commitment_now(ledger, target.id, now)
        is_theirs = state.offer is None and may_end(state, actor.by)
        return f"{'done' if is_theirs else 'show'} {target.words}"
    run = run_now(ledger, target.id, now)
    if target.step is None:
        verb = "done" if run.stage is RunStage.READY_TO_CLOSE else "show"
    elif run.steps[target.step].stage is not StepStage.READY:
        verb = "show"
    else:
        verb = "approve" if run.steps[target.step].step.is_gate else "done"
    return f"{verb} {target.words}"


def _open(ledger: Ledger, target: Target, now: Now) -> _Open:
    """Return what is open. Raises NextstepError where it is not, with what to do."""
    if isinstance(target.record(ledger), Commitment):
        state = commitment_now(ledger, target.id, now)
        see_agreed(state, target)
        see_not_closed(state.closed, target, ledger, now)
        if state.stage is CommitmentStage.DONE:
            raise NextstepError(
                f"{target.handle} is done", f"nextstep reopen {target.handle} --why TEXT"
            )
        return _Open(due=state.due, blocked=state.blocked)
    run = run_now(ledger, target.id, now)
    see_not_closed(run.closed, target, ledger, now)
    if target.step is None:
        return _Open(due=run.promise_due, blocked=run.blocked)
    step = run.steps[target.step]
    if step.stage is StepStage.FINISHED:
        raise finished_already(ledger, target, step, now)
    return _Open(due=step.due, blocked=step.blocked)


def _still_due(ledger: Ledger, due: Due | None, now: Now) -> Iterator[str]:
    if due is not None:
        verb = "was" if is_overdue(due, now, ledger.calendar) else "stays"
        yield f"It {verb} due {echoed(due, now, ledger.calendar)}."
