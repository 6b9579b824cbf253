"""What conditions, dates and checks count on: inputs that are declared, anchors that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates import expressions
from nextstep.dates.conditions import names_of, parse_condition
from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.nearness import nearest, write_instead
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.diagnostics.slips import name_meant
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.conditions import Condition
from nextstep.model.process import HOLDS, Item, Process, Step
from nextstep.model.source import Keys, Source
from nextstep.model.time import Anchor, Cases
from nextstep.model.time import Rule as TimeRule
from nextstep.rules.own import own_steps, says, step_names
from nextstep.rules.place import found_at, name_mend

_IN_NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

_PROCESS = """\
title: Yearly talk with a customer
owner: ana
customer: {{who: the account team, kind: internal}}
provides: A year that both sides look back on
inputs: [tier, meeting_date]
roles: [host, legal]
{because}steps:
  - id: prepare
    do: Write down what was promised and what was kept
    who: host
    due: {due}
    done_when: Every promise is on the page
  - id: legal
    do: Read the page
    who: legal
    when: {when}
    due: 2bd before meeting_date
    done_when: Legal has agreed in writing
"""


def _example(
    due: str = "5bd before meeting_date", when: str = "tier == 'enterprise'", because: str = ""
) -> Example:
    return process_example(_PROCESS.format(due=due, when=when, because=because))


_REASON = "because:\n  {}: A claim once reached a contract\n"

UNKNOWN_INPUT = Rule(
    code="NS211",
    name="unknown-input",
    severity=Severity.ERROR,
    what="A condition, a check, a `$name` in a path or `cycle` names an input that the process "
    "does not ask for.",
    why="Nobody is ever asked for it, so it stays unknown, and what depends on it never begins.",
    fix="Write one of the `inputs`, or add the name to them.",
    bad=_example(when="teir == 'enterprise'"),
    good=_example(),
)
UNKNOWN_ANCHOR = Rule(
    code="NS212",
    name="unknown-anchor",
    severity=Severity.ERROR,
    what="A date counts from something that is neither a step nor an input nor `start`.",
    why="That day never comes, so nothing is ever due.",
    fix="Count from `start`, from an input, from a step (finished), or from `STEP.due`, `.done`, "
    "`.offered` or `.accepted`.",
    bad=_example(due="5bd before meeting"),
    good=_example(),
)
UNUSED_BECAUSE = Rule(
    code="NS213",
    name="unused-because",
    severity=Severity.WARNING,
    what="`because` gives the reason for a condition that no step has.",
    why="Conditions change and their reasons stay behind; then nobody dares to remove either.",
    fix="Write the condition as the step has it, or remove the line.",
    bad=_example(because=_REASON.format("tier == 'gold'")),
    good=_example(because=_REASON.format("tier == 'enterprise'")),
)

RULES = (UNKNOWN_INPUT, UNKNOWN_ANCHOR, UNUSED_BECAUSE)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the inputs and anchors that nothing gives, and the reasons for nothing."""
    del now, before
    for process in ledger.processes.values():
        yield from _in_process(ledger, process)
    for run in ledger.runs.values():
        yield from _in_run(ledger, run)


