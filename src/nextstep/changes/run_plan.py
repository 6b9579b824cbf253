"""The plan of a run: what its file says on the day on which it is started from a process.

Everything is taken from the words of the process file, so that a run says what its process says,
and later changes of the process never touch it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from nextstep.changes.run_people import bound, doers_of, is_somebody, players
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.files.process_fields import PROCESS
from nextstep.files.run_fields import RUN
from nextstep.files.splice_tree import tree_of
from nextstep.files.step_fields import PROCESS_STEP, RUN_STEP
from nextstep.files.syntax import parse
from nextstep.model.people import Settings
from nextstep.model.process import Process, Step
from nextstep.runs.plan_order import resolved_after

Plain: TypeAlias = dict[str, Any]
"""The file of a run as texts, lists and maps."""

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
_VERSION_SIZE = 12


class _Cast(Struct, frozen=True, kw_only=True):
    """A process with who plays what in it."""

    process: Process
    people: Mapping[str, str]
    settings: Settings


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
    said = _said_of(ledger, process)
    settings = ledger.settings
    run: Plain = {
        "process": process.id,
        "version": version_of(process),
        "started": on,
    }
    run |= {name: said[name] for name in _OF_A_RUN if name in said}
    run["inputs"] = dict(inputs)
    cast = _Cast(process=process, people=bound(process, settings, people), settings=settings)
    run["people"] = dict(cast.people)
    order = resolved_after(process)
    run["steps"] = [
        planned
        for step in process.steps
        for planned in _planned(cast, step, said["steps"][step.id], order[step.id])
    ]
    return {name: value for name, value in run.items() if value not in ({}, [])}


def version_of(process: Process, object_format: str = "sha1") -> str:
    """Return the first characters of the name that git has for the content of a process file."""
    data = process.source.data
    content = b"blob %d\0" % len(data) + data
    return hashlib.new(object_format, content, usedforsecurity=False).hexdigest()[:_VERSION_SIZE]


def _said_of(ledger: Ledger, process: Process) -> Plain:
    """Return the words of a process by field, steps by id; of a variant with those of its base."""
    root = parse(process.source).root
    if root is None:
        raise NextstepError(
            f"{process.source.path} cannot be read", f"see nextstep check {process.source.path}"
        )
    said: Plain = _given(tree_of(root))
    said["steps"] = {step["id"]: step for step in said.get("steps", ())}
    base = ledger.processes.get(process.based_on or "")
    if base is None:
        return said
    above = _said_of(ledger, base)
    return {**above, **said, "steps": {**above["steps"], **said["steps"]}}


def _given(said: Any) -> Any:
    """Return what was said without what was left empty."""
    if isinstance(said, dict):
        return {name: _given(part) for name, part in said.items() if part != ""}
    return [_given(part) for part in said] if isinstance(said, list) else said


def _planned(cast: _Cast, step: Step, said: Plain, after: tuple[str, ...]) -> Iterator[Plain]:
    roles = doers_of(cast.process, step)
    for part in step.each or (None,):
        planned: Plain = {"id": f"{step.id}/{part}" if part else step.id}
        planned |= {name: said[name] for name in _OF_A_STEP if name in said}
        if step.mark is None:
            who = (
                one
                for role in roles
                for one in players(role, step, part, cast.people, cast.settings)
            )
            planned["who"] = list(dict.fromkeys(who))
            if len(roles) == 1 and not is_somebody(roles[0], cast.settings):
                planned["role"] = roles[0]
        planned["after"] = list(after)
        if "due" in said:
            planned["rule"] = said["due"]
        yield planned
