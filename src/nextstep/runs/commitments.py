"""Where a commitment stands."""

from __future__ import annotations

from nextstep.dates.now import Now
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment
from nextstep.runs.states import CommitmentStage, CommitmentState


def commitment_state(commitment: Commitment, now: Now, calendar: Calendar) -> CommitmentState:
    """Derive where a commitment stands at an instant."""
    return CommitmentState(stage=CommitmentStage.OPEN, who=commitment.who, due=commitment.due)
