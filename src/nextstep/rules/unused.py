"""Names that are declared and lead nowhere: roles without a step, inputs that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates import expressions
from nextstep.dates.conditions import names_of, parse_condition
from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.nearness import nearest
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.people import Settings
from nextstep.model.process import HOLDS, INPUT, RESERVED, Handoff, Item, Process
from nextstep.rules.ended import has_ended
from nextstep.rules.own import read_in_full, says
from nextstep.rules.place import found_at

_PROCESS = """\
title: Yearly talk with a customer
owner: ana
customer: {{who: the account team, kind: internal}}
provides: A year that both sides look back on
inputs: [account, tier]
roles: [{roles}]
steps:
  - id: prepare
    do: Write down what was promised and what was kept
    who: host
    due: 5bd after start
    done_when: Every promise is on the page
"""
_RUN = """\
process: yearly-talk
owner: ana
started: 2026-11-23
inputs: {{account: globex, {tier}: gold}}
people: {{host: eva}}
steps:
  - {{id: prepare, do: Write down what was promised, who: eva, role: host, rule: 5bd after start, due: 2026-11-30}}
"""


def _run(tier: str) -> Example:
    return Example(
        {
            "processes/yearly-talk.yaml": _PROCESS.format(roles="host"),
            "commitments/2026/11/yearly-talk-globex.yaml": _RUN.format(tier=tier),
        }
    )


UNUSED_ROLE = Rule(
    code="NS222",
    name="unused-role",
    severity=Severity.WARNING,
    what="A process declares a role, and no step, hand-off or escalation of it names that role.",
    why="Whenever the process is started somebody is asked to play a part in which there is nothing "
    "to do; and perhaps the step that was meant is with somebody else.",
    fix="Name the role where it belongs, or take it out of `roles`.",
    bad=process_example(_PROCESS.format(roles="host, legal")),
    good=process_example(_PROCESS.format(roles="host")),
)
INPUT_NOBODY_ASKED_FOR = Rule(
    code="NS223",
    name="input-nobody-asked-for",
    severity=Severity.WARNING,
    what="An open run has an input that its process does not ask for and nothing in the run uses, "
    "under a name much like one that is missing. Inputs that only people read are not judged.",
    why="What waits for the missing one goes on waiting, though somebody believes to have given it.",
    fix="Write the name as the process has it.",
    bad=_run("teir"),
    good=_run("tier"),
)

_MOST_STRANGE = 50

RULES = (UNUSED_ROLE, INPUT_NOBODY_ASKED_FOR)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the roles and inputs that lead nowhere."""
    del now, before
    for process in read_in_full(ledger):
        if process.roles and says(ledger, process, "roles"):
            yield from _roles(process, ledger.settings)
    for run in ledger.runs.values():
        asking = ledger.processes.get(run.process or "")
        if asking is not None and not has_ended(run):
            yield from _inputs(run, asking)


def _roles(process: Process, settings: Settings) -> Iterator[Diagnostic]:
    named = _named(process)
    unused = set(process.roles) - named
    strange = named.difference(process.roles, settings.roles, settings.people, RESERVED)
    if not unused or len(strange) > _MOST_STRANGE:
        return
    unused -= {nearest(name, process.roles) for name in strange}  # these are told already
    for index, role in enumerate(process.roles):
        if role in unused:
            yield found_at(
                UNUSED_ROLE,
                process.source,
                ("roles", index),
                f"no step of this process is with `{role}`",
                hint=f"name `{role}` where it belongs, or take it out of `roles`",
            )


def _named(process: Process) -> set[str]:
    """Return every name under which somebody takes part in a process."""
    names = {process.owner or "", process.deputy or "", *process.who}
    if process.customer is not None:
        names.add(process.customer.who)
    for step in process.steps:
        names.update(step.who, step.with_, _receivers(step.handoff))
    for entries in (process.escalate, *(step.escalate for step in process.steps)):
        names.update(name for entry in entries for name in entry.tell)
    return names | {name.partition("/")[0] for name in names}


def _receivers(handoff: Handoff | None) -> tuple[str, ...]:
    if handoff is None:
        return ()
    return handoff.tell if handoff.to is None else (handoff.to, *handoff.tell)


def _inputs(run: Run, process: Process) -> Iterator[Diagnostic]:
    missing = [name for name in process.inputs if name not in run.inputs]
    strange = [name for name in run.inputs if name not in process.inputs]
    if not missing or not strange:
        return
    used = _used(run)
    for name in strange:
        meant = nearest(name, missing)
        if meant is not None and name not in used:
            yield found_at(
                INPUT_NOBODY_ASKED_FOR,
                run.source,
                ("inputs", name),
                f"`{process.id}` does not ask for `{name}`, and nothing here uses it",
                hint=f"write `{meant}`, which is missing here",
                key=True,
            )


def _used(run: Run) -> set[str]:
    """Return the inputs on which dates and conditions of a run depend, and those of its checks."""
    rules = [run.promise.rule if run.promise is not None else None]
    used = set() if run.cycle is None else {run.cycle}
    conditions = [run.when]
    for step in run.steps:
        rules += (step.rule, step.not_before, step.until)
        wanted = step.handoff.must_include if step.handoff is not None else ()
        conditions += (step.when, *(item.when for item in (*step.items, *wanted)))
        used.update(_checked((*step.items, *wanted)))
    for condition in conditions:
        used.update(names_of(condition) if condition is not None else ())
    for rule in rules:
        if rule is not None:
            used.update(anchor.name for anchor in expressions.anchors_of(rule.expression))
            used.update(expressions.names_of(rule.expression))
    return used


def _checked(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        check = item.check
        if check is not None and check.kind == INPUT:
            yield check.target
        elif check is not None and check.kind == HOLDS:
            yield from names_of(parse_condition(check.target))
