"""Questions that several claims ask of a case."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.model.process import Handoff
from nextstep.reports.show_steps import step_detail
from nextstep.runs.states import StepStage
from tests.acceptance.cases import Case


def ticked(case: Case, at: str, by: str, step: str, *items: str) -> None:
    """Tick off things that have to be on the list of a step: of the handed over, or of its own."""
    for item in items:
        case.did(at, by, "ticked", step, item=item)
    assert set(case.step(step, at).ticked) >= set(items)


def stage(case: Case, step: str, moment: str) -> StepStage:
    return case.step(step, moment).stage


def handoff(case: Case, step: str) -> Handoff:
    """Return how the work of a step passes on; it has to say so."""
    found = [one.handoff for one in case.run.steps if one.id == step]
    assert found, f"the run has no step {step}"
    assert found[0] is not None, f"{step} does not pass on"
    return found[0]


def paths(case: Case, step: str, moment: str) -> list[str | None]:
    """Return the files that a machine looks at for a step, with the inputs of the case in them."""
    detail = step_detail(case.run, case.on(moment), step)
    return [one.looks_at for one in (*detail.items, *detail.must_include) if one.looks_at]


def errors(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [one.message for one in findings if one.severity is Severity.ERROR]
