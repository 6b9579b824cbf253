"""Whatever is recorded in the project's own ledger can be taken back, and be let count again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from nextstep.changes.applying import applied, record_of
from nextstep.changes.log_lines import Actor
from nextstep.changes.taken_together import last_together, together
from nextstep.changes.undo import Undo, undo
from nextstep.dates.now import Now, now_at
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.commitment import Commitment, Record
from nextstep.model.events import Event
from nextstep.model.source import Source
from nextstep.runs.order import standing


def at(ledger: Ledger, hour: int) -> Now:
    """An hour of the day of the example."""
    return now_at(datetime(2026, 11, 23, hour, tzinfo=UTC), ledger.timezone)


def taken_back(ledger: Ledger, id_: str, events: tuple[Event, ...], by: str, hour: int) -> Ledger:
    """The ledger after events were taken back by somebody."""
    now, actor = at(ledger, hour), Actor(by=by)
    asked = Undo(id=id_, handle=id_, events=tuple(event.canonical for event in events))
    files = applied(ledger, undo(ledger, asked, actor, now), actor, now).files
    sources = {**ledger.sources, **{one.path: Source(one.path, one.after) for one in files}}
    return load_ledger(Listing(tuple(sources[path] for path in sorted(sources)), ()), root="acme")


def agreement(record: Record) -> Record:
    """A record without its log and its bytes, and without the order of whom it is with."""
    bare = replace(record, log=(), source=Source(record.source.path, b""))
    return replace(bare, with_=tuple(sorted(bare.with_))) if isinstance(bare, Commitment) else bare


def test_what_is_taken_back_and_let_count_again_leaves_every_field_as_it_was(
    project_root: Path,
) -> None:
    whole = load_ledger(read_tree(str(project_root)), root="acme")
    done, hints = 0, []
    records: list[Record] = [*whole.commitments.values(), *whole.runs.values()]
    for record in (*records, *whole.processes.values()):
        alone = (whole.sources["nextstep.yaml"], record.source)
        ledger = load_ledger(Listing(alone, ()), root="acme")
        for event in standing(record.log):
            events = together(record.log, event)
            try:
                after = taken_back(ledger, record.id, events, event.by, 15)
            except NextstepError as problem:
                hints.append(problem.hint)
                continue
            last = last_together(record_of(after, record.id).log)
            again = taken_back(after, record.id, last, event.by, 16)
            assert agreement(record_of(again, record.id)) == agreement(record), (record.id, event)
            done += 1
    assert done > 50, "the example has too little that can be taken back to show anything"
    assert len(hints) > 50, "what others built on is refused"
    assert all(hints), "and each time it is said what to do"
