"""Hand-offs as they are planned: what is handed over, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.process import RESERVED, Process, Step
from nextstep.rules.order import order_of_process
from nextstep.rules.own import own_steps
from nextstep.rules.place import found_at

_PROCESS = """\
title: Handing an account over
owner: ana
customer: {{who: the success team, kind: internal}}
provides: Everything that success needs to go on
roles: [seller, helper, biller]
steps:
  - id: pack
    do: Write down what was promised
    who: seller
    due: 3bd after start
    handoff: {handoff}
    done_when: Nothing that was promised is missing
  - id: call
    do: Call the customer
    who: helper
    with: [biller]
    due: 2bd after pack
    done_when: The customer knows whom to call
"""


def _example(handoff: str) -> Example:
    return process_example(_PROCESS.format(handoff=handoff))


_GOOD = _example("{to: helper, must_include: [who decides, what was promised, what may go wrong]}")

HANDOFF_WITHOUT_LIST = Rule(
    code="NS412",
    name="handoff-without-list",
    severity=Severity.WARNING,
    what="A step hands its work over, and nothing says what must be included.",
    why="The receiver finds out what is missing when they need it, and the work comes back.",
    fix="Add `must_include`: three to nine things that the receiver needs to go on. Ask the "
    "receiver.",
    bad=_example("{to: helper}"),
    good=_GOOD,
)
HANDOFF_PAST_THE_NEXT = Rule(
    code="NS413",
    name="handoff-past-the-next-step",
    severity=Severity.WARNING,
    what="A hand-off goes to a role that none of the next steps belongs to.",
    why="Somebody signs for the work, and then somebody else is asked to go on with it.",
    fix="Hand over to the role of the next step, or give that step to the receiver.",
    bad=_example("{to: biller, must_include: [who decides, what was promised, what may go wrong]}"),
    good=_GOOD,
)

RULES = (HANDOFF_WITHOUT_LIST, HANDOFF_PAST_THE_NEXT)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the planned hand-offs that will not work. A run has its plan from a process."""
    del now, before
    for process in ledger.processes.values():
        handing = [step for step in own_steps(ledger, process) if step.handoff is not None]
        if handing:
            following = _following(process)
            for step in handing:
                yield from _judged(process, step, following.get(step.id, ()))


def _judged(process: Process, step: Step, after: tuple[Step, ...]) -> Iterator[Diagnostic]:
    handoff = step.handoff
    if handoff is None:
        return
    if not handoff.must_include:
        yield found_at(
            HANDOFF_WITHOUT_LIST,
            process.source,
            ("steps", step.index, "handoff"),
            f"{_passing(step, after)}, and nothing says what must be included",
            hint="add must_include: three to nine things that the receiver needs to go on",
        )
    roles = tuple(dict.fromkeys(role for later in after for role in later.who))
    if handoff.to is not None and handoff.to not in RESERVED and roles and handoff.to not in roles:
        listed = " or ".join(f"`{role}`" for role in roles)
        yield found_at(
            HANDOFF_PAST_THE_NEXT,
            process.source,
            ("steps", step.index, "handoff", "to"),
            f"`{handoff.to}` accepts this, and {listed} has the next step",
            hint=f"hand over to {listed}, or give the next step to `{handoff.to}`",
        )


def _passing(step: Step, after: tuple[Step, ...]) -> str:
    """Return who hands over to whom, in words."""
    giver = " or ".join(step.who) or f"`{step.id}`"
    if step.handoff is not None and step.handoff.tell:
        return f"{giver} tells {', '.join(step.handoff.tell)}"
    named = step.handoff.to if step.handoff is not None else None
    receiver = named or " or ".join(dict.fromkeys(role for later in after for role in later.who))
    return f"{giver} hands over to {receiver or 'whoever is next'}"


def _following(process: Process) -> Mapping[str, tuple[Step, ...]]:
    """Return the steps that wait for each step; marks belong to nobody and are left out."""
    following: dict[str, list[Step]] = {}
    by_id = {step.id: step for step in process.steps}
    for later, earlier in order_of_process(process).items():
        for name in earlier:
            if later in by_id and by_id[later].mark is None:
                following.setdefault(name, []).append(by_id[later])
    return {name: tuple(found) for name, found in following.items()}
