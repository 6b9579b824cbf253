"""The moments of the example: what was written when and by whom, each file as it stood then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from nextstep.changes.commit_words import message_of
from nextstep.changes.example.told import Rewritten, Told
from nextstep.changes.example.unapplied import as_dated, dates_given, record_in, unapplied
from nextstep.files.splice import Place, changed
from nextstep.model.commitment import Commitment, Record, Run
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
    by: str
    events: tuple[Event, ...]
    told: Told | None


class _Version(Struct, frozen=True):
    """A file, and the edit that made it so."""

    edit: _Edit
    file: Source


def moments(
    files: Mapping[str, bytes], story: Sequence[Told], settings: Settings
) -> tuple[Moment, ...]:
    """Return everything that led to the files, oldest first.

    Raises NextstepError where a change that is told cannot be taken back.
    """
    written: dict[tuple[datetime, str], list[_Version]] = {}
    for path in sorted(files):
        for version in _versions(Source(path, files[path]), story, settings):
            written.setdefault((version.edit.at, version.edit.by), []).append(version)
    return tuple(_moment(at, by, written[at, by], settings) for at, by in sorted(written))


def _moment(at: datetime, by: str, together: Sequence[_Version], settings: Settings) -> Moment:
    """Return what somebody wrote at once, in one file or several."""
    recorders = [event.text("recorded_by") for one in together for event in one.edit.events]
    return Moment(
        at=at,
        by=by,
        recorded_by=next(filter(None, recorders), by),
        message=_message(together, settings),
        files={version.file.path: version.file.data for version in together},
    )


def _versions(last: Source, story: Sequence[Told], settings: Settings) -> Iterator[_Version]:
    """Yield the versions of a file, in order."""
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
        yield _Version(edit, as_dated(file, given))


def _edits(source: Source, story: Sequence[Told]) -> list[_Edit]:
    """Return what happened to a file, in order."""
    record = record_in(source)
    log = record.log if isinstance(record, (Commitment, Run, Process)) else ()
    touching = {
        datetime.fromisoformat(told.at): told
        for told in story
        if source.path in told.new or source.path in told.back
    }
    edits = []
    for events in _written_together(log):
        told = next((touching.pop(one.at) for one in events if one.at in touching), None)
        edits.append(_Edit(events[-1].at, events[-1].by, events, told))
    edits += [_Edit(at, told.by, (), told) for at, told in touching.items()]
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


def _message(together: Sequence[_Version], settings: Settings) -> str:
    """Return what the commit says: what is told of it, else what its first event says."""
    told = next(
        (one.edit.told for one in together if one.edit.told and one.edit.told.subject), None
    )
    written: list[tuple[Record, Sequence[Event]]] = []
    for version in together:
        record, events = record_in(version.file), version.edit.events
        if isinstance(record, Run) or (events and isinstance(record, (Commitment, Process))):
            written.append((record, events))
    return message_of(
        written,
        settings.people,
        subject=told.subject if told else None,
        body=told.body if told else "",
    )
