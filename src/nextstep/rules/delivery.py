"""The end of a process: work that reaches somebody, proof that it did, and a date that stays firm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.process import Process, Step
from nextstep.model.source import Keys
from nextstep.model.time import Fixed, Shaped
from nextstep.model.time import Rule as TimeRule
from nextstep.rules.order import order_of_process
from nextstep.rules.own import own_steps, read_in_full, says
from nextstep.rules.place import found_at

_PROCESS = """\
title: Yearly report
owner: ana
customer: {{who: key accounts, kind: external}}
provides: A report that the customer recognises as their year
promise: {{text: In your hands two weeks after you ask, due: 10bd after start}}
roles: [writer]
steps:
  - id: write
    do: Write the report
    who: writer
    due: 8bd after start
    done_when: Every figure has its source
  - id: deliver
    do: Put it in the customer's hands
    who: writer
    due: 10bd after start
{proof}{more}    done_when: The customer has it
    keeps_promise: true
"""
_PROOF = "    proof: tracking number, or their answer\n"


def _example(proof: str = _PROOF, more: str = "") -> Example:
    return process_example(_PROCESS.format(proof=proof, more=more))


def _handing(to: str) -> Example:
    return process_example(f"""\
title: Weekly figures
owner: ana
customer: {{who: the board, kind: internal}}
provides: One page that the board can decide on
roles: [analyst, secretary]
steps:
  - id: collect
    do: Collect the figures
    who: analyst
    due: 3bd after start
    handoff: {{{to}must_include: [the figures, the source of each, what changed since last week]}}
""")


GRACE_ON_A_FIRM_DATE = Rule(
    code="NS327",
    name="grace-on-a-firm-date",
    severity=Severity.WARNING,
    what="`grace` is given to a date that is firm: a day that is written out, or the day that the "
    "customer was promised.",
    why="Nobody is told that it is late while the grace lasts, and those to whom the day was said "
    "have no grace.",
    fix="Leave `grace` out. To have some air before the promise, let the step be due earlier.",
    bad=_example(more="    grace: 2bd\n"),
    good=_example(),
)
NO_PROOF_FOR_THE_CUSTOMER = Rule(
    code="NS428",
    name="delivered-without-proof",
    severity=Severity.WARNING,
    what="The step that keeps the promise to an external customer, or where none does the last one, "
    "asks for no `proof`, and nobody signs for it.",
    why="Sent is not received. When the customer says that nothing came, nobody can look it up.",
    fix="Add `proof` with what shows that they have it: a tracking number, their answer, a signed "
    "page. If they have it before the last step, say so there: `keeps_promise: true`.",
    bad=_example(proof=""),
    good=_example(),
)
LIST_WITHOUT_RECEIVER = Rule(
    code="NS429",
    name="handoff-list-without-receiver",
    severity=Severity.WARNING,
    what="A hand-off says what must be included, and nobody receives it: no `to`, no `tell`, and no "
    "step comes after.",
    why="The work is offered to nobody, so nobody can accept it, and the step never ends.",
    fix="Add `to` with the role that accepts it, or `tell` with those who are told. If nothing is "
    "handed over, write the list as `items`.",
    bad=_handing(""),
    good=_handing("to: secretary, "),
)

RULES = (GRACE_ON_A_FIRM_DATE, NO_PROOF_FOR_THE_CUSTOMER, LIST_WITHOUT_RECEIVER)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what processes leave open at their end."""
    del now, before
    for process in read_in_full(ledger):
        yield from _in_process(ledger, process, own_steps(ledger, process))


def _in_process(ledger: Ledger, process: Process, own: tuple[Step, ...]) -> Iterator[Diagnostic]:
    promise = process.promise
    if promise is not None and says(ledger, process, "promise") and _has_grace(promise.rule):
        yield _firm(process, ("promise", "due"), "the promise to the customer has")
    for step in own:
        yield from _grace(process, step)
    yield from _proofs(process, own)
    handing = [step for step in own if step.handoff is not None and step.handoff.must_include]
    if handing:
        with_next = _with_next(process)
        for step in handing:
            names_somebody = step.handoff is None or step.handoff.to or step.handoff.tell
            if not names_somebody and step.id not in with_next:
                yield _unreceived(process, step)


def _grace(process: Process, step: Step) -> Iterator[Diagnostic]:
    if step.grace is None and not _has_grace(step.rule):
        return
    field = "due" if step.grace is None else "grace"
    promise = process.promise.rule if process.promise is not None else None
    if _is_fixed(step.rule):
        yield _firm(
            process, ("steps", step.index, field), f"`{step.id}` is due on a fixed day with"
        )
    elif step.keeps_promise and promise is not None and _by(step.rule) == _by(promise):
        yield _firm(
            process, ("steps", step.index, field), f"`{step.id}` keeps the promise, and has"
        )


def _firm(process: Process, keys: Keys, whose: str) -> Diagnostic:
    return found_at(
        GRACE_ON_A_FIRM_DATE,
        process.source,
        keys,
        f"{whose} a grace",
        hint="leave `grace` out; to have some air, let the work be due earlier",
    )


def _has_grace(rule: TimeRule | None) -> bool:
    return (
        rule is not None
        and isinstance(rule.expression, Shaped)
        and rule.expression.grace is not None
    )


def _by(rule: TimeRule | None) -> object:
    """Return the day of a time frame without what else is said about it."""
    expression = rule.expression if rule is not None else None
    return expression.by if isinstance(expression, Shaped) else expression


def _is_fixed(rule: TimeRule | None) -> bool:
    return isinstance(_by(rule), Fixed)


def _proofs(process: Process, own: tuple[Step, ...]) -> Iterator[Diagnostic]:
    if process.customer is None or process.customer.kind != "external":
        return
    written = {step.id for step in own}
    for step in _delivering(process):
        if step.id in written and step.proof is None and not _is_signed(step):
            what = "keeps the promise to" if step.keeps_promise else "is the last step for"
            yield found_at(
                NO_PROOF_FOR_THE_CUSTOMER,
                process.source,
                ("steps", step.index, "do"),
                f"`{step.id}` {what} an external customer, and asks for no proof",
                hint="add `proof` with what shows that they have it",
            )


def _delivering(process: Process) -> list[Step]:
    keeping = [step for step in process.steps if step.keeps_promise]
    if keeping:
        return keeping
    work = [step for step in process.steps if step.mark is None and step.undoes is None]
    return [step for step in work if not (step.optional or step.repeat)][-1:]


def _is_signed(step: Step) -> bool:
    """Return whether nothing is delivered, or somebody signs for it."""
    return step.mark is not None or step.is_gate or step.is_handed_over


def _with_next(process: Process) -> set[str]:
    """Return the steps after which somebody has something to do."""
    work = {step.id for step in process.steps if step.mark is None}
    return {
        name
        for later, earlier in order_of_process(process).items()
        if later in work
        for name in earlier
    }


def _unreceived(process: Process, step: Step) -> Diagnostic:
    return found_at(
        LIST_WITHOUT_RECEIVER,
        process.source,
        ("steps", step.index, "handoff"),
        f"`{step.id}` says what must be included, and nobody receives it",
        hint="add `to` with the role that accepts it, or `tell` with those who are told",
    )
