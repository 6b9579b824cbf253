"""Steps that speak of each other: every name is there, and no step waits for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.nearness import write_instead
from nextstep.diagnostics.rule import Example, Rule, process_example
from nextstep.diagnostics.slips import name_meant
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.process import Step
from nextstep.model.source import Keys, Source
from nextstep.rules.circles import circles, in_words
from nextstep.rules.order import order_of_process, order_of_run
from nextstep.rules.own import own_steps, step_names
from nextstep.rules.place import found_at, name_mend

_HEAD = """\
title: Monthly figures
owner: ana
customer: {who: the board, kind: internal}
provides: One page that the board can decide on
roles: [analyst, writer]
order: free
steps:
"""
_COLLECT = """\
  - id: collect
    do: Collect the figures
    who: analyst
    due: 3bd after start
    done_when: Every figure has its source
"""
_WRITE = """\
  - id: write
    do: Write the page
    who: writer
    after: [{after}]
    due: 2bd after collect
    done_when: The page says what is to be decided
"""


def _example(*steps: str) -> Example:
    return process_example(_HEAD + "".join(steps))


_GOOD = _example(_COLLECT, _WRITE.format(after="collect"))

UNKNOWN_STEP = Rule(
    code="NS204",
    name="unknown-step",
    severity=Severity.ERROR,
    what="`after`, `undoes`, `on_return` or an event names a step that is not there.",
    why="What waits for a step that nobody ever does waits for ever, and an event on no step "
    "changes nothing.",
    fix="Write the id of a step of the same file. A part of a fan-out is `step/part`.",
    bad=_example(_COLLECT, _WRITE.format(after="colect")),
    good=_GOOD,
)
STEPS_IN_A_CIRCLE = Rule(
    code="NS205",
    name="steps-in-a-circle",
    severity=Severity.ERROR,
    what="A step waits for a step that waits, in the end, for the first one.",
    why="None of them ever becomes ready: the work stops, and everybody seems to wait for "
    "somebody else.",
    fix="Take one name out of `after`; a step that `undoes` another waits for that one, too. Where "
    "work goes back and forth, use a gate with `on_return`.",
    bad=_example(
        _COLLECT.replace("    due:", "    after: [write]\n    due:"), _WRITE.format(after="collect")
    ),
    good=_GOOD,
)

RULES = (UNKNOWN_STEP, STEPS_IN_A_CIRCLE)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what is wrong with the names of steps in processes and runs."""
    del now, before
    for process in ledger.processes.values():
        yield from _judged(
            process.source, own_steps(ledger, process), process.steps, order_of_process(process)
        )
    for run in ledger.runs.values():
        yield from _judged(run.source, run.steps, run.steps, order_of_run(run))
        yield from _events(run)


def _judged(
    source: Source,
    own: tuple[Step, ...],
    every: tuple[Step, ...],
    order: Mapping[str, tuple[str, ...]],
) -> Iterator[Diagnostic]:
    names = step_names(every)
    written = {step.id: step for step in own}
    for step in own:
        yield from _unknown(source, step, names)
    waiting = {**order}
    for step in every:
        if step.undoes is not None:
            waiting[step.id] = (*waiting.get(step.id, ()), step.undoes)
    for circle in circles(waiting):
        named = next((written[name] for name in circle if name in written), None)
        if named is not None:
            yield _circle(source, named, circle)


def _unknown(source: Source, step: Step, names: set[str]) -> Iterator[Diagnostic]:
    place: Keys = ("steps", step.index)
    for index, name in enumerate(step.after or ()):
        if name not in names:
            yield _missing(source, (*place, "after", index), name, names - {step.id})
    if step.undoes is not None and step.undoes not in names:
        yield _missing(source, (*place, "undoes"), step.undoes, names - {step.id})
    back = step.on_return.to if step.on_return else None
    if back is not None and back not in names:
        yield _missing(source, (*place, "on_return", "to"), back, names - {step.id})


def _events(run: Run) -> Iterator[Diagnostic]:
    names = step_names(run.steps)
    for event in run.log:
        if event.step is not None and event.step not in names:
            yield _missing(run.source, ("log", event.index, "step"), event.step, names)


def _missing(source: Source, keys: Keys, name: str, names: set[str]) -> Diagnostic:
    return found_at(
        UNKNOWN_STEP,
        source,
        keys,
        f"no step here has the id `{name}`",
        hint=write_instead(name, names, f"give a step the id `{name}`"),
        mend=name_mend(source, keys, name, name_meant(name, names)),
    )


def _circle(source: Source, step: Step, circle: tuple[str, ...]) -> Diagnostic:
    message = f"these steps wait in a circle: {in_words(circle)}"
    if len(circle) == 1:
        message = f"`{step.id}` waits for itself"
    return found_at(
        STEPS_IN_A_CIRCLE,
        source,
        ("steps", step.index, "after"),
        message,
        hint="take one of these names out of `after`, so that one step can begin",
    )
