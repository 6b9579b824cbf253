"""A variant of a process: what it does not say itself comes from the process it is based on."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from msgspec.structs import fields, replace

from nextstep.files.syntax import parse
from nextstep.model.process import Process, Step

_OWN = frozenset({"id", "source", "title", "state", "based_on", "reason", "log", "steps"})
_EMPTY: tuple[object, ...] = (None, (), {})


def resolved(processes: Mapping[str, Process]) -> dict[str, Process]:
    """Return the processes with every variant filled in from its base.

    A variant whose base is unknown, or that leads back to itself, stays as it was written.
    """
    return {id_: _filled(process, processes, {id_}) for id_, process in processes.items()}


def _filled(process: Process, processes: Mapping[str, Process], seen: set[str]) -> Process:
    base = processes.get(process.based_on or "")
    if base is None or base.id in seen:
        return process
    base, said = _filled(base, processes, seen | {base.id}), _keys(process)
    taken: dict[str, Any] = {
        field.name: getattr(base, field.name)
        for field in fields(Process)
        if field.name not in _OWN and _is_unsaid(process, field.name, said)
    }
    return replace(process, steps=_merged(base.steps, process.steps), **taken)


def _is_unsaid(process: Process, name: str, said: Container[str]) -> bool:
    """Return whether a field is left out; what is written and is what goes without saying is not."""
    value = getattr(process, name)
    return value in _EMPTY or (value == getattr(_BLANK, name) and name not in said)


def _keys(process: Process) -> frozenset[str]:
    """Return the fields that the file of a process names."""
    root = parse(process.source).root
    return frozenset(key.value for key, _ in root.value) if root is not None else frozenset()


def _merged(base: tuple[Step, ...], own: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps of the base, each replaced by the variant's of the same id.

    An added step goes below the one that stands above it in the variant, or to the beginning.
    """
    merged = list(base)
    above = -1
    for step in own:
        at = next((i for i, other in enumerate(merged) if other.id == step.id), None)
        if at is None:
            at = above + 1
            merged.insert(at, step)
        else:
            merged[at] = step
        above = at
    return tuple(merged)


def _blank() -> Process:
    from nextstep.model.source import Source

    return Process(id="", source=Source(path="", data=b""), title="")


_BLANK = _blank()
