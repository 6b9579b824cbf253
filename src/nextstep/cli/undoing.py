"""What is meant by `nextstep undo`: the last thing somewhere, the last of mine, or one by its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from nextstep.changes.applying import record_of
from nextstep.changes.commit_words import subject_of, title_of
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import said_on
from nextstep.changes.taken_together import is_again, last_together, spoken_of, together
from nextstep.changes.undo import Undo
from nextstep.cli.asking import Question, can_ask, confirm
from nextstep.cli.confirmations import reviewed
from nextstep.cli.output import note
from nextstep.cli.recording import Manner
from nextstep.cli.session import Session
from nextstep.dates.days import parse_instant
from nextstep.dates.problem import DateProblem
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.commitment import Record, Run
from nextstep.model.events import Event, instant_text
from nextstep.model.process import Process
from nextstep.render.safe_text import safe_text
from nextstep.reports.handles import Handles
from nextstep.runs.order import standing

_YES = Question(words="Take it back?", flag="--yes")
_AGAIN = Question(words="It was taken back. Let it count again?", flag="--yes")
_DECLINED = 3

_Meant: TypeAlias = tuple[Record, tuple[Event, ...]]
"""A record, and what is to be taken back in it."""


def meant(
    session: Session,
    actor: Actor,
    manner: Manner,
    *,
    id_: str | None,
    at: str | None,
    why: str | None,
    yes: bool,
) -> tuple[Undo, ...]:
    """Return what is to be taken back. Raises NextstepError where nothing is, or it is not said."""
    if id_ is None and at is not None:
        raise NextstepError("nothing says in which record", "nextstep undo ID --at INSTANT")
    if id_ is None:
        found = _last_of_mine(session, actor)
        _ask(session, found, manner, yes=yes)
    else:
        record = record_named(session, id_)
        found = [(record, _last_in(session, record, actor) if at is None else _at(record, at))]
    handles = Handles(session.ledger)
    return tuple(
        Undo(
            id=record.id,
            handle=handles.shortest(record.id),
            events=tuple(event.canonical for event in events),
            beside=tuple(other.id for other, _ in found if other.id != record.id),
            why=why,
            reviewed=reviewed(session, record, events) if isinstance(record, Process) else None,
        )
        for record, events in found
    )


def record_named(session: Session, typed: str) -> Record:
    """Return the record that is typed. Raises NextstepError where there is none."""
    name = Handles(session.ledger).find(typed)
    try:
        return record_of(session.ledger, name)
    except KeyError:
        raise NextstepError(f"`{name}` is a plan", "name one of its parts") from None


def _last_in(session: Session, record: Record, actor: Actor) -> tuple[Event, ...]:
    """Return what was recorded last in a record; of somebody else only where it is named."""
    events = last_together(record.log)
    if not events and not isinstance(record, Run):
        raise NextstepError(
            f"nothing is recorded in {record.id} that could be taken back",
            f"nextstep drop {record.id} --why TEXT gives it up",
        )
    if events and not _is_mine(events[-1], actor):
        last = events[-1]
        day = said_on(last.at, session.ledger, session.now)
        theirs = "yours" if actor.types else f"by {actor.by}"
        raise NextstepError(
            f"the last thing in {record.id} is `{last.event}` by {last.by} ({day}), not {theirs}",
            f"to take it back all the same: --at {instant_text(last.at)}",
        )
    return events


def _at(record: Record, typed: str) -> tuple[Event, ...]:
    """Return what was recorded at an instant, or in that minute."""
    try:
        instant = parse_instant(typed)
    except DateProblem as problem:
        raise NextstepError(
            problem.message, f"{problem.hint}; nextstep undo {record.id} --list has the times"
        ) from None
    events = standing(record.log)
    found = [event for event in events if event.at == instant]
    found = found or [one for one in events if one.at.replace(second=0, microsecond=0) == instant]
    groups = {group[0].canonical: group for group in (together(record.log, one) for one in found)}
    if len(groups) == 1:
        return next(iter(groups.values()))
    times = ", ".join(instant_text(event.at) for event in found or events[-3:])
    if found:
        raise NextstepError(f"{len(groups)} things were recorded then", f"type one of {times}")
    raise NextstepError(
        f"nothing that counts was recorded in {record.id} at that time",
        f"the last are {times}; nextstep undo {record.id} --list has all",
    )


def _last_of_mine(session: Session, actor: Actor) -> list[_Meant]:
    """Return what somebody recorded last, in every record that it went to at that moment."""
    mine = [
        (event.at, record, event)
        for record in _records(session)
        for event in standing(record.log)
        if _is_mine(event, actor)
    ]
    if not mine:
        raise NextstepError(
            f"nothing that {actor.by} recorded can be taken back", "name it: nextstep undo ID"
        )
    latest = max(at for at, _, _ in mine)
    found = {record.id: (record, event) for at, record, event in mine if at == latest}
    _see_no_start(session, latest, next(iter(found)))
    return [(record, together(record.log, event)) for record, event in found.values()]


def _see_no_start(session: Session, latest: datetime, last: str) -> None:
    """Raise NextstepError where a run may have been started later: its start is no event."""
    day = local_day(latest, session.ledger.timezone)
    runs = session.ledger.runs.values()
    begun = [run for run in runs if not run.log and run.started and run.started >= day]
    if begun:
        names = ", or ".join(f"nextstep undo {id_}" for id_ in (begun[-1].id, last))
        raise NextstepError(
            f"{title_of(begun[-1])} was started since, or on the same day", f"name one: {names}"
        )


def _records(session: Session) -> Iterator[Record]:
    ledger = session.ledger
    yield from ledger.commitments.values()
    yield from ledger.runs.values()
    yield from ledger.processes.values()


def _is_mine(event: Event, actor: Actor) -> bool:
    """Return whether somebody acted, or wrote it down for who did."""
    return bool({event.by, event.text("recorded_by")} & {actor.by, actor.recorded_by or actor.by})


def _ask(session: Session, found: Sequence[_Meant], manner: Manner, *, yes: bool) -> None:
    """Show what would be taken back, and end with 3 where that is not meant."""
    if yes or manner.dry_run:
        return
    people = session.ledger.settings.people
    lines = [
        f"{subject_of(record, event, people)} ({event.by}, "
        f"{said_on(event.at, session.ledger, session.now)})"
        for record, events in found
        for event in spoken_of(record.log, events)
    ]
    if not can_ask():
        handle = Handles(session.ledger).shortest(found[0][0].id)
        raise NextstepError(
            f"the last thing is {lines[0]}, and nobody can be asked here",
            f"nextstep undo {handle}, or add {_YES.flag}",
        )
    note("\n".join(map(safe_text, lines)))
    question = _AGAIN if all(is_again(record.log, events) for record, events in found) else _YES
    if not confirm(question.words, question.flag, default=True):
        raise NextstepError("nothing was changed", exit_code=_DECLINED)
