"""`nextstep calendar`: the days on which to look back, for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Process, Today
from nextstep.diagnostics.errors import NextstepError

if TYPE_CHECKING:
    from datetime import datetime

    from nextstep.cli.session import Session
    from nextstep.reports.calendar import CalendarReport

_EVERYBODY = "all"


def command(  # noqa: PLR0917 - typer passes options by name
    who: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON", help="For this person instead of you (`me`); `all` for everybody."
        ),
    ] = None,
    follow_ups: Annotated[
        bool,
        typer.Option("--follow-ups", help="What others have, and you (or --who) ask about."),
    ] = False,
    process: Process = None,
    as_: Annotated[
        str, typer.Option("--as", metavar="KIND", help="events on the day, or todos.")
    ] = "events",
    closed: Annotated[
        bool,
        typer.Option(
            "--closed", help="Also what is over, marked as such: for a calendar that imports."
        ),
    ] = False,
    today: Today = None,
    as_of: AsOf = None,
) -> None:
    """Print a calendar that asks on the day how it went.

    An entry keeps its identity when its date is moved, so that a calendar that subscribes to the
    file, or imports it again, moves it along. What is proposed is left out, and so is what has no
    day, except among todos. The same commit and day give the same bytes.

    A file that cannot be read is an entry of today, and the exit code is 65.

    \b
    EXAMPLES
      nextstep calendar > next.ics                what I have, for my calendar
      nextstep calendar --follow-ups > ask.ics    what I ask others about
      nextstep calendar --process release         every day of a process
      nextstep calendar --as todos                for a list of todos
      nextstep calendar --closed > again.ics      what is over, too
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.output import emit_bytes
    from nextstep.cli.session import contents_now, open_session
    from nextstep.render.calendar_ical import KINDS, calendar_ical
    from nextstep.reports.calendar import Wish, calendar_report
    from nextstep.reports.filters import checked_scope
    from nextstep.reports.standing import standing

    if as_ not in KINDS:
        raise NextstepError(f"--as takes events or todos, not `{as_}`")
    session = open_session(today=today, as_of=as_of)
    wish = Wish(
        me=_reader(session, who, everybody=process is not None, asks=follow_ups),
        follow_ups=follow_ups,
        closed=closed,
        scope=checked_scope(session.ledger, role=None, process=process, part_of=None),
    )
    states = standing(session.ledger, session.now, content=contents_now(session))
    report = calendar_report(states, wish)
    emit_bytes(calendar_ical(report, as_, _committed(session)))
    if as_ == "events":
        _tell_undated(report)
    _tell_the_way()
    end(Listed(unread=bool(report.unread)))


def _reader(session: Session, who: str | None, *, everybody: bool, asks: bool) -> str | None:
    """Return whose calendar it is, None for that of everybody."""
    from nextstep.cli.asked_people import asked_person

    if who is not None and who != _EVERYBODY:
        return asked_person(session, who, "--who")
    if asks and (who is not None or session.me is None):
        raise NextstepError(
            "--follow-ups is about one person, and nobody is named", "add --who and a name"
        )
    return session.me if asks or (who is None and not everybody) else None


def _tell_the_way() -> None:
    """Say where it goes to somebody who sees it on a screen, where it is of no use."""
    import sys

    from nextstep.cli.output import is_terminal, note

    if is_terminal(sys.stdout) and is_terminal(sys.stderr):
        note("For a calendar to import, or to subscribe to: nextstep calendar > next.ics")


def _tell_undated(report: CalendarReport) -> None:
    """Say in a terminal what cannot be in a calendar; to cron that is no news."""
    import sys

    from nextstep.cli.output import is_terminal, note

    many = report.undated
    if many and is_terminal(sys.stderr):
        have = "1 has no day and is" if many == 1 else f"{many} have no day and are"
        note(f"{have} not in the calendar: --as todos has all")


def _committed(session: Session) -> datetime | None:
    """Return when the commit that was read was made, None outside a history."""
    import os
    from datetime import UTC, datetime

    from nextstep.repo.revisions import find_commit

    if session.commit is None:
        return None
    seconds = find_commit(session.place, session.commit, zone=UTC, environ=os.environ).seconds
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
