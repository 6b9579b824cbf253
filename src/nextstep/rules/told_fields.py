"""Of which fields the new lines of a log speak, and whether they begin where the fields were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nextstep.model.commitment import Record, Run
from nextstep.model.events import UNDONE, Event, EventValue
from nextstep.model.process import Process
from nextstep.rules.pairs import Pair
from nextstep.runs.order import named_by
from nextstep.trail.claims import as_text, plain
from nextstep.trail.comparing import differences
from nextstep.trail.contents import Delta, version_from
from nextstep.trail.reverts import reverted

_ANY_ZONE = "UTC"
"""Two times of a day are the same in one zone if they are in another."""

_BEGINNING = frozenset({"moved", "changed"})


def told_fields(pair: Pair) -> frozenset[str]:
    """Return the fields that the new lines of a log speak of, named as in `Difference`.

    A line that takes another back speaks of what that one was about. So does one that left the log
    with the change that it told, as by ``git revert``: that it left is what there is to say.
    """
    before, record = pair.before, pair.now
    if record is None:
        return frozenset()
    fields: set[str] = set()
    if before is not None and pair.removed:
        delta = Delta(version_from(before), version_from(record), pair.lines, pair.removed)
        fields.update(reverted(delta, differences(before, record), _ANY_ZONE))
    for event in pair.lines:
        for one in _spoken_of(record.log, event):
            fields.update(_fields_of(record, one))
    return frozenset(fields)


def _spoken_of(log: Sequence[Event], event: Event) -> Iterator[Event]:
    """Yield the event that a line is about: of one that takes back an undo, what that took back."""
    if event.event != UNDONE:
        yield event
        return
    for one in named_by(event, log):
        if one.event != UNDONE or one.at < event.at:  # else it would be about itself
            yield from _spoken_of(log, one)


def false_starts(pair: Pair, zone: str) -> Mapping[str, EventValue]:
    """Return by field what a new line says that it was, where it never was that.

    A line may begin at what the field was, at what the log said of it, or at what another new line
    made of it: branches that meet were begun at several of these. ``zone`` is the ledger's.
    """
    before, record = pair.before, pair.now
    if before is None or record is None:
        return {}
    starts: dict[str, list[EventValue]] = {}
    for event in pair.lines:
        start = event.values.get("from")
        for field in _fields_of(record, event) if event.event in _BEGINNING else ():
            if field != "promise_due" and start is not None:
                starts.setdefault(field, []).append(start)
    was = {one.field: one.before for one in differences(before, record) if one.field in starts}
    return {
        field: starts[field][0]
        for field, value in was.items()
        if value is not None
        and {_said(field, one, zone) for one in starts[field]}.isdisjoint(
            _known(field, before, value, zone)
        )
    }


def _known(field: str, before: Record, now: str, zone: str) -> Iterator[str | None]:
    """Yield all that a field is known to have been up to a version, in which it is ``now``."""
    yield _said(field, now, zone)
    for event in before.log:
        if field in _fields_of(before, event):
            yield from (_said(field, event.values.get(name), zone) for name in ("from", "to"))


def _said(field: str, value: EventValue | None, zone: str) -> str | None:
    """Return a value as one text, whichever way it is written."""
    text = plain(field, as_text(value), zone)
    return None if text is None else " ".join(text.split())


def _fields_of(record: Record, event: Event) -> Iterator[str]:
    if event.event == "moved":
        yield "due" if event.step is None else f"steps.{event.step}.due"
        yield "promise_due"
    elif event.event == "changed":
        field = event.text("field") or ""
        yield from (field, "promise_due")
        role = field.removeprefix("people.")
        if role != field and isinstance(record, Run):
            bound = {role, role.partition("/")[0]}
            yield from (f"steps.{step.id}.who" for step in record.steps if step.role in bound)
    elif event.event == "accepted":
        duty = event.text("duty") or "owner"
        who = "who" if event.step is None else f"steps.{event.step}.who"
        yield duty if isinstance(record, Process) else who
