"""What a verb is about, shown to somebody before anything is asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now
from nextstep.changes.target import Target
from nextstep.changes.wording import echoed
from nextstep.cli.answers import Answers
from nextstep.cli.output import note, width
from nextstep.cli.session import Session
from nextstep.render.cells import wrap
from nextstep.render.safe_text import safe_text

if TYPE_CHECKING:
    from nextstep.render.promise_words import Look


def quote(session: Session, targets: Sequence[Target], actor: Actor, answers: Answers) -> None:
    """Show what each target says now, where somebody is there to be asked."""
    if not answers.asks:
        return
    for target in targets:
        note("\n".join(_lines(session, target, actor)))


def look_of(session: Session, actor: Actor) -> Look:
    """Return who looks at a promise, and how much room there is to say at what."""
    from nextstep.render.promise_words import Look

    return Look(
        reader=actor.typist,
        now=session.now,
        calendar=session.ledger.calendar,
        columns=width(),
    )


def _lines(session: Session, target: Target, actor: Actor) -> Iterator[str]:
    from nextstep.render.promise_words import promise_lines

    ledger, now = session.ledger, session.now
    commitment = ledger.commitments.get(target.id)
    if commitment is not None:
        state = commitment_now(ledger, target.id, now)
        yield from promise_lines(commitment, state, look_of(session, actor))
        return
    run = ledger.runs[target.id]
    words = f'"{run.title}{f" for {run.for_}" if run.for_ else ""}"'
    if target.step is not None:
        step = run_now(ledger, target.id, now).steps[target.step]
        due = f", due {echoed(step.due, now, ledger.calendar)}" if step.due is not None else ""
        words = f"{target.step} of {words}: {step.step.title}{due}"
    yield from wrap(safe_text(words), width())
