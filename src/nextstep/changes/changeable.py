"""What of a commitment or a run can be changed with a reason, by the names that people type."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.changes.cast import plays
from nextstep.dates.expressions import anchors_of, names_of
from nextstep.dates.words import listed
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import nearest
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.time import Rule

OF_A_COMMITMENT = ("what", "outcome", "who")
_INPUTS, _PEOPLE = "inputs.", "people."
_DATES = ("due", "date", "deadline")


def field_meant(ledger: Ledger, record: Commitment | Run, typed: str, handle: str) -> str:
    """Return the field that is meant; of a run the name of an input or a role will do.

    Raises NextstepError where it is changed in another way, or there is none.
    """
    if typed in _DATES:
        step = " STEP" if isinstance(record, Run) else ""
        raise NextstepError("a date is moved", f"nextstep move {handle}{step} DATE")
    if isinstance(record, Commitment):
        if typed in OF_A_COMMITMENT:
            return typed
        raise NextstepError(
            f"`{typed}` is not changed with a reason: that is for {listed(OF_A_COMMITMENT, 'or')}",
            f"nextstep edit {handle} changes all other fields",
        )
    return _of_run(ledger, record, typed, handle)


def _of_run(ledger: Ledger, run: Run, typed: str, handle: str) -> str:
    inputs, roles = tuple(input_names(ledger, run)), tuple(role_names(run))
    found = [
        f"{kind}{name}"
        for kind, names in ((_INPUTS, inputs), (_PEOPLE, roles))
        for name in names
        if typed in (name, f"{kind}{name}")
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise NextstepError(f"`{typed}` is an input and a role", f"type {' or '.join(found)}")
    parts = [name for name in roles if name.startswith(f"{typed.removeprefix(_PEOPLE)}/")]
    if parts:
        raise NextstepError(f"`{typed}` is played in parts", f"type one of {', '.join(parts)}")
    near = nearest(typed, [*inputs, *roles])
    known = f"it has {', '.join((*inputs, *roles))}" if inputs or roles else ""
    raise NextstepError(
        f"`{typed}` is no input and no role of {handle}",
        f"type {near}, or {known}" if near else f"{known}; nextstep edit {handle} for the rest",
    )


def input_names(ledger: Ledger, run: Run) -> Iterator[str]:
    """Yield the inputs that are known, then those that a date or the process asks for."""
    process = ledger.processes.get(run.process or "")
    steps = {step.id for step in run.steps} | {step.base for step in run.steps}
    asked = [name for rule in _rules(run) for name in names_of(rule.expression)]
    names = dict.fromkeys((*run.inputs, *(process.inputs if process else ()), *asked))
    names |= dict.fromkeys(name for name in _anchors(run) if name not in steps)
    yield from (name for name in names if name != "start")


def role_names(run: Run) -> Iterator[str]:
    """Yield the roles of a run, with their parts where a part has somebody of its own."""
    names = dict.fromkeys(run.people)
    for step in run.steps:
        if step.role is not None and not any(plays(run, step, name) for name in names):
            names[step.role] = None
    yield from names


def is_day(run: Run, name: str) -> bool:
    """Return whether dates of a run count from an input."""
    return name == run.cycle or name in _anchors(run)


def _anchors(run: Run) -> set[str]:
    return {anchor.name for rule in _rules(run) for anchor in anchors_of(rule.expression)}


def _rules(run: Run) -> Iterator[Rule]:
    if run.promise is not None and run.promise.rule is not None:
        yield run.promise.rule
    for step in run.steps:
        yield from (rule for rule in (step.rule, step.not_before, step.until) if rule is not None)
