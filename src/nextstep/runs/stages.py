"""Where commitments, steps and runs can stand, and how a step can have come to its end."""

from __future__ import annotations

from enum import StrEnum


class CommitmentStage(StrEnum):
    """How far a commitment is. Blocked and offer pending are flags beside it."""

    PROPOSED = "proposed"
    OPEN = "open"
    DONE = "done"
    CLOSED = "closed"


class StepStage(StrEnum):
    """How far a step is. ``done`` means done and not handed over."""

    WAITING = "waiting"
    READY = "ready"
    DONE = "done"
    OFFERED = "offered"
    FINISHED = "finished"


class RunStage(StrEnum):
    """How far a run is. ``ready to close``: every step is finished and nothing is owed."""

    OPEN = "open"
    READY_TO_CLOSE = "ready to close"
    CLOSED = "closed"
    DROPPED = "dropped"


class How(StrEnum):
    """How a step came to be finished."""

    DONE = "done"
    ACCEPTED = "accepted"
    TOLD = "told"
    APPROVED = "approved"
    SKIPPED = "skipped"
    WAIVED = "waived"
    NOT_NEEDED = "not needed"
    MARK = "mark"
