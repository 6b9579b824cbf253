"""More at one time than people keep in mind: long lists, and roles between too many others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.process import RESERVED, Item, Process, Step
from nextstep.rules.order import order_of_process
from nextstep.rules.own import own_steps, says
from nextstep.rules.place import found_at

MOST_ITEMS = 9
MOST_PARTNERS = 7

_PROCESS = """\
title: Releasing a version
owner: ana
customer: {{who: everybody who installs it, kind: internal}}
provides: A version that installs with one command
roles: [maker]
steps:
  - id: publish
    do: Publish the version
    who: maker
    due: 3bd after start
    done_when: It installs on a clean machine
    items: [{items}]
"""
_NINE = [
    *("number of the version", "day of the release", "notes", "licence", "name of each file"),
    *("sum of each file", "signature", "links in the notes", "address of the page"),
]


def _example(items: list[str]) -> Example:
    return process_example(_PROCESS.format(items=", ".join(items)))


def _card(count: int) -> Example:
    others = "".join(f"      - {{who: team {number}}}\n" for number in range(1, count + 1))
    return Example(
        {
            "nextstep.yaml": "roles:\n  editor:\n    result: A yearbook that everybody finds "
            f"themselves in\n    works_with:\n{others}"
        }
    )


TOO_MANY_AT_ONCE = Rule(
    code="NS426",
    name="more-than-nine-items-at-once",
    severity=Severity.WARNING,
    what=f"A list of `items` or `must_include` has more than {MOST_ITEMS} entries, those with a "
    "`when` left out.",
    why="People go through a short list and run an eye over a long one; the one that matters is "
    "passed over with the rest.",
    fix="Keep those whose lack hurts most, and put the others where they belong: to an earlier step, "
    "or into what `how` names.",
    bad=_example([*_NINE, "size of each file"]),
    good=_example(_NINE),
)
TOO_MANY_PARTNERS = Rule(
    code="NS427",
    name="role-between-too-many",
    severity=Severity.WARNING,
    what=f"A role works with more than {MOST_PARTNERS} others for one result: on its card in "
    "nextstep.yaml, or by the hand-offs and the `with` of a process.",
    why="Each of them is somebody to agree with, to wait for and to keep informed. Beyond a handful "
    "that is the whole work.",
    fix="Give some of it to another role, so that each has a result of its own; or let one of the "
    "others speak for several.",
    bad=_card(MOST_PARTNERS + 1),
    good=_card(MOST_PARTNERS),
)

RULES = (TOO_MANY_AT_ONCE, TOO_MANY_PARTNERS)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what asks people to keep too much in mind at once."""
    del now, before
    for process in ledger.processes.values():
        if process.state != "retired":
            for step in own_steps(ledger, process):
                yield from _lists(process, step)
            if says(ledger, process, "roles"):
                yield from _partners(process)
    source = ledger.settings.source
    if source is None:
        return
    for role in ledger.settings.roles.values():
        others = {relation.who for relation in role.works_with}
        if len(others) > MOST_PARTNERS:
            yield found_at(
                TOO_MANY_PARTNERS,
                source,
                ("roles", role.id, "works_with"),
                f"`{role.id}` works with {len(others)} others for one result",
                hint=f"keep {MOST_PARTNERS} or fewer; give some of it to another role",
                key=True,
            )


def _lists(process: Process, step: Step) -> Iterator[Diagnostic]:
    wanted = step.handoff.must_include if step.handoff is not None else ()
    for keys, count, what in (
        (("items",), _always(step.items), "to tick off"),
        (("handoff", "must_include"), _always(wanted), "to hand over"),
    ):
        if count > MOST_ITEMS:
            yield found_at(
                TOO_MANY_AT_ONCE,
                process.source,
                ("steps", step.index, *keys),
                f"`{step.id}` has {count} things {what} at once",
                hint=f"keep the {MOST_ITEMS} whose lack hurts most, and move the others elsewhere",
                key=True,
            )


def _always(items: tuple[Item, ...]) -> int:
    """Return how many things are asked for in every run."""
    return sum(item.when is None for item in items)


def _partners(process: Process) -> Iterator[Diagnostic]:
    others: dict[str, set[str]] = {role: set() for role in process.roles}
    for one, other in _pairs(process):
        if one != other and not {one, other} & RESERVED:
            others.get(one, set()).add(other)
            others.get(other, set()).add(one)
    for index, role in enumerate(process.roles):
        if len(others[role]) > MOST_PARTNERS:
            yield found_at(
                TOO_MANY_PARTNERS,
                process.source,
                ("roles", index),
                f"`{role}` works with {len(others[role])} other roles in this process",
                hint=f"keep {MOST_PARTNERS} or fewer; give some of it to another role",
            )


def _pairs(process: Process) -> Iterator[tuple[str, str]]:
    """Yield who works with whom: side by side on a step, or as giver and receiver."""
    receivers: dict[str, set[str]] = {}
    steps = {step.id: step for step in process.steps}
    for later, earlier in order_of_process(process).items():
        for name in earlier:
            receivers.setdefault(name, set()).update(steps[later].who if later in steps else ())
    for step in process.steps:
        with_whom = set(step.with_)
        if step.handoff is not None and step.is_handed_over:
            to = step.handoff.to
            with_whom |= receivers.get(step.id, set()) if to is None else {to}
        yield from ((doer, other) for doer in step.who for other in with_whom)
