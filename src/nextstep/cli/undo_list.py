"""What `nextstep undo ID --list` prints: each thing that can be taken back, with its time."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.changes.commit_words import subject_of
from nextstep.changes.openness import said_on
from nextstep.changes.taken_together import commands_in, is_again, spoken_of
from nextstep.cli import invocation
from nextstep.cli.output import emit, width
from nextstep.cli.recording import Manner
from nextstep.cli.session import Session
from nextstep.cli.undoing import record_named
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.commitment import Record, Run
from nextstep.model.events import Event, instant_text
from nextstep.render.cells import wrap
from nextstep.render.commands import aside
from nextstep.render.safe_text import safe_text
from nextstep.reports.handles import Handles


def print_times(session: Session, manner: Manner, id_: str | None) -> None:
    """Print the times of a record. Raises NextstepError where none is named."""
    if id_ is None:
        raise NextstepError("nothing says of which record", "nextstep undo ID --list")
    if manner.json:
        raise NextstepError(
            "--list is for people",
            f"nextstep show {id_} --format json has every event and its time",
        )
    emit(times_of(session, record_named(session, id_)))


def times_of(session: Session, record: Record) -> str:
    """Return what counts in a record, the last first, each with the time that names it."""
    handle = Handles(session.ledger).shortest(record.id)
    people = session.ledger.settings.people
    lines = []
    for events in commands_in(record.log):
        at = instant_text(events[0].at)
        about = next(spoken_of(record.log, events))
        words = f"{_since(record, events, about)}{subject_of(record, about, people)}"
        day = said_on(events[0].at, session.ledger, session.now)
        where = f", {about.step}" if about.step else ""
        lines += _under(at, safe_text(f"{words} ({events[0].by}{where}, {day})"))
    if not lines and isinstance(record, Run):
        drop = aside(f"nextstep undo {handle}", invocation.current().directory)
        return f"Nothing is recorded since its start: {drop} closes it as dropped.\n"
    if not lines:
        return f"Nothing is recorded in {handle} that could be taken back.\n"
    one = aside(f"nextstep undo {handle} --at TIME", invocation.current().directory)
    return "\n".join([*lines, "", f"{one} takes one of them back.", ""])


def _since(record: Record, events: Sequence[Event], about: Event) -> str:
    """Return what an undo made of what it is about in the end; nothing of what is no undo."""
    if about is events[0]:
        return ""
    return "taken back: " if is_again(record.log, events) else "counts again: "


def _under(at: str, words: str) -> list[str]:
    """Return a time and what happened then, in lines that fit."""
    first, *rest = wrap(words, max(width() - len(at) - 2, 20))
    return [f"{at}  {first}", *(f"{' ' * len(at)}  {line}" for line in rest)]
