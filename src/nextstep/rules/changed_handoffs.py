"""Lists of what a hand-off must include that changed without a word from who receives it."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.process import Process, Step
from nextstep.rules.consent import Led, has_agreed, may_be_others, receivers
from nextstep.rules.pairs import Pair
from nextstep.rules.place import found_at
from nextstep.rules.short_words import named
from nextstep.runs.leading import leaders
from nextstep.trail.comparing import Difference, differences

_SETTINGS = """\
people:
  ana: {name: Ana}
  eva: {name: Eva}
  max: {name: Max}
roles:
  seller: {people: [max]}
  writer: {people: [eva]}
"""
_PROCESS = """\
title: Sending offers
owner: ana
deputy: max
customer: {{who: buyers, kind: external}}
provides: An offer that a buyer can decide on
steps:
  - id: ask
    do: Ask the buyer what they need
    who: seller
    due: 1bd after start
    handoff: {{to: writer, must_include: {}}}
  - id: write
    do: Write the offer
    who: writer
    due: 2bd after ask
    done_when: The buyer has it
    proof: the buyer's answer
log:
  - {{at: 2026-11-19T09:00Z, by: ana, event: noted, text: "buyers decide by the date alone"}}
"""
_LONG, _SHORT = "[the price, the date, who decides]", "[the price, the date]"
_YES = '  - {at: 2026-11-19T10:00Z, by: eva, event: noted, text: "the names are in the request"}\n'


def _example(now: str, log: str = "") -> Example:
    settings = {"nextstep.yaml": _SETTINGS}
    before = _PROCESS.format(_LONG).partition("log:")[0]
    after = _PROCESS.format(now) + log
    return changed_example(
        {**settings, "processes/offers.yaml": before}, {**settings, "processes/offers.yaml": after}
    )


LIST_CHANGED = Rule(
    code="NS514",
    name="handoff-list-changed-without-its-receiver",
    severity=Severity.ERROR,
    what="A `must_include` list is not what it was, in a process or a run, and nobody of those who "
    "receive the work says anything about it in the log.",
    why="The list is what the receiver needs to go on. Whoever gives can only guess what can be "
    "left out; the receiver finds it missing.",
    fix="Ask the receiver. They say in the log what they think of it: `nextstep note ID TEXT`, or "
    "you write it down for them with `--by PERSON`.",
    bad=_example(_SHORT),
    good=_example(_SHORT, _YES),
)

RULES = (LIST_CHANGED,)
LIST = ".handoff.must_include"


def check(pair: Pair, ledger: Ledger) -> Iterator[Diagnostic]:
    """Yield the lists that changed without those who receive the work."""
    before, record = pair.before, pair.now
    if not isinstance(record, (Process, Run)) or not isinstance(before, (Process, Run)):
        return
    if isinstance(before, Process) and before.state != "active":
        return
    steps = {step.id: step for step in record.steps}
    found: dict[str, list[Difference]] = {}
    for one in differences(before, record):
        step = steps.get(one.step or "")
        if step is not None and one.before is not None and LIST in one.field:
            found.setdefault(step.id, []).append(one)
    old = {step.id: step for step in before.steps}
    for id_, changed in found.items():
        versions = ((before, old[id_]), (record, steps[id_]))
        yield from _changed(pair, versions, changed, ledger)


def _changed(
    pair: Pair,
    versions: tuple[tuple[Led, Step], tuple[Led, Step]],
    changed: list[Difference],
    ledger: Ledger,
) -> Iterator[Diagnostic]:
    settings, (record, step) = ledger.settings, versions[1]
    names: list[str] = []
    people: list[str] = []
    for version, one in versions:
        written, behind = receivers(version, one, settings)
        names += written
        people += behind
    people = list(dict.fromkeys(people)) or list(leaders(record, settings))
    if not people or has_agreed(pair, people) or not may_be_others(settings, people):
        return
    role = " or ".join(f"`{name}`" for name in dict.fromkeys(names))
    who = ", ".join(dict.fromkeys(people))
    receiver = role if not role or set(names) == set(people) else f"{role} ({who})"
    yield found_at(
        LIST_CHANGED,
        record.source,
        ("steps", step.index, "handoff", "must_include"),
        f"the hand-off of `{step.id}` {_told(changed)}, and who receives it has not agreed: "
        f"{receiver or who}",
        hint=f'ask, and write it down for them: nextstep note {record.id} "..." --by {people[0]}',
    )


def _told(changed: list[Difference]) -> str:
    gone = [name for one in changed if one.field.endswith(LIST) for name in _gone(one)]
    new = [name for one in changed if one.field.endswith(LIST) for name in one.added]
    if gone:
        return f"no longer asks for {named(gone)}"
    if new:
        return f"asks for {named(new)} now"
    eased = [name for one in changed if one.field.endswith(".critical") for name in _gone(one)]
    if eased:
        return f"calls {named(eased)} critical no more"
    return "asks for its list in another way"


def _gone(one: Difference) -> tuple[str, ...]:
    return one.gone or ((one.before,) if one.after is None and one.before is not None else ())
