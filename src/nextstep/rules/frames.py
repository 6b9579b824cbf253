"""Time frames against each other: what counts from the same day can be compared before any run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.files.ledger import Ledger
from nextstep.model.process import Process, Step
from nextstep.model.source import Keys
from nextstep.rules.order import order_of_process
from nextstep.rules.own import own_steps, read_in_full, says
from nextstep.rules.place import found_at
from nextstep.rules.positions import Places, Position, ceilings, exact, is_later
from nextstep.rules.timelines import Timeline, may_be_passed_over
from nextstep.runs.before_and_after import all_before

_PROCESS = """\
title: Offers
owner: ana
customer: {{who: buyers, kind: external}}
provides: An offer that a buyer can decide on
promise: {{text: You have our offer {promise} after you ask, due: {promise} after start}}
roles: [seller, lead]
steps:
  - {{id: write, do: Write the offer, who: seller, due: {write} after start, done_when: It is there}}
  - {{id: agree, approve: The offer, who: lead, due: 1bd after write}}
  - id: send
    do: Send the offer
    who: seller{not_before}
    due: {send}
    done_when: They have it
    proof: the buyer's answer
    keeps_promise: true
"""


def _example(
    promise: str = "5bd",
    write: str = "3bd",
    send: str = "1bd after agree",
    not_before: str = "",
) -> Example:
    return process_example(
        _PROCESS.format(promise=promise, write=write, send=send, not_before=not_before)
    )


PROMISE_SHORTER_THAN_ITS_STEPS = Rule(
    code="NS324",
    name="promise-shorter-than-its-steps",
    severity=Severity.WARNING,
    what="Everybody may take all the time they have, and then the promise is already broken.",
    why="Each of them is on time and the customer still waits. Then people learn that dates mean "
    "nothing, or that only the last one has to hurry.",
    fix="Promise a later day, or shorten a time frame on the way. Steps that are optional or have a "
    "`when` are left out of the count, and only what counts from the same day is compared.",
    bad=_example(promise="4bd"),
    good=_example(),
)
DUE_BEFORE_AN_EARLIER_STEP = Rule(
    code="NS325",
    name="due-before-an-earlier-step",
    severity=Severity.WARNING,
    what="A step of a process is due before a step that it comes after.",
    why="If both are on time, one of them is late: the two time frames were never looked at "
    "together.",
    fix="Give the earlier step less time or the later one more, or count the later one from the "
    "earlier: `1bd after STEP`.",
    bad=_example(send="2bd after start"),
    good=_example(),
)
BEGINS_AFTER_IT_IS_DUE = Rule(
    code="NS326",
    name="begins-after-it-is-due",
    severity=Severity.ERROR,
    what="`not_before` of a step is later than its `due`.",
    why="On the day on which somebody may begin, it is already late.",
    fix="Write the two days the other way round, or count `due` from the day in `not_before`.",
    bad=_example(send="5bd after start", not_before="\n    not_before: 6bd after start"),
    good=_example(send="5bd after start", not_before="\n    not_before: 4bd after start"),
)

_MOST_KEEPING = 10

RULES = (PROMISE_SHORTER_THAN_ITS_STEPS, DUE_BEFORE_AN_EARLIER_STEP, BEGINS_AFTER_IT_IS_DUE)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the time frames of processes that do not go together."""
    del now, before
    for process in read_in_full(ledger):
        yield from _Frames(ledger, process).judged()


