"""Things of a list are there: each is one event."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.openness import run_now, see_not_closed
from nextstep.changes.target import Target
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DONE
from nextstep.files.ledger import Ledger
from nextstep.runs.states import StepState


class Tick(Struct, frozen=True, kw_only=True):
    """What is there, in the words of the list, and what of it is still open after that."""

    target: Target
    items: tuple[str, ...]
    left: tuple[str, ...] = ()


def tick(ledger: Ledger, answers: Tick, now: Now) -> Draft:
    """Return what ticks things off. Raises NextstepError where all of them are already."""
    target = answers.target
    step = see_tickable(ledger, target, now)
    new = tuple(one for one in dict.fromkeys(answers.items) if one not in step.ticked)
    if not new:
        raise NextstepError(
            f"ticked off already: {', '.join(answers.items)}",
            f"nextstep checklist {target.words}",
            exit_code=DONE,
        )
    left = f"Still open: {'; '.join(answers.left)}." if answers.left else "Nothing is left open."
    return Draft(
        told=(f"Ticked off for {target.quoted(ledger)}: {'; '.join(new)}.", left),
        then=f"nextstep undo {target.handle}",
        edits=(
            Edit(
                id=target.id,
                entries=tuple(
                    Entry(event="ticked", step=target.step, values={"item": item}) for item in new
                ),
            ),
        ),
    )


def see_tickable(ledger: Ledger, target: Target, now: Now) -> StepState:
    """Return where a step stands. Raises NextstepError where nothing can be ticked off any more."""
    run = run_now(ledger, target.id, now)
    see_not_closed(run.closed, target, ledger, now)
    step = run.steps[target.step or ""]
    if step.is_finished:
        raise NextstepError(
            f"{target.step} is finished",
            "to keep what came later:\n"
            f"nextstep note {target.handle} --step {target.step} --text TEXT",
        )
    return step
