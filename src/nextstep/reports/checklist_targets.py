"""The targets of a process beside what its runs came to: of the process, never of a person."""

from __future__ import annotations

from nextstep.model.process import Process
from nextstep.reports.checklist_records import Target
from nextstep.reports.standing import Standing
from nextstep.runs.states import RunStage, RunState


def targets(standing: Standing, process: Process | None) -> tuple[Target, ...]:
    """Return each target of a process, with how many of its finished runs reached it."""
    if process is None or not process.targets:
        return ()
    states = [
        standing.runs[run.id]
        for run in standing.ledger.runs.values()
        if run.process == process.id and standing.runs[run.id].stage is RunStage.CLOSED
    ]
    return tuple(_target(name, said, states) for name, said in process.targets.items())


def _target(name: str, said: str, states: list[RunState]) -> Target:
    if name == "on_time":
        kept = [state.promise_kept for state in states if state.promise_kept is not None]
        return _counted(name, said, kept)
    if name == "first_time_right":
        return _counted(name, said, [_is_right_at_once(state) for state in states])
    return Target(name=name, target=said)


def _counted(name: str, said: str, kept: list[bool]) -> Target:
    if not kept:
        return Target(name=name, target=said)
    return Target(name=name, target=said, reached=sum(kept), runs=len(kept))


def _is_right_at_once(state: RunState) -> bool:
    """Whether nothing came back, at a hand-off or a gate, and nothing was accepted with a gap.

    What lacks something is not right yet, however openly it was handed over.
    """
    return not any(step.rounds or step.gaps for step in state.steps.values())
