"""From one version of a commitment to the next by the lines that are new.

A history holds each version of a file whole, and next to nothing is new in it. So the fields and the
events of a log are read one by one, and each only once. Where one is written in an unusual way there
is no short way, and the ordinary loader reads both versions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from nextstep.files.commitment_fields import COMMITMENT, WHAT
from nextstep.files.short_files import FEW, ITEM, MOST_NODES, nodes_of, parted
from nextstep.files.short_lines import event_in, field_in
from nextstep.model.events import UNDONE, Event
from nextstep.trail.comparing import KIND, Said, said_as
from nextstep.trail.contents import Delta, Version, each_once, exact

_TO_THE_MINUTE = len("2026-11-12T15:10")
_ORDER = tuple(field.name for field in COMMITMENT.fields)
_MOST_LINES = 50_000


class _File(Struct, frozen=True, gc=False):
    """A content of which every line is known, and how many nodes its log has at most."""

    data: bytes
    head: bytes
    log: bytes
    version: Version
    nodes: int


_NO_FILE = _File(b"", b"", b"", Version("commitment", {}, None), 0)


class ShortWay:
    """What is known of files and lines that were read before."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._files: dict[str, _File] = {}
        self._fields: dict[bytes, tuple[str, Said]] = {}
        self._items: dict[bytes, tuple[int, datetime]] = {}

    def delta(self, path: str, before: bytes | None, after: bytes) -> Delta | None:
        """Return what changed from one content to the next; None where there is no short way.

        The events of both versions are not given, only those that came and went.
        """
        parts = parted(after) if path.startswith("commitments/") else None
        old = self._file(path, before) if before is not None else _NO_FILE
        if old is None or parts is None:
            return None
        head, log = parts
        version = self._revised(old, head) or self._version(head)
        if version is None:
            return None
        if _continues(log, old.log):
            came = log[len(old.log) :].split(ITEM)[1:]
            added = self._events(enumerate(came, old.log.count(ITEM) if came else 0), old.log)
            removed: tuple[Event, ...] | None = ()
            few = len(after) < FEW  # then there is no need to count
            nodes: int | None = FEW // 2 if few else old.nodes + sum(map(nodes_of, came))
        else:
            added, removed = self._changed(old.log, log)
            nodes = self._nodes(log)
        if added is None or removed is None or nodes is None or nodes > MOST_NODES:
            return None
        self._files[path] = _File(after, head, log, version, nodes)
        return Delta(None if before is None else old.version, version, added, removed)

    def _file(self, path: str, data: bytes) -> _File | None:
        """Return a content with all that is known of it; None where it is not all usual."""
        last = self._files.get(path)
        if last is not None and last.data == data:
            return last
        parts = parted(data)
        version = None if parts is None else self._version(parts[0])
        if parts is None or version is None:
            return None
        nodes = self._nodes(parts[1])
        if nodes is None or nodes > MOST_NODES:
            return None
        return _File(data, *parts, version, nodes)

    def _revised(self, old: _File, head: bytes) -> Version | None:
        """Return what fields say that stand where others stood before; None where more changed."""
        if head == old.head:
            return old.version
        were, are = old.head.split(b"\n"), head.split(b"\n")
        if len(were) != len(are):
            return None
        said = dict(old.version.said)
        for line, new in zip(were, are, strict=True):
            if line != new:
                left, came = self._field(line), self._field(new)
                if left is None or came is None or left[0] != came[0]:
                    return None
                said[came[0]] = came[1]
        return Version("commitment", said, None)

    def _version(self, head: bytes) -> Version | None:
        """Return what the fields above a log say."""
        found: dict[str, Said] = {}
        for line in head[:-1].split(b"\n"):
            if not line:
                continue
            entry = self._field(line)
            if entry is None or entry[0] in found:
                return None
            found[entry[0]] = entry[1]
        if WHAT not in found:
            return None
        said: dict[str, Said] = {KIND: "commitment"}
        for name in _ORDER:
            if name in found:
                said[name] = found[name]
        return Version("commitment", said, None)

    def _field(self, line: bytes) -> tuple[str, Said] | None:
        known = self._fields.get(line)
        if known is not None:
            return known
        read = field_in(line)
        if read is None:
            return None
        if len(self._fields) > _MOST_LINES:
            self._fields.clear()
        entry = self._fields[line] = read[0], said_as(read[1])
        return entry

    def _changed(
        self, old: bytes, new: bytes
    ) -> tuple[tuple[Event, ...] | None, tuple[Event, ...] | None]:
        """Return the events that came and went where a log does not only go on."""
        were, are = old.split(ITEM)[1:], new.split(ITEM)[1:]
        known, kept = set(were), set(are)
        both = b"".join(ITEM + item for item in known & kept)
        added = self._events(((i, x) for i, x in enumerate(are) if x not in known), both)
        removed = self._events(((i, x) for i, x in enumerate(were) if x not in kept), both)
        if added and removed:  # the same event may be spelled in two ways
            spelled = {one.canonical for one in added} & {one.canonical for one in removed}
            added = tuple(one for one in added if one.canonical not in spelled)
            removed = tuple(one for one in removed if one.canonical not in spelled)
        return added, removed

    def _events(
        self, items: Iterable[tuple[int, bytes]], others: bytes
    ) -> tuple[Event, ...] | None:
        """Return the events that are in one log alone, beside ``others`` in both."""
        events = []
        for index, item in items:
            event = self._event(item, index)
            if event is None or event.event == UNDONE:
                return None
            minute = _instant(item)[:_TO_THE_MINUTE]
            if minute not in others or not self._is_among(event, minute, others):
                events.append(event)
        return tuple(events) if len(events) <= 1 else each_once(events)

    def _event(self, item: bytes, index: int) -> Event | None:
        """Return the event of an item of a log, and keep that it is one."""
        if not _instant(item).endswith(b"Z"):
            return None  # the same instant may be spelled otherwise
        event = event_in(item, index)
        if event is not None:
            if len(self._items) > _MOST_LINES:
                self._items.clear()
            self._items[item] = nodes_of(item), event.at
        return event

    def _is_among(self, event: Event, minute: bytes, others: bytes) -> bool:
        """Return whether one of the other items, of the same minute, tells the same event."""
        at = others.find(minute)
        while at >= 0:
            end = others.find(ITEM, at)
            item = others[others.rfind(ITEM, 0, at) + len(ITEM) : end if end > 0 else None]
            known = self._items.get(item)
            if known is None or exact(known[1]) == exact(event.at):
                other = self._event(item, 0)
                if other is None or other.canonical == event.canonical:
                    return True  # if it is none, there is no short way, which is seen later
            at = others.find(minute, at + 1)
        return False

    def _nodes(self, log: bytes) -> int | None:
        """Return how many nodes a log has at most; None where an item of it is not usual."""
        nodes = 0
        for item in log.split(ITEM)[1:]:
            known = self._items.get(item)
            if known is None:
                if self._event(item, 0) is None:
                    return None
                known = self._items[item]
            nodes += known[0]
        return nodes


def _continues(log: bytes, earlier: bytes) -> bool:
    """Return whether a log is an earlier one with nothing but items after it."""
    size = len(earlier)
    return log.startswith(earlier) and (len(log) == size or log.startswith(ITEM, size))


def _instant(item: bytes) -> bytes:
    """Return the instant with which an item begins; empty where it does not."""
    if item.startswith(b"{at: "):
        return item[len(b"{at: ") : item.find(b",")]
    return item[len(b"at: ") : item.find(b"\n")] if item.startswith(b"at: ") else b""
