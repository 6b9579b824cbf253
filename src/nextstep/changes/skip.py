"""A step is not needed this time, or a gate or a part is waived."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.foreseen import foreseen, next_words
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import run_now, see_not_closed
from nextstep.changes.target import Target
from nextstep.dates.now import Now
from nextstep.dates.words import sentence
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.runs.leading import leaders, leads


class Skip(Struct, frozen=True, kw_only=True):
    """A step that is passed over, and why."""

    target: Target
    why: str


def skip(ledger: Ledger, answers: Skip, actor: Actor, now: Now) -> Draft:
    """Return what passes a step over. Raises NextstepError where somebody else decides that."""
    target = answers.target
    run = ledger.runs[target.id]
    before = run_now(ledger, run.id, now)
    see_not_closed(before.closed, target, ledger, now)
    step = before.steps[target.step or ""]
    if step.is_finished:
        raise NextstepError(f"{step.id} is finished: nothing is owed on it", "leave it as it is")
    waiver = step.step.is_gate or step.step.part is not None
    mine = actor.by in step.who_told and not waiver
    if not mine and not leads(run, ledger.settings, actor.by):
        allowed = leaders(run, ledger.settings) + (() if waiver else step.who_told)
        names = " or ".join(dict.fromkeys(allowed))
        what = "a gate" if step.step.is_gate else "a part" if waiver else "somebody else's step"
        raise NextstepError(
            f"{step.id} is {what}: {names} may pass it over, and {actor.by} may not",
            f"--by {allowed[0]} writes down what {allowed[0]} decided",
        )
    entry = Entry(event="skipped", step=target.step, values={"why": answers.why})
    after = foreseen(ledger, run, [entry], actor, now)
    verb = "Waived" if waiver else "Skipped"
    return Draft(
        told=(
            f"{verb}: {target.quoted(ledger)}. {sentence(answers.why)}",
            *next_words(before, after, ledger, now),
        ),
        then=f"nextstep undo {target.handle}",
        edits=(Edit(id=run.id, entries=(entry,)),),
    )
