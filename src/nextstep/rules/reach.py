"""Steps that nobody ever gets to, though each name in them is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nextstep.dates.expressions import anchors_of
from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.process import Process, Step
from nextstep.model.time import Anchor, Cases
from nextstep.model.time import Rule as TimeRule
from nextstep.rules.circles import circles
from nextstep.rules.order import order_of_process
from nextstep.rules.own import own_steps, read_in_full
from nextstep.rules.place import found_at
from nextstep.rules.timelines import may_be_passed_over
from nextstep.rules.truths import never_together
from nextstep.runs.before_and_after import all_before
from nextstep.runs.repeats import comes_again

_PROCESS = """\
title: Offers
owner: ana
customer: {{who: the sales team, kind: internal}}
provides: An offer that a buyer can decide on
roles: [seller, lead]
steps:
  - {{id: write, do: Write the offer, who: seller{not_before}, due: 2bd after start, done_when: It is there}}
  - {{id: agree, approve: The offer, who: lead, due: {agree}}}
"""


def _example(not_before: str, agree: str = "1bd after write") -> Example:
    return process_example(_PROCESS.format(not_before=not_before, agree=agree))


STEP_NEVER_REACHED = Rule(
    code="NS430",
    name="step-never-reached",
    severity=Severity.ERROR,
    what="A step may begin only on a day that counts, in the end, from the step itself; or it "
    "comes after a step that comes again without an end; or it undoes a step that is never needed "
    "in the cases in which it is.",
    why="No run gets to it. What comes after it waits for ever, or what it was meant to undo stays.",
    fix="Let `not_before` count from something that comes before the step. Give a `repeat` an "
    "`until`, or let the step come after another one. Where a step undoes another, give both the "
    "same `when`, or leave it out of the second.",
    bad=_example(", not_before: 1bd before agree.due"),
    good=_example(", not_before: 1bd before agree.due", agree="2bd after start"),
)

RULES = (STEP_NEVER_REACHED,)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the steps of processes that no run gets to."""
    del now, before
    for process in read_in_full(ledger):
        yield from _undoing(ledger, process)
        yield from _after_the_endless(ledger, process)
        if any(step.not_before is not None for step in process.steps):
            yield from _waiting(ledger, process)


def _undoing(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    steps = {step.id: step for step in process.steps}
    for step in own_steps(ledger, process):
        target = steps.get(step.undoes or "")
        if target is not None and never_together(step.when, target.when):
            yield found_at(
                STEP_NEVER_REACHED,
                process.source,
                ("steps", step.index, "undoes"),
                f"`{step.id}` is never needed when `{target.id}` is: their `when` exclude each "
                "other",
                hint=f"write the `when` of `{target.id}`, or leave it out here",
            )


def _after_the_endless(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    endless = {step.id: step for step in process.steps if step.repeat and _is_endless(step)}
    for step in own_steps(ledger, process) if endless else ():
        for index, name in enumerate(step.after or ()):
            waited_for = endless.get(name)
            if waited_for is not None and waited_for.when in (None, step.when):
                yield found_at(
                    STEP_NEVER_REACHED,
                    process.source,
                    ("steps", step.index, "after", index),
                    f"`{step.id}` comes after `{name}`, which comes again without an end",
                    hint=f"give `{name}` an `until`, or let `{step.id}` come after another step",
                )


def _is_endless(step: Step) -> bool:
    """Return whether a step comes again, and nothing says for how long."""
    from nextstep.dates.recurrence import parse_recurrence

    if not comes_again(step) or step.until is not None or step.repeat is None:
        return False
    try:
        rule = parse_recurrence(step.repeat).rule
    except DateProblem:
        return False
    return "COUNT=" not in rule and "UNTIL=" not in rule


def _waiting(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    """Find steps whose `not_before` is known only once they are finished."""
    own = {step.id: step for step in own_steps(ledger, process)}
    steps = {step.id: step for step in process.steps}
    order = order_of_process(process)
    for circle in circles(_knowing(steps, order)):
        for place, node in enumerate(circle):
            step = own.get(node.removeprefix(_END)) if node.startswith(_END) else None
            reason = circle[(place + 1) % len(circle)]
            if step is not None and _begins_by(step, reason, steps, order):
                yield _never_begins(process, step)
                break


def _never_begins(process: Process, step: Step) -> Diagnostic:
    return found_at(
        STEP_NEVER_REACHED,
        process.source,
        ("steps", step.index, "not_before"),
        f"`{step.id}` may not begin before a day that is known only once `{step.id}` is finished",
        hint="count from something that comes before it, such as `start` or an input",
    )


_END, _DUE = "end of ", "due of "


def _knowing(
    steps: Mapping[str, Step], order: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return what has to be known or over before a step is over, or its date is known."""
    graph: dict[str, tuple[str, ...]] = {}
    for step in steps.values():
        graph[_DUE + step.id] = tuple(_days_of(step.rule, steps))
        ends = [_END + name for name in order.get(step.id, ())]
        if step.mark is not None:
            ends.append(_DUE + step.id)
        if not may_be_passed_over(step):
            ends += _days_of(step.not_before, steps)
        graph[_END + step.id] = tuple(ends)
    return graph


def _days_of(rule: TimeRule | None, steps: Mapping[str, Step]) -> Iterator[str]:
    """Yield the days of steps that a time frame needs in any case."""
    if rule is None or isinstance(rule.expression, Cases):
        return
    for anchor in anchors_of(rule.expression):
        name = _step_of(anchor, steps)
        if name is not None:
            yield (_DUE if anchor.event == "due" else _END) + name


def _step_of(anchor: Anchor, steps: Mapping[str, Step]) -> str | None:
    return next(
        (name for name in (anchor.name, anchor.name.partition("/")[0]) if name in steps), None
    )


def _begins_by(
    step: Step,
    reason: str,
    steps: Mapping[str, Step],
    order: Mapping[str, tuple[str, ...]],
) -> bool:
    """Return whether a step waits for something by its `not_before` alone, and not at once."""
    if reason not in _days_of(step.not_before, steps):
        return False
    name = reason.removeprefix(_END).removeprefix(_DUE)
    if reason.startswith(_DUE):
        return True
    return steps[name].mark is not None or step.id not in {name, *all_before(order, name)}
