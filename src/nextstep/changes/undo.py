"""What was recorded is taken back: the lines stay, and the fields are as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from nextstep.changes.applying import record_of
from nextstep.changes.commit_words import subject_of
from nextstep.changes.dates_back import dates_back
from nextstep.changes.draft import Draft, Edit, Entry, Value
from nextstep.changes.field_history import REVIEW, WHO, Told, told_by_field
from nextstep.changes.field_places import (
    Fields,
    fields_for,
    is_same,
    said_of,
    spoken,
    spoken_place,
)
from nextstep.changes.log_lines import MILLISECOND, Actor, first_moment
from nextstep.changes.newcomers import called, named_only_in
from nextstep.changes.newly_dated import due_in_file
from nextstep.changes.openness import said_on
from nextstep.changes.review_back import Reviewed, review_back
from nextstep.changes.taken_together import is_again, spoken_of
from nextstep.changes.undoable import see_possible, with_fields
from nextstep.changes.wording import due_words, quoted
from nextstep.dates.days import parse_due
from nextstep.dates.now import Now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import UNDONE, Event, instant_text
from nextstep.model.process import Process, Step
from nextstep.model.source import Keys
from nextstep.repo.paths import SETTINGS
from nextstep.runs.counted import counted
from nextstep.runs.order import effective

BY_MISTAKE = "entered by mistake"
_BEGINNINGS = ("proposed", "agreed")


class Undo(Struct, frozen=True, kw_only=True):
    """The events of one record that are taken back, by their canonical texts, and why.

    Without any the record itself is taken back. ``beside`` are the ids of those that are taken back
    with it. ``reviewed`` is a process with and without its confirmation, where that is known.
    ``was_there``: the file was committed before its first event, which did not begin it.
    """

    id: str
    handle: str
    events: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    why: str | None = None
    reviewed: Reviewed | None = None
    was_there: bool = False


def undo(ledger: Ledger, answers: Undo, actor: Actor, now: Now) -> Draft:
    """Return what takes events back, or closes as dropped what began with them.

    Raises NextstepError where later events hang on them.
    """
    record = record_of(ledger, answers.id)
    meant = tuple(event for event in record.log if event.canonical in answers.events)
    if not answers.was_there and begins(record, meant):
        if any(event.event == "closed" for event in effective(record.log)[0]):
            raise NextstepError(
                f"{answers.handle} is closed already", f"nextstep show {answers.handle}"
            )
        return _dropped(ledger, record, answers)
    log = _log_after(record, meant, actor, now)
    fields = _restored(record, log, ledger)
    if isinstance(record, Process) and answers.reviewed is not None:
        fields = {keys: value for keys, value in fields.items() if keys[0] != REVIEW}
        if _confirmed(record.log) != _confirmed(log):
            fields |= review_back(record, answers.reviewed)
    after = with_fields(record, log, fields)
    see_possible(ledger, record, after, actor, now)
    dates: Fields = {}
    if isinstance(record, Run) and isinstance(after, Run):
        dates = dates_back(ledger, record, after, now)
    entries = tuple(
        Entry(event=UNDONE, values={"of": _name(record, event), "why": answers.why})
        for event in meant
    )
    return Draft(
        told=(
            *_told(ledger, record, meant, {**fields, **dates}, now),
            *_stays(meant, answers.beside),
        ),
        then=f"nextstep undo {answers.handle}",
        edits=(Edit(id=record.id, entries=entries, fields={**fields, **dates}),),
    )


def undo_all(ledger: Ledger, answers: Sequence[Undo], actor: Actor, now: Now) -> Draft:
    """Return what takes back all that one command recorded, in one record or several."""
    drafts = [undo(ledger, one, actor, now) for one in answers]
    return Draft(
        told=tuple(line for draft in drafts for line in draft.told),
        then=drafts[0].then if len(drafts) == 1 else "nextstep undo --yes",
        edits=tuple(edit for draft in drafts for edit in draft.edits),
    )


def begins(record: Record, meant: Sequence[Event]) -> bool:
    """Return whether to take these events back is to take the whole record back."""
    if isinstance(record, Run):
        return not meant
    first = record.log[0] if record.log else None
    is_first = first is not None and first in meant and first.event in _BEGINNINGS
    return isinstance(record, Commitment) and is_first


def _dropped(ledger: Ledger, record: Record, answers: Undo) -> Draft:
    entry = Entry(event="closed", values={"result": "dropped", "why": answers.why or BY_MISTAKE})
    return Draft(
        told=(
            f"{quoted(record)} is closed as dropped: {answers.why or BY_MISTAKE}.",
            *(
                f"{called(person)} stays in {SETTINGS}: nothing else names them."
                for person in named_only_in(ledger, record.source.path)
            ),
        ),
        then=f"nextstep undo {answers.handle}",
        edits=(Edit(id=record.id, entries=(entry,)),),
    )


def _confirmed(log: Sequence[Event]) -> list[str]:
    """Return the confirmations that count; one that was taken back twice does not after one undo."""
    return [one.canonical for one in effective(log)[0] if one.event == "confirmed"]


def _log_after(record: Record, meant: Sequence[Event], actor: Actor, now: Now) -> tuple[Event, ...]:
    """Return the log with the events that take others back, as they will be written."""
    at = first_moment(record.log, now)
    new = [
        Event(
            at + number * MILLISECOND,
            actor.by,
            UNDONE,
            None,
            {"of": event.at, "of_by": event.by, "of_event": event.event},
            len(record.log) + number,
        )
        for number, event in enumerate(meant)
    ]
    return (*record.log, *new)


def _name(record: Record, event: Event) -> Value:
    """Return what names an event: its instant, with more where others share it."""
    shared = [one for one in record.log if one.at == event.at]
    if len(shared) == 1:
        return instant_text(event.at)
    return {"at": instant_text(event.at), "by": event.by, "event": event.event}


def _restored(record: Record, log: Sequence[Event], ledger: Ledger) -> Fields:
    """Return the fields as the events say that still count."""
    zone = ledger.timezone
    before = told_by_field(record, effective(record.log)[0], zone)
    after = told_by_field(record, effective(log)[0], zone)
    fields: Fields = {}
    for field in {**before, **after}:
        was, now = before.get(field, []), after.get(field, [])
        if _ids(was) == _ids(now):
            continue
        _see_last(field, was, now)
        first = min((*was[:1], *now[:1]), key=lambda told: told.event.at)
        written = was[-1].after if was else _said_before(record, field, first.before, ledger)
        fields |= fields_for(record, field, written, now[-1].after if now else first.before, zone)
        if field == WHO and isinstance(record, Commitment):
            fields |= _with(record, was, now)
    return fields


def _said_before(record: Record, field: str, told: str | None, ledger: Ledger) -> str | None:
    """Return what a field says before the first event about it; a date may be that of its rule."""
    step = _dated_step(record, field)
    if step is None or not isinstance(record, Run):
        return told
    zone = ledger.timezone
    due = counted(record, ledger.calendar, ledger.settings.members).steps[step.id]
    ruled = due_in_file(due, zone) if due is not None else None
    there = said_of(record, field, zone)
    return there if is_same(there, ruled) else told


def _dated_step(record: Record, field: str) -> Step | None:
    """Return the step of a run whose date a field is, where a rule says it."""
    steps = record.steps if isinstance(record, Run) else ()
    return next((one for one in steps if f"{one.id}.due" == field and one.rule is not None), None)


def _ids(told: Sequence[Told]) -> list[str]:
    return [one.event.canonical for one in told]


def _with(record: Commitment, was: Sequence[Told], now: Sequence[Told]) -> Fields:
    """Return whom it is with: who gave it away joined, and leaves again when that is taken back.

    Whoever joined by what is taken back stands last: others had it with them before.
    """
    people = list(record.with_)
    for one in was:
        if one.giver and one.event.canonical not in _ids(now) and people[-1:] == [one.giver]:
            people.pop()
    for one in now:
        if one.giver and one.event.canonical not in _ids(was) and one.giver not in people:
            people.append(one.giver)
    return {} if tuple(people) == record.with_ else {("with",): tuple(people) or None}


def _see_last(field: str, was: Sequence[Told], now: Sequence[Told]) -> None:
    """Raise NextstepError where an event about the same field came later than those taken back."""
    both = {one.event.canonical: one for one in (*was, *now)}
    kept = set(_ids(was)) & set(_ids(now))
    taken = False
    for one in sorted(both.values(), key=lambda told: told.event.at):
        if one.event.canonical not in kept:
            taken = True
        elif taken:
            raise NextstepError(
                f"{spoken(field)} was {one.event.event} again since, by {one.event.by}",
                f"take that back first: --at {instant_text(one.event.at)}",
            )


def _told(
    ledger: Ledger, record: Record, meant: Sequence[Event], fields: Fields, now: Now
) -> Iterator[str]:
    head = "Counts again" if is_again(record.log, meant) else "Taken back"
    for event in spoken_of(record.log, meant):
        day = said_on(event.at, ledger, now)
        yield f"{head}: {subject_of(record, event, ledger.settings.people)} ({event.by}, {day})"
    for keys, value in fields.items():
        yield f"  {spoken_place(record, keys)}: {_shown(keys, value, ledger.timezone)}"
    confirmed = any(one.event == "confirmed" for one in meant)
    if isinstance(record, Process) and confirmed and not fields:
        yield f"`last` of its review stays as it is: nextstep edit {record.id}"


def _stays(meant: Sequence[Event], beside: Sequence[str]) -> Iterator[str]:
    """Yield what came of it and is not taken back with it."""
    for id_ in (id_ for event in meant for id_ in event.texts("next") if id_ not in beside):
        yield f"{id_}, which came of it, stays: nextstep drop {id_} --why TEXT gives it up."


def _shown(keys: Keys, value: Value | None, timezone: str) -> str:
    if isinstance(value, str) and keys[-1] in ("due", "promise_due", "last"):
        return due_words(parse_due(value), timezone)
    return value if isinstance(value, str) else ", ".join(value or ()) or "not there"
