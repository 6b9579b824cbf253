"""What is meant by `nextstep undo`: the last thing somewhere, the last of mine, or one by its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from nextstep.changes.applying import record_of
from nextstep.changes.commit_words import subject_of, title_of
from nextstep.changes.log_lines import Actor
from nextstep.changes.moments import records_of
from nextstep.changes.openness import said_on
from nextstep.changes.taken_together import (
    commands_in,
    is_again,
    last_together,
    spoken_of,
    together,
)
from nextstep.changes.undo import Undo
from nextstep.cli.asking import Question, can_ask, confirm
from nextstep.cli.confirmations import reviewed
from nextstep.cli.first_versions import came_with_its_start, was_there_before
from nextstep.cli.output import note, width
from nextstep.cli.recording import Manner
from nextstep.cli.session import Session
from nextstep.dates.days import parse_instant
from nextstep.dates.problem import DateProblem
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DECLINED
from nextstep.model.commitment import Record, Run
from nextstep.model.events import Event, instant_text
from nextstep.model.process import Process
from nextstep.render.cells import wrap
from nextstep.render.safe_text import safe_text
from nextstep.reports.handles import Handles
from nextstep.runs.order import standing

_YES = Question(words="Take it back?", flag="--yes")
_AGAIN = Question(words="It was taken back. Let it count again?", flag="--yes")

_Meant: TypeAlias = tuple[Record, tuple[Event, ...]]
"""A record, and what is to be taken back in it; of a run that is taken back as a whole, nothing."""


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
        found = _begun_at(session, at)
    elif id_ is None:
        found = _last_of_mine(session, actor)
        _ask(session, found, manner, yes=yes)
    else:
        record = record_named(session, id_)
        found = [
            (record, _last_in(session, record, actor) if at is None else _at(record, at, actor))
        ]
    handles = Handles(session.ledger)
    return tuple(
        Undo(
            id=record.id,
            handle=handles.shortest(record.id),
            events=tuple(event.canonical for event in events),
            beside=tuple(other.id for other, _ in found if other.id != record.id),
            why=why,
            reviewed=reviewed(session, record, events) if isinstance(record, Process) else None,
            was_there=was_there_before(session, record, events),
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
    return () if came_with_its_start(session, record, events) else events


def _at(record: Record, typed: str, actor: Actor) -> tuple[Event, ...]:
    """Return what was recorded at an instant, or in that minute; of several then, the actor's."""
    instant = _instant(typed, record.id)
    events = standing(record.log)
    found = [event for event in events if event.at == instant]
    found = found or [one for one in events if one.at.replace(second=0, microsecond=0) == instant]
    groups = {group[0].canonical: group for group in (together(record.log, one) for one in found)}
    is_one_instant = len({group[0].at for group in groups.values()}) == 1
    mine = [group for group in groups.values() if _is_mine(group[0], actor)]
    if is_one_instant and len(groups) > 1 and len(mine) == 1:
        return mine[0]
    if len(groups) == 1:
        return next(iter(groups.values()))
    if groups and is_one_instant:
        raise _at_once(record, typed, [group[0].by for group in groups.values()])
    times = ", ".join(dict.fromkeys(instant_text(event.at) for event in found or events[-3:]))
    if found:
        raise NextstepError(f"{len(groups)} things were recorded then", f"type one of {times}")
    raise NextstepError(
        f"nothing that counts was recorded in {record.id} at that time",
        f"the last are {times}; nextstep undo {record.id} --list has all",
    )


def _at_once(record: Record, typed: str, people: Sequence[str]) -> NextstepError:
    """Return the refusal of an instant at which several things were recorded, as by hand."""
    hint = f"say whose is meant: {', '.join(f'--by {one}' for one in dict.fromkeys(people))}"
    if len(set(people)) < len(people):
        hint = f"nextstep undo {record.id} takes the last one back, where nothing came after it"
    return NextstepError(
        f"{len(people)} things were recorded in {record.id} at {typed}, and no time is between them",
        hint,
    )


