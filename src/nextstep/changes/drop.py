"""Something is given up, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now, see_not_closed, see_theirs
from nextstep.changes.target import Target
from nextstep.dates.now import Now
from nextstep.dates.words import sentence
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment
from nextstep.runs.leading import leaders, leads


def drop(  # noqa: PLR0913 - what is dropped and why, then who says so and when
    ledger: Ledger,
    targets: Sequence[Target],
    why: str,
    actor: Actor,
    now: Now,
    *,
    told: Mapping[str, str | None] = {},
) -> Draft:
    """Return what closes commitments and runs as dropped.

    ``told`` is what else the event `closed` carries, by field, such as what was learned.
    """
    lines: list[str] = []
    edits = []
    words = " / ".join(filter(None, (why, *told.values())))
    for target in targets:
        see_droppable(ledger, target, actor, now, words=words)
        lines.append(f"Dropped: {target.quoted(ledger)}. {sentence(why)}")
        lines += _after_it(ledger, target, now)
        entry = Entry(event="closed", values={"result": "dropped", "why": why, **told})
        edits.append(Edit(id=target.id, entries=(entry,)))
    return Draft(
        told=tuple(lines),
        then=f"nextstep undo {targets[0].handle}" if len(targets) == 1 else None,
        subject=f"Drop {len(targets)} next steps" if len(targets) > 1 else None,
        edits=tuple(edits),
    )


def see_droppable(
    ledger: Ledger, target: Target, actor: Actor, now: Now, *, words: str = ""
) -> None:
    """Raise NextstepError where something is closed already, or not theirs to drop.

    ``words`` are those of who comes second; the hint says how they are kept.
    """
    record = target.record(ledger)
    if isinstance(record, Commitment):
        state = commitment_now(ledger, target.id, now)
        see_not_closed(state.closed, target, ledger, now, words=words)
        see_theirs("dropped", state, target, actor)
        return
    run = ledger.runs[target.id]
    see_not_closed(run_now(ledger, run.id, now).closed, target, ledger, now, words=words)
    if not leads(run, ledger.settings, actor.by):
        names = leaders(run, ledger.settings)
        raise NextstepError(
            f"{' or '.join(names)} may drop {target.handle}, and it is {actor.by} who says it",
            f"--by {names[0]} writes down what {names[0]} said",
        )


def _after_it(ledger: Ledger, target: Target, now: Now) -> Iterator[str]:
    """Yield what dropping it means: for who waits for it, and for a rhythm."""
    record = target.record(ledger)
    if isinstance(record, Commitment) and record.repeat:
        yield f"It came {record.repeat}, and comes no more."
    for other in ledger.commitments.values():
        if target.id in other.after and commitment_now(ledger, other.id, now).is_live:
            whose = f" ({other.who})" if other.who else ""
            yield f"{Target(id=other.id, handle=other.id).quoted(ledger)}{whose} waited for it."
