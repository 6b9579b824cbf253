"""What the events of a log say of the fields of its record: what each field was, and became."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from nextstep.changes.cast import plays
from nextstep.changes.newly_dated import due_in_file
from nextstep.dates.zones import local_day
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import Event, EventValue
from nextstep.model.process import VACANT, Process
from nextstep.model.time import DueWord
from nextstep.runs.repeats import comes_again

WHO = "who"
REVIEW = "review"


class Told(Struct, frozen=True, kw_only=True):
    """One event about one field. ``before`` and ``after`` are as in the file, None for no field.

    A ``field`` is named for people: ``due``, ``compile.due``, ``inputs.tier``. What stood there
    before is None as well where the event does not say it. ``giver`` offered what was accepted.
    """

    event: Event
    field: str
    before: str | None
    after: str | None
    giver: str | None = None


def told_by_field(record: Record, events: Sequence[Event], zone: str) -> Mapping[str, list[Told]]:
    """Return what events say of each field, in their order."""
    found: dict[str, list[Told]] = {}
    offers: dict[str | None, Event] = {}
    work: set[str | None] = set()
    for event in events:
        if isinstance(record, Run) and _is_about_work(event, work):
            continue
        if event.event == "offered":
            offers[_duty(record, event)] = event
        for told in _told(record, event, offers, zone):
            chain = found.setdefault(told.field, [])
            if not (_is_rebound(told) and chain and chain[-1].after != told.before):
                chain.append(told)
    return {field: chain for field, chain in found.items() if chain}


def _is_about_work(event: Event, offered: set[str | None]) -> bool:
    """Return whether an event of a run hands over the work of a step, and not the promise to do it.

    ``offered`` are the steps whose work is offered.
    """
    if event.event not in {"offered", "accepted", "returned"} or event.flag("duty"):
        return False
    about_work = event.event == "offered" or event.step in offered
    if event.event == "offered":
        offered.add(event.step)
    else:
        offered.discard(event.step)
    return about_work


def _is_rebound(told: Told) -> bool:
    """Return whether it is about a step whose role somebody else plays: if they had it at all."""
    return told.event.event == "changed" and told.field.endswith(f".{WHO}")


def _duty(record: Record, event: Event) -> str | None:
    return (event.text("duty") or "owner") if isinstance(record, Process) else event.step


def _told(
    record: Record, event: Event, offers: dict[str | None, Event], zone: str
) -> Iterator[Told]:
    values = event.values
    if event.event == "moved":
        if not _is_counted_anew(record, event):
            field = "due" if event.step is None else f"{event.step}.due"
            before, after = _date(values.get("from"), zone), _date(values.get("to"), zone)
            yield Told(event=event, field=field, before=before, after=after)
    elif event.event == "changed":
        before, after = event.text("from"), event.text("to")
        field = event.text("field") or ""
        yield Told(event=event, field=field, before=before, after=after)
        yield from _rebound(record, event, field)
    elif event.event == "accepted":
        yield from _taken_over(record, event, offers)
    elif event.event == "returned" and not isinstance(record, Process):
        offers.pop(event.step, None)
    elif event.event == "confirmed" and isinstance(record, Process):
        day = local_day(event.at, zone).isoformat()
        yield Told(event=event, field=REVIEW, before=None, after=day)


def _is_counted_anew(record: Record, event: Event) -> bool:
    """Return whether the date is that of one time of a step that comes again: it has no field."""
    steps = record.steps if isinstance(record, Run) else ()
    return any(step.id == event.step and comes_again(step) for step in steps)


def _rebound(record: Record, event: Event, field: str) -> Iterator[Told]:
    """Yield the steps that somebody else has from then on, because they play the role."""
    role = field.removeprefix("people.")
    if not isinstance(record, Run) or role == field:
        return
    for step in record.steps:
        if plays(record, step, role):
            before, after = event.text("from"), event.text("to")
            yield Told(event=event, field=f"{step.id}.{WHO}", before=before, after=after)


def _taken_over(record: Record, event: Event, offers: dict[str | None, Event]) -> Iterator[Told]:
    offer = offers.pop(_duty(record, event), None)
    if offer is None:
        return
    field = WHO if isinstance(record, Commitment) else f"{event.step}.{WHO}"
    if isinstance(record, Process):
        field = _duty(record, offer) or "owner"
    before = _had_it(record, offer, event)
    yield Told(event=event, field=field, before=before, after=event.by, giver=offer.by)


def _had_it(record: Record, offer: Event, accepted: Event) -> str | None:
    """Return who had what was offered: an owner may pass on what is somebody else's, or nobody's."""
    said = accepted.text("from")
    if said is not None:
        left_out = isinstance(record, Commitment) or offer.text("duty") == "deputy"
        return None if said == VACANT and left_out else said
    steps = record.steps if isinstance(record, Run) else ()
    step = next((one for one in steps if one.id == offer.step), None)
    if step is None or not isinstance(record, Run):
        return offer.by
    return next((who for role, who in record.people.items() if plays(record, step, role)), offer.by)


def _date(value: EventValue | None, zone: str) -> str | None:
    if value is None or value is DueWord.NONE:
        return None
    return due_in_file(value, zone) if isinstance(value, (date, DueWord)) else str(value)