def _instant(typed: str, id_: str) -> datetime:
    """Return an instant that was typed."""
    try:
        return parse_instant(typed)
    except DateProblem as problem:
        raise NextstepError(
            problem.message, f"{problem.hint}; nextstep undo {id_} --list has the times"
        ) from None


def _last_of_mine(session: Session, actor: Actor) -> list[_Meant]:
    """Return what somebody recorded last, in every record that it went to at that moment."""
    mine = [
        (record, events)
        for record in records_of(session.ledger)
        for events in islice((one for one in commands_in(record.log) if _is_mine(one[0], actor)), 1)
    ]
    if not mine:
        raise NextstepError(
            f"nothing that {actor.by} recorded can be taken back", "name it: nextstep undo ID"
        )
    latest = max(events[0].at for _, events in mine)
    found = [(record, events) for record, events in mine if events[0].at == latest]
    _see_no_start(session, latest, found)
    return _with_starts(session, found)


def _with_starts(session: Session, found: Sequence[_Meant]) -> list[_Meant]:
    """Return what was found, a run as a whole where it is what that was started with."""
    return [
        (record, () if came_with_its_start(session, record, events) else events)
        for record, events in found
    ]


def _begun_at(session: Session, typed: str) -> list[_Meant]:
    """Return what one command recorded at an instant, in every record that it went to."""
    instant = _instant(typed, "ID")
    commands: dict[str, list[_Meant]] = {}
    for record in records_of(session.ledger):
        for events in commands_in(record.log):
            if events[0].at == instant:
                typist = events[0].text("recorded_by") or events[0].by
                commands.setdefault(typist, []).append((record, events))
    if len(commands) == 1:
        return _with_starts(session, next(iter(commands.values())))
    if not commands:
        raise NextstepError(
            "nothing that counts was recorded at that time, to the millisecond",
            "nextstep undo ID --list has the times",
        )
    ids = (record.id for found in commands.values() for record, _ in found)
    raise NextstepError(
        f"{' and '.join(commands)} recorded something then",
        "\n".join(("name one:", *(f"nextstep undo {id_} --at {typed}" for id_ in ids))),
    )


def _see_no_start(session: Session, latest: datetime, found: Sequence[_Meant]) -> None:
    """Raise NextstepError where a run may have been started later: its start is no event."""
    day = local_day(latest, session.ledger.timezone)
    runs = session.ledger.runs.values()
    begun = [run for run in runs if not run.log and run.started and run.started >= day]
    if begun:
        run = begun[-1]
        handle = Handles(session.ledger).shortest(run.id)
        raise NextstepError(
            f"{title_of(run)} was started since, or on the same day",
            "\n".join(("name one:", f"nextstep undo {handle}", _named(session, found))),
        )


def _is_mine(event: Event, actor: Actor) -> bool:
    """Return whether who is named acted, or wrote it down for who did; not who types for them."""
    return actor.by in (event.by, event.text("recorded_by"))


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
    lines += [f"Start: {title_of(record)}" for record, events in found if not events]
    if not can_ask():
        raise NextstepError(
            f"the last thing is {lines[0]}, and nobody can be asked here",
            f"{_named(session, found)}, or add {_YES.flag}",
        )
    note("\n".join(one for line in lines for one in wrap(safe_text(line), width())))
    question = _AGAIN if all(is_again(record.log, events) for record, events in found) else _YES
    if not confirm(question.words, question.flag, default=True):
        raise NextstepError("nothing was changed", exit_code=DECLINED)


def _named(session: Session, found: Sequence[_Meant]) -> str:
    """Return the command that takes the same back without a question."""
    if len(found) > 1:
        return f"nextstep undo --at {instant_text(found[0][1][0].at)}"
    return f"nextstep undo {Handles(session.ledger).shortest(found[0][0].id)}"
