"""The moments of the example: what was written when and by whom, each file as it stood then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from nextstep.changes.commit_words import event_message, trailer, wrapped
from nextstep.changes.told import Rewritten, Told
from nextstep.changes.unapplied import as_dated, dates_given, unapplied
from nextstep.files.load import load
from nextstep.files.splice import Place, changed
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.people import Settings
from nextstep.model.process import Process
from nextstep.model.source import Source
from nextstep.model.time import Due

_SAME_EDIT = timedelta(minutes=2)
"""A date that moves so soon after what moved it was written together with it."""


class Moment(Struct, frozen=True, kw_only=True):
    """One thing that was written: the files as they stood afterwards, by path.

    ``recorded_by`` is who wrote it down. ``files`` are whole contents.
    """

    at: datetime
    by: str
    recorded_by: str
    message: str
    files: Mapping[str, bytes]


class _Edit(Struct, frozen=True):
    """What happened to one file at once: events of its log, or something told, or both."""

    at: datetime
    events: tuple[Event, ...]
    told: Told | None


def moments(
    files: Mapping[str, bytes], story: Sequence[Told], settings: Settings
) -> tuple[Moment, ...]:
    """Return everything that led to the files, oldest first.

    Raises NextstepError where a change that is told cannot be taken back.
    """
    written: dict[tuple[datetime, str], Moment] = {}
    for path, data in files.items():
        for edit, after in _versions(Source(path, data), story, settings):
            by = edit.events[0].by if edit.events else _teller(edit).by
            old = written.get((edit.at, by))
            event = edit.events[0] if edit.events else None
            written[edit.at, by] = Moment(
                at=edit.at,
                by=by,
                recorded_by=(event.text("recorded_by") if event else None)
                or (old.recorded_by if old else by),
                message=_message(edit, after, settings) or (old.message if old else ""),
                files={**(old.files if old else {}), path: after.data},
            )
    return tuple(sorted(written.values(), key=lambda one: (one.at, one.by)))


def _versions(
    last: Source, story: Sequence[Told], settings: Settings
) -> Iterator[tuple[_Edit, Source]]:
    """Yield what happened to a file, in order, with the file as it was afterwards."""
    after, found = last, []
    for edit in reversed(_edits(last, story)):
        found.append((edit, after))
        if edit.events:
            after = unapplied(after, edit.events)
        if edit.told is not None:
            after = _taken_back(after, edit.told)
    given: dict[Place, Due] = {}
    for edit, file in reversed(found):
        given |= dates_given(file, settings, edit.at)  # a date that was written stays written
        yield edit, as_dated(file, given)


def _edits(source: Source, story: Sequence[Told]) -> list[_Edit]:
    """Return what happened to a file, in order."""
    record = load(source).record
    log = record.log if isinstance(record, (Commitment, Run, Process)) else ()
    touching = {
        datetime.fromisoformat(told.at): told
        for told in story
        if source.path in told.new or source.path in told.back
    }
    edits = []
    for events in _written_together(log):
        told = next((touching.pop(one.at) for one in events if one.at in touching), None)
        edits.append(_Edit(events[-1].at, events, told))
    edits += [_Edit(at, (), told) for at, told in touching.items()]
    return sorted(edits, key=lambda edit: edit.at)


def _written_together(log: Sequence[Event]) -> list[tuple[Event, ...]]:
    groups: list[tuple[Event, ...]] = []
    for event in log:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and event.event == "moved"
            and (last.event, last.by) in {(word, event.by) for word in ("changed", "done", "moved")}
            and event.at - last.at <= _SAME_EDIT
        ):
            groups[-1] += (event,)
        else:
            groups.append((event,))
    return groups


def _taken_back(source: Source, told: Told) -> Source:
    for change in told.back.get(source.path, ()):
        if isinstance(change, Rewritten):
            text = source.data.decode()
            if text.count(change.now) != 1:
                raise ValueError(f"{source.path} does not hold once: {change.now}")
            source = Source(source.path, text.replace(change.now, change.before).encode())
        else:
            source = Source(source.path, changed(source, [change]))
    return source


def _teller(edit: _Edit) -> Told:
    if edit.told is None:
        raise ValueError("an edit has events, or somebody tells of it")
    return edit.told


def _message(edit: _Edit, after: Source, settings: Settings) -> str:
    """Return what the commit says; empty where another file of it says it."""
    record = load(after).record
    if edit.events and isinstance(record, (Commitment, Run, Process)):
        return event_message(record, edit.events, settings.people)
    told = _teller(edit)
    started = [trailer("started", record.id)] if isinstance(record, Run) else []
    body = [wrapped(told.body)] if told.body else []
    return "\n\n".join([told.subject, *body, *started]) + "\n" if told.subject else ""
