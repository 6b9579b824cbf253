"""Conditions that decide nothing: they hold never, or always."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.dates.conditions import names_of
from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.conditions import And, Condition, Not
from nextstep.model.process import Item, Process, Step
from nextstep.model.source import Keys, Source
from nextstep.model.time import Cases
from nextstep.model.time import Rule as TimeRule
from nextstep.rules.own import own_steps, says
from nextstep.rules.place import found_at
from nextstep.rules.truths import always_or_never, never_together

Given = tuple[Condition, ...]

_PROCESS = """\
title: Yearly talk with a customer
owner: ana
customer: {{who: key accounts, kind: external}}
provides: A year that both sides look back on
inputs: [tier, seats, meeting_date]
roles: [host, legal]
steps:
  - id: legal
    do: Read the page
    who: legal
    when: {when}
    due: 2bd before meeting_date
    done_when: Legal has agreed in writing
  - id: talk
    do: Go through the year with the customer
    who: host
    due: meeting_date
    done_when: Both have said what comes next
    proof: the notes that both have signed
"""


def _example(when: str) -> Example:
    return process_example(_PROCESS.format(when=when))


CONDITION_THAT_NEVER_HOLDS = Rule(
    code="NS328",
    name="condition-that-never-holds",
    severity=Severity.ERROR,
    what="A condition holds for no input: what it asks for excludes itself or the condition around "
    "it, or cases above it in the list take everything that it asks for.",
    why="The step is never needed, or the time frame never counts, and nobody is told: whoever "
    "wrote it believes that it works.",
    fix="Often `or` was meant where `and` stands, or `not in` where `not` stands. Otherwise remove "
    "what the condition is about.",
    bad=_example("tier == 'gold' and tier == 'platinum'"),
    good=_example("tier == 'gold' or tier == 'platinum'"),
)
CONDITION_THAT_ALWAYS_HOLDS = Rule(
    code="NS329",
    name="condition-that-always-holds",
    severity=Severity.WARNING,
    what="A condition holds whatever the inputs are, or whenever the condition around it does.",
    why="It reads as if there were cases without the step. And while the input is unknown the step "
    "waits for an answer that changes nothing.",
    fix="Often `and` was meant where `or` stands. Otherwise remove the condition.",
    bad=_example("seats >= 50 or seats < 100"),
    good=_example("seats >= 50 and seats < 100"),
)

_MOST_CASES = 20

RULES = (CONDITION_THAT_NEVER_HOLDS, CONDITION_THAT_ALWAYS_HOLDS)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the conditions of processes that decide nothing."""
    del now, before
    for process in ledger.processes.values():
        if process.state != "retired":
            yield from _in_process(ledger, process)


def _in_process(ledger: Ledger, process: Process) -> Iterator[Diagnostic]:
    source = process.source
    within = () if process.when is None else (process.when,)
    if process.when is not None and says(ledger, process, "when"):
        yield from _judged(source, ("when",), process.when)
    if process.promise is not None and says(ledger, process, "promise"):
        yield from _in_frame(source, ("promise", "due"), process.promise.rule, within)
    for step in own_steps(ledger, process):
        yield from _in_step(source, step, within)


def _in_step(source: Source, step: Step, within: Given) -> Iterator[Diagnostic]:
    place: Keys = ("steps", step.index)
    if step.when is not None:
        yield from _judged(source, (*place, "when"), step.when, within)
        within = (*within, step.when)
    for field, rule in (("due", step.rule), ("not_before", step.not_before), ("until", step.until)):
        yield from _in_frame(source, (*place, field), rule, within)
    yield from _in_list(source, (*place, "items"), step.items, within)
    if step.handoff is not None:
        wanted = (*place, "handoff", "must_include")
        yield from _in_list(source, wanted, step.handoff.must_include, within)


def _in_list(
    source: Source, keys: Keys, items: tuple[Item, ...], within: Given
) -> Iterator[Diagnostic]:
    for index, item in enumerate(items):
        if item.when is not None:
            yield from _judged(source, (*keys, index, "when"), item.when, within)


def _in_frame(
    source: Source, keys: Keys, rule: TimeRule | None, within: Given
) -> Iterator[Diagnostic]:
    if rule is None or not isinstance(rule.expression, Cases):
        return
    above: Given = ()
    for index, case in enumerate(rule.expression.cases[:_MOST_CASES]):
        if case.when is not None:
            place = (*keys, index, "when")
            alone = list(_judged(source, place, case.when, within))
            yield from alone
            if not alone and above and always_or_never(And((*above, case.when))) is False:
                yield _never(source, place, "the cases above this one take all that it asks for")
            above = (*above, Not(case.when))
        elif above and always_or_never(And(above)) is False:
            place = (*keys, index, "by")
            yield _never(source, place, "nothing is left for this case: those above take it all")


def _judged(
    source: Source, keys: Keys, condition: Condition, within: Given = ()
) -> Iterator[Diagnostic]:
    """Judge a condition that is asked only where those in ``within`` hold."""
    answer = always_or_never(condition)
    told = f"whatever {_asked(condition)}"
    if answer is None and within:
        told = "where the `when` around it does"
        if never_together(*within, condition):
            answer = False
        elif never_together(*within, Not(condition)):
            answer = True
    if answer is False:
        yield _never(source, keys, f"this never holds, {told}")
    elif answer is True:
        yield found_at(
            CONDITION_THAT_ALWAYS_HOLDS,
            source,
            keys,
            f"this always holds, {told}",
            hint="remove the condition, or write `and` where `or` was not meant",
        )


def _never(source: Source, keys: Keys, message: str) -> Diagnostic:
    return found_at(
        CONDITION_THAT_NEVER_HOLDS,
        source,
        keys,
        message,
        hint="write `or` where `and` was not meant, or remove what it is about",
    )


def _asked(condition: Condition) -> str:
    names = names_of(condition)
    if not names:
        return "is asked"
    told = " and ".join(f"`{name}`" for name in names)
    return f"{told} {'is' if len(names) == 1 else 'are'}"
