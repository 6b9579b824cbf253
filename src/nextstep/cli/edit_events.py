"""What was changed in the editor gets its events before the file is judged."""

from __future__ import annotations

from nextstep.changes.applying import edited
from nextstep.changes.by_hand import by_hand
from nextstep.changes.log_lines import first_moment
from nextstep.changes.recorded_by_hand import Said, Unrecorded, recorded_in
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
from nextstep.render.safe_text import safe_text

_WHY_NOW = Question(words="Why?", flag="--why TEXT", optional=True, open_="record nothing")


def with_events(session: Session, before: Source, data: bytes, why: str | None) -> bytes:
    """Return an edited file with the events of what was changed in it, where somebody says why.

    ``why`` is the reason from a flag; else it is asked for. The file stays as it is where it cannot
    be read, nobody says why, or nobody knows who acts.
    """
    typed, was = load(Source(before.path, data)), load(before).record
    after = typed.record
    wrong = any(found.severity is Severity.ERROR for found in typed.findings)
    if wrong or not isinstance(after, (Commitment, Run)) or not isinstance(was, type(after)):
        return data
    found = by_hand(was, after, session.ledger.timezone)
    if not found:
        return data
    reason = why
    if reason is None and can_ask():
        note("\n".join(("You changed", *(f"  {safe_text(one.words)}" for one in found))))
        reason = Answers().text(_WHY_NOW, None)
    if not reason:
        if not can_ask():
            words = "; ".join(one.words for one in found)
            path = where_of(session).typed([before.path])
            note(safe_text(f"No event says so: {words}"))
            note(f"  nextstep fmt --record --why TEXT {safe_text(path)}")
        return data
    try:
        actor = actor_of(session, None)
    except NextstepError as unknown:
        note(safe_text(f"No event was written: {unknown.message}"))
        return data
    unrecorded = Unrecorded(record=after, changes=found)
    recorded = recorded_in(session.ledger, unrecorded, Said(why=reason), actor, session.now)
    if recorded.lines:
        note("\n".join(map(safe_text, recorded.lines)))
    return edited(after, recorded.edit, actor, first_moment(after.log, session.now))
