"""Dates of a run that should be there: what they count from is known, and can be counted from."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.days import DateProblem, parse_due
from nextstep.dates.expressions import anchors_of
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.model.commitment import Run
from nextstep.model.time import DueWord
from nextstep.model.time import Rule as TimeRule
from nextstep.rules.place import found_at
from nextstep.rules.records import in_words
from nextstep.runs.states import RunState, StepState

_RUN = """\
title: Talk with Globex about their year
owner: ana
started: 2026-11-16
inputs: {{meeting_date: {meeting}}}
steps:
  - id: write
    do: Write down what was promised
    who: max
    rule: {rule}
{due}"""


def _run(
    meeting: str = "2026-12-15",
    rule: str = "5bd before meeting_date",
    due: str = "    due: 2026-12-08\n",
) -> Example:
    text = _RUN.format(meeting=meeting, rule=rule, due=due)
    return Example({"commitments/2026/11/talk-globex.yaml": text})


DUE_NOT_WRITTEN = Rule(
    code="NS314",
    name="due-not-written",
    severity=Severity.WARNING,
    what="An open step of a run has no `due`, though what its rule counts from is known.",
    why="A date that is only worked out moves when a holiday is added, and nobody sees it move. "
    "Written down it is agreed.",
    fix="Write the date that the hint names as the `due` of the step.",
    bad=_run(due=""),
    good=_run(),
)
NOT_COUNTABLE = Rule(
    code="NS315",
    name="date-that-cannot-be-counted",
    severity=Severity.ERROR,
    what="The rule of a step comes to no day with what this run knows.",
    why="The step has no date, though its process promises one.",
    fix="Correct the rule or the input; the message says what does not fit.",
    bad=_run(rule="4h before meeting_date", due=""),
    good=_run(),
)
INPUT_IS_NO_DAY = Rule(
    code="NS316",
    name="input-that-is-no-day",
    severity=Severity.ERROR,
    what="Dates count from an input whose value is not a day.",
    why="None of them can be worked out.",
    fix="Write the input as a day, `2026-12-15`, or as an instant, `2026-12-15T10:00`.",
    bad=_run(meeting="in december"),
    good=_run(),
)

RULES = (DUE_NOT_WRITTEN, NOT_COUNTABLE, INPUT_IS_NO_DAY)


def of_run(run: Run, state: RunState) -> Iterator[Diagnostic]:
    """Yield the dates of a run that are missing though they could be there."""
    yield from _inputs(run)
    if not state.is_live:
        return
    for step in state.steps.values():
        if step.step.rule is not None and not step.due_agreed and not step.is_finished:
            yield from _unwritten(run, step)


def _unwritten(run: Run, step: StepState) -> Iterator[Diagnostic]:
    place = ("steps", step.step.index, "rule")
    if step.due is None and not step.due_missing and step.notes:
        yield found_at(
            NOT_COUNTABLE,
            run.source,
            place,
            f"this comes to no day: {step.notes[0]}",
            hint="correct the rule, or the input that it counts from",
        )
    elif step.due is not None and not isinstance(step.due, DueWord) and step.step.mark is None:
        yield found_at(
            DUE_NOT_WRITTEN,
            run.source,
            place,
            f"`{step.id}` has no `due`, and what it counts from is known",
            hint=f"write due: {in_words(step.due)}",
        )


def _inputs(run: Run) -> Iterator[Diagnostic]:
    """Judge the inputs that dates count from."""
    rules: list[TimeRule | None] = [run.promise.rule if run.promise is not None else None]
    for step in run.steps:
        rules += (step.rule, step.not_before, step.until)
    named = {
        anchor.name for rule in rules if rule is not None for anchor in anchors_of(rule.expression)
    }
    if run.cycle is not None:
        named.add(run.cycle)
    for name, value in run.inputs.items():
        if name in named and not _is_day(value):
            yield found_at(
                INPUT_IS_NO_DAY,
                run.source,
                ("inputs", name),
                f"dates count from `{name}`, and `{value}` is not a day",
                hint="write it as 2026-12-15, or with an hour as 2026-12-15T10:00",
            )


def _is_day(text: str) -> bool:
    try:
        return not isinstance(parse_due(text), DueWord)
    except DateProblem:
        return False
