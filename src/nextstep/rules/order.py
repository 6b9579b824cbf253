"""Which step comes after which, with fan-outs and their parts, and without names of no step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nextstep.model.commitment import Run
from nextstep.model.process import Process, Step
from nextstep.runs.plan_order import resolved_after


def order_of_process(process: Process) -> dict[str, tuple[str, ...]]:
    """Return the steps that each step of a process waits for, by id."""
    return _spelt_out(process.steps, resolved_after(process))


def order_of_run(run: Run) -> dict[str, tuple[str, ...]]:
    """Return the steps that each step of a run waits for, by id: a run says it explicitly."""
    return _spelt_out(run.steps, {step.id: step.after or () for step in run.steps})


def _spelt_out(
    steps: Sequence[Step], after: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Let the name of a fan-out wait for its parts; a part not written out is the fan-out."""
    parts: dict[str, list[str]] = {}
    for step in steps:
        if step.part is not None:
            parts.setdefault(step.base, []).append(step.id)
    graph: dict[str, tuple[str, ...]] = {base: tuple(found) for base, found in parts.items()}
    for id_, named in after.items():
        spoken = (name if name in after else name.partition("/")[0] for name in named)
        graph[id_] = tuple(name for name in spoken if name in after or name in parts)
    return graph
