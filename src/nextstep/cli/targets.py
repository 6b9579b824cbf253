"""Which record, and which step of it, the words of a command line mean."""

from __future__ import annotations

from collections.abc import Iterable

from nextstep.changes.target import Target
from nextstep.cli.session import Session
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.reports.handles import Handles
from nextstep.reports.step_names import find_step, steps_meant


def target_of(session: Session, typed: str, step: str | None = None) -> Target:
    """Return the commitment, run or step that is meant. Raises NextstepError, with what to type."""
    (target,) = targets_of(session, [typed])
    return target if step is None else _at_step(session.ledger, target, step)


def targets_of(
    session: Session, typed: Iterable[str], *, processes: bool = False
) -> tuple[Target, ...]:
    """Return the commitments and runs that are meant, and with ``processes`` these, each once."""
    ledger = session.ledger
    handles = Handles(ledger)
    names = dict.fromkeys(map(handles.find, typed))
    for name in names:
        if processes and name in ledger.processes:
            continue
        if name not in ledger.commitments and name not in ledger.runs:
            kind = "process" if name in ledger.processes else "plan"
            raise NextstepError(
                f"`{name}` is a {kind}, and nothing that is open by itself",
                f"`nextstep list --{'process' if kind == 'process' else 'part-of'} {name}` "
                "shows what belongs to it",
            )
    return tuple(Target(id=name, handle=handles.shortest(name)) for name in names)


def is_step_of(session: Session, typed: str, other: str) -> bool:
    """Return whether a word after that of a run names a step of it, and nothing else here.

    Raises NextstepError, with the steps, where it names nothing at all.
    """
    ledger = session.ledger
    handles = Handles(ledger)
    found = handles.matching(typed)
    run = ledger.runs.get(found[0]) if len(found) == 1 else None
    if run is None or handles.matching(other):
        return False
    if steps_meant(run.steps, other):
        return True
    ids = [step.id for step in run.steps]
    names = [*ids, *ledger.commitments, *ledger.runs, *ledger.processes]
    raise NextstepError(
        f"{typed} has no step `{other}`, and nothing else here has that name",
        did_you_mean(other, names) or f"its steps are {', '.join(ids)}",
    )


def is_step_alone(session: Session, typed: str, text: str) -> bool:
    """Return whether a text is, to the letter, the id of a step of the run that is typed."""
    found = Handles(session.ledger).matching(typed)
    run = session.ledger.runs.get(found[0]) if len(found) == 1 else None
    return run is not None and any(step.id == text for step in run.steps)


def _at_step(ledger: Ledger, target: Target, typed: str) -> Target:
    record = target.record(ledger)
    if not isinstance(record, Run):
        raise NextstepError(
            f"{target.handle} is a commitment and has no step `{typed}`", "leave the step out"
        )
    step = find_step(record.id, record.steps, typed, target.handle)
    return Target(id=target.id, handle=target.handle, step=step)
