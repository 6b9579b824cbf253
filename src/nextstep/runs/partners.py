"""Who asks how something went, where the file leaves it open."""

from __future__ import annotations

from nextstep.model.commitment import Commitment
from nextstep.model.people import Settings
from nextstep.runs.states import CommitmentState


def partner_of(commitment: Commitment, state: CommitmentState, settings: Settings) -> str | None:
    """Return who asks how it went: named, else by the settings, else agreed with, else who."""
    if commitment.partner:
        return commitment.partner
    usual = usual_partner(state.who, settings)
    if usual is not None:
        return usual
    return state.with_[0] if state.with_ else state.who


def usual_partner(who: str | None, settings: Settings) -> str | None:
    """Return who asks somebody by the settings; None where that is nobody else."""
    person = settings.people.get(who or "")
    usual = (person.partner if person else None) or settings.partner
    return usual if usual != who else None
