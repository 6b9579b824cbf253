"""Gates as they are planned: they can be passed, and a "no" leads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.process import Step
from nextstep.model.source import Source
from nextstep.rules.order import order_of_process, order_of_run
from nextstep.rules.own import own_steps
from nextstep.rules.place import found_at
from nextstep.runs.before_and_after import all_before

_PROCESS = """\
title: Offers
owner: ana
customer: {{who: the sales team, kind: internal}}
provides: An offer that a buyer can decide on
roles: [seller, lead, legal]
steps:
  - {{id: write, do: Write the offer, who: seller, due: 2bd after start, done_when: It is there}}
  - {{id: agree, approve: The offer, who: [lead, legal], need: {need}, due: 1bd after write, on_return: {{to: {to}}}}}
  - {{id: send, do: Send the offer, who: seller, due: 1bd after agree, done_when: They have it}}
"""


def _example(need: str = "all", to: str = "write") -> Example:
    return process_example(_PROCESS.format(need=need, to=to))


GATE_CLOSED_FOR_EVER = Rule(
    code="NS415",
    name="more-votes-than-voters",
    severity=Severity.ERROR,
    what="A gate needs more votes than there are people or roles in its `who`.",
    why="It can never be passed, and everything after it waits for ever.",
    fix="Lower `need`, or name more in `who`.",
    bad=_example(need="3"),
    good=_example(),
)
RETURNED_FORWARD = Rule(
    code="NS417",
    name="return-to-a-later-step",
    severity=Severity.ERROR,
    what="`on_return` sends work back to a step that the gate does not wait for.",
    why="Nobody has begun with that step, so a no would not send anything back.",
    fix="Name a step that the gate waits for.",
    bad=_example(to="send"),
    good=_example(),
)

NO_VOTE = Rule(
    code="NS419",
    name="voting-words-without-a-vote",
    severity=Severity.WARNING,
    what="A step says `blind` or `on_return`, and nobody votes on it.",
    why="Both are about votes, so here they have no effect: nothing is hidden, nothing goes back.",
    fix="Write `approve` or `need` to make it a gate, or remove them. Work that is handed over comes "
    "back without them.",
    bad=process_example(
        _PROCESS.format(need="all", to="write")
        .replace("approve:", "do:")
        .replace("need: all", "done_when: They agree")
        .replace("[lead, legal]", "lead")
    ),
    good=_example(),
)

RULES = (GATE_CLOSED_FOR_EVER, RETURNED_FORWARD, NO_VOTE)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the gates that do not work."""
    del now, before
    members = ledger.settings.members
    held = {role for role, people in members.items() if len(people) > 1}
    for process in ledger.processes.values():
        own = own_steps(ledger, process)
        yield from _voteless(process.source, own)
        yield from _votes(process.source, own, held)
        yield from _returns(process.source, own, order_of_process(process))
    for run in ledger.runs.values():
        yield from _voteless(run.source, run.steps)
        yield from _votes(run.source, run.steps, held - run.people.keys())
        yield from _returns(run.source, run.steps, order_of_run(run))


def _voteless(source: Source, steps: tuple[Step, ...]) -> Iterator[Diagnostic]:
    for step in steps:
        if step.is_gate:
            continue
        for field, said in (("blind", step.blind), ("on_return", step.on_return is not None)):
            if said:
                yield found_at(
                    NO_VOTE,
                    source,
                    ("steps", step.index, field),
                    f"nobody votes on `{step.id}`, so `{field}` has no effect",
                    hint="write `approve` or `need` to make it a gate, or remove this",
                    key=True,
                )


def _votes(source: Source, steps: tuple[Step, ...], held: set[str]) -> Iterator[Diagnostic]:
    """Judge how many votes are needed; a role in ``held`` has several people."""
    for step in steps:
        need = int(step.need) if step.need is not None and step.need.isdigit() else 0
        if need > len(step.who) > 0 and held.isdisjoint(step.who):
            yield found_at(
                GATE_CLOSED_FOR_EVER,
                source,
                ("steps", step.index, "need"),
                f"`{step.id}` needs {need} votes, and {len(step.who)} can vote",
                hint=f"write need: {len(step.who)} or less, or name more in `who`",
            )


def _returns(
    source: Source, steps: tuple[Step, ...], graph: Mapping[str, tuple[str, ...]]
) -> Iterator[Diagnostic]:
    for step in steps:
        back = step.on_return.to if step.on_return is not None else None
        reachable = {step.id, *all_before(graph, step.id)}
        if step.is_gate and back in graph and back not in reachable:
            yield found_at(
                RETURNED_FORWARD,
                source,
                ("steps", step.index, "on_return", "to"),
                f"`{step.id}` does not wait for `{back}`, so nothing can go back to it",
                hint=f"name a step that `{step.id}` waits for",
            )
