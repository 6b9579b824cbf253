"""Where a run and its steps stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nextstep.dates.now import Now
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.runs.states import RunStage, RunState


def run_state(
    run: Run,
    now: Now,
    calendar: Calendar,
    *,
    members: Mapping[str, tuple[str, ...]] | None = None,
    content: Callable[[str], str | None] | None = None,
) -> RunState:
    """Derive where a run and each of its steps stand at an instant.

    ``members`` are the people of each role that `nextstep.yaml` knows. ``content`` gives the blob
    of a path of the ledger's work tree, None where there is no such file; without it
    ``changed_since`` of an approved step stays unknown.
    """
    return RunState(stage=RunStage.OPEN, steps={})
