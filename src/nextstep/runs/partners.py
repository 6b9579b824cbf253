"""Who asks how something went, where the file leaves it open."""

from __future__ import annotations

from nextstep.model.commitment import Commitment
from nextstep.model.people import Settings
from nextstep.runs.states import CommitmentState


def partner_of(commitment: Commitment, state: CommitmentState, settings: Settings) -> str | None:
    """Return who asks how it went: named, else by the settings, else agreed with, else who.

    Whoever has it now is passed over: who took something over does not ask themselves.
    """
    others = (commitment.partner, usual_partner(state.who, settings), *state.with_)
    return next((one for one in others if one and one != state.who), state.who)


def usual_partner(who: str | None, settings: Settings) -> str | None:
    """Return who asks somebody by the settings; None where that is nobody else."""
    person = settings.people.get(who or "")
    usual = (person.partner if person else None) or settings.partner
    return usual if usual != who else None
