"""Dates of a run that should be there: what they count from is known, and can be counted from.

A mark needs one in any case: nothing else ends it.
"""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.days import day_or_none
from nextstep.dates.expressions import anchors_of
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.field_rules import STEP_INCOMPLETE
from nextstep.files.value_mends import field_mend
from nextstep.model.commitment import Run
from nextstep.model.source import Keys
from nextstep.model.time import DueWord
from nextstep.model.time import Rule as TimeRule
from nextstep.rules.place import found_at
from nextstep.rules.records import in_words
from nextstep.runs.repeats import comes_again
from nextstep.runs.states import RunState, StepState, Unclear

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


def _conditional(seats: str) -> Example:
    text = f"""\
title: Offer for Globex
owner: ana
started: 2026-11-16
inputs: {{seats: {seats}}}
steps:
  - id: legal
    do: Read the terms
    who: max
    when: seats > 50
    rule: 2bd after start
    due: 2026-11-18
"""
    return Example({"commitments/2026/11/offer-globex.yaml": text})


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
    what="The date of a step, or of the promise, comes to no day with what this run knows.",
    why="There is no date to keep, though the process promises one.",
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

NO_ORDER = Rule(
    code="NS323",
    name="condition-without-an-order",
    severity=Severity.ERROR,
    what="A condition asks with `<` or `>` which of two values is greater, and they have no order.",
    why="Nobody can tell whether the step is needed, so it never begins and is never left out.",
    fix="Write the input as a number or as a day; words are compared by `==` or `!=`.",
    bad=_conditional("many"),
    good=_conditional("60"),
)

RULES = (DUE_NOT_WRITTEN, NOT_COUNTABLE, INPUT_IS_NO_DAY, NO_ORDER)


def of_run(run: Run, state: RunState) -> Iterator[Diagnostic]:
    """Yield the dates of a run that are missing though they could be there."""
    yield from _inputs(run)
    if not state.is_live:
        return
    for unclear in state.unclear:
        yield _unclear(run, state, unclear)
    for step in state.steps.values():
        if comes_again(step.step):
            continue
        if step.step.rule is not None and not step.due_agreed and not step.is_finished:
            yield from _unwritten(run, step)
        elif _is_endless(step):
            yield _undated_mark(run, step)


def _unclear(run: Run, state: RunState, unclear: Unclear) -> Diagnostic:
    place: Keys = ("when",) if unclear.field == "when" else ("promise", "due")
    if unclear.step is not None:
        place = ("steps", state.steps[unclear.step].step.index, unclear.field)
    if unclear.field == "when":
        return found_at(
            NO_ORDER,
            run.source,
            place,
            f"this is neither true nor false: {unclear.why}",
            hint="write the input as a number or a day, or compare with == or !=",
        )
    return found_at(
        NOT_COUNTABLE,
        run.source,
        place,
        f"this comes to no day: {unclear.why}",
        hint="correct the rule, or the input that it counts from",
    )


def _unwritten(run: Run, step: StepState) -> Iterator[Diagnostic]:
    if step.due is not None and not isinstance(step.due, DueWord) and step.step.mark is None:
        yield found_at(
            DUE_NOT_WRITTEN,
            run.source,
            ("steps", step.step.index, "rule"),
            f"`{step.id}` has no `due`, and what it counts from is known",
            hint=f"write due: {in_words(step.due)}",
            mend=field_mend(run.source, ("steps", step.step.index, "due"), in_words(step.due)),
        )


def _is_endless(step: StepState) -> bool:
    """Return whether a step is a mark that has no date and never will have one."""
    is_dated = step.step.rule is not None or step.due is not None
    return step.step.mark is not None and not is_dated and not step.is_finished


def _undated_mark(run: Run, step: StepState) -> Diagnostic:
    return found_at(
        STEP_INCOMPLETE,
        run.source,
        ("steps", step.step.index, "id"),
        f"mark `{step.id}` does not say due",
        hint="add it: a mark is over when its date has come, and without one that never is",
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
        if name in named and day_or_none(value) is None:
            yield found_at(
                INPUT_IS_NO_DAY,
                run.source,
                ("inputs", name),
                f"dates count from `{name}`, and `{value}` is not a day",
                hint="write it as 2026-12-15, or with an hour as 2026-12-15T10:00",
            )
