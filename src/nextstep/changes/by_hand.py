"""What somebody changed by hand in a file and has no event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from nextstep.changes.field_history import WHO, told_by_field
from nextstep.changes.field_places import is_same, said_of, spoken
from nextstep.changes.newly_dated import due_in_file
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import EventValue
from nextstep.model.time import DueWord
from nextstep.runs.order import effective
from nextstep.runs.repeats import comes_again
from nextstep.trail.facts import Fact

_KINDS = ("moved", "changed")


class ByHand(Struct, frozen=True, kw_only=True):
    """One field that is not what it was: ``before`` and ``after`` as in the file.

    ``by`` changed it in ``commit``, where that is done and history was asked.
    """

    field: str
    before: str | None
    after: str | None
    by: str | None = None
    commit: str | None = None

    @property
    def words(self) -> str:
        """What changed, for a sentence."""
        name = spoken(self.field)
        change = f"{name}: {self.after or 'none'}, before it was {self.before or 'none'}"
        return f"{change}, by {self.by} in commit {self.commit[:7]}" if self.commit else change


def by_hand(before: Record | None, after: Record, zone: str) -> tuple[ByHand, ...]:
    """Return what was changed and has no event: dates, inputs, who plays a role, who has it.

    ``before`` is the file as it was, None where only its log tells. Words are looked at only where
    the log tells of them; a date that is written for the first time is no change.
    """
    told = told_by_field(after, effective(after.log)[0], zone)
    found = []
    for field in _fields(before, after):
        now = said_of(after, field, zone)
        if field in told:
            was = told[field][-1].after
        elif before is None or field in ("what", "outcome"):
            continue
        else:
            was = said_of(before, field, zone)
            if was is None:
                continue
        if not is_same(was, now):
            found.append(ByHand(field=field, before=was, after=now))
    return tuple(found)


def by_hand_before(facts: Iterable[Fact], after: Record, zone: str) -> tuple[ByHand, ...]:
    """Return what was committed without an event, by what history tells of a record, oldest first.

    A field that the log tells of is left to `by_hand`, and so is what was changed back since,
    or went back as its line left the log.
    """
    told = told_by_field(after, effective(after.log)[0], zone)
    known = {*_fields(None, after)} - {"what", "outcome", *told}
    first: dict[str, Fact] = {}
    for fact in facts:
        field = str(fact.values.get("field", "")).removeprefix("steps.")
        if fact.reverts:
            continue
        if fact.logged is None and fact.event in _KINDS and not fact.border and field in known:
            first.setdefault(field, fact)
    found = []
    for field, fact in first.items():
        was, now = _as_in_file(fact.values.get("from"), zone), said_of(after, field, zone)
        if was is not None and not is_same(was, now):
            commit = fact.witness.commit
            found.append(ByHand(field=field, before=was, after=now, by=fact.by, commit=commit))
    return tuple(found)


def _as_in_file(value: EventValue | None, zone: str) -> str | None:
    if isinstance(value, (date, DueWord)):
        return due_in_file(value, zone)
    return value if isinstance(value, str) else None


def _fields(before: Record | None, after: Record) -> Iterator[str]:
    if isinstance(after, Commitment):
        yield from ("due", WHO, "what", "outcome")
    elif isinstance(after, Run):
        steps = {step.id for step in before.steps} if isinstance(before, Run) else None
        yield from (f"inputs.{name}" for name in after.inputs)
        yield from (f"people.{name}" for name in after.people)
        for step in after.steps:
            if not comes_again(step) and (steps is None or step.id in steps):
                yield f"{step.id}.due"
