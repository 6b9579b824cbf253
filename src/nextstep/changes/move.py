"""Another date is agreed, for a commitment or for a step of a run."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.concerns import concerns
from nextstep.changes.draft import Draft, Edit, Entry, due_text
from nextstep.changes.log_lines import Actor
from nextstep.changes.wording import due_words, echoed, quoted
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.time import Due


class Move(Struct, frozen=True, kw_only=True):
    """Another date for a commitment, or in a run for the step ``step``, which ``who`` has.

    ``before`` is the date that was agreed, None where there was none.
    """

    id: str
    step: str | None = None
    who: str | None = None
    before: Due | None = None
    to: Due
    why: str | None = None
    agreed_by: tuple[str, ...] = ()


def move(ledger: Ledger, answers: Move, actor: Actor, now: Now) -> Draft:
    """Return what moves a due date."""
    del actor
    record = ledger.runs.get(answers.id) or ledger.commitments[answers.id]
    title, before, to = quoted(record, answers.step), due_words(answers.before), answers.to
    keys: tuple[str | int, ...] = ("due",)
    if isinstance(record, Run):
        keys = ("steps", next(one.index for one in record.steps if one.id == answers.step), "due")
    moved = Entry(
        event="moved",
        step=answers.step,
        values={
            "from": due_text(answers.before),
            "to": due_text(to),
            "agreed_by": answers.agreed_by,
            "why": answers.why,
        },
    )
    due = f"{title} is due {echoed(to, now, ledger.calendar)}; it was {before}."
    return Draft(
        told=(due, *concerns(ledger.settings, to, answers.who, now.today)),
        then=f"nextstep undo {record.id}",
        edits=(Edit(id=record.id, entries=(moved,), fields={keys: due_text(to)}),),
    )
