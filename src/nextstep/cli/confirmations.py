"""What a process said before it was confirmed: the commit of the confirmation tells."""

from __future__ import annotations

import os
from collections.abc import Sequence

from nextstep.changes.review_back import Reviewed
from nextstep.cli.session import Session
from nextstep.files.load import load
from nextstep.model.events import UNDONE, Event
from nextstep.model.process import Process
from nextstep.model.source import Source
from nextstep.runs.order import effective, named_by


def reviewed(session: Session, process: Process, events: Sequence[Event]) -> Reviewed | None:
    """Return a process with and without a confirmation that is taken back, or counts again.

    None where none of the events is one, where the log itself tells the day, as it does of a single
    review as long as another confirmation stands, or where no commit shows what was there before.
    """
    found = [one for event in events for one in _confirmed(event, process.log, frozenset())]
    if len(found) != 1 or session.repository is None or session.commit is None:
        return None
    own = found[0].canonical
    standing = {one.canonical for one in effective(process.log)[0] if one.event == "confirmed"}
    if len(process.reviews) == 1 and standing - {own}:
        return None
    versions = _committed(session, process.id, found[0])
    if versions is None:
        return None
    before, after = versions
    there, wanted = (after, before) if own in standing else (before, after)
    return Reviewed(there=there, wanted=wanted)


def _confirmed(event: Event, log: Sequence[Event], seen: frozenset[str]) -> list[Event]:
    """Return the confirmation that an event is, or is about."""
    if event.event == "confirmed":
        return [event]
    if event.event != UNDONE or event.canonical in seen:
        return []
    seen |= {event.canonical}
    return [found for one in named_by(event, log) for found in _confirmed(one, log, seen)]


def _committed(session: Session, id_: str, event: Event) -> tuple[Process, Process] | None:
    """Return a process before and after the commit that brought a line of its log."""
    from nextstep.cli.progress import reading_history
    from nextstep.trail.versions import passages

    with reading_history() as progress:
        history = passages(
            session.place, dict(os.environ), tip=session.commit or "", only=id_, progress=progress
        )
        for passage in history.passages():
            if passage.kind != "processes" or passage.parents or passage.border:
                continue
            before, after = (
                None if data is None else load(Source(path or "", data)).record
                for path, data in (
                    (passage.was_path, passage.before),
                    (passage.path, passage.after),
                )
            )
            if not (isinstance(before, Process) and isinstance(after, Process)):
                continue
            if _has(after, event) and not _has(before, event):
                return before, after
    return None


def _has(process: Process, event: Event) -> bool:
    return any(one.canonical == event.canonical for one in process.log)
