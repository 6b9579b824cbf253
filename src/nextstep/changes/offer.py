"""Work is offered to whoever goes on with it; or the promise itself, or a process, to somebody."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.concerns import departed
from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.finished import finished_already
from nextstep.changes.foreseen import answer_words, foreseen
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now
from nextstep.changes.target import Target
from nextstep.changes.wording import quoted
from nextstep.dates.now import Now
from nextstep.dates.words import day_words, listed
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.runs.scene import words_for
from nextstep.runs.states import CommitmentStage, StepStage, StepState


class WorkOffer(Struct, frozen=True, kw_only=True):
    """The work of a step: ``ticks`` are there, ``gaps`` are not and go along openly.

    ``to`` is a person or a role, None where it goes as the plan says. ``proof`` shows that it is
    done.
    """

    target: Target
    to: str | None = None
    ticks: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    watch_for: str | None = None
    proof: str | None = None


class DutyOffer(Struct, frozen=True, kw_only=True):
    """A promise that somebody else is to keep: a commitment, or a step of a run."""

    target: Target
    to: str
    gaps: tuple[str, ...] = ()
    watch_for: str | None = None


class ProcessOffer(Struct, frozen=True, kw_only=True):
    """A process that somebody else is to own, or to stand in for: ``duty`` is owner or deputy."""

    id: str
    duty: str
    to: str
    gaps: tuple[str, ...] = ()


def offer_work(ledger: Ledger, answers: WorkOffer, actor: Actor, now: Now) -> Draft:
    """Return what offers the work of a step. Raises NextstepError where it cannot be offered."""
    target, run = answers.target, ledger.runs[answers.target.id]
    step = target.step or ""
    planned = run_now(ledger, run.id, now).steps[step]
    see_offerable(planned, target, ledger, now)
    offered = Entry(
        event="offered",
        step=step,
        values={"to": answers.to, "gaps": answers.gaps, "watch_for": answers.watch_for},
    )
    done = [Entry(event="done", step=step, values={"proof": answers.proof})]
    ticked = [Entry(event="ticked", step=step, values={"item": item}) for item in answers.ticks]
    entries = (*(done if answers.proof else ()), offered, *ticked)
    state = foreseen(ledger, run, entries, actor, now).steps[step]
    offer = state.offer
    receivers = _named(offer.receivers if offer else ())
    by = answer_words(state.answer_by, ledger, now)
    told = [
        f"Offered {target.quoted(ledger)} to {receivers}: an answer is due{by}."
        if by
        else f"Offered {target.quoted(ledger)} to {receivers}.",
        f"It stays with {actor.by} until {receivers} accepts.",
    ]
    told += departed(ledger.settings, offer.receivers if offer else (), now.today)
    if answers.gaps:
        told.append(f"Openly without: {'; '.join(answers.gaps)}.")
    if planned.who and actor.by not in planned.who:
        told.append(f"In the plan it is {_named(planned.who)} who does it.")
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {target.handle}",
        edits=(Edit(id=run.id, entries=entries),),
    )


def see_offerable(state: StepState, target: Target, ledger: Ledger, now: Now) -> None:
    """Raise NextstepError where the work of a step cannot be offered now, with what to type."""
    id_, handle = state.id, target.handle
    if state.step.mark is not None:
        raise NextstepError(f"{id_} is a date, and nobody does it", "offer the step before it")
    if state.step.is_gate:
        raise NextstepError(
            f"{id_} is decided by votes",
            f"nextstep approve {handle} {id_}; with --duty somebody else decides",
        )
    if state.offer is not None:
        on = day_words(local_day(state.offer.at, ledger.timezone), None)
        raise NextstepError(
            f"{id_} is offered to {_named(state.offer.receivers)} since {on}",
            f"take it back first: nextstep return {handle} {id_}",
        )
    if state.stage is StepStage.FINISHED:
        raise finished_already(ledger, target, state, now)
    if state.stage is StepStage.WAITING:
        waits = words_for(state.waiting, plain=True)
        raise NextstepError(
            f"{id_} waits for {waits}",
            f"done before its turn? nextstep done {handle} {id_} --override WHY",
        )


def offer_duty(ledger: Ledger, answers: DutyOffer, now: Now) -> Draft:
    """Return what offers a promise to somebody else. Raises NextstepError where it is not open."""
    target = answers.target
    record = target.record(ledger)
    if isinstance(record, Run):
        holder = _see_step_open(run_now(ledger, record.id, now).steps[target.step or ""], target)
    else:
        holder = _see_open(ledger, target, now)
    offered = Entry(
        event="offered",
        step=target.step,
        values={
            "to": answers.to,
            "gaps": answers.gaps,
            "watch_for": answers.watch_for,
            "duty": "true",
        },
    )
    told = (
        f"Offered {quoted(record, target.step)} to {answers.to}, instead of {holder}.",
        f"It stays with {holder} until {answers.to} accepts.",
        *departed(ledger.settings, (answers.to,), now.today),
    )
    return Draft(
        told=told,
        then=f"nextstep undo {target.handle}",
        edits=(Edit(id=record.id, entries=(offered,)),),
    )


def _see_step_open(state: StepState, target: Target) -> str:
    """Return who has a step. Raises NextstepError where nothing is owed on it any more."""
    if state.is_finished or state.step.mark is not None:
        what = "a date, and nobody does it" if state.step.mark is not None else "finished"
        raise NextstepError(f"{state.id} is {what}", f"see nextstep show {target.handle}")
    return ", ".join(state.who) or state.owner or "nobody"


def _see_open(ledger: Ledger, target: Target, now: Now) -> str:
    """Return who has a commitment. Raises NextstepError where it is not open."""
    state = commitment_now(ledger, target.id, now)
    handle = target.handle
    if state.stage is CommitmentStage.PROPOSED:
        raise NextstepError(
            f"{handle} is proposed, and nobody has it yet",
            f"nextstep agree {handle}, or nextstep change {handle} who PERSON --why TEXT",
        )
    if state.stage is not CommitmentStage.OPEN:
        raise NextstepError(
            f"{handle} is {state.stage.value}",
            f"nextstep reopen {handle} --why TEXT opens it again",
        )
    return state.who or "whoever has it"


def offer_process(ledger: Ledger, answers: ProcessOffer, now: Now) -> Draft:
    """Return what offers a duty of a process to somebody."""
    process = ledger.processes[answers.id]
    holder = getattr(process, answers.duty) or "nobody"
    offered = Entry(
        event="offered",
        values={"to": answers.to, "gaps": answers.gaps, "duty": answers.duty},
    )
    told = [
        f"Offered {quoted(process)} to {answers.to}, as its {answers.duty}.",
        f"{holder} stays the {answers.duty} until {answers.to} accepts."
        if holder != "nobody"
        else f"It has no {answers.duty} until {answers.to} accepts.",
        *departed(ledger.settings, (answers.to,), now.today),
    ]
    if answers.gaps:
        told.append(f"Openly without: {'; '.join(answers.gaps)}.")
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {process.id}",
        edits=(Edit(id=process.id, entries=(offered,)),),
    )


def _named(names: tuple[str, ...]) -> str:
    return listed(names, "or") or "nobody in particular"
