"""What stands differently at the end of a period, and no event of the log tells why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

from nextstep.changes.by_hand import ByHand, by_hand
from nextstep.changes.field_places import is_same, said_of
from nextstep.model.commitment import Commitment, Run
from nextstep.model.time import Due
from nextstep.reports.digest_events import Reader
from nextstep.runs.filled_paths import filled_path
from nextstep.trail.claims import due_in

Record: TypeAlias = Commitment | Run


class Unsaid(Struct, frozen=True, kw_only=True):
    """A date, or who has it, that was changed by hand.

    ``before`` and ``to`` are dates, or words as in the file. ``field`` is named for people: ``due``, ``who``, ``inputs.tier``; ``step`` is the one of a run
    whose date it is. Who did it, and when in the period, is not known here: history tells.
    """

    handle: str
    id: str
    step: str | None
    what: str
    who: str | None
    field: str
    before: Due | str | None
    to: Due | str | None


def unsaid(reader: Reader, pairs: Sequence[tuple[Record, Record]]) -> tuple[Unsaid, ...]:
    """Return what was changed without an event in the period, by id.

    ``pairs`` are records as they stood before the period and at its end.
    """
    zone = reader.standing.ledger.timezone
    found: list[Unsaid] = []
    for before, after in pairs:
        for change in by_hand(before, after, zone):
            if not is_same(said_of(before, change.field, zone), change.after):
                found += _told(reader, after, change)
    return tuple(sorted(found, key=lambda one: (one.id, one.step or "", one.field)))


def _told(reader: Reader, record: Record, change: ByHand) -> Iterator[Unsaid]:
    """Yield a change, if it is of something that is still there and concerns the reader."""
    standing, subject, name = reader.standing, reader.subject, record.id
    handle = reader.maker.handles.shortest(name)
    step_id = change.field.rpartition(".")[0] if change.field.endswith(".due") else None
    run = standing.ledger.runs.get(name)
    if name in standing.ledger.commitments:
        commitment = standing.ledger.commitments[name]
        concerned = subject.commitment(standing, commitment)
        what, who = commitment.what, standing.commitments[name].who
    elif run is None:
        return
    elif step_id is not None and step_id in standing.runs[name].steps:
        state = standing.runs[name].steps[step_id]
        concerned = subject.step(standing, name, step_id)
        what, who = filled_path(state.step.title, run.inputs, state.step.part), state.owner
        handle = f"{handle} {step_id}"
    else:
        concerned = subject.run(standing, name)
        what, who = run.title, standing.runs[name].owner
    if concerned:
        field = "due" if step_id is not None else change.field
        said = due_in if field == "due" else str
        yield Unsaid(
            handle=handle,
            id=name,
            step=step_id,
            what=what,
            who=who,
            field=field,
            before=change.before and said(change.before),
            to=change.after and said(change.after),
        )
