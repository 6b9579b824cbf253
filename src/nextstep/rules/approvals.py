"""What a step of a run has to show: the content that was approved, the proof of what was done."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.model.commitment import Run
from nextstep.rules.place import found_at
from nextstep.runs.states import RunState, StepState

_PATH = "commitments/2026/11/offer-globex.yaml"
_OFFER = "The offer for Globex: 40 seats.\n"
_OFFER_BLOB = "824d7d7a6e77fe521426364f9101fdf1bf783cf9"
_RUN = """\
title: Offer for Globex
owner: ana
started: 2026-11-16
steps:
  - id: agree
    approve: docs/globex/offer.md
    who: sue
    rule: 2bd after start
    due: 2026-11-18
log:
  - {{at: 2026-11-17T09:00Z, by: sue, event: approved, step: agree, content: {content}}}
"""


def _approved(content: str) -> Example:
    return Example({_PATH: _RUN.format(content=content), "docs/globex/offer.md": _OFFER})


_PROOF_RUN = """\
title: Offer for Globex
owner: ana
started: 2026-11-16
steps:
  - id: send
    do: Send the offer
    who: max
    rule: 2bd after start
    due: 2026-11-18
    proof: tracking number
log:
  - {{at: 2026-11-17T09:00Z, by: max, event: done, step: send{proof}}}
"""

DONE_WITHOUT_PROOF = Rule(
    code="NS414",
    name="done-without-proof",
    severity=Severity.WARNING,
    what="A step asks for a proof, and it was done without one.",
    why="Whoever relies on it cannot see that it exists.",
    fix="Add `proof` to the event `done`; before an offer alone, write such a `done`.",
    bad=Example({_PATH: _PROOF_RUN.format(proof="")}),
    good=Example({_PATH: _PROOF_RUN.format(proof=', proof: "DHL 4711"')}),
)
APPROVED_THEN_CHANGED = Rule(
    code="NS416",
    name="approved-then-changed",
    severity=Severity.ERROR,
    what="A file was changed after it was approved.",
    why="The yes was given to other words than those that now go out.",
    fix="Have it approved again, or bring back the content that was approved.",
    bad=_approved("0" * 40),
    good=_approved(_OFFER_BLOB),
)

RULES = (DONE_WITHOUT_PROOF, APPROVED_THEN_CHANGED)


def of_run(run: Run, state: RunState) -> Iterator[Diagnostic]:
    """Yield what steps of a run do not show."""
    for step in state.steps.values():
        if step.step.proof is not None and step.done is not None and not step.done.proof:
            yield from _unproven(run, state, step)
        if step.changed_since:
            yield found_at(
                APPROVED_THEN_CHANGED,
                run.source,
                ("steps", step.step.index, "approve"),
                f"this was changed after it was approved for `{step.id}`",
                hint="have it approved again, or bring back the content that was approved",
            )


def _unproven(run: Run, state: RunState, step: StepState) -> Iterator[Diagnostic]:
    """Point at what says that a step is done: an offer says it too, and carries no proof."""
    done = step.done
    for event in state.events:
        if (
            done is not None
            and (event.at, event.step) == (done.at, step.id)
            and event.event == ("offered" if done.offered else "done")
        ):
            yield found_at(
                DONE_WITHOUT_PROOF,
                run.source,
                ("log", event.index, "event"),
                f"`{step.id}` asks for a proof ({step.step.proof}), and none is given",
                hint="write `done` with `proof` before it"
                if done.offered
                else 'add proof: "..." to this event',
            )
