"""Dates of a run that become known by what happens: they are written down with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from nextstep.dates.zones import local_time
from nextstep.files.splice import Change, Place, Put
from nextstep.model.commitment import Run
from nextstep.model.time import Due, DueWord
from nextstep.runs.repeats import comes_again
from nextstep.runs.states import RunState


def newly_dated(run: Run, state: RunState, before: RunState | None, zone: str) -> Iterator[Change]:
    """Yield what writes the dates of a run that are known now and were not ``before``.

    Without a ``before`` all that are known are written. A step that comes again has no date in its
    file: each time has its own.
    """
    for step in run.steps:
        now, then = state.steps[step.id], before.steps.get(step.id) if before else None
        known_before = then is not None and then.due is not None
        if step.rule is None or now.due_agreed or now.is_finished or comes_again(step):
            continue
        if now.due is not None and not known_before:
            place: Place = ("steps", step.index, "due")
            yield Put(place, due_in_file(now.due, zone))
    promised = before is not None and before.promise_due is not None
    if run.promise_due is None and state.promise_due is not None and not promised:
        yield Put(("promise_due",), due_in_file(state.promise_due, zone))


def due_in_file(due: Due, zone: str) -> str:
    """Return a due as the file of a run says it: an instant by the clock of the ledger's zone."""
    if isinstance(due, DueWord):
        return due.value
    if isinstance(due, datetime):
        local = local_time(due, zone) if due.tzinfo else due
        return local.replace(tzinfo=None).isoformat(timespec="minutes")
    return due.isoformat()
