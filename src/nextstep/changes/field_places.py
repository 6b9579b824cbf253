"""Where a field stands in the file of a record, and what is put there to take an event back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from nextstep.changes.draft import Value
from nextstep.changes.field_history import REVIEW, WHO
from nextstep.changes.newly_dated import due_in_file
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.syntax import locate
from nextstep.model.commitment import Record, Run
from nextstep.model.process import VACANT, Process, Step
from nextstep.model.source import Keys

_SPOKEN = {"due": "the date", WHO: "who has it"}

Fields: TypeAlias = dict[Keys, Value | None]


def fields_for(
    record: Record, field: str, written: str | None, value: str | None, zone: str
) -> Fields:
    """Return what is put so that a field, which says ``written``, says ``value``.

    Raises NextstepError where the file says something else: somebody changed it by hand.
    """
    if isinstance(record, Process):
        return _of_process(record, field, written, value)
    recast = _step_of(record, field, WHO)
    if recast is not None:
        return _rebound(recast, written, value)
    there = said_of(record, field, zone)
    if not is_same(there, written):
        raise NextstepError(
            f"{spoken(field)} is `{there}`, and the last event about it says `{written}`",
            f"`nextstep check {record.source.path}` shows it; put that right first",
        )
    dated = _step_of(record, field, "due")
    if dated is not None:
        return {("steps", dated.index, "due"): value}
    return {tuple(field.split(".", 1)): value}


def said_of(record: Record, field: str, zone: str) -> str | None:
    """Return what a field says now, as in the file; None where it is not there.

    Of a step that is its date: several may have it, so that `who` is not one text.
    """
    kind, _, name = field.partition(".")
    step = _step_of(record, field, "due")
    value: object
    if step is not None:
        value = step.due
    elif kind in ("inputs", "people"):
        known: Mapping[str, str] = getattr(record, kind)
        value = known.get(name)
    else:
        value = getattr(record, field)
    if isinstance(value, date):
        return due_in_file(value, zone)
    return None if value is None else str(value)


def is_same(one: str | None, other: str | None) -> bool:
    """Return whether two values are the same: a file may break its lines elsewhere."""
    if one is None or other is None:
        return one is other
    return one.split() == other.split()


def spoken(field: str) -> str:
    """Return a field for a sentence."""
    return _SPOKEN.get(field, field)


def spoken_place(record: Record, keys: Keys) -> str:
    """Return a place of a file for a sentence: of a step or a review with its name."""
    if isinstance(record, Run) and keys[0] == "steps":
        step = next(one for one in record.steps if one.index == keys[1])
        return f"{keys[2]} of {step.id}"
    if isinstance(record, Process) and len(keys) > 2:  # noqa: PLR2004 - field, place, field
        _, number, name = keys
        kind = record.reviews[int(number)].kind
        return f"review.{name} of {kind}" if kind else f"review.{name}"
    return ".".join(map(str, keys))


def _of_process(process: Process, field: str, written: str | None, value: str | None) -> Fields:
    if field != REVIEW:
        return {(field,): value}
    if value is None:
        return {}
    places = review_places(process)
    return {
        place: value
        for place, review in zip(places, process.reviews, strict=True)
        if (written is None and len(places) == 1)
        or (review.last is not None and review.last.isoformat() == written)
    }


def review_places(process: Process) -> tuple[Keys, ...]:
    """Return where each review says when it was last: one may stand there without a list."""
    there, first = (locate(process.source, keys) for keys in ((REVIEW,), (REVIEW, 0)))
    if there == first:  # there is no list that has a first one
        return ((REVIEW, "last"),) * len(process.reviews)
    return tuple((REVIEW, number, "last") for number in range(len(process.reviews)))


def _step_of(record: Record, field: str, name: str) -> Step | None:
    """Return the step of a run whose field of that ``name`` is meant."""
    steps = record.steps if isinstance(record, Run) else ()
    return next((one for one in steps if field == f"{one.id}.{name}"), None)


def _rebound(step: Step, written: str | None, value: str | None) -> Fields:
    """Return what gives a step to somebody else; nothing where it is not theirs."""
    place: Keys = ("steps", step.index, WHO)
    name = written or VACANT
    if name not in step.who and not (name == VACANT and not step.who):
        return {}
    if len(step.who) <= 1:
        return {place: value or VACANT}
    return {(*place, step.who.index(name)): value or VACANT}
