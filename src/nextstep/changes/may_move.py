"""Who may give something another date: whose it is, else whoever says that they agreed."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.runs.leading import leads
from nextstep.runs.states import CommitmentStage, CommitmentState, StepState


def may_move(commitment: Commitment, state: CommitmentState, person: str) -> bool:
    """Return whether the date of a commitment is somebody's to move."""
    holders = (commitment.who, state.who_told)
    if None in holders or person in holders:
        return True
    return state.stage is CommitmentStage.PROPOSED and person in state.parties


def may_move_step(run: Run, step: StepState, person: str, ledger: Ledger) -> bool:
    """Return whether the date of a step of a run is somebody's to move."""
    if step.who_told:
        return person in step.who_told
    return leads(run, ledger.settings, person)


def not_agreed(name: str, who: Sequence[str]) -> NextstepError:
    """Return the refusal of another date of what is called so and belongs to these people."""
    return NextstepError(
        f"{name} belongs to {' and '.join(who) or 'its owner'}, who has to agree to another date",
        f"add --agreed-by {who[0] if who else 'PERSON'} once they agreed; or say --by, where you "
        "write it down for them",
    )
