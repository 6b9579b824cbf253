"""With what a record began: the commit that brought its file tells that from what came later."""

from __future__ import annotations

import os
from collections.abc import Sequence

from nextstep.changes.undo import begins
from nextstep.cli.session import Session
from nextstep.dates.zones import local_day
from nextstep.files.load import load
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import Event
from nextstep.model.source import Source


def came_with_its_start(session: Session, record: Record, events: Sequence[Event]) -> bool:
    """Return whether events are what a run was started with, and nothing that came later.

    False also where no commit shows with what its file began.
    """
    if not (isinstance(record, Run) and _may_be_why(session, record, events)):
        return False
    first = _first_version(session, record.id)
    return isinstance(first, Run) and [one.canonical for one in first.log] == [events[0].canonical]


def was_there_before(session: Session, record: Record, events: Sequence[Event]) -> bool:
    """Return whether a promise was written by hand and committed before its first event.

    False also where no commit shows that.
    """
    if not (isinstance(record, Commitment) and begins(record, events)):
        return False
    first = _first_version(session, record.id)
    return isinstance(first, Commitment) and not first.log


def _may_be_why(session: Session, run: Run, events: Sequence[Event]) -> bool:
    """Return whether that is one note of the first day, before anything else: no history needed."""
    if len(events) != 1:
        return False
    event = events[0]
    return (
        event.event == "noted"
        and event.step is None
        and all(one.at >= event.at for one in run.log)
        and local_day(event.at, session.ledger.timezone) == run.started
    )


def _first_version(session: Session, id_: str) -> Commitment | Run | None:
    """Return a promise or a run as its file said it at first; None where the history does not show that."""
    if session.repository is None or session.commit is None:
        return None
    from nextstep.cli.progress import reading_history
    from nextstep.trail.versions import passages

    with reading_history() as progress:
        history = passages(
            session.place, dict(os.environ), tip=session.commit, only=id_, progress=progress
        )
        for passage in history.passages():
            if passage.before is None and passage.after is not None and not passage.border:
                record = load(Source(passage.path or "", passage.after)).record
                return record if isinstance(record, (Commitment, Run)) else None
    return None
