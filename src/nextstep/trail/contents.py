"""What a record said in one version of its file, and what came and went until the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from nextstep.files.load import load
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import Event
from nextstep.model.process import Process
from nextstep.model.source import Source
from nextstep.trail.comparing import Said, said_by
from nextstep.trail.facts import Kind


class Version(Struct, frozen=True, gc=False):
    """What one version of a record says. ``said`` is as `comparing.said_by` gives it.

    ``log`` is None where its events were not all read. ``whole`` is False where a part of the file
    could not be read: then it may have said more.
    """

    kind: Kind
    said: Mapping[str, Said]
    log: tuple[Event, ...] | None
    whole: bool = True

    @property
    def what(self) -> str:
        """What is to be done, or the title."""
        name = self.said.get("what") or self.said.get("title") or ""
        return name if isinstance(name, str) else ""


class Delta(Struct, frozen=True, gc=False):
    """From one version to the next: either may be None, not there or not readable.

    ``added`` and ``removed`` are the events that only one of them has, in the order of its file.
    """

    before: Version | None
    after: Version | None
    added: tuple[Event, ...]
    removed: tuple[Event, ...]


def version_of(path: str, data: bytes) -> Version | None:
    """Return what a version says, read by the ordinary loader; None where it holds no record."""
    loaded = load(Source(path, data))
    record = loaded.record
    if not isinstance(record, (Commitment, Run, Process)):
        return None
    return version_from(record, whole=loaded.whole)


def version_from(record: Record, *, whole: bool = True) -> Version:
    """Return what a record says, as the version of a file."""
    return Version(_kind(record), said_by(record), record.log, whole)


def _kind(record: Record) -> Kind:
    if isinstance(record, Run):
        return "run"
    return "process" if isinstance(record, Process) else "commitment"


def delta_between(before: Version | None, after: Version | None) -> Delta:
    """Return what changed between two versions whose events were all read."""
    old = () if before is None else before.log or ()
    new = () if after is None else after.log or ()
    if not old:
        return Delta(before, after, each_once(new), ())
    known, kept = ({event.canonical for event in log} for log in (old, new))
    return Delta(
        before,
        after,
        each_once(one for one in new if one.canonical not in known),
        each_once(one for one in old if one.canonical not in kept),
    )


def each_once(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events without those that say the same as another."""
    events = tuple(events)
    if len({exact(one.at) for one in events}) == len(events):
        return events  # no two of one moment
    return tuple({event.canonical: event for event in events}.values())


def exact(at: datetime) -> datetime:
    """Return an instant as exact as the text that identifies an event."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000) if at.microsecond else at


def patched(version: Version, old: Version, data: bytes) -> Version:
    """Return a version of which something could not be read, with that as it was before.

    ``data`` is its file. A field that is named there and says nothing could not be read, and so
    could an event whose minute is there.
    """
    said = {
        name: value
        for name, value in old.said.items()
        if name in version.said or re.search(rb"(?m)^%s *:" % name.split(".")[0].encode(), data)
    }
    there = {one.canonical for one in version.log or ()}
    lost = [
        one
        for one in old.log or ()
        if one.canonical not in there and one.at.isoformat()[:16].encode() in data
    ]
    log = (*lost, *(version.log or ()))
    return Version(version.kind, {**said, **version.said}, log, whole=False)
