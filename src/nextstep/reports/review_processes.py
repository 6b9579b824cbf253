"""What was done to processes between two versions of a ledger."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from nextstep.model.process import Process
from nextstep.reports.review_changes import (
    Change,
    Sides,
    concerned,
    edits_of,
    log_change,
    news,
)
from nextstep.rules.pairs import Pair
from nextstep.runs.order import effective

NEW, CHANGED, DELETED = "new", "changed", "deleted"
"""Where a process stands among the changes."""

_TOLD = ("handed", "done", "noted")


def told(sides: Sides, pair: Pair) -> Iterator[Change]:
    """Yield what was done to a process."""
    before, after = pair.before, pair.now
    if isinstance(before, Process) and isinstance(after, Process):
        yield from _changed(sides, pair, before, after)
    elif isinstance(after, Process):
        yield replace(_process(after), state=NEW)
    elif isinstance(before, Process):
        yield replace(_process(before), state=DELETED)


def _changed(sides: Sides, pair: Pair, before: Process, after: Process) -> Iterator[Change]:
    counting, impossible = effective(after.log)
    found = news(pair, sides.timezone, counting, impossible)
    edits = edits_of(found)
    happened = tuple(one for kind in _TOLD for one in found.of(kind))
    change = replace(_process(after), was=before.id if before.id != after.id else None)
    yield from log_change(change, pair, sides.timezone)
    if edits or happened:
        people = concerned(*change.concerns, before.owner, before.deputy)
        yield replace(change, edits=edits, happened=happened, concerns=people)


def _process(process: Process) -> Change:
    return Change(
        kind="process",
        record="process",
        id=process.id,
        handle=process.id,
        path=process.source.path,
        title=process.title,
        who=concerned(process.owner),
        concerns=concerned(process.owner, process.deputy),
        state=CHANGED,
        outcome=process.provides,
    )
