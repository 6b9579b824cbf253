"""A commitment while its log is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from nextstep.model.calendar import Calendar
from nextstep.runs.facts import Agreed, Blocked, Closed, Done, Move, Offer, Returned
from nextstep.runs.states import CommitmentStage

# Why an event is impossible, and what would be right.
Refusal: TypeAlias = tuple[str, str]


class Story(Struct):
    """A commitment while its log is read: ``who`` is who had it at that point.

    ``holder`` is the ``who`` of the file where the log does not lead to it: both may act then.
    ``unagreed``: it was closed while it was only proposed.
    """

    calendar: Calendar
    members: Mapping[str, tuple[str, ...]]
    stage: CommitmentStage
    who: str | None
    holder: str | None
    parties: tuple[str, ...]
    partner: str | None
    agreed: Agreed | None = None
    since: datetime | None = None
    offer: Offer | None = None
    returns: tuple[Returned, ...] = ()
    blocked: Blocked | None = None
    moves: tuple[Move, ...] = ()
    asked: bool = False
    asked_at: datetime | None = None
    done: Done | None = None
    closed: Closed | None = None
    unagreed: bool = False
    reopened: int = 0

    def has(self, person: str) -> bool:
        """Return whether somebody is who has it; where nobody is named, everybody is."""
        return person == self.who or self.who is None or person == self.holder

    def takes_part(self, person: str) -> bool:
        """Return whether somebody has it, or it is agreed with them."""
        return self.has(person) or person in self.parties

    @property
    def stands(self) -> str:
        """Where it stands, for a sentence that begins with ``it is``."""
        if self.offer is not None:
            return f"offered to {named(self.offer.to)}"
        return self.stage.value


def named(names: tuple[str, ...]) -> str:
    """Return names for a sentence, in backticks."""
    return ", ".join(f"`{name}`" for name in names) or "nobody"
