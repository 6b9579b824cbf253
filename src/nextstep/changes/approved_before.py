"""What was approved has to be what is there, before others go on with it."""

from __future__ import annotations

from datetime import datetime

from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.runs.before_and_after import all_before
from nextstep.runs.critical import keeps_order
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import RunState, StepState

_GOING_ON = frozenset({"done", "offered", "accepted", "approved"})


def see_approved(run: Run, state: RunState, since: datetime, now: Now) -> None:
    """Raise NextstepError where work goes on after a file that was changed since its approval.

    Only where the order of the run is kept. ``since`` is the first moment of what is new in its log.
    """
    stale = [step for step in state.steps.values() if step.changed_since and step.is_finished]
    if not stale or not keeps_order(run.strength, now.today):
        return
    for event in run.log:
        gates = [gate for gate in stale if event.at >= since and _goes_on(event, gate, state)]
        if gates:
            raise _not_as_approved(run, gates[0])


def _goes_on(event: Event, gate: StepState, state: RunState) -> bool:
    """Return whether an event takes the work on from a gate."""
    if event.event == "closed":
        return event.text("result") != "dropped"
    if event.event not in _GOING_ON or event.step is None or event.flag("duty"):
        return False
    return gate.id in all_before(state.order, event.step)


def _not_as_approved(run: Run, gate: StepState) -> NextstepError:
    path = filled_path(gate.step.approve or "", run.inputs, gate.step.part)
    return NextstepError(
        f"{path} was changed after it was approved for {gate.id}, and the order of this run is kept; "
        "nothing was changed",
        f"nextstep approve {run.id} {gate.id} approves it as it is now, "
        f"nextstep reopen {run.id} {gate.id} --why TEXT opens it again",
    )
