"""What looks done: for rules that only need to know whether a date still matters to somebody."""

from __future__ import annotations

from nextstep.model.commitment import Commitment, Run
from nextstep.runs.order import effective

_ENDS = frozenset({"done", "closed"})
_FINISHING = frozenset({"done", "accepted", "skipped", "approved"})
_BEGINNING_AGAIN = frozenset({"reopened", "returned"})


def has_ended(record: Commitment | Run) -> bool:
    """Return whether a commitment or run looks done or closed, without deriving its state."""
    events, _refused = effective(record.log)
    for event in reversed(events):
        if event.step is None and (event.event in _ENDS or event.event == "reopened"):
            return event.event in _ENDS
    return False


def finished_steps(run: Run) -> set[str | None]:
    """Return the steps of a run that look finished, without deriving their states."""
    finished: set[str | None] = set()
    events, _refused = effective(run.log)
    for event in events:
        if event.event in _FINISHING:
            finished.add(event.step)
        elif event.event in _BEGINNING_AGAIN:
            finished.discard(event.step)
    return finished
