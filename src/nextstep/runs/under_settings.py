"""Where a record stands in its ledger: by the calendar and the roles of the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from nextstep.dates.now import Now
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.people import Settings
from nextstep.runs.commitments import commitment_state
from nextstep.runs.states import CommitmentState, RunState

if TYPE_CHECKING:
    from nextstep.runs.duties import DutyState


def commitment_under(settings: Settings, commitment: Commitment, now: Now) -> CommitmentState:
    """Return where a commitment stands, as `commitment_state` derives it."""
    return commitment_state(commitment, now, settings.calendar, members=settings.members)


def run_under(
    settings: Settings,
    run: Run,
    now: Now,
    *,
    content: Callable[[str], str | None] | None = None,
) -> RunState:
    """Return where a run stands, as `run_state` derives it.

    ``content`` gives the blob of a path of the work tree, None where there is no file.
    """
    from nextstep.runs.run_states import run_state  # most of the room, and a commitment needs none

    return run_state(run, now, settings.calendar, members=settings.members, content=content)


def state_under(
    settings: Settings,
    record: Record,
    now: Now,
    *,
    content: Callable[[str], str | None] | None = None,
) -> CommitmentState | RunState | DutyState:
    """Return where a record of any kind stands; of a process that is where its duties stand."""
    if isinstance(record, Commitment):
        return commitment_under(settings, record, now)
    if isinstance(record, Run):
        return run_under(settings, record, now, content=content)
    from nextstep.runs.duties import duty_state

    return duty_state(record.log, members=settings.members)
