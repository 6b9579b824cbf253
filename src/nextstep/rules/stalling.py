"""Runs and plans that are open while nobody can do anything about them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from nextstep.dates.now import Now
from nextstep.dates.workdays import working_days_between
from nextstep.dates.zones import local_day
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.rules.place import found_at
from nextstep.runs.states import CommitmentStage, RunStage, RunState, StepState
from nextstep.runs.under_settings import commitment_under, run_under

_RUN = """\
title: Offer for Globex
owner: ana
started: 2026-11-16
inputs: {{account: globex{tier}}}
steps:
  - id: legal
    do: Read the terms
    who: max
    when: tier == 'enterprise' or tier == 'public'
    rule: 2bd after start
    due: 2026-11-18
  - id: send
    do: Send the offer
    who: eva
    after: [legal]
    rule: 2bd after legal
"""
_ASK = "commitments/2026/11/ask-lena-k3f9.yaml"
_SEND = "commitments/2026/11/send-offer-7qhd.yaml"
_ASKING = """\
what: Ask Lena which sites are in
who: max
outcome: We know how many seats
due: 2026-12-04
part_of: globex-growth
log:
  - {at: 2026-11-09T09:00Z, by: eva, event: proposed, how: mail}
"""
_AGREED = "  - {at: 2026-11-10T09:00Z, by: max, event: agreed, how: mail}\n"
_SENDING = """\
what: Send Lena the offer
who: eva
outcome: She can decide
due: 2026-12-11
part_of: globex-growth
after: [ask-lena-k3f9]
"""


def _run(tier: str = "") -> Example:
    return Example({"commitments/2026/11/offer-globex.yaml": _RUN.format(tier=tier)})


STALLED_RUN = Rule(
    code="NS431",
    name="stalled-run",
    severity=Severity.WARNING,
    what="A run is open, nobody can act on any step of it, and no day will change that.",
    why="It is in nobody's list, so nobody misses it: it stays so until the customer asks.",
    fix="Give what it waits for: the message names it. If nothing more is wanted, close the run.",
    bad=_run(),
    good=_run(", tier: enterprise"),
)
STALLED_PLAN = Rule(
    code="NS432",
    name="stalled-plan",
    severity=Severity.WARNING,
    what="Commitments and runs with the same `part_of` are open, and each of them waits: for another "
    "of which nobody agreed within five working days that it will be kept, or for a run that is "
    "stalled.",
    why="Everybody waits, and each for somebody else: the plan has no next step.",
    fix="Get a yes to the one that the others wait for, or agree on another way.",
    bad=Example({_ASK: _ASKING, _SEND: _SENDING}),
    good=Example({_ASK: _ASKING + _AGREED, _SEND: _SENDING}),
)

RULES = (STALLED_RUN, STALLED_PLAN)
_PATIENCE = 5
_MOST_NAMED = 3


def of_run(run: Run, state: RunState) -> Iterator[Diagnostic]:
    """Yield a finding for a run in which nothing can be acted on, if no other says why."""
    if not state.stalled:
        return
    known = run.inputs.keys()
    reasons = [(step, reason) for step in state.steps.values() for reason in _reasons(step, known)]
    if reasons:
        first = reasons[0][0]
        told = ", ".join(
            f"`{step.id}` waits for {reason}" for step, reason in reasons[:_MOST_NAMED]
        )
        more = f", and {len(reasons) - _MOST_NAMED} more wait" if reasons[_MOST_NAMED:] else ""
        yield found_at(
            STALLED_RUN,
            run.source,
            ("steps", first.step.index, "id"),
            f"nobody can act on this run: {told}{more}",
            hint="find out what is missing and write it, or close the run",
        )


def _reasons(step: StepState, known: Container[str]) -> Iterator[str]:
    """Yield what a step waits for that is no step: a step that waits for another is not told.

    An input that is known and cannot be weighed is found as such.
    """
    waiting = step.waiting
    if waiting is not None and not waiting.steps:
        yield from (f"the input `{name}`" for name in waiting.inputs if name not in known)
        yield from (f"the day of `{name}`" for name in waiting.unknown)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the plans in which everybody waits."""
    del before
    plans: dict[str, list[Commitment | Run]] = {}
    for records in (ledger.commitments, ledger.runs):
        for record in records.values():
            if record.part_of is not None:
                plans.setdefault(record.part_of, []).append(record)
    standing = _Standing(ledger, now)
    for name, parts in plans.items():
        if not any(map(standing.goes_on_at_once, parts)):
            yield from _plan(name, parts, standing)


