"""The flow of a process's steps before and after a change, as a graph."""

from __future__ import annotations

from msgspec import Struct

from nextstep.model.process import Process, Step
from nextstep.runs.plan_order import resolved_after

KEPT, ADDED, GONE = "kept", "added", "gone"


class FlowStep(Struct, frozen=True):
    """A step in a flow. ``mark`` is `kept`, `added` or `gone`; ``who`` are the roles that do it."""

    id: str
    title: str
    who: tuple[str, ...]
    mark: str


class FlowWay(Struct, frozen=True):
    """That one step comes after another. ``mark`` is `kept`, `added` or `gone`."""

    first: str
    then: str
    mark: str


class Flow(Struct, frozen=True):
    """The steps of a process with the ways between them: those it has, and those it had."""

    process: str
    title: str
    steps: tuple[FlowStep, ...]
    ways: tuple[FlowWay, ...]


def flow_of(before: Process, after: Process) -> Flow | None:
    """Return the flow of a process where its steps, or what comes after what, are others now."""
    old, new = _ways(before), _ways(after)
    old_steps = {step.id: step for step in before.steps}
    new_steps = {step.id: step for step in after.steps}
    if old == new and old_steps.keys() == new_steps.keys():
        return None
    steps = [
        _step(step, KEPT if id_ in old_steps else ADDED, after) for id_, step in new_steps.items()
    ]
    steps += [_step(step, GONE, before) for id_, step in old_steps.items() if id_ not in new_steps]
    ways = [FlowWay(*way, KEPT if way in old else ADDED) for way in new]
    ways += [FlowWay(*way, GONE) for way in old if way not in new]
    return Flow(after.id, after.title, tuple(steps), tuple(ways))


def _step(step: Step, mark: str, process: Process) -> FlowStep:
    who = () if step.mark is not None else step.who or process.who
    return FlowStep(step.id, step.title, who, mark)


def _ways(process: Process) -> dict[tuple[str, str], None]:
    """Return which step comes after which, in the order of the file."""
    known = {step.id for step in process.steps}
    after = resolved_after(process)
    return {
        (first, step): None for step, firsts in after.items() for first in firsts if first in known
    }
