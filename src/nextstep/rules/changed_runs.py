"""Plans of runs that changed while the work was under way."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.rules.changed_processes import not_told, unsaid
from nextstep.rules.consent import has_agreed, leading
from nextstep.rules.pairs import Pair
from nextstep.rules.place import found_at
from nextstep.runs.under_settings import run_under
from nextstep.trail.comparing import Difference, differences

_PATH = "commitments/2026/11/offer-globex-7qhd.yaml"
_RUN = """\
title: An offer for Globex
owner: ana
started: 2026-11-16
expects: [one price]
steps:
  - id: ask
    do: Ask the buyer what they need
    who: max
    rule: 5bd after start
    due: 2026-11-23
"""
_SEND = """\
  - id: send
    do: Send the offer
    who: max
    after: [ask]
    rule: 3bd after ask
    done_when: {}
"""
_LOG = "log:\n"
_SKIPPED = (
    '  - {at: 2026-11-20T09:00Z, by: ana, event: skipped, step: send, why: "they buy elsewhere"}\n'
)
_NOTED = '  - {at: 2026-11-20T09:00Z, by: ana, event: noted, text: "a signature is needed, too"}\n'


def _example(now: str) -> Example:
    return changed_example({_PATH: _RUN + _SEND.format("They have it")}, {_PATH: now})


STEP_REMOVED = Rule(
    code="NS510",
    name="running-step-removed",
    severity=Severity.ERROR,
    what="A step of a run that is under way is no longer in its file.",
    why="A run is promised with all its steps. One that is not needed is skipped with a reason, so "
    "that everybody sees what was left out, and why.",
    fix="Bring the step back, and skip it: `nextstep skip RUN STEP --why TEXT`.",
    bad=_example(_RUN),
    good=_example(_RUN + _SEND.format("They have it") + _LOG + _SKIPPED),
)
PLAN_CHANGED = Rule(
    code="NS511",
    name="running-plan-changed",
    severity=Severity.ERROR,
    what="The plan of a run is not what it was when it was started: a step, a time frame, a "
    "hand-off, a condition. In the new lines of its log neither its owner nor the deputy says "
    "anything.",
    why="A run holds its own plan so that nothing changes under those who work by it.",
    fix="Ask the owner, who says in the log why: `nextstep note RUN TEXT`. Or write it back; how the "
    "next runs go is changed in the process.",
    bad=_example(_RUN + _SEND.format("They have it, signed")),
    good=_example(_RUN + _SEND.format("They have it, signed") + _LOG + _NOTED),
)

RULES = (STEP_REMOVED, PLAN_CHANGED)
_FREE = frozenset(
    "title for requested_by source part_of follows because roadblocks inputs people promise_due "
    "steps".split()
)
_FREE_OF_A_STEP = (".due", ".who")


def check(pair: Pair, ledger: Ledger, now: Now) -> Iterator[Diagnostic]:
    """Yield what is different in the plan of a run."""
    before, run = pair.before, pair.now
    if not isinstance(before, Run) or not isinstance(run, Run):
        return
    found = differences(before, run)
    gone = [one for one in found if one.field == f"steps.{one.step}" and one.after is None]
    if gone and run_under(ledger.settings, before, now).is_live:
        for one in gone:
            yield found_at(
                STEP_REMOVED,
                run.source,
                ("steps",),
                f"the step `{one.step}` is no longer in this run",
                hint=f"bring it back, then: nextstep skip {run.id} {one.step} --why TEXT",
                key=True,
            )
    people = leading(pair, ledger)
    if people and not has_agreed(pair, people):
        changes = not_told(filter(_is_of_the_plan, found), pair, ledger)
        yield from unsaid(PLAN_CHANGED, run, changes, people)


def _is_of_the_plan(one: Difference) -> bool:
    if one.step is None:
        return one.field.partition(".")[0] not in _FREE
    if one.field == f"steps.{one.step}":
        return one.before is None  # one that is gone is told by itself
    return not one.field.endswith(_FREE_OF_A_STEP)
