"""Something else than a date is agreed anew: words, who would have it, or the facts of a run."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.cast import recast
from nextstep.changes.draft import Draft, Edit, Entry, Value
from nextstep.changes.following import following
from nextstep.changes.foreseen import with_entries
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now, see_not_closed
from nextstep.changes.target import Target
from nextstep.changes.wording import quoted
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.process import VACANT
from nextstep.model.source import Keys
from nextstep.runs.leading import leaders
from nextstep.runs.states import CommitmentStage, CommitmentState, RunState

_WHO = "who"


class Change(Struct, frozen=True, kw_only=True):
    """A field with its new value: of a commitment ``what``, ``outcome`` or ``who``.

    Of a run it is ``inputs.X`` or ``people.ROLE``; a person may be ``vacant``.
    """

    field: str
    value: str
    why: str | None = None
    agreed_by: tuple[str, ...] = ()


def change(ledger: Ledger, target: Target, answers: Change, actor: Actor, now: Now) -> Draft:
    """Return what changes a field, with all dates that follow from it.

    Raises NextstepError where it is that already, or somebody else has to agree.
    """
    if isinstance(target.record(ledger), Run):
        return _of_run(ledger, target, answers, actor, now)
    return _of_commitment(ledger, target, answers, actor, now)


def see_changeable(ledger: Ledger, target: Target, answers: Change, actor: Actor, now: Now) -> None:
    """Raise NextstepError where a field is not changed, whatever its new value would be."""
    if isinstance(target.record(ledger), Run):
        _see_run(ledger, target, answers, actor, now)
    else:
        _see_commitment(ledger, target, answers, actor, now)


def _see_commitment(
    ledger: Ledger, target: Target, answers: Change, actor: Actor, now: Now
) -> bool:
    """Return whether a commitment is only proposed. Raises NextstepError as `see_changeable`."""
    commitment = ledger.commitments[target.id]
    state = commitment_now(ledger, target.id, now)
    see_not_closed(state.closed, target, ledger, now)
    proposed = state.stage is CommitmentStage.PROPOSED
    if answers.field == _WHO and not proposed:
        _see_somebody_has(ledger, target, state, answers, actor)
        raise NextstepError(
            f"{target.handle} is agreed: somebody else has it only once they accept it",
            f"nextstep offer {target.handle} --to {answers.value}",
        )
    parties = (commitment.who, *dict.fromkeys(state.parties))
    others = [one for one in answers.agreed_by if one != actor.by]
    theirs = commitment.who is None or actor.by in parties
    if proposed and not theirs and not others:
        raise NextstepError(
            f"{target.handle} is between {' and '.join(filter(None, parties))}",
            f"add --agreed-by {commitment.who} once they agreed",
        )
    return proposed


def _see_somebody_has(
    ledger: Ledger, target: Target, state: CommitmentState, answers: Change, actor: Actor
) -> None:
    """Raise NextstepError where nobody has what is open: who agrees to it takes it."""
    nobody = state.who is None and state.stage is CommitmentStage.OPEN
    if nobody and ledger.settings.people:
        mine = actor.types and answers.value == actor.by
        person = "PERSON" if answers.value == VACANT else answers.value
        raise NextstepError(
            f"nobody has {target.handle}: it is theirs who agrees to it",
            f"nextstep agree {target.handle}{'' if mine else f' --by {person}'}",
        )


def _see_run(ledger: Ledger, target: Target, answers: Change, actor: Actor, now: Now) -> None:
    state = run_now(ledger, target.id, now)
    see_not_closed(state.closed, target, ledger, now)
    if answers.field.startswith("inputs."):
        _see_part_of(ledger, target, answers, actor, state)


def _of_commitment(
    ledger: Ledger, target: Target, answers: Change, actor: Actor, now: Now
) -> Draft:
    commitment = ledger.commitments[target.id]
    proposed = _see_commitment(ledger, target, answers, actor, now)
    before = {"what": commitment.what, "outcome": commitment.outcome, _WHO: commitment.who}
    parties = (commitment.who, *commitment.with_)
    was = before[answers.field]
    _see_different(answers, was)
    lines = [f"{answers.field} of {quoted(commitment)} is now: {answers.value}"]
    waiting = [one for one in parties if one not in (None, actor.by, *answers.agreed_by)]
    if waiting and not proposed:
        lines.append(f"Tell {' and '.join(filter(None, waiting))}: other words were agreed.")
    return Draft(
        told=tuple(lines),
        then=f"nextstep undo {target.handle}",
        edits=(
            Edit(
                id=target.id,
                entries=(_entry(answers, was),),
                fields={(answers.field,): answers.value},
            ),
        ),
    )


def _of_run(ledger: Ledger, target: Target, answers: Change, actor: Actor, now: Now) -> Draft:
    run = ledger.runs[target.id]
    _see_run(ledger, target, answers, actor, now)
    kind, _, name = answers.field.partition(".")
    known = run.inputs if kind == "inputs" else run.people
    _see_different(answers, known.get(name))
    fields: dict[Keys, Value | None] = {(kind, name): answers.value}
    entries = [_entry(answers, known.get(name))]
    lines = [f"{name} of {quoted(run)} is now {answers.value}."]
    if kind == "people":
        cast = recast(ledger, run, name, answers.value, now)
        fields |= cast.fields
        lines += cast.lines
    else:
        after = replace(
            with_entries(run, entries, actor, now), inputs={**run.inputs, name: answers.value}
        )
        follows = following(ledger, run, after, f"{name} is {answers.value}", now)
        entries += follows.entries
        fields |= follows.fields
        lines += follows.lines
    return Draft(
        told=tuple(lines),
        then=f"nextstep undo {target.handle}",
        edits=(Edit(id=run.id, entries=tuple(entries), fields=fields),),
    )


def _see_part_of(
    ledger: Ledger, target: Target, answers: Change, actor: Actor, state: RunState
) -> None:
    """Raise NextstepError where nobody who works by a fact of a run says that it is another one.

    Those are who asked for the run, who leads it, and whoever has a step of it.
    """
    run = ledger.runs[target.id]
    doers = (who for step in state.steps.values() for who in step.who_told or step.step.who)
    named = (run.requested_by, *leaders(run, ledger.settings), *run.people.values(), *doers)
    theirs = [one for one in dict.fromkeys(named) if one not in (None, VACANT)]
    if not theirs or actor.by in theirs or set(answers.agreed_by) & set(theirs):
        return
    raise NextstepError(
        f"{target.handle} is work of others, who go by {answers.field}",
        f"add --agreed-by {theirs[0]} once they agreed; or say --by, where you write it down for "
        "somebody in it",
    )


def _see_different(answers: Change, was: str | None) -> None:
    if was == answers.value:
        raise NextstepError(f"{answers.field} is `{was}` already", "give it another value")


def _entry(answers: Change, was: str | None) -> Entry:
    return Entry(
        event="changed",
        values={
            "field": answers.field,
            "from": was,
            "to": answers.value,
            "agreed_by": answers.agreed_by,
            "why": answers.why,
        },
    )
