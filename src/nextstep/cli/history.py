"""What the commands that read history have in common."""

from __future__ import annotations

import os
from collections.abc import Callable

from nextstep.cli.progress import reading_history
from nextstep.cli.session import Session
from nextstep.diagnostics.errors import NextstepError
from nextstep.trail.facts import Trail


def trail_of(
    session: Session,
    *,
    only: str | None = None,
    between: tuple[str, str] | None = None,
    whole: Callable[[], Session] | None = None,
) -> Trail:
    """Read what history tells up to the commit of the session, or in a range of commits.

    ``only`` is the id of one record. ``whole`` opens the rest of a ledger of which the session has
    the settings alone. Raises NextstepError where there is no history.
    """
    if session.repository is None:
        message = f"there is no history to read: {session.no_git}"
        raise NextstepError(message, "`nextstep show` shows the log that the file itself holds")
    if session.commit is None:
        return Trail(facts=(), tip="", commits=0)
    from nextstep.trail.reading import read_trail

    environ = dict(os.environ)
    since, tip = (_commit(session, name, environ) for name in between or ("", ""))
    with reading_history() as progress:
        return read_trail(
            session.place,
            environ,
            ledger=session.ledger,
            tip=tip or session.commit,
            since=since,
            only=only,
            progress=progress,
            whole=None if whole is None else lambda: whole().ledger,
        )


def _commit(session: Session, name: str, environ: dict[str, str]) -> str | None:
    """Return the id of a commit that was typed, None for nothing."""
    from nextstep.dates.zones import zone_of
    from nextstep.repo.revisions import find_commit

    zone = zone_of(session.ledger.timezone)
    return find_commit(session.place, name, zone=zone, environ=environ).id if name else None


def range_typed(text: str | None) -> tuple[str, str] | None:
    """Return the two ends of ``A..B``; either may be left out. Raises NextstepError."""
    if text is None:
        return None
    first, dots, last = text.partition("..")
    if not dots or last.startswith(".") or not (first or last):
        message = f"--between: `{text}` is no range of commits"
        raise NextstepError(message, "write two commits, branches or tags: main..HEAD")
    return first, last


def person_typed(session: Session, who: str | None) -> tuple[str | None, bool]:
    """Return the person of ``--who``, and whether that is the one who asks; ``me`` is.

    Raises NextstepError for somebody whom the ledger does not name.
    """
    from nextstep.cli.asked_people import asked_person

    if who is None:
        return None, False
    person = asked_person(session, who, "--who")
    return person, person == session.me
