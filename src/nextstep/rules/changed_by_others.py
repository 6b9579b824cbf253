"""What somebody promised, moved or changed by somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import UNDONE, Event
from nextstep.model.process import VACANT
from nextstep.rules.pairs import Pair, proposed_until
from nextstep.rules.place import found_at
from nextstep.runs.leading import leaders
from nextstep.runs.order import effective, named_by
from nextstep.runs.timing import is_agreed
from nextstep.runs.under_settings import run_under

_PATH = "commitments/2026/11/usage-report-k3f9.yaml"
_BEFORE = """\
what: Send Globex the usage report
who: dev
with: [lena]
outcome: They agree the credit
due: {due}
"""
_MOVED = """\
log:
  - {{at: 2026-11-19T09:00Z, by: mia, event: moved, from: 2026-11-20, to: 2026-11-27{}, why: "finance closes on Thursday"}}
"""


def _moved(agreed: str) -> Example:
    return changed_example(
        {_PATH: _BEFORE.format(due="2026-11-20")},
        {_PATH: _BEFORE.format(due="2026-11-27") + _MOVED.format(agreed)},
    )


CHANGED_BY_SOMEBODY_ELSE = Rule(
    code="NS505",
    name="changed-by-somebody-else",
    severity=Severity.ERROR,
    what="What somebody promised was moved or changed by somebody else, and nobody agreed to it. So "
    "was who plays a role in a run, by neither of the two nor an owner. It is the same to take back "
    "that it was agreed, moved or changed, or to call it a proposal.",
    why="A promise is worth something because who made it answers for it. A date that others set is "
    "a wish.",
    fix="Ask who has it. Then add `agreed_by` with their name; or write them as `by`, and as "
    "`recorded_by` who wrote it down.",
    bad=_moved(""),
    good=_moved(", agreed_by: dev"),
)

RULES = (CHANGED_BY_SOMEBODY_ELSE,)
_CHANGES = ("moved", "changed")
_PROMISES = frozenset({"agreed", *_CHANGES})


def check(pair: Pair, ledger: Ledger, now: Now) -> Iterator[Diagnostic]:
    """Yield the new events by which somebody changes what another has."""
    record = pair.now
    if not isinstance(record, (Commitment, Run)):
        return
    if isinstance(record, Commitment) and isinstance(pair.before, Commitment):
        yield from _less_than_agreed(pair.before, record, pair)
    changes = [one for one in pair.added if one.event in _CHANGES and not is_agreed(one)]
    if not changes:
        return
    if isinstance(record, Commitment):
        whose = _whose(pair, record)
    else:
        whose = _whose_in_run(record, changes, ledger, now)
    for event in changes:
        people = whose.get(id(event), ())
        if people and event.by not in people:
            what = event.text("field") or "due"
            yield found_at(
                CHANGED_BY_SOMEBODY_ELSE,
                record.source,
                ("log", event.index, "event"),
                f"`{event.by}` changed `{what}`, and it is `{people[0]}` who has it",
                hint=f"add agreed_by: {people[0]}, once they agreed",
            )


def _less_than_agreed(before: Commitment, record: Commitment, pair: Pair) -> Iterator[Diagnostic]:
    """Yield the new lines by which somebody takes back what another had agreed to."""
    holder = before.who
    agreed = {event.event for event in pair.added if event.by == holder}
    for event in pair.lines:
        if holder is None or event.by in {holder, record.who}:
            continue
        told = None
        if event.event == "proposed":
            if proposed_until(before.log) is not None or "agreed" in agreed:
                continue
            told = f"`{event.by}` calls this a proposal, and it is `{holder}` who had agreed to it"
        elif event.event == UNDONE:
            meant = [one for one in named_by(event, before.log) if one.event in _PROMISES]
            if any(event.by not in {one.by, one.text("recorded_by")} for one in meant):
                told = f"`{event.by}` took back `{meant[0].event}`, and it is `{holder}` who has it"
        if told is not None:
            keys = ("log", event.index, "event")
            hint = f"ask {holder}, who then says so: by: {holder}, recorded_by: {event.by}"
            yield found_at(CHANGED_BY_SOMEBODY_ELSE, record.source, keys, told, hint=hint)


def _whose(pair: Pair, record: Commitment) -> Mapping[int, tuple[str, ...]]:
    """Return who could change a commitment at each event.

    That is who had it; before it was agreed, also those with whom it was to be.
    """
    holder = record.who
    if holder is None:
        return {}
    events, _refused = effective(record.log)
    until = proposed_until(events)
    givers = _givers(events)
    before = pair.before
    others = (before.who,) if isinstance(before, Commitment) and before.who else ()
    found: dict[int, tuple[str, ...]] = {}
    for event in reversed(events):
        both = record.with_ if until is not None and event.at <= until else ()
        found[id(event)] = (holder, *others, *both)
        if event.event == "changed" and event.text("field") == "who":
            holder = event.text("from") or holder
        holder = givers.get(id(event), holder)
    return found


def _givers(events: Sequence[Event]) -> Mapping[int, str]:
    """Return who had what was accepted, by the event that accepted it."""
    found, offered = {}, None
    for event in events:
        if event.event == "offered":
            offered = event.by
        elif event.event == "accepted" and offered is not None:
            found[id(event)] = offered
    return found


def _whose_in_run(
    run: Run, changes: Sequence[Event], ledger: Ledger, now: Now
) -> Mapping[int, tuple[str, ...]]:
    """Return who could change a date or a role of a run; what becomes known is everybody's."""
    leading = leaders(run, ledger.settings)
    found: dict[int, tuple[str, ...]] = {}
    moves = []
    for event in changes:
        if event.event == "moved":
            moves.append(event)
        elif leading and (event.text("field") or "").startswith("people."):
            had, gets = event.text("from"), event.text("to")
            if had and had != VACANT:
                found[id(event)] = (had, gets or had, *leading)
    if moves:
        state = run_under(ledger.settings, run, now)
        refused = {id(one.event) for one in state.impossible}
        who = {step.id: step.who for step in run.steps}
        for event in moves:
            if id(event) in refused:
                found[id(event)] = (*who.get(event.step or "", ()), *leading)
    return found
