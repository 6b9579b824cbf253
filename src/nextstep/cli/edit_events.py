"""What was changed in the editor gets its events before the file is judged."""

from __future__ import annotations

from nextstep.changes.applying import edited
from nextstep.changes.by_hand import by_hand
from nextstep.changes.log_lines import Actor, first_moment
from nextstep.changes.may_move import not_agreed
from nextstep.changes.recorded_by_hand import Said, Unrecorded, of_others, recorded_in
from nextstep.cli import invocation
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, can_ask
from nextstep.cli.only_writer import where_of
from nextstep.cli.output import note
from nextstep.cli.recording import actor_of
from nextstep.cli.session import Session
from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.load import load
from nextstep.model.commitment import Commitment, Run
from nextstep.model.source import Source
from nextstep.render.commands import aside, quoted
from nextstep.render.safe_text import safe_text

_WHY_NOW = Question(words="Why?", flag="--why TEXT", optional=True, open_="record nothing")


def with_events(session: Session, before: Source, data: bytes, why: str | None) -> bytes:
    """Return an edited file with the events of what was changed in it, where somebody says why.

    ``why`` is the reason from a flag; else it is asked for. The file stays as it is where it cannot
    be read, nobody says why, nobody knows who acts, or others have to agree.
    """
    typed, was = load(Source(before.path, data)), load(before).record
    after = typed.record
    wrong = any(found.severity is Severity.ERROR for found in typed.findings)
    if wrong or not isinstance(after, (Commitment, Run)) or not isinstance(was, type(after)):
        return data
    found = by_hand(was, after, session.ledger.timezone)
    if not found:
        return data
    unrecorded = Unrecorded(record=after, changes=found)
    actor = _who_may(session, unrecorded, why)
    if actor is None:
        return data
    reason = why
    if reason is None and can_ask():
        note("\n".join(("You changed", *(f"  {safe_text(one.words)}" for one in found))))
        reason = Answers().text(_WHY_NOW, None)
    if not reason:
        if not can_ask():
            words = "; ".join(one.words for one in found)
            note(safe_text(f"No event says so: {words}"))
            note(_to_record(session, before.path))
        return data
    recorded = recorded_in(session.ledger, unrecorded, Said(why=reason), actor, session.now)
    if recorded.lines:
        note("\n".join(map(safe_text, recorded.lines)))
    return edited(after, recorded.edit, actor, first_moment(after.log, session.now))


def _who_may(session: Session, unrecorded: Unrecorded, why: str | None) -> Actor | None:
    """Return who acts; None, with what to type instead, where that is open or others must agree."""
    path = unrecorded.record.source.path
    try:
        actor = actor_of(session, None)
    except NextstepError as unknown:
        note(safe_text(f"No event was written: {unknown.message}."))
        note(_to_record(session, path, "--by", "PERSON", why=why))
        return None
    theirs = of_others(session.ledger, unrecorded, actor, session.now)
    if theirs is None:
        return actor
    refused = not_agreed(theirs.name, theirs.who)
    who = theirs.who[0] if theirs.who else "PERSON"
    note(safe_text(f"No event was written: {refused.message}."))
    note(_to_record(session, path, "--agreed-by", who, why=why))
    return None


def _to_record(session: Session, path: str, *more: str, why: str | None = None) -> str:
    """Return the command that writes the events of a file later."""
    words = ["nextstep fmt --record --why", "TEXT" if why is None else quoted(why)]
    words += [*map(quoted, more), where_of(session).typed([path])]
    return f"  {safe_text(aside(' '.join(words), invocation.current().directory))}"
