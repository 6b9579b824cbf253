"""Whose checklist is meant by what somebody types after `nextstep checklist`."""

from __future__ import annotations

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.process import Process
from nextstep.reports.checklist_items import Sizes
from nextstep.reports.checklist_records import Checklist
from nextstep.reports.handles import Handles
from nextstep.reports.show import Subject, find
from nextstep.reports.standing import Standing
from nextstep.reports.step_names import find_step


def checklist_of(standing: Standing, meant: Subject, *, sizes: Sizes | None = None) -> Checklist:
    """Return the checklist of a commitment, or of a run or a process or one step of it.

    ``sizes`` tells how large the file at a path is, for what a machine can tick.
    """
    if meant.kind == "commitment":
        from nextstep.reports.checklist_commitment import commitment_checklist

        return commitment_checklist(standing, meant.name)
    if meant.kind == "process":
        from nextstep.reports.checklist_process import process_checklist

        return process_checklist(standing, meant.name, meant.step, meant.part)
    from nextstep.reports.checklist_run import run_checklist

    return run_checklist(standing, meant.name, meant.step, sizes=sizes)


def whose(ledger: Ledger, typed: str, step: str | None) -> Subject:
    """Return what is meant; NextstepError says what has a checklist, or what is near."""
    meant = find(ledger, typed, "checklist")
    handle = Handles(ledger).shortest(meant.name)
    if meant.kind == "plan":
        raise NextstepError(
            f"`{typed}` is a plan, and nothing is handed over with it",
            f"type `nextstep show {handle}` for what is part of it",
        )
    if step is None:
        return meant
    if meant.kind == "commitment":
        raise NextstepError(
            f"`{typed}` is a commitment, which has no steps", f"type `nextstep checklist {handle}`"
        )
    if meant.kind == "run":
        run = ledger.runs[meant.name]
        return Subject("run", run.id, find_step(run.id, run.steps, step, handle))
    return _in_process(ledger.processes[meant.name], step, handle)


def _in_process(process: Process, typed: str, handle: str) -> Subject:
    """Return a step of a process; ``collect/finance`` is a part of ``collect``."""
    base, _, part = typed.partition("/")
    for step in process.steps:
        if step.id == base and part and part in step.each:
            return Subject("process", process.id, base, part)
    return Subject("process", process.id, find_step(process.id, process.steps, typed, handle))