def _plan(name: str, parts: list[Commitment | Run], standing: _Standing) -> Iterator[Diagnostic]:
    open_parts = [part for part in parts if standing.is_open(part.id)]
    reasons = [(part, standing.held_up_by(part.id)) for part in open_parts]
    if any(reason is None for _part, reason in reasons):
        return
    for part, reason in reasons:
        if reason is not None and reason != part.id:  # what nobody waits for is told of it alone
            yield found_at(
                STALLED_PLAN,
                part.source,
                ("after",),
                f"nothing in `{name}` can be acted on: this waits for {standing.told(reason)}",
                hint="get a yes to what it waits for, or agree on another way",
            )
            return


class _Standing:
    """How records stand that others wait for. Derived only where a plan asks for it."""

    def __init__(self, ledger: Ledger, now: Now) -> None:
        self.ledger = ledger
        self.now = now
        self.answers: dict[str, bool] = {}

    def goes_on_at_once(self, part: Commitment | Run) -> bool:
        """Return whether a commitment is plainly open: its log agrees and moves, and ends nothing."""
        return (
            isinstance(part, Commitment)
            and not part.after
            and all(event.event in _OPEN_EVENTS for event in part.log)
        )

    def is_open(self, id_: str) -> bool:
        commitment = self.ledger.commitments.get(id_)
        if commitment is not None:
            return self._stage(commitment) in (CommitmentStage.OPEN, CommitmentStage.PROPOSED)
        run = self.ledger.runs.get(id_)
        return run is not None and self._run(run).stage in (RunStage.OPEN, RunStage.READY_TO_CLOSE)

    def unmet(self, id_: str) -> tuple[str, ...]:
        commitment = self.ledger.commitments.get(id_)
        return tuple(name for name in commitment.after if self.is_open(name)) if commitment else ()

    def held_up_by(self, id_: str) -> str | None:
        """Return what stands still among a record and all that it waits for, if anything does."""
        ahead = [id_]
        seen: set[str] = set()
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen.add(name)
                if self._stands_still(name):
                    return name
                ahead += self.unmet(name)
        return None

    def _stands_still(self, id_: str) -> bool:
        if id_ not in self.answers:
            record = self.ledger.commitments.get(id_) or self.ledger.runs.get(id_)
            is_whole = record is not None and record.source.path not in self.ledger.faulty
            self.answers[id_] = is_whole and (
                self._run(record).stalled
                if isinstance(record, Run)
                else isinstance(record, Commitment) and self._is_unanswered(record)
            )
        return self.answers[id_]

    def _is_unanswered(self, commitment: Commitment) -> bool:
        if self._stage(commitment) is not CommitmentStage.PROPOSED:
            return False
        last = max(event.at for event in commitment.log)
        day = local_day(last, self.ledger.timezone)
        return working_days_between(day, self.now.today, self.ledger.calendar) > _PATIENCE

    def told(self, id_: str) -> str:
        """Return what stands still, and why, in words."""
        if id_ in self.ledger.runs:
            return f"the run `{id_}`, which is stalled"
        return f"`{id_}`, to which nobody has said yes"

    def _stage(self, commitment: Commitment) -> CommitmentStage:
        return commitment_under(self.ledger.settings, commitment, self.now).stage

    def _run(self, run: Run) -> RunState:
        return run_under(self.ledger.settings, run, self.now)


_OPEN_EVENTS = frozenset({"agreed", "moved", "asked", "noted"})
