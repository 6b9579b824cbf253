"""What looks done: for rules that only need to know whether a date still matters to somebody."""

from __future__ import annotations

from nextstep.model.commitment import Commitment, Run

_ENDS = frozenset({"done", "closed"})
_FINISHING = frozenset({"done", "accepted", "skipped", "approved"})


def has_ended(record: Commitment | Run) -> bool:
    """Return whether a commitment or run looks done or closed, without deriving its state."""
    return any(event.event in _ENDS and event.step is None for event in record.log)


def finished_steps(run: Run) -> set[str | None]:
    """Return the steps of a run that look finished, without deriving their states."""
    return {event.step for event in run.log if event.event in _FINISHING}
