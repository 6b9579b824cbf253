"""A run is looked back on: against its promise, and against what its customer expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from nextstep.changes.add import add
from nextstep.changes.close import RESULTS, Close, closing, lines_on_next
from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.changes.note import note
from nextstep.changes.openness import run_now, see_not_closed
from nextstep.changes.target import Target
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.runs.states import RunState, StepStage

MET = "met"


class CloseRun(Close, frozen=True, kw_only=True):
    """How a run went: ``expects`` says of each expectation ``met`` or what was short."""

    expects: Mapping[str, str] = {}
    feedback: str | None = None

    def _typed(self) -> Iterator[str | None]:
        yield from super()._typed()
        yield from (f"{text}: {said}" for text, said in self.expects.items())
        yield self.feedback


def close_run(ledger: Ledger, target: Target, answers: CloseRun, actor: Actor, now: Now) -> Draft:
    """Return what closes a run and, where there is one, opens what is next."""
    state = run_now(ledger, target.id, now)
    if state.closed is not None and answers.or_note:
        return note(ledger, [target], answers.words)
    see_not_closed(state.closed, target, ledger, now, words=answers.words)
    see_ready(state, target)
    steps = [replace(answers.step, follows=target.id)] if answers.step else []
    new = add(ledger, steps, actor, now).new if steps else ()
    ids = (*answers.next_ids, *(one.id for one in new))
    of_a_run = {"expects": answers.expects, "feedback": answers.feedback}
    short = [name for name, said in answers.expects.items() if said != MET]
    told = [f"Closed as {RESULTS[answers.result]}: {target.quoted(ledger)}."]
    told += [f"Short of what was expected: {', '.join(short)}."] if short else []
    return Draft(
        told=(*told, *lines_on_next(ledger, answers.next_ids, steps, new, now)),
        then=f"nextstep undo {target.handle}",
        edits=(closing(target, answers, ids, of_a_run),),
        new=new,
    )


def see_ready(state: RunState, target: Target) -> None:
    """Raise NextstepError where a run cannot be closed yet, with the steps that are in the way."""
    open_steps = state.keeping_open
    if not open_steps:
        return
    first = next((id_ for id_ in open_steps if _can_be_done(state, id_)), None)
    raise NextstepError(
        f"{target.handle} is still open: {', '.join(open_steps)}",
        f"name the step that is done: nextstep done {target.handle} {first}"
        if first
        else f"nextstep show {target.handle} tells what each of them waits for",
    )


def _can_be_done(state: RunState, id_: str) -> bool:
    """Return whether `done` is the next word on a step; a gate is approved instead."""
    step = state.steps[id_]
    return step.stage is StepStage.READY and not step.step.is_gate


def suggested(state: RunState, expects: Mapping[str, str]) -> str:
    """Return the result that the dates and the expectations speak for."""
    all_met = all(said == MET for said in expects.values())
    if state.promise_kept is False:
        return "partly" if all_met and expects else "missed"
    return "kept" if all_met else "partly"
