"""What a process says itself: the rest of a variant is judged where it is written."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.files.ledger import Ledger
from nextstep.model.process import Process, Step
from nextstep.model.source import Source


def read_in_full(ledger: Ledger) -> Iterator[Process]:
    """Yield the processes in use or in the making whose files lost nothing in being read.

    Of the others nobody can say what is missing or what comes first: it may be what was lost.
    """
    for process in ledger.processes.values():
        paths = {source.path for source in sources_of(ledger, process)}
        if process.state != "retired" and paths.isdisjoint(ledger.faulty):
            yield process


def sources_of(ledger: Ledger, process: Process) -> tuple[Source, ...]:
    """Return the files that a process was read from: its own, and for a variant that of its base."""
    base = _base(ledger, process)
    return (process.source,) if base is None else (process.source, base.source)


def own_steps(ledger: Ledger, process: Process) -> tuple[Step, ...]:
    """Return the steps that the file of a process writes out, without those of its base."""
    base = _base(ledger, process)
    if base is None:
        return process.steps
    inherited = {id(step) for step in base.steps}
    return tuple(step for step in process.steps if id(step) not in inherited)


def says(ledger: Ledger, process: Process, attribute: str) -> bool:
    """Return whether a process says something itself, and does not take it from its base."""
    base = _base(ledger, process)
    return base is None or getattr(process, attribute) is not getattr(base, attribute)


def step_names(steps: tuple[Step, ...]) -> set[str]:
    """Return every name by which steps can be spoken of: ids, fan-outs and their parts."""
    names: set[str] = set()
    for step in steps:
        names.add(step.id)
        names.add(step.base)
        names.update(f"{step.id}/{part}" for part in step.each)
    return names


def _base(ledger: Ledger, process: Process) -> Process | None:
    if process.based_on is None or process.based_on == process.id:
        return None
    return ledger.processes.get(process.based_on)
