"""How things end and come back: with an outcome, a next step, and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, commitment_example
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.source import Source
from nextstep.rules.place import found_at
from nextstep.runs.states import RunState

_HEAD = "what: Send Lena the offer\nwho: dev\noutcome: She can decide\ndue: 2026-11-20\nlog:\n"


def _logged(*events: str) -> Example:
    return commitment_example(_HEAD + "".join(f"  - {{{event}}}\n" for event in events))


_CLOSED = "at: 2026-11-20T09:00Z, by: dev, event: closed, result: {}"
_GOOD = _logged(_CLOSED.format("kept") + ', outcome: "she said yes", nothing_further: "in hand"')

CLOSED_WITHOUT_OUTCOME = Rule(
    code="NS407",
    name="closed-without-outcome",
    severity=Severity.ERROR,
    what="Something is closed, and nothing says what came of it; or it is dropped without a reason.",
    why="The follow-up is the point: a closed promise without an outcome teaches nobody anything.",
    fix="Add `outcome` to the event, or `why` where it was dropped.",
    bad=_logged(_CLOSED.format("kept") + ', nothing_further: "in hand"'),
    good=_GOOD,
)
CLOSED_WITHOUT_NEXT = Rule(
    code="NS408",
    name="closed-without-next-step",
    severity=Severity.WARNING,
    what="Something is closed with neither `next` nor `nothing_further`.",
    why="What came of it asks for something, or it does not; both are worth a line. Left open, "
    "everybody believes that somebody else goes on.",
    fix="Add `next: [ID]`, or `nothing_further` with the reason.",
    bad=_logged(_CLOSED.format("kept") + ', outcome: "she said yes"'),
    good=_GOOD,
)
RETURNED_WITHOUT_REASON = Rule(
    code="NS409",
    name="returned-without-reason",
    severity=Severity.WARNING,
    what="Work is returned, and neither `missing` nor `why` says what was wrong.",
    why="The giver can only guess, and it comes back a second time.",
    fix="Add `missing: [...]`, or `why`.",
    bad=_logged(
        "at: 2026-11-16T09:00Z, by: dev, event: offered, to: mia",
        "at: 2026-11-17T09:00Z, by: mia, event: returned",
    ),
    good=_logged(
        "at: 2026-11-16T09:00Z, by: dev, event: offered, to: mia",
        "at: 2026-11-17T09:00Z, by: mia, event: returned, missing: [the price list]",
    ),
)
OFFERED_TO_NOBODY = Rule(
    code="NS410",
    name="offered-to-nobody",
    severity=Severity.ERROR,
    what="A commitment, or a promise itself, is offered and `to` does not say to whom.",
    why="Nobody is asked to answer, and the giver believes that it is on its way.",
    fix="Add `to` with the name of the receiver.",
    bad=_logged("at: 2026-11-16T09:00Z, by: dev, event: offered"),
    good=_logged("at: 2026-11-16T09:00Z, by: dev, event: offered, to: mia"),
)
_RUN = """\
title: Move the office
owner: ana
started: 2026-11-02
expects: [every desk works on Monday]
steps:
  - {{id: pack, do: Pack the boxes, who: max, rule: 3bd after start, due: 2026-11-05}}
log:
  - {{at: 2026-11-05T09:00Z, by: max, event: done, step: pack}}
  - {{at: 2026-11-06T09:00Z, by: ana, event: closed, result: kept{expects}, outcome: "we moved", nothing_further: "none"}}
"""


def _run(expects: str) -> Example:
    return Example({"commitments/2026/11/move-office.yaml": _RUN.format(expects=expects)})


EXPECTATION_UNANSWERED = Rule(
    code="NS411",
    name="expectation-unanswered",
    severity=Severity.WARNING,
    what="A run is closed, and does not say of each thing that the customer expects whether it was "
    "met.",
    why="The customer judges by exactly these; who does not ask will hear it later.",
    fix="Add to `expects` of the closing event each expectation with `met`, or with what was short.",
    bad=_run(""),
    good=_run(", expects: {every desk works on Monday: met}"),
)

RULES = (
    CLOSED_WITHOUT_OUTCOME,
    CLOSED_WITHOUT_NEXT,
    RETURNED_WITHOUT_REASON,
    OFFERED_TO_NOBODY,
    EXPECTATION_UNANSWERED,
)
TELLING = frozenset({"closed", "returned", "offered"})


def endings(source: Source, events: Iterable[Event], *, of_run: bool) -> Iterator[Diagnostic]:
    """Yield what is left unsaid by the events that count, in their order.

    Work of a run that is offered to nobody by name goes to whoever is next.
    """
    givers: dict[str | None, str] = {}
    for event in events:
        if event.event == "closed":
            yield from _closed(source, event)
        elif event.event == "returned":
            if givers.pop(event.step, None) != event.by:
                yield from _returned(source, event)
        elif event.event == "offered":
            givers[event.step] = event.by
            if not event.texts("to") and (not of_run or event.flag("duty")):
                yield _to_nobody(source, event)


def _closed(source: Source, event: Event) -> Iterator[Diagnostic]:
    dropped = event.text("result") == "dropped"
    if not event.text("outcome") and not (dropped and event.text("why")):
        yield found_at(
            CLOSED_WITHOUT_OUTCOME,
            source,
            ("log", event.index, "result"),
            "this was dropped, and nothing says why"
            if dropped
            else "this was closed, and nothing says what came of it",
            hint='add why: "..." with the reason' if dropped else 'add outcome: "..."',
        )
    if not dropped and not event.texts("next") and not event.text("nothing_further"):
        yield found_at(
            CLOSED_WITHOUT_NEXT,
            source,
            ("log", event.index, "result"),
            "this was closed, and nothing says what comes next",
            hint='add next: [ID], or nothing_further: "..." with the reason',
        )


def _returned(source: Source, event: Event) -> Iterator[Diagnostic]:
    if not event.texts("missing") and not event.text("why"):
        yield found_at(
            RETURNED_WITHOUT_REASON,
            source,
            ("log", event.index, "event"),
            "this was returned, and nothing says what was missing",
            hint='add missing: [...], or why: "..."',
        )


def _to_nobody(source: Source, event: Event) -> Diagnostic:
    return found_at(
        OFFERED_TO_NOBODY,
        source,
        ("log", event.index, "event"),
        "this is offered, and `to` does not say to whom",
        hint="add to: the name of the receiver",
    )


def expectations(run: Run, state: RunState) -> Iterator[Diagnostic]:
    """Yield a finding where a closed run leaves open what the customer expects."""
    closed = state.closed
    if closed is None or closed.result == "dropped":
        return
    silent = [expected.text for expected in state.expects if expected.met is None]
    said = (closed.at, "closed")
    event = next((event for event in run.log if (event.at, event.event) == said), None)
    if silent and event is not None:
        listed = ", ".join(f"`{text}`" for text in silent)
        yield found_at(
            EXPECTATION_UNANSWERED,
            run.source,
            ("log", event.index, "expects" if "expects" in event.values else "result"),
            f"the customer expects {listed}, and nothing says whether it was met",
            hint="add it to `expects` of this event, with `met` or with what was short",
        )
