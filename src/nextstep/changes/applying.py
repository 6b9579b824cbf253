"""From what a verb wants written to the bytes of files, judged before a byte is on the disk.

Nothing is written that the tables of states do not allow: the changed record is loaded as any
other, and its state says whether the new events are possible where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from nextstep.changes.commit_words import message_of, promise_moved
from nextstep.changes.draft import Draft, Edit
from nextstep.changes.log_lines import MILLISECOND, Actor, first_moment, line_of
from nextstep.changes.moments import own_moment
from nextstep.changes.newcomers import called
from nextstep.changes.saving import Written
from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.files.load import load
from nextstep.files.splice import Append, Change, Put, changed, put_or_taken
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import Event
from nextstep.model.people import Person
from nextstep.model.process import Process
from nextstep.model.source import Source
from nextstep.runs.facts import Impossible
from nextstep.runs.states import RunState
from nextstep.runs.under_settings import run_under, state_under


class Applied(Struct, frozen=True, kw_only=True):
    """The files as they are to be, in the order to write them, and what the commit says of them.

    What is named in other files comes before these: whoever is interrupted leaves no name that
    means nothing. ``moment`` is when it begins in every record, None where a log is too far ahead.
    """

    files: tuple[Written, ...]
    message: str
    moment: datetime | None = None


def applied(
    ledger: Ledger,
    draft: Draft,
    actor: Actor,
    now: Now,
    *,
    content: Callable[[str], str | None] | None = None,
) -> Applied:
    """Return what a draft makes of the files of a ledger.

    Raises NextstepError where a file cannot be changed, or where what is to be logged is not
    possible as things stand.
    """
    old: list[Written] = []
    added: list[Written] = []
    told: list[tuple[Record, tuple[Event, ...]]] = []
    promises: list[str] = []
    now = own_moment(ledger, now)
    for edit in _by_record(draft.edits):
        before = record_of(ledger, edit.id)
        first = first_moment(before.log, now)
        _see_read_in_full(ledger, before.source)
        data = edited(before, edit, actor, first)
        record = _possible(ledger, Source(before.source.path, data), first, now, content)
        if isinstance(record, Run) and isinstance(before, Run):
            record = _dated(ledger, before, record, now)
            promises += promise_moved(before, record)
        old.append(Written(before.source.path, before.source.data, record.source.data))
        told.append((record, tuple(event for event in record.log if event.at >= first)))
    for new in draft.new:
        data = new.text.encode()
        first = first_moment((), now)
        record = _possible(ledger, Source(new.path, data), first, now, content)
        added.append(Written(new.path, None, data))
        told.append((record, record.log))
    settings = [_settings_with(ledger, draft.people)] if draft.people else []
    newcomers = tuple(map(called, draft.people))
    message = message_of(
        told,
        ledger.settings.people,
        subject=draft.subject,
        body="\n".join(promises),
        newcomers=newcomers,
    )
    moments = {events[0].at for _, events in told if events}
    return Applied(
        files=(*settings, *added, *old),
        message=message,
        moment=moments.pop() if len(moments) == 1 else None,
    )


def _by_record(edits: Sequence[Edit]) -> list[Edit]:
    """Return one edit for each record, with all that is to be done to it, in order."""
    merged: dict[str, Edit] = {}
    for edit in edits:
        there = merged.get(edit.id, Edit(id=edit.id))
        merged[edit.id] = Edit(
            id=edit.id,
            entries=(*there.entries, *edit.entries),
            fields={**there.fields, **edit.fields},
        )
    return list(merged.values())


def edited(record: Record, edit: Edit, actor: Actor, first: datetime) -> bytes:
    """Return the file of a record with an edit in it; its events begin with the ``first`` moment."""
    changes: list[Change] = [put_or_taken(keys, value) for keys, value in edit.fields.items()]
    changes += [
        Append(("log",), line_of(entry, actor, first + number * MILLISECOND))
        for number, entry in enumerate(edit.entries)
    ]
    return changed(record.source, changes)


def _see_read_in_full(ledger: Ledger, source: Source) -> None:
    """Raise NextstepError for a file of which something could not be read."""
    if source.path in ledger.faulty:
        raise NextstepError(
            f"{source.path} cannot be read in full; nothing was changed",
            f"`nextstep check {source.path}` says what is wrong",
        )


def _settings_with(ledger: Ledger, people: Sequence[Person]) -> Written:
    """Return the settings with these people added to those that they name."""
    source = ledger.settings.source
    if source is None:
        raise TypeError("people are added to a ledger that names some")
    _see_read_in_full(ledger, source)
    puts = [Put(("people", one.id), {"name": one.name} if one.name else {}) for one in people]
    data = changed(source, puts)
    errors = {found.message for found in load(source).findings}
    for found in load(Source(source.path, data)).findings:
        if found.severity is Severity.ERROR and found.message not in errors:
            raise NextstepError(f"{found.message}; nothing was changed", found.hint or "")
    return Written(source.path, source.data, data)


def record_of(ledger: Ledger, id_: str) -> Record:
    """Return the record with an id. Raises KeyError where there is none."""
    for records in (ledger.commitments, ledger.runs):
        if id_ in records:
            return records[id_]
    return ledger.processes[id_]


def _readable(source: Source) -> Record:
    loaded = load(source)
    wrong = [found for found in loaded.findings if found.severity is Severity.ERROR]
    if wrong:
        raise NextstepError(f"{wrong[0].message}; nothing was changed", wrong[0].hint or "")
    if not isinstance(loaded.record, (Commitment, Run, Process)):
        raise TypeError(f"{source.path} holds no record")
    return loaded.record


def _possible(
    ledger: Ledger,
    source: Source,
    since: datetime,
    now: Now,
    content: Callable[[str], str | None] | None,
) -> Record:
    """Return the record of a file; NextstepError where an event since then is not possible."""
    record = _readable(source)
    last = max((event.at for event in record.log), default=now.instant)
    after = now.not_before(last)
    for refused in _impossible(ledger, record, after, content, since):
        if refused.event.at >= since:
            raise NextstepError(f"{refused.why}; nothing was changed", refused.right)
    return record


def _dated(ledger: Ledger, before: Run, after: Run, now: Now) -> Run:
    """Return a run with the dates written down that are known by what happened."""
    from nextstep.changes.newly_dated import newly_dated

    states = [run_under(ledger.settings, run, now) for run in (before, after)]
    dates = list(newly_dated(after, states[1], states[0], ledger.timezone))
    if not dates:
        return after
    record = _readable(Source(after.source.path, changed(after.source, dates)))
    return record if isinstance(record, Run) else after


def _impossible(
    ledger: Ledger,
    record: Record,
    now: Now,
    content: Callable[[str], str | None] | None,
    since: datetime,
) -> tuple[Impossible, ...]:
    """Return what of a log is impossible. Raises NextstepError for what goes on unapproved."""
    state = state_under(ledger.settings, record, now, content=content)
    if isinstance(record, Run) and isinstance(state, RunState):
        from nextstep.changes.approved_before import see_approved

        see_approved(record, state, since, now)
    return state.impossible
