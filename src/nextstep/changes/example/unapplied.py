"""A file as it was before its last events: the log and the fields, taken back as they were written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from nextstep.dates.now import now_at
from nextstep.files.load import load
from nextstep.files.splice import Change, Place, Put, Take, changed
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event, EventValue
from nextstep.model.people import Settings
from nextstep.model.process import Process
from nextstep.model.source import Source
from nextstep.model.time import Due
from nextstep.runs.under_settings import run_under

_PROMISE: Place = ("promise_due",)


@lru_cache(maxsize=512)
def record_in(source: Source) -> Any:
    """Return the record of a file. Each version of one is looked at several times."""
    return load(source).record


def unapplied(source: Source, events: Sequence[Event]) -> Source:
    """Return a file without the last events of its log, and with the fields that they changed.

    The dates that follow from a rule stay as they are: see `as_dated`. Raises NextstepError where a
    field cannot be put back.
    """
    record = record_in(source)
    back: list[Change] = []
    for event in reversed(events):
        back += [Take(("log", event.index)), *_fields(record, event)]
    return Source(source.path, changed(source, back))


def dates_given(source: Source, settings: Settings, at: datetime) -> Mapping[Place, Due]:
    """Return the dates that the rules of a run give, by their places and what its log says so far.

    ``at`` is when the file said so. Empty for what is no run.
    """
    run = record_in(source)
    if not isinstance(run, Run):
        return {}
    bare = replace(run, promise_due=None, steps=[replace(step, due=None) for step in run.steps])
    state = run_under(settings, bare, now_at(at, settings.calendar.timezone))
    dues: dict[Place, Due | None] = {_PROMISE: state.promise_due}
    for step in run.steps:
        dues["steps", step.index, "due"] = state.steps[step.id].due
    return {place: due for place, due in dues.items() if due is not None}


def as_dated(source: Source, given: Mapping[Place, Due]) -> Source:
    """Return a run with the dates that could be written by then; ``given`` as `dates_given` says.

    A date without a rule was agreed, and one that was moved stays moved. The date of the promise
    follows its rule.
    """
    run = record_in(source)
    if not isinstance(run, Run):
        return source
    agreed = {event.step for event in run.log if event.event == "moved"}
    agreed |= {step.id for step in run.steps if step.rule is None or step.due is None}
    places: list[Place] = [
        ("steps", step.index, "due") for step in run.steps if step.id not in agreed
    ]
    back: list[Change] = [Take(place) for place in places if place not in given]
    if run.promise_due is not None:
        promise = given.get(_PROMISE)
        if promise is None:
            back.append(Take(_PROMISE))
        elif type(promise) is date and promise != run.promise_due:
            back.append(Put(_PROMISE, _text(promise)))
    return Source(source.path, changed(source, back)) if back else source


def _fields(record: object, event: Event) -> Iterator[Change]:
    """Yield what puts the fields back that an event changed."""
    if event.event == "moved":
        yield _restored(_due(record, event), event.values.get("from"))
    elif event.event == "changed":
        field, _, inside = (event.text("field") or "").partition(".")
        yield _restored((field, inside) if inside else (field,), event.values.get("from"))
    elif event.event == "accepted" and isinstance(record, Commitment):
        giver = _offer(record.log, event).by
        yield Put(("who",), giver)
        if giver in record.with_:
            yield Take(("with", record.with_.index(giver)))
    elif event.event == "accepted" and isinstance(record, Process):
        offer = _offer(record.log, event)
        yield Put((offer.text("duty") or "owner",), offer.by)


def _due(record: object, event: Event) -> Place:
    if not isinstance(record, Run):
        return ("due",)
    return ("steps", next(step.index for step in record.steps if step.id == event.step), "due")


def _restored(place: Place, value: EventValue | None) -> Change:
    return Take(place) if value is None else Put(place, _text(value))


def _text(value: EventValue) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _offer(log: Sequence[Event], answer: Event) -> Event:
    """Return the offer that an answer is about."""
    return next(event for event in log[answer.index - 1 :: -1] if event.event == "offered")
