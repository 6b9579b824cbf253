"""What stands differently at the end of a period, and no event of the log tells why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from nextstep.changes.by_hand import ByHand, by_hand
from nextstep.changes.field_places import is_same, said_of
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.source import id_of
from nextstep.model.time import Due
from nextstep.reports.digest_events import Reader
from nextstep.reports.digest_subject import Subject
from nextstep.rules.pairs import renamed_files
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.order import effective
from nextstep.runs.partners import partner_of
from nextstep.runs.under_settings import commitment_under, run_under
from nextstep.trail.claims import due_in

Record: TypeAlias = Commitment | Run


class Differing(Struct, frozen=True, kw_only=True):
    """The records whose files are not the same before a period and at its end.

    ``changed`` are in both, as they stood; ``gone`` were there before, and ``came`` are the ids of
    those that were not.
    """

    changed: tuple[tuple[Record, Record], ...] = ()
    gone: tuple[Record, ...] = ()
    came: tuple[str, ...] = ()


NOT_DIFFERENT = Differing()
FILE = "file"
CLOSED = "closed"


class Unsaid(Struct, frozen=True, kw_only=True):
    """A date, or who has it, that was changed by hand; or what became of a file as a whole.

    ``before`` and ``to`` are dates, or words as in the file. ``field`` is named for people: ``due``,
    ``who``, ``inputs.tier``; ``step`` is the one of a run whose date it is. Of ``file`` the state in
    which it was deleted is ``before``; of ``closed`` it is how it had ended, where the line that said
    so is gone. Who did it, and when in the period, is not known here: history tells.
    """

    handle: str
    id: str
    step: str | None
    what: str
    who: str | None
    field: str
    before: Due | str | None
    to: Due | str | None


def unsaid(reader: Reader, differing: Differing) -> tuple[Unsaid, ...]:
    """Return what was changed without an event in the period, by id."""
    zone = reader.standing.ledger.timezone
    found: list[Unsaid] = []
    for before, after in differing.changed:
        found += _opened(reader, before, after)
        for change in by_hand(before, after, zone):
            if not is_same(said_of(before, change.field, zone), change.after):
                found += _told(reader, after, change)
    found += _deleted(reader, differing)
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


def _opened(reader: Reader, before: Record, after: Record) -> Iterator[Unsaid]:
    """Yield a record that was closed, and is open since the line that closed it is gone."""
    closing, kept = _closing(before), {event.canonical for event in after.log}
    if closing is None or closing.canonical in kept or _closing(after) is not None:
        return
    change = ByHand(field=CLOSED, before=closing.text("result") or CLOSED, after=None)
    yield from _told(reader, after, change)


def _closing(record: Record) -> Event | None:
    closings = [one for one in effective(record.log)[0] if one.event == "closed"]
    return closings[-1] if closings else None


def _deleted(reader: Reader, differing: Differing) -> Iterator[Unsaid]:
    """Yield what was open when its file was deleted, and is not there now under any name."""
    ledger = reader.standing.ledger
    now: dict[str, Record] = {**ledger.commitments, **ledger.runs}
    gone = {one.id: one for one in differing.gone}
    came = {name: now[name] for name in differing.came if name in now}
    renamed = {record.id for _, record in renamed_files(gone, came)}
    unread = {id_of(path) for path in ledger.faulty}
    for name in gone.keys() - now.keys() - renamed - unread:
        record = gone[name]
        state, who, people = _last_state(reader, record)
        if state is not None and _concerns(reader.subject, record, people):
            yield Unsaid(
                handle=name,
                id=name,
                step=None,
                what=record.what if isinstance(record, Commitment) else record.title,
                who=who,
                field=FILE,
                before=state,
                to=None,
            )


def _last_state(
    reader: Reader, record: Record
) -> tuple[str | None, str | None, tuple[str | None, ...]]:
    """Return how something stood that is gone, who had it and whom it concerned; None: closed."""
    settings, now = reader.standing.ledger.settings, reader.standing.now
    if isinstance(record, Commitment):
        one = commitment_under(settings, record, now)
        people = (one.who, *one.with_, partner_of(record, one, settings))
        return None if one.closed else one.stage.value, one.who, people
    run = run_under(settings, record, now)
    doers = (who for step in run.steps.values() for who in step.who)
    people = (run.owner, record.requested_by, *doers)
    return run.stage.value if run.is_live else None, run.owner, people


def _concerns(subject: Subject, record: Record, people: tuple[str | None, ...]) -> bool:
    if isinstance(record, Run) and subject.kind == "role":
        return any(step.role == subject.name for step in record.steps)
    process = record.process if isinstance(record, Run) else None
    is_of_it = subject.scope.has(role=None, process=process, part_of=record.part_of)
    return is_of_it and subject.has_any(*people)
