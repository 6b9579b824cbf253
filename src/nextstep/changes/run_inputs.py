"""What a run has to be told when it is started: the inputs of its process, and what hangs on each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nextstep.dates.conditions import names_of, parse_condition
from nextstep.dates.expressions import anchors_of
from nextstep.dates.expressions import names_of as names_in
from nextstep.model.conditions import And, Condition, Listed, Literal, Name, Not, Or
from nextstep.model.process import FILE, HOLDS, INPUT, Check, Item, Process, Step
from nextstep.model.time import Cases, Rule


class Input(Struct, frozen=True, kw_only=True):
    """One input of a process.

    ``is_day``: dates count from it. ``values`` are those that conditions compare it with. It is
    ``needed`` where a date, a condition or a path hangs on it and no step of the run finds it out.
    """

    name: str
    needed: bool
    is_day: bool
    values: tuple[str, ...] = ()


def inputs_of(process: Process) -> tuple[Input, ...]:
    """Return the inputs of a process in its order."""
    rules = list(_rules(process))
    days = {anchor.name for rule in rules for anchor in anchors_of(rule.expression)}
    days |= {process.cycle or ""}
    conditions = list(_conditions(process, rules))
    decide = {name for condition in conditions for name in names_of(condition)}
    decide |= {name for rule in rules for name in names_in(rule.expression)}
    paths = [path for step in process.steps for path in _paths(step)]
    found_out = {name for check in _checks(process) for name in _known_by(check)}
    return tuple(
        Input(
            name=name,
            needed=(name in days | decide or any(f"${name}" in path for path in paths))
            and name not in found_out,
            is_day=name in days,
            values=tuple(
                dict.fromkeys(
                    value for condition in conditions for value in _compared(condition, name)
                )
            ),
        )
        for name in process.inputs
    )


def _rules(process: Process) -> Iterator[Rule]:
    rules = [process.promise.rule if process.promise else None]
    for step in process.steps:
        rules += (step.rule, step.not_before, step.until)
    yield from (rule for rule in rules if rule is not None)


def _conditions(process: Process, rules: list[Rule]) -> Iterator[Condition]:
    if process.when is not None:
        yield process.when
    for step in process.steps:
        if step.when is not None:
            yield step.when
        yield from (item.when for item in _items(step) if item.when is not None)
    for rule in rules:
        if isinstance(rule.expression, Cases):
            yield from (case.when for case in rule.expression.cases if case.when is not None)


def _items(step: Step) -> tuple[Item, ...]:
    return (*step.items, *(step.handoff.must_include if step.handoff else ()))


def _checks(process: Process) -> Iterator[Check]:
    for step in process.steps:
        yield from (item.check for item in _items(step) if item.check is not None)


def _known_by(check: Check) -> tuple[str, ...]:
    """Return the inputs that are found out by what a check looks at."""
    if check.kind == HOLDS:
        return names_of(parse_condition(check.target))
    return (check.target,) if check.kind == INPUT else ()


def _paths(step: Step) -> Iterator[str]:
    texts = [step.do, step.how, step.template, step.approve]
    checks = (item.check for item in _items(step) if item.check is not None)
    texts += [check.target for check in checks if check.kind == FILE]
    yield from (text for text in texts if text is not None)


def _compared(condition: Condition, name: str) -> Iterator[str]:
    """Yield the values that a condition compares an input with."""
    if isinstance(condition, And | Or):
        for part in condition.parts:
            yield from _compared(part, name)
    elif isinstance(condition, Not):
        yield from _compared(condition.part, name)
    elif condition.op in {"==", "!=", "in", "not in"}:
        sides = (condition.left, condition.right)
        if Name(name) in sides:
            for side in sides:
                listed = side.items if isinstance(side, Listed) else (side,)
                yield from (one.text for one in listed if isinstance(one, Literal))
