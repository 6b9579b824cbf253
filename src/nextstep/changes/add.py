"""A next step is captured: what, who, with whom, for what outcome, by when."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nextstep.changes.concerns import concerns
from nextstep.changes.draft import Draft, Entry, NewFile, Value, due_text
from nextstep.changes.log_lines import Actor, line_of
from nextstep.changes.new_record import new_id, path_of, text_of
from nextstep.changes.wording import echoed
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.time import Due


class NextStep(Struct, frozen=True, kw_only=True):
    """What somebody captured. ``proposed``: it was put forward, and who would have it has not agreed."""

    what: str
    who: str | None = None
    with_: tuple[str, ...] = ()
    outcome: str | None = None
    due: Due | None = None
    partner: str | None = None
    source: str | None = None
    part_of: str | None = None
    after: tuple[str, ...] = ()
    follows: str | None = None
    repeat: str | None = None
    proposed: bool = False
    how: str | None = None


def add(ledger: Ledger, steps: Sequence[NextStep], actor: Actor, now: Now) -> Draft:
    """Return what captures one or several next steps, each in a file of its own."""
    taken = {*ledger.commitments, *ledger.runs, *ledger.processes}
    new = []
    for step in steps:
        id_ = new_id(step.what, taken)
        taken.add(id_)
        new.append(NewFile(id=id_, path=path_of(id_, now.today), text=_text(id_, step, actor, now)))
    told = [_told(ledger, step, file, now) for step, file in zip(steps, new, strict=True)]
    return Draft(
        told=tuple(line for lines in told for line in lines),
        then=f"nextstep undo {new[0].id}" if len(new) == 1 else None,
        subject=_subject(steps) if len(new) > 1 else None,
        new=tuple(new),
    )


def _text(id_: str, step: NextStep, actor: Actor, now: Now) -> str:
    word = "proposed" if step.proposed else "agreed"
    fields: dict[str, Value | None] = {
        "what": step.what,
        "who": step.who,
        "with": step.with_,
        "outcome": step.outcome,
        "due": due_text(step.due) if step.due else None,
        "partner": step.partner,
        "source": step.source,
        "part_of": step.part_of,
        "after": step.after,
        "follows": step.follows,
        "repeat": step.repeat,
    }
    path = path_of(id_, now.today)
    event = line_of(Entry(event=word, values={"how": step.how}), actor, now.instant)
    return text_of(path, fields, log=(event,))


def _subject(steps: Sequence[NextStep]) -> str:
    source = steps[0].source
    return f"{source}: {len(steps)} next steps" if source else f"Add {len(steps)} next steps"


def _told(ledger: Ledger, step: NextStep, file: NewFile, now: Now) -> tuple[str, ...]:
    due = echoed(step.due, now, ledger.calendar) if step.due else "no date agreed"
    parts = [file.id, step.what, *filter(None, (step.who, due))]
    if step.proposed:
        parts.append(f"proposed until {step.who or 'somebody'} agrees")
    return (" · ".join(parts), *concerns(ledger.settings, step.due, step.who, now.today))
