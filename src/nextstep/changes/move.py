"""Another date is agreed, for commitments or for steps of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.concerns import concerns
from nextstep.changes.draft import Draft, Edit, Entry, Value, due_text
from nextstep.changes.finished import finished_already
from nextstep.changes.following import following
from nextstep.changes.log_lines import Actor
from nextstep.changes.may_move import may_move, may_move_step, not_agreed
from nextstep.changes.newly_dated import due_in_file
from nextstep.changes.openness import commitment_now, run_now, see_not_closed
from nextstep.changes.target import Target
from nextstep.changes.wording import due_words, echoed
from nextstep.dates.days import parse_due
from nextstep.dates.now import Now
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.process import Step
from nextstep.model.source import Keys
from nextstep.model.time import Due, DueWord
from nextstep.runs.repeats import comes_again
from nextstep.runs.states import CommitmentStage, StepState
from nextstep.runs.timing import is_after

_TIMES = ("", "", "for the second time", "for the third time")


class Move(Struct, frozen=True, kw_only=True):
    """Another date, why, and who on the other side agreed to it."""

    to: Due
    why: str | None = None
    agreed_by: tuple[str, ...] = ()


class _Agreed(Struct, frozen=True, kw_only=True):
    """What was agreed so far, or only proposed: whose it is, by when, how often that was moved."""

    who: tuple[str, ...]
    theirs: bool
    due: Due | None
    moves: int
    proposed: bool = False


def move(
    ledger: Ledger, targets: tuple[Target, ...], answers: Move, actor: Actor, now: Now
) -> Draft:
    """Return what moves due dates to one day: of commitments, or of steps of runs.

    Dates that count from the due date of a step follow it. Raises NextstepError where something
    cannot be moved, or its owner has not agreed.
    """
    told: list[str] = []
    edits = []
    for id_, group in groupby(targets, key=lambda target: target.id):
        record = ledger.runs.get(id_) or ledger.commitments[id_]
        make = _of_run if isinstance(record, Run) else _of_commitment
        lines, edit = make(ledger, tuple(group), answers, actor, now)
        told += lines
        edits.append(edit)
    one = targets[0].handle if len(edits) == 1 else None
    return Draft(told=tuple(told), then=f"nextstep undo {one}" if one else None, edits=tuple(edits))


def see_movable(
    ledger: Ledger, targets: tuple[Target, ...], agreed_by: Sequence[str], actor: Actor, now: Now
) -> None:
    """Raise NextstepError where something can be moved to no day, or its owner has not agreed."""
    for target in targets:
        known = _agreed_of_step if target.id in ledger.runs else _agreed_of_commitment
        _see_agreed(known(ledger, target, actor, now), target, agreed_by, actor)


def see_other_date(ledger: Ledger, target: Target, to: Due, now: Now) -> None:
    """Raise NextstepError where something is due then already."""
    if target.id in ledger.commitments:
        due = ledger.commitments[target.id].due
    else:
        due = run_now(ledger, target.id, now).steps[target.step or ""].due
    _see_other(due, target, to, ledger)


def _of_commitment(
    ledger: Ledger, targets: tuple[Target, ...], answers: Move, actor: Actor, now: Now
) -> tuple[list[str], Edit]:
    target = targets[0]
    commitment = ledger.commitments[target.id]
    state = commitment_now(ledger, target.id, now)
    agreed = _agreed_of_commitment(ledger, target, actor, now)
    _see_other(agreed.due, target, answers.to, ledger)
    _see_agreed(agreed, target, answers.agreed_by, actor)
    to = _in_file(answers.to, ledger)
    lines = [*_told(ledger, target, agreed, answers, now)]
    waiting = [one for one in commitment.with_ if one not in (*answers.agreed_by, actor.by)]
    if waiting and state.stage is CommitmentStage.OPEN:
        dated = commitment.due is not None
        known = "the old date was agreed with them" if dated else "they know of no date yet"
        lines.append(f"Tell {' and '.join(waiting)}: {known}.")
    fields: dict[Keys, Value | None] = {("due",): None if to == DueWord.NONE else to}
    return lines, Edit(id=target.id, entries=(_entry(target, agreed, to, answers),), fields=fields)


def _of_run(
    ledger: Ledger, targets: tuple[Target, ...], answers: Move, actor: Actor, now: Now
) -> tuple[list[str], Edit]:
    run = ledger.runs[targets[0].id]
    state = run_now(ledger, run.id, now)
    to = _in_file(answers.to, ledger)
    lines: list[str] = []
    entries: list[Entry] = []
    fields: dict[Keys, Value | None] = {}
    for target in targets:
        agreed = _agreed_of_step(ledger, target, actor, now)
        step = state.steps[target.step or ""]
        _see_other(agreed.due, target, answers.to, ledger)
        _see_agreed(agreed, target, answers.agreed_by, actor)
        entries.append(_entry(target, agreed, to, answers))
        lines += _told(ledger, target, agreed, answers, now)
        lines += _past_promise(step, state.promise_due, answers.to, ledger)
        if not comes_again(step.step):
            fields["steps", step.step.index, "due"] = to
    moved = frozenset(target.step or "" for target in targets)
    why = f"{', '.join(sorted(moved))}: {due_words(answers.to, ledger.timezone)}"
    follows = following(ledger, run, _with_dues(run, fields), why, now)
    edit = Edit(
        id=run.id, entries=(*entries, *follows.entries), fields={**fields, **follows.fields}
    )
    return [*lines, *follows.lines], edit


def _agreed_of_commitment(ledger: Ledger, target: Target, actor: Actor, now: Now) -> _Agreed:
    """Return what was agreed so far. Raises NextstepError where nothing can be moved any more."""
    commitment = ledger.commitments[target.id]
    state = commitment_now(ledger, target.id, now)
    see_not_closed(state.closed, target, ledger, now)
    if state.stage is CommitmentStage.DONE:
        raise NextstepError(
            f"{target.handle} is done", f"nextstep reopen {target.handle} --why TEXT"
        )
    return _Agreed(
        who=() if commitment.who is None else (commitment.who,),
        theirs=may_move(commitment, state, actor.by),
        due=commitment.due,
        moves=len(state.moves),
        proposed=state.stage is CommitmentStage.PROPOSED,
    )


def _agreed_of_step(ledger: Ledger, target: Target, actor: Actor, now: Now) -> _Agreed:
    """Return what was agreed of a step. Raises NextstepError where it cannot be moved any more."""
    run = ledger.runs[target.id]
    state = run_now(ledger, run.id, now)
    see_not_closed(state.closed, target, ledger, now)
    step = state.steps[target.step or ""]
    if not step.is_movable:
        raise finished_already(ledger, target, step, now)
    return _Agreed(
        who=step.who_told or step.who,
        theirs=may_move_step(run, step, actor.by, ledger),
        due=step.due,
        moves=len(step.moves),
    )


def _with_dues(run: Run, fields: dict[Keys, Value | None]) -> Run:
    def dated(step: Step) -> Step:
        due = fields.get(("steps", step.index, "due"))
        return replace(step, due=parse_due(due)) if isinstance(due, str) else step

    return replace(run, steps=tuple(map(dated, run.steps)))


def _see_other(due: Due | None, target: Target, to: Due, ledger: Ledger) -> None:
    if due is None and target.step is None:
        due = DueWord.NONE  # a step without one may get it later: what it counts from is not known
    if due is to is DueWord.NONE:
        raise NextstepError(f"{target.words} has no date already", "give it one, or leave it")
    if due is not None and _in_file(due, ledger) == _in_file(to, ledger):
        raise NextstepError(
            f"{target.words} is due {due_words(due, ledger.timezone)} already",
            "give it another date",
        )


def _see_agreed(agreed: _Agreed, target: Target, agreed_by: Sequence[str], actor: Actor) -> None:
    others = [one for one in agreed_by if one != actor.by]
    if not agreed.theirs and not others:
        raise not_agreed(target.words, agreed.who)


def _in_file(due: Due, ledger: Ledger) -> str:
    return due_in_file(due, ledger.timezone)


def _entry(target: Target, agreed: _Agreed, to: str, answers: Move) -> Entry:
    before = agreed.due
    return Entry(
        event="moved",
        step=target.step,
        values={
            "from": due_text(before),
            "to": to,
            "agreed_by": answers.agreed_by,
            "why": answers.why,
        },
    )


def _told(
    ledger: Ledger, target: Target, agreed: _Agreed, answers: Move, now: Now
) -> Iterator[str]:
    to, before = answers.to, agreed.due
    late = not agreed.proposed and is_after(now.instant, before, ledger.calendar)
    if to is DueWord.NONE:
        was = due_words(before, ledger.timezone)
        yield f"{target.quoted(ledger)} has no date any more; it was {was}."
    else:
        date = due_words(before, ledger.timezone)
        was = "it had none" if before is None else f"it was {date}"
        yield (f"{target.quoted(ledger)} is due {echoed(to, now, ledger.calendar)}; {was}.")
    words = [_count(agreed.moves + 1)] if agreed.moves else []
    words += ["after it was due"] if late else []
    if words:
        yield f"Moved {', '.join(words)}."
    who = agreed.who[0] if agreed.who else None
    yield from concerns(ledger.settings, to, who, now.today)


def _count(times: int) -> str:
    return _TIMES[times] if times < len(_TIMES) else f"{times} times by now"


def _past_promise(step: StepState, promise: Due | None, to: Due, ledger: Ledger) -> Iterator[str]:
    if not step.step.keeps_promise or isinstance(promise, (DueWord, type(None))):
        return
    if isinstance(to, DueWord):
        return
    zone = ledger.timezone
    if local_day(to, zone) > local_day(promise, zone):
        yield f"That is after the promise: {due_words(promise, zone)}."
