"""A run as it stands in its file on the day on which it is started from a process.

Everything is taken from the words of the process file, so that a run says what its process says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import yaml

from nextstep.files.ledger import Ledger
from nextstep.files.process_fields import PROCESS
from nextstep.files.run_fields import RUN
from nextstep.files.scalars import plain
from nextstep.files.step_fields import PROCESS_STEP, RUN_STEP
from nextstep.files.syntax import parse
from nextstep.model.process import VACANT, Process, Step
from nextstep.model.source import Source
from nextstep.runs.plan_order import resolved_after

Plain: TypeAlias = dict[str, Any]

_NOT_COPIED = frozenset({"steps", "log", "inputs"})
_NAMED_ANEW = frozenset({"id", "who", "due", "after"})
_OF_A_RUN = tuple(
    field.name
    for field in RUN.fields
    if field.name in {other.name for other in PROCESS.fields} - _NOT_COPIED
)
_OF_A_STEP = tuple(
    field.name
    for field in RUN_STEP.fields
    if field.name in {other.name for other in PROCESS_STEP.fields} - _NAMED_ANEW
)


def plan_of(
    ledger: Ledger,
    process: Process,
    *,
    on: str,
    inputs: Mapping[str, str],
    people: Mapping[str, str],
) -> Plain:
    """Return what the file of a new run says; ``people`` maps a role or ``role/part`` to a person.

    A role that nobody is named for is played by the one person who holds it in the ledger; at a
    gate by all who hold it; else it is vacant. Dates are left to their rules.
    """
    data = process.source.data
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    said = _said_of(ledger, process)
    members = ledger.settings.members
    run: Plain = {"process": process.id, "version": blob[:12], "started": on}
    run |= {name: said[name] for name in _OF_A_RUN if name in said}
    run["inputs"] = dict(inputs)
    run["people"] = dict(_people(process, members, people))
    order = resolved_after(process)
    run["steps"] = [
        planned
        for step in process.steps
        for planned in _planned(step, said["steps"][step.id], order[step.id], run, members)
    ]
    return {name: value for name, value in run.items() if value not in ({}, [])}


def _said_of(ledger: Ledger, process: Process) -> Plain:
    """Return the words of a process by field, steps by id; of a variant with those of its base."""
    root = parse(process.source).root
    assert root is not None, f"{process.source.path} cannot be read"
    said: Plain = plain(root)
    said["steps"] = {step["id"]: step for step in said.get("steps", ())}
    base = ledger.processes.get(process.based_on or "")
    if base is None:
        return said
    above = _said_of(ledger, base)
    return {**above, **said, "steps": {**above["steps"], **said["steps"]}}


def _people(
    process: Process, members: Mapping[str, tuple[str, ...]], people: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for step in process.steps:
        receiver = step.handoff.to if step.handoff is not None else None
        for role in (*step.who, *((receiver,) if receiver else ())):
            names = [f"{role}/{part}" for part in step.each if role != receiver] or [role]
            for name in names:
                held = members.get(role, ())
                if name in people or role in people:
                    yield name, people.get(name) or people[role]
                elif len(held) == 1:
                    yield name, held[0]
                elif not held:
                    yield name, VACANT
    yield from people.items()


def _planned(
    step: Step,
    said: Plain,
    after: tuple[str, ...],
    run: Plain,
    members: Mapping[str, tuple[str, ...]],
) -> Iterator[Plain]:
    for part in step.each or (None,):
        planned: Plain = {"id": f"{step.id}/{part}" if part else step.id}
        planned |= {name: said[name] for name in _OF_A_STEP if name in said}
        if step.mark is None:
            planned["who"] = [
                person
                for role in step.who
                for person in _players(role, part, run, members, gate=step.is_gate)
            ]
            if len(step.who) == 1:
                planned["role"] = step.who[0]
        planned["after"] = list(after)
        if "due" in said:
            planned["rule"] = said["due"]
        yield planned


def _players(
    role: str,
    part: str | None,
    run: Plain,
    members: Mapping[str, tuple[str, ...]],
    *,
    gate: bool,
) -> tuple[str, ...]:
    people = run["people"]
    bound = people.get(f"{role}/{part}") or people.get(role)
    if bound is not None:
        return (bound,)
    return members.get(role, ()) if gate else (VACANT,)


class _Plainly(yaml.CSafeDumper):
    """Writes every value where it stands: the files of a ledger know no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Say that nothing is written as a reference to something above."""
        del data
        return True


def source_of(id_: str, run: Plain) -> Source:
    """Return the file of a run."""
    text = yaml.dump(run, Dumper=_Plainly, sort_keys=False, allow_unicode=True, width=10_000)
    return Source(f"commitments/2026/11/{id_}.yaml", text.encode())