class _Frames:
    """The time frames of one process; of a variant only what it writes itself is judged."""

    def __init__(self, ledger: Ledger, process: Process) -> None:
        self.ledger = ledger
        self.process = process
        self.graph: Mapping[str, tuple[str, ...]] = order_of_process(process)
        self.line = Timeline(process.steps, self.graph)
        self.own = own_steps(ledger, process)

    def judged(self) -> Iterator[Diagnostic]:
        backwards = [found for step in self.own for found in self.backwards(step)]
        yield from backwards
        for step in self.own:
            yield from self.begins_late(step)
        if not backwards:  # else that is mended first
            yield from self.promise()

    def backwards(self, step: Step) -> Iterator[Diagnostic]:
        for name in self.graph.get(step.id, ()):
            earlier = self.line.steps.get(name)
            if earlier is None or earlier.mark is not None or not _come_together(earlier, step):
                continue
            back = _back_from(step, name)
            if back is not None:
                yield found_at(
                    DUE_BEFORE_AN_EARLIER_STEP,
                    self.process.source,
                    ("steps", step.index, "due"),
                    f"`{step.id}` is due {back}, and waits for `{name}`",
                    hint=f"count on from there, such as `1bd after {name}`, or from an earlier day",
                )
                return
            pair = _first(self.line.least[name], self.line.most[step.id])
            if pair is not None:
                yield found_at(
                    DUE_BEFORE_AN_EARLIER_STEP,
                    self.process.source,
                    ("steps", step.index, "due"),
                    f"`{step.id}` is due {pair[1]}, and `{name}`, which comes first, {pair[0]}",
                    hint=f"give `{name}` less time or `{step.id}` more, or count from `{name}`",
                )
                return

    def begins_late(self, step: Step) -> Iterator[Diagnostic]:
        begins = exact(step.not_before, self.line.exactly)
        pair = _first(begins, self.line.exact[step.id])
        if pair is not None:
            yield found_at(
                BEGINS_AFTER_IT_IS_DUE,
                self.process.source,
                ("steps", step.index, "not_before"),
                f"`{step.id}` may not begin before {pair[0]}, and is due {pair[1]}",
                hint="let it begin earlier, or give it a later date",
            )

    def promise(self) -> Iterator[Diagnostic]:
        broken = self.broken()
        place = None if broken is None else self.place(broken)
        if broken is not None and place is not None:
            yield found_at(
                PROMISE_SHORTER_THAN_ITS_STEPS,
                self.process.source,
                place,
                f"up to `{broken.way[0]}` the steps may take until {broken.end}, and the promise is "
                f"{broken.promised}",
                hint="promise a later day, or give a step on the way less time",
            )

    def broken(self) -> _Broken | None:
        """Return what makes the promise too short, if anything surely does."""
        promise = self.process.promise
        promised = ceilings(promise.rule if promise else None, self.line.exactly)
        keeping = [
            step
            for step in self.process.steps
            if promised and step.keeps_promise and not (step.repeat or may_be_passed_over(step))
        ]
        for step in keeping[:_MOST_KEEPING]:
            way = (step.id, *self.before(step))
            ends = tuple(place for id_ in way for place in self.line.least[id_])
            pair = _first(ends, promised)
            if pair is not None:
                return _Broken(way, *pair)
        return None

    def before(self, step: Step) -> list[str]:
        """Return the steps before one that no run goes on without, in their order."""
        before = all_before(self.graph, step.id)
        return [
            other.id
            for other in self.process.steps
            if other.id in before and not may_be_passed_over(other)
        ]

    def place(self, broken: _Broken) -> Keys | None:
        """Return where this process says what cannot be kept; None where its base says it all."""
        if says(self.ledger, self.process, "promise"):
            return ("promise", "due")
        base = self.ledger.processes.get(self.process.based_on or "")
        if base is not None and _Frames(self.ledger, base).broken() is not None:
            return None
        written = {step.id: step for step in self.own}
        step = next((written[id_] for id_ in broken.way if id_ in written), None)
        return None if step is None else ("steps", step.index, "due")


class _Broken(Struct, frozen=True):
    """A promise that is too short: the step that keeps it and those before it, and two days."""

    way: tuple[str, ...]
    end: Position
    promised: Position


def _come_together(earlier: Step, later: Step) -> bool:
    """Return whether a run that needs the later step needs the earlier one, each of them once."""
    if earlier.optional or earlier.undoes is not None or earlier.repeat or later.repeat:
        return False
    return earlier.when is None or earlier.when == later.when


def _back_from(step: Step, name: str) -> Position | None:
    """Return the due date of a step where it counts back from a step, None where it does not."""
    places = ceilings(step.rule, lambda anchor: (Position(anchor.name),))
    end = Position(name)
    return next((place for place in places if is_later(end, place)), None)


def _first(late: Places, early: Places) -> tuple[Position, Position] | None:
    """Return the first two positions of which the one that should be earlier is the later one."""
    return next(((one, other) for one in late for other in early if is_later(one, other)), None)