class _Known:
    """The names that one file can count on. ``open`` means that others may still be given."""

    def __init__(
        self, source: Source, inputs: set[str], steps: set[str], *, open_: bool = False
    ) -> None:
        self.source = source
        self.inputs = inputs
        self.steps = steps
        self.open = open_

    def may_be_given(self, name: str, known: Iterable[str]) -> bool:
        """Whether an unknown name may become known: not if it looks like a slip of the pen."""
        return self.open and nearest(name, known) is None

    def unknown_input(self, keys: Keys, name: str) -> Iterator[Diagnostic]:
        if name not in self.inputs and not self.may_be_given(name, self.inputs):
            yield found_at(
                UNKNOWN_INPUT,
                self.source,
                keys,
                f"`{name}` is no input here",
                hint=write_instead(name, self.inputs, f"add `{name}` to `inputs`"),
                mend=name_mend(self.source, keys, name, name_meant(name, self.inputs)),
            )

    def unknown_anchor(self, keys: Keys, anchor: Anchor) -> Iterator[Diagnostic]:
        name = anchor.name
        if name in self.steps:
            return
        if anchor.event != "finished" and (name in self.inputs or name == "start"):
            yield found_at(
                UNKNOWN_ANCHOR,
                self.source,
                keys,
                f"`{name}` is no step, so it has no `.{anchor.event}`",
                hint=f"write `{name}` alone",
            )
        elif name not in self.inputs and name != "start":
            known = self.inputs | self.steps | {"start"}
            if not self.may_be_given(name, known):
                yield found_at(
                    UNKNOWN_ANCHOR,
                    self.source,
                    keys,
                    f"`{name}` is neither a step nor an input",
                    hint=write_instead(name, known, f"add `{name}` to `inputs`"),
                    mend=name_mend(self.source, keys, name, name_meant(name, known)),
                )

    def in_condition(self, keys: Keys, condition: Condition | None) -> Iterator[Diagnostic]:
        if condition is not None:
            for name in names_of(condition):
                yield from self.unknown_input(keys, name)

    def in_rule(self, keys: Keys, rule: TimeRule | None) -> Iterator[Diagnostic]:
        if rule is not None:
            for anchor in dict.fromkeys(expressions.anchors_of(rule.expression)):
                yield from self.unknown_anchor(keys, anchor)
            for name in expressions.names_of(rule.expression):
                yield from self.unknown_input(keys, name)

    def in_step(self, step: Step, *, rule: str) -> Iterator[Diagnostic]:
        place: Keys = ("steps", step.index)
        yield from self.in_condition((*place, "when"), step.when)
        yield from self.in_rule((*place, rule), step.rule)
        yield from self.in_rule((*place, "not_before"), step.not_before)
        yield from self.in_rule((*place, "until"), step.until)
        in_parts = bool(step.each) or step.part is not None
        yield from self.in_path((*place, "approve"), step.approve, in_parts=in_parts)
        yield from self.in_items((*place, "items"), step.items, in_parts=in_parts)
        if step.handoff is not None:
            wanted = step.handoff.must_include
            yield from self.in_items((*place, "handoff", "must_include"), wanted, in_parts=in_parts)

    def in_items(
        self, keys: Keys, items: tuple[Item, ...], *, in_parts: bool
    ) -> Iterator[Diagnostic]:
        for index, item in enumerate(items):
            yield from self.in_condition((*keys, index, "when"), item.when)
            check = item.check
            if check is None:
                continue
            place = (*keys, index, "check", check.kind)
            if check.kind == "input":
                yield from self.unknown_input(place, check.target)
            elif check.kind == HOLDS:
                yield from self.in_condition(place, parse_condition(check.target))
            else:
                yield from self.in_path(place, check.target, in_parts=in_parts)

    def in_path(self, keys: Keys, path: str | None, *, in_parts: bool) -> Iterator[Diagnostic]:
        """Judge the places that a path keeps for inputs; only a part of a step has a ``$part``."""
        if path is None or "$" not in path:
            return
        known = tuple(self.inputs | {"part"}) if in_parts else tuple(self.inputs)
        for words in path.split("$")[1:]:
            name = words[: len(words) - len(words.lstrip(_IN_NAMES))]
            if name and not name.startswith(known):
                yield from self.unknown_input(keys, name)


def _in_process(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    known = _Known(process.source, set(process.inputs), step_names(process.steps))
    if process.cycle is not None and says(ledger, process, "cycle"):
        yield from known.unknown_input(("cycle",), process.cycle)
    if says(ledger, process, "when"):
        yield from known.in_condition(("when",), process.when)
    if process.promise is not None and says(ledger, process, "promise"):
        yield from known.in_rule(("promise", "due"), process.promise.rule)
    for step in own_steps(ledger, process):
        yield from known.in_step(step, rule="due")
    if says(ledger, process, "because"):
        yield from _reasons(process)


def _in_run(ledger: Ledger, run: Run) -> Iterator[Diagnostic]:
    process = ledger.processes.get(run.process or "")
    declared = set(process.inputs) if process is not None else set()
    known = _Known(
        run.source,
        declared | run.inputs.keys(),
        step_names(run.steps),
        open_=process is None,
    )
    if run.cycle is not None:
        yield from known.unknown_input(("cycle",), run.cycle)
    yield from known.in_condition(("when",), run.when)
    if run.promise is not None:
        yield from known.in_rule(("promise", "due"), run.promise.rule)
    for step in run.steps:
        yield from known.in_step(step, rule="rule")
    yield from _reasons(run)


def _reasons(record: Process | Run) -> Iterator[Diagnostic]:
    if not record.because:
        return
    conditions = [condition for step in record.steps for condition in _conditions(step)]
    if record.when is not None:
        conditions.append(record.when)
    texts = {record.when_text, *(step.when_text for step in record.steps)}
    for text in record.because:
        if text not in texts and not _is_among(text, conditions):
            yield found_at(
                UNUSED_BECAUSE,
                record.source,
                ("because", text),
                f"no step has the condition `{text}`",
                hint="write it as the step has it, or remove the line",
                key=True,
            )


def _conditions(step: Step) -> Iterator[Condition]:
    if step.when is not None:
        yield step.when
    wanted = step.handoff.must_include if step.handoff is not None else ()
    yield from (item.when for item in (*step.items, *wanted) if item.when is not None)
    for rule in (step.rule, step.not_before, step.until):
        if rule is not None and isinstance(rule.expression, Cases):
            yield from (case.when for case in rule.expression.cases if case.when is not None)


def _is_among(text: str, conditions: list[Condition]) -> bool:
    try:
        return parse_condition(text) in conditions
    except DateProblem:
        return False
