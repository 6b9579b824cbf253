"""Something that was done or closed is open again, with the reason."""

from __future__ import annotations

from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.finished import finished_already
from nextstep.changes.foreseen import foreseen, refused
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now
from nextstep.changes.target import Target
from nextstep.changes.wording import echoed
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment
from nextstep.model.time import Due
from nextstep.runs.partners import partner_of
from nextstep.runs.timing import is_overdue


def reopen(ledger: Ledger, target: Target, why: str, actor: Actor, now: Now) -> Draft:
    """Return what opens a commitment, a run or a step again."""
    due, who, rest = _ended(ledger, target, now)
    whose = f" {who} has it." if who else ""
    entry = Entry(event="reopened", step=target.step, values={"why": why})
    _see_may(ledger, target, entry, actor, now)
    if _was_proposed(ledger, target, now):
        return Draft(
            told=(f"{target.quoted(ledger)} is proposed again, and nobody has agreed to it.",),
            then=f"nextstep agree {target.handle}{f' --by {who}' if who != actor.by else ''}",
            edits=(Edit(id=target.id, entries=(entry,)),),
        )
    verb = "was" if is_overdue(due, now, ledger.calendar) else "is"
    when = f" It {verb} due {echoed(due, now, ledger.calendar)}." if due else ""
    return Draft(
        told=(f"{target.quoted(ledger)} is open again.{whose}{when}", *rest),
        then=f"nextstep move {target.words} DATE" if due else f"nextstep show {target.handle}",
        edits=(Edit(id=target.id, entries=(entry,)),),
    )


def _was_proposed(ledger: Ledger, target: Target, now: Now) -> bool:
    """Return whether it was closed before anybody agreed to it."""
    is_commitment = target.id in ledger.commitments
    return is_commitment and commitment_now(ledger, target.id, now).unagreed


def _ended(
    ledger: Ledger, target: Target, now: Now
) -> tuple[Due | None, str | None, tuple[str, ...]]:
    """Return the date, who has it and what else to say. Raises NextstepError where it cannot be."""
    if isinstance(target.record(ledger), Commitment):
        state = commitment_now(ledger, target.id, now)
        if state.is_live:
            raise _open_already(target)
        following = state.closed.next if state.closed else ()
        rest = (f"What came out of it stays open: {', '.join(following)}.",) if following else ()
        return state.due, state.who, rest
    run = run_now(ledger, target.id, now)
    if target.step is None:
        if run.is_live:
            raise _open_already(target)
        return run.promise_due, run.owner, ()
    step = run.steps[target.step]
    if not step.is_finished:
        raise _open_already(target)
    if step.finished_at is None:
        raise finished_already(ledger, target, step, now)
    return step.due, step.owner, ()


def _see_may(ledger: Ledger, target: Target, entry: Entry, actor: Actor, now: Now) -> None:
    """Raise NextstepError where it is for others to open it again."""
    record = target.record(ledger)
    if isinstance(record, Commitment):
        state = commitment_now(ledger, target.id, now)
        partner = partner_of(record, state, ledger.settings)
        people = tuple(dict.fromkeys(filter(None, (record.who, *state.parties, partner))))
        if record.who is None or actor.by in people:
            return
        message = f"{' or '.join(people)} may open {target.handle} again, and it is {actor.by}"
        raise NextstepError(
            f"{message} who says it", f"--by {people[0]} writes down what {people[0]} said"
        )
    run = ledger.runs[target.id]
    impossible = refused(foreseen(ledger, run, [entry], actor, now), run)
    if impossible is not None:
        raise NextstepError(
            impossible.why.replace("`", ""),
            f"{impossible.right.replace('`', '')}; --by PERSON writes down what they said",
        )


def _open_already(target: Target) -> NextstepError:
    return NextstepError(f"{target.words} is open already", f"nextstep show {target.handle}")
