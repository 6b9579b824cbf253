"""Fields that are not what they were, while the log says nothing of it: dates, words, and who has it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import UNDONE, EventValue
from nextstep.model.process import VACANT, Process
from nextstep.model.source import Keys
from nextstep.rules.pairs import Pair
from nextstep.rules.place import found_at
from nextstep.rules.records import in_words
from nextstep.rules.short_words import short_pair
from nextstep.rules.told_fields import false_starts, told_fields
from nextstep.runs.leading import leaders
from nextstep.runs.order import effective
from nextstep.trail.comparing import Difference, differences

_PATH = "commitments/2026/11/usage-report-k3f9.yaml"
_HEAD = """\
what: Send Globex the usage report
who: {who}
with: [lena]
outcome: They agree the credit
due: {due}
"""
_MOVED = 'log:\n  - {at: 2026-11-17T09:00Z, by: dev, event: moved, from: 2026-11-20, to: 2026-11-27, why: "the audit"}\n'
_PASSED_ON = """\
log:
  - {at: 2026-11-16T09:00Z, by: dev, event: offered, to: mia}
  - {at: 2026-11-17T09:00Z, by: mia, event: accepted}
"""


def _example(who: str, due: str, log: str = "") -> Example:
    before = _HEAD.format(who="dev", due="2026-11-20")
    return changed_example({_PATH: before}, {_PATH: _HEAD.format(who=who, due=due) + log})


NOT_ACCEPTED = Rule(
    code="NS506",
    name="passed-on-without-acceptance",
    severity=Severity.ERROR,
    what="Somebody else has an agreed commitment or a step, or owns a process, and did not accept "
    "it.",
    why="Until the receiver has signed, the giver has it. Where a name is only written over "
    "another, the one believes it is gone, and the other has not heard of it.",
    fix="Write the old name back and pass it on: `nextstep offer`, and `nextstep accept` by the "
    "receiver.",
    bad=_example("mia", "2026-11-20"),
    good=_example("mia", "2026-11-20", _PASSED_ON),
)
WITHOUT_EVENT = Rule(
    code="NS509",
    name="changed-without-event",
    severity=Severity.ERROR,
    what="A date, an outcome or another thing that was agreed is not what it was, and no event says "
    "so.",
    why="Whoever looks later sees the new words alone: nobody knows that there were others, who "
    "changed them, and why.",
    fix="Write the event that belongs to it, with why: `moved` for a date, `changed` for the rest. "
    "`nextstep fmt --record --why TEXT` does it for what was changed by hand, `nextstep move` and "
    "`nextstep change` before. Or write the old value back.",
    bad=_example("dev", "2026-11-27"),
    good=_example("dev", "2026-11-27", _MOVED),
)

RULES = (NOT_ACCEPTED, WITHOUT_EVENT)
_AGREED = frozenset({"due", "what", "outcome"})


def check(pair: Pair, ledger: Ledger) -> Iterator[Diagnostic]:
    """Yield the fields of a commitment, run or process that changed without their event."""
    before, record = pair.before, pair.now
    if before is None or record is None or type(before) is not type(record):
        return
    starts = false_starts(pair, ledger.timezone)
    told = told_fields(pair) - starts.keys()
    found = [one for one in differences(before, record) if one.field not in told]
    for one in found:
        if one.before is None or one.before.split() == (one.after or "").split():
            continue
        if isinstance(record, Process):
            if one.field == "owner":
                yield from _owner(pair, record, one, ledger)
        elif one.field in starts:
            yield _begun_elsewhere(record, one, starts[one.field])
        elif isinstance(record, Commitment):
            yield from _of_commitment(record, one)
        else:
            yield from _of_run(pair, record, one, found)


def _of_commitment(record: Commitment, one: Difference) -> Iterator[Diagnostic]:
    if one.field in _AGREED:
        yield _silent(record, (one.field,), one)
    elif one.field == "who":
        kinds = {event.event for event in effective(record.log)[0]}
        if "proposed" in kinds and "agreed" not in kinds:
            yield _silent(record, ("who",), one)
        else:
            yield _not_accepted(record, ("who",), one, f"nextstep offer {record.id}")


def _of_run(pair: Pair, run: Run, one: Difference, found: list[Difference]) -> Iterator[Diagnostic]:
    kind, _, name = one.field.partition(".")
    if kind in ("inputs", "people"):
        yield _silent(run, (kind, name), one)
    step = next((step for step in run.steps if step.id == one.step), None)
    if step is None:
        return
    if one.field == f"steps.{step.id}.due":
        if not any(event.event == UNDONE for event in pair.lines):
            yield _silent(run, ("steps", step.index, "due"), one)
    elif one.field == f"steps.{step.id}.who":
        recast = any(other.field.startswith("people.") for other in found)
        if one.before != VACANT and not recast:
            offer = f"nextstep offer {run.id} {step.id} --duty"
            yield _not_accepted(run, ("steps", step.index, "who"), one, offer)


def _owner(pair: Pair, process: Process, one: Difference, ledger: Ledger) -> Iterator[Diagnostic]:
    new = leaders(process, ledger.settings)[:1]
    if any(event.event == "accepted" and event.by in new for event in pair.added):
        return
    offer = f"nextstep offer {process.id}"
    yield _not_accepted(process, ("owner",), one, offer)


def _not_accepted(record: Record, keys: Keys, one: Difference, offer: str) -> Diagnostic:
    """Return the finding of what somebody else has now; ``offer`` is the command without `--to`."""
    if one.after in (None, VACANT):
        message = f"`{one.before}` had this, and nobody has it now"
        hint = f"write `{one.before}` back; then offer it to whoever is to have it"
    else:
        message = (
            f"`{one.before}` had this, and `{one.after}` has it now without having accepted it"
        )
        new = [name for name in (one.added or (one.after,)) if name != VACANT]
        to = shlex.quote(new[0]) if len(new) == 1 else "PERSON"
        hint = f"write `{one.before}` back, then: {offer} --to {to}"
    return found_at(NOT_ACCEPTED, record.source, keys, message, hint=hint)


def _begun_elsewhere(record: Commitment | Run, one: Difference, start: EventValue) -> Diagnostic:
    """Return the finding of a field whose new line begins at what it never was."""
    kind, _, name = one.field.partition(".")
    step = next((step for step in getattr(record, "steps", ()) if step.id == one.step), None)
    keys: Keys = (kind, name) if name else (kind,)
    if step is not None:
        keys = ("steps", step.index, "due")
    was, said = in_words(one.before), in_words(start)
    return found_at(
        WITHOUT_EVENT,
        record.source,
        keys,
        f"`{one.field.removeprefix('steps.')}` was `{was}`, and its new event begins with `{said}`",
        hint=f"write from: {was}, or add the event that made it {said} before that one",
    )


def _silent(record: Commitment | Run, keys: Keys, one: Difference) -> Diagnostic:
    was, is_now = short_pair(one.before, one.after)
    name = one.field.removeprefix("steps.")
    if name.endswith("due") or keys[0] in ("inputs", "people"):
        record_it = f"nextstep fmt --record --why TEXT {record.source.path}"
        hint = f"write `{was}` back, or write its event: {record_it}"
    else:
        hint = f"add a `changed` event with field: {name} and why, or write `{was}` back"
    now = f"is `{is_now}` now" if one.after is not None else "is not there now"
    return found_at(
        WITHOUT_EVENT,
        record.source,
        keys,
        f"`{name}` was `{was}` and {now}, and the log does not say so",
        hint=hint,
    )
