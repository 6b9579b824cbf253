"""Time frames of steps: what a date counts from comes, and comes before it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nextstep.dates.expressions import anchors_of
from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.process import Step
from nextstep.model.source import Source
from nextstep.model.time import Anchor, DueWord
from nextstep.rules.circles import circles
from nextstep.rules.order import order_of_process, order_of_run
from nextstep.rules.own import own_steps
from nextstep.rules.place import found_at
from nextstep.runs.before_and_after import all_before

_PROCESS = """\
title: Offers
owner: ana
customer: {{who: the sales team, kind: internal}}
provides: An offer that a buyer can decide on
roles: [seller, lead]
steps:
  - {{id: write, do: Write the offer, who: seller, due: {write}, done_when: It is there}}
  - {{id: agree, approve: The offer, who: lead, due: {agree}}}
  - {{id: send, do: Send the offer, who: seller, due: {send}, done_when: They have it}}
"""


def _example(
    write: str = "2bd after start", agree: str = "1bd after write", send: str = "1bd after agree"
) -> Example:
    return process_example(_PROCESS.format(write=write, agree=agree, send=send))


DATES_IN_A_CIRCLE = Rule(
    code="NS310",
    name="dates-in-a-circle",
    severity=Severity.ERROR,
    what="The date of a step counts from a date that, in the end, counts from the first one.",
    why="None of them can be worked out.",
    fix="Let one of them count from `start`, from an input, or from a step that comes before.",
    bad=_example(write="2bd before agree.due", agree="1bd after write.due"),
    good=_example(write="2bd after start", agree="1bd after write.due"),
)
DATE_FROM_A_LATER_STEP = Rule(
    code="NS311",
    name="date-from-a-later-step",
    severity=Severity.ERROR,
    what="A step is due, or may begin, only once a step has happened that itself waits for it.",
    why="While the step is open its date is unknown; when the date is known, it is too late.",
    fix="Count from `STEP.due`, from `start` or an input, or from a step that comes before.",
    bad=_example(write="2bd before send"),
    good=_example(write="2bd before send.due", agree="4bd after start", send="6bd after start"),
)
ANCHOR_THAT_NEVER_COMES = Rule(
    code="NS312",
    name="anchor-that-never-comes",
    severity=Severity.ERROR,
    what="A date counts from an event that its step never has: `.offered` or `.accepted` without a "
    "hand-off that is signed for, `.done` of a mark, or `.due` of a step without a date.",
    why="The date stays unknown for ever.",
    fix="Count from the step itself, or give it the hand-off or the date.",
    bad=_example(agree="1bd after write.accepted"),
    good=_example(agree="1bd after write"),
)

RULES = (DATES_IN_A_CIRCLE, DATE_FROM_A_LATER_STEP, ANCHOR_THAT_NEVER_COMES)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the time frames that cannot work."""
    del now, before
    for process in ledger.processes.values():
        graph = order_of_process(process)
        own = own_steps(ledger, process)
        yield from _Frames(process.source, process.steps, graph, "due").judged(own)
    for run in ledger.runs.values():
        graph = order_of_run(run)
        yield from _Frames(run.source, run.steps, graph, "rule").judged(run.steps)


class _Frames:
    """The time frames of one file; ``field`` is where a step writes what its date counts from."""

    def __init__(
        self,
        source: Source,
        steps: tuple[Step, ...],
        graph: Mapping[str, tuple[str, ...]],
        field: str,
    ) -> None:
        self.source = source
        self.steps = {step.id: step for step in steps}
        self.graph = graph
        self.field = field

    def judged(self, own: tuple[Step, ...]) -> Iterator[Diagnostic]:
        for step in own:
            for field, rule in ((self.field, step.rule), ("not_before", step.not_before)):
                if rule is not None and (field == "not_before" or step.due is None):
                    for anchor in anchors_of(rule.expression):
                        yield from self.anchor(step, field, anchor)
        written = {step.id: step for step in own}
        for circle in circles(self.dues()):
            named = next((written[name] for name in circle if name in written), None)
            if named is not None:
                yield self.circle(named, circle)

    def anchor(self, step: Step, field: str, anchor: Anchor) -> Iterator[Diagnostic]:
        place = ("steps", step.index, field)
        named = self.steps.get(anchor.name)
        if named is not None and _never_comes(named, anchor):
            yield found_at(
                ANCHOR_THAT_NEVER_COMES,
                self.source,
                place,
                f"`{anchor}` never comes: {_lacks(named, anchor)}",
                hint=f"count from `{named.id}`, or give it what is missing",
            )
        elif anchor.event != "due" and self.is_later(step, anchor, field):
            message = f"this counts from `{anchor}`, and `{anchor.name}` waits for `{step.id}`"
            if anchor.name == step.id:
                message = f"this counts from `{anchor}`, the step itself"
            yield found_at(
                DATE_FROM_A_LATER_STEP,
                self.source,
                place,
                message,
                hint="count from something that comes before, or from a date, such as "
                f"`{anchor.name}.due`"
                if anchor.name != step.id
                else "count from something that comes before it",
            )

    def is_later(self, step: Step, anchor: Anchor, field: str) -> bool:
        """Return whether what is counted from happens only after the step."""
        if anchor.name == step.id:
            return field == "not_before" or anchor.event in ("finished", "done", "accepted")
        if anchor.name not in self.graph or self._is_dated_mark(anchor.name):
            return False
        return step.id in all_before(self.graph, anchor.name)

    def _is_dated_mark(self, name: str) -> bool:
        """Return whether a step is a mark: its day is known before it comes."""
        named = self.steps.get(name)
        return named is not None and named.mark is not None

    def dues(self) -> dict[str, tuple[str, ...]]:
        """Return from whose date the date of each step counts."""
        return {
            step.id: tuple(
                anchor.name
                for anchor in anchors_of(step.rule.expression)
                if anchor.name in self.steps
                and (anchor.event == "due" or self._is_dated_mark(anchor.name))
            )
            for step in self.steps.values()
            if step.rule is not None and step.due is None
        }

    def circle(self, step: Step, circle: tuple[str, ...]) -> Diagnostic:
        told = " from ".join(f"`{name}`" for name in (*circle, circle[0]))
        return found_at(
            DATES_IN_A_CIRCLE,
            self.source,
            ("steps", step.index, self.field),
            f"these dates count in a circle: {told}",
            hint="let one of them count from `start`, an input or a step that comes before",
        )


def _never_comes(step: Step, anchor: Anchor) -> bool:
    if anchor.event in ("offered", "accepted"):
        return not step.is_handed_over
    if anchor.event == "done":
        return step.mark is not None
    if anchor.event != "due":
        return False
    if step.due is not None:
        return isinstance(step.due, DueWord)
    return step.rule is None or isinstance(step.rule.expression, DueWord)


def _lacks(step: Step, anchor: Anchor) -> str:
    if anchor.event == "due":
        return f"`{step.id}` has no date"
    if step.mark is not None:
        return f"`{step.id}` is a mark, which nobody does"
    return f"`{step.id}` has no hand-off that somebody accepts"
