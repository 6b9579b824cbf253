"""The short way for a whole commitment: each line of it alone, and one that is known not again.

In a large ledger nearly every file is written as the tool writes it, and most of their lines are
those of other files. Where anything in one is unusual there is no short way, and `load` reads it.
"""

from __future__ import annotations

from typing import Any

from nextstep.files.commitment_fields import COMMITMENT, WHAT
from nextstep.files.records import table_of
from nextstep.files.short_lines import event_in, field_in
from nextstep.files.syntax_limits import MAX_BYTES, MAX_NODES
from nextstep.model.commitment import Commitment
from nextstep.model.events import Event
from nextstep.model.source import Source

ITEM = b"\n  - "
"""What stands before each event of a log."""

_LOG = b"\nlog:"
FEW = 10_000
"""So many bytes hold half as many nodes at most."""

MOST_NODES = MAX_NODES - FEW // 2
"""How many nodes a log may have at most."""

_MOST_LINES = 50_000


class ShortFiles:
    """What is known of lines that were read before."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[bytes, tuple[str, Any]] = {}

    def commitment(self, source: Source) -> Commitment | None:
        """Return the commitment of a file as `load` would, which finds nothing wrong with it.

        None where there is no short way.
        """
        parts = parted(source.data) if source.path.startswith("commitments/") else None
        values = None if parts is None else self._values(parts[0])
        if parts is None or values is None or WHAT not in values:
            return None
        if len(source.data) > FEW and sum(map(nodes_of, parts[1].split(ITEM))) > MOST_NODES:
            return None
        log = _log(parts[1])
        return None if log is None else Commitment(id=source.id, source=source, log=log, **values)

    def _values(self, head: bytes) -> dict[str, Any] | None:
        """Return the values of the fields above a log, by attribute."""
        values: dict[str, Any] = {}
        for line in head.split(b"\n"):
            if not line:
                continue
            entry = self._known.get(line) or self._field(line)
            if entry is None or entry[0] in values:
                return None
            values[entry[0]] = entry[1]
        return values

    def _field(self, line: bytes) -> tuple[str, Any] | None:
        read = field_in(line)
        if read is None:
            return None
        if len(self._known) > _MOST_LINES:
            self._known.clear()
        entry = self._known[line] = table_of(COMMITMENT)[read[0]][1], read[1]
        return entry


def parted(data: bytes) -> tuple[bytes, bytes] | None:
    """Return a file above its log, and the log, which is empty or begins with an item.

    None where that is not its form.
    """
    if not data.endswith(b"\n") or len(data) > MAX_BYTES:
        return None
    at = data.find(_LOG)
    if at < 0:
        return (data, b"") if len(data) < FEW else None
    log = data[at + len(_LOG) : -1]
    if at > FEW or not log.startswith(ITEM):
        return None
    return data[: at + 1], log


def nodes_of(item: bytes) -> int:
    """Return how many nodes an item of a log has at most."""
    return 1 + 2 * item.count(b": ") + (item.count(b",") if b"[" in item else 0)


def _log(log: bytes) -> tuple[Event, ...] | None:
    events = []
    for index, item in enumerate(log.split(ITEM)[1:]):
        event = event_in(item, index)
        if event is None:
            return None
        events.append(event)
    return tuple(events)
