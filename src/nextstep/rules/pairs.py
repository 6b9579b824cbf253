"""Records as they were and as they are: which belong together, and what their logs gained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Record
from nextstep.model.events import Event, head_of
from nextstep.model.source import id_of
from nextstep.runs.order import effective
from nextstep.trail.comparing import events_between


class Pair(Struct, frozen=True, kw_only=True):
    """A record before and now; one of the two is None where it came or went.

    ``lines`` are those that its log gained, ``added`` the ones among them that count and are no
    other wording of an older line. ``rewritten`` are such, each with the line that it replaces, and
    ``removed`` the lines that are gone without another in their place.
    """

    before: Record | None
    now: Record | None
    lines: tuple[Event, ...]
    added: tuple[Event, ...]
    rewritten: tuple[tuple[Event, Event], ...]
    removed: tuple[Event, ...]


def pairs(before: Ledger, now: Ledger) -> Iterator[Pair]:
    """Yield every record that is not the same as before, in the order of the ledger.

    A file that could not be read, then or now, is passed over: what it lost is not known. A file
    with another name that holds the same record is that record.
    """
    for old, new in _kinds(before, now):
        gone = {id_: old[id_] for id_ in old.keys() - new.keys()}
        came = {id_: new[id_] for id_ in new if id_ not in old}
        renamed = dict(renamed_files(gone, came))
        unknown = {id_of(path) for path in before.faulty}
        for id_, record in new.items():
            earlier = old.get(id_) or renamed.get(id_)
            if earlier is None and id_ in unknown:
                continue
            if earlier is not None and earlier.source.data == record.source.data:
                continue
            if _is_read(before, earlier) and _is_read(now, record):
                yield _pair(earlier, record)
        kept = {record.id for record in renamed.values()}
        unread = {id_of(path) for path in now.faulty}
        for id_, record in old.items():
            if id_ in gone and id_ not in kept | unread and _is_read(before, record):
                yield _pair(record, None)


def uncompared(before: Ledger, now: Ledger) -> tuple[str, ...]:
    """Return the paths of files that could not be read before, and are not the same now.

    With the two ledgers in each other's place they are those that cannot be read now, and changed.
    """
    return tuple(
        path
        for path in before.faulty
        if path not in before.sources
        or path not in now.sources
        or before.sources[path].data != now.sources[path].data
    )


def _kinds(
    before: Ledger, now: Ledger
) -> Iterator[tuple[Mapping[str, Record], Mapping[str, Record]]]:
    yield before.commitments, now.commitments
    yield before.runs, now.runs
    yield before.processes, now.processes


def renamed_files(
    gone: Mapping[str, Record], came: Mapping[str, Record]
) -> Iterator[tuple[str, Record]]:
    """Yield the ids of new files that hold a record which had another id, each with that record.

    What is most alike is paired first: what was agreed at once may have one first line.
    """
    left, new = dict(gone), dict(came)
    for mark in (_contents, _line_and_title, _mark):
        by_mark: dict[object, Record] = {}
        for record in left.values():
            by_mark.setdefault(mark(record), record)
        for id_, record in [*new.items()]:
            earlier = by_mark.pop(mark(record), None)
            if earlier is not None:
                yield id_, earlier
                del left[earlier.id], new[id_]


def _contents(record: Record) -> object:
    return record.source.data


def _line_and_title(record: Record) -> object:
    return _mark(record), _title(record)


def _mark(record: Record) -> object:
    """Return what a record keeps when its file gets another name: its first line, else its words."""
    if record.log:
        return min(record.log, key=lambda event: (event.at, event.canonical)).canonical
    who, started = (getattr(record, name, None) for name in ("who", "started"))
    return (type(record), _title(record), who, started)


def _title(record: Record) -> str:
    return record.what if isinstance(record, Commitment) else record.title


def _is_read(ledger: Ledger, record: Record | None) -> bool:
    return record is None or record.source.path not in ledger.faulty


def _pair(before: Record | None, now: Record | None) -> Pair:
    lines, gone = events_between(before, now) if now is not None else ((), ())
    replaced = _replaced(lines, gone)
    in_their_place = {id(old) for old in replaced.values()}
    fresh = {one.canonical for one in lines} - replaced.keys()
    counting = effective(now.log)[0] if now is not None and fresh else ()
    return Pair(
        before=before,
        now=now,
        lines=lines,
        added=tuple(one for one in counting if one.canonical in fresh),
        rewritten=tuple(
            (replaced[one.canonical], one) for one in lines if one.canonical in replaced
        ),
        removed=tuple(one for one in gone if id(one) not in in_their_place),
    )


def _replaced(lines: tuple[Event, ...], gone: tuple[Event, ...]) -> dict[str, Event]:
    """Return the older line that a new one stands for, by the new one: what is most alike first."""
    found: dict[str, Event] = {}
    left, fresh = list(gone), list(lines)
    for mark in (head_of, _moment_and_person, _moment_and_event, _words, _move):
        by_mark: dict[object, list[Event]] = {}
        for old in reversed(left):
            by_mark.setdefault(mark(old), []).append(old)
        for new in fresh:
            alike = by_mark.get(mark(new))
            if alike:
                found[new.canonical] = alike.pop()
        taken = {id(old) for old in found.values()}
        left = [old for old in left if id(old) not in taken]
        fresh = [new for new in fresh if new.canonical not in found]
    return found


def _moment_and_person(event: Event) -> object:
    return event.at, event.by


def _moment_and_event(event: Event) -> object:
    return event.at, event.event


def _words(event: Event) -> object:
    return event.by, event.event, event.step, tuple(sorted(event.values.items(), key=str))


def _move(event: Event) -> object:
    """Return what makes a move the same one, whenever and why; other events are like no other."""
    if event.event != "moved":
        return id(event)
    return event.by, event.step, event.values.get("from"), event.values.get("to")


def proposed_until(events: Sequence[Event]) -> datetime | None:
    """Return the moment of the agreement before which something was only proposed.

    Where nobody has agreed yet it is the last one of the calendar; None where it never was.
    """
    if all(event.event != "proposed" for event in events):
        return None
    end = datetime.max.replace(tzinfo=UTC)
    return min((event.at for event in events if event.event == "agreed"), default=end)
