"""`nextstep due`: what needs you now."""

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Header, Overdue, PartOf, Process, Role, Today

if TYPE_CHECKING:
    from datetime import date

    from nextstep.cli.session import Session
    from nextstep.reports.due import DueReport, Stranger

_EVERYBODY = "all"


def command(  # noqa: PLR0917 - typer passes options by name
    everything: Annotated[
        bool,
        typer.Option("--all", help="Show also what is due later and what is with others in time."),
    ] = False,
    who: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON", help="For this person instead of you (`me`); `all` for everybody."
        ),
    ] = None,
    role: Role = None,
    process: Process = None,
    part_of: PartOf = None,
    within: Annotated[
        str | None,
        typer.Option(metavar="LENGTH", help="How far ahead to look: 3d, 5bd, 2w, 1mo; else 1w."),
    ] = None,
    overdue: Overdue = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when something listed is overdue.")
    ] = False,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text, tsv, json or markdown; else text on a terminal and tsv elsewhere.",
        ),
    ] = None,
    header: Header = False,
) -> None:
    """Show what needs you: what is due, what to accept, whom to ask.

    It is yours when git's user.email belongs to somebody in `people` of nextstep.yaml, and
    everybody's otherwise; the first line says which. Every row begins with what to type after
    `nextstep show`.

    A file that cannot be read is shown with a `!`, and the exit code is 65.

    \b
    EXAMPLES
      nextstep due                      what needs me today and this week
      nextstep due --all                also what comes later, and what I wait for
      nextstep due --who all --overdue  everything that is overdue, whoever has it
      nextstep due --within 2w          look two weeks ahead
      nextstep due --format json        for a program
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.listings import Listed, end, shown_format
    from nextstep.cli.output import emit
    from nextstep.cli.session import contents_now, open_session
    from nextstep.render.due_formats import FORMATS
    from nextstep.reports.due import Question, due_report
    from nextstep.reports.filters import checked_scope
    from nextstep.reports.standing import standing

    chosen = shown_format(format_, FORMATS)
    session = open_session(today=today, as_of=as_of)
    me, you = _reader(session, who, everybody=role is not None)
    question = Question(
        me=me,
        you=you,
        everybody=who == _EVERYBODY,
        scope=checked_scope(session.ledger, role=role, process=process, part_of=part_of),
        horizon=_last_day(within, session),
        within=within,
        everything=everything,
        overdue=overdue,
        stranger=None if me or who or role or process or part_of else _stranger(session),
    )
    report = due_report(
        standing(session.ledger, session.now, content=contents_now(session)), question
    )
    emit(_rendered(report, session, chosen, header=header))
    end(Listed(unread=bool(report.unread), found=exit_code and report.has_overdue))


def _last_day(within: str | None, session: "Session") -> "date | None":
    if not within:
        return None
    from nextstep.cli.lengths import day_within

    return day_within(within, session)


def _rendered(report: "DueReport", session: "Session", chosen: str, *, header: bool) -> str:
    from nextstep.cli.listings import screen
    from nextstep.render.due_formats import due_json, due_markdown, due_text, due_tsv
    from nextstep.render.listing import Origin

    origin = Origin(session.ledger.root, session.commit, session.as_of)
    if chosen == "tsv":
        return due_tsv(report, header=header)
    if chosen == "json":
        return due_json(report, session.commit)
    if chosen == "markdown":
        return due_markdown(report, origin)
    return due_text(report, origin, screen())


def _stranger(session: "Session") -> "Stranger | None":
    """Return why somebody who asks for their own sees everybody's; None in a ledger of one."""
    from nextstep.reports.filters import names_nobody

    if names_nobody(session.ledger):
        return None
    import os

    from nextstep.repo.identity import who
    from nextstep.reports.due import Stranger

    email = who(session.place, os.environ).email
    return Stranger(email=email, named=bool(session.ledger.settings.people))


def _reader(session: "Session", who: str | None, *, everybody: bool) -> tuple[str | None, bool]:
    """Return for whom the listing is, and whether that is the one who asks."""
    if who == _EVERYBODY or (who is None and everybody):
        return None, False
    if who is not None:
        from nextstep.cli.asked_people import asked_person

        person = asked_person(session, who, "--who")
        return person, person == session.me
    return session.me, session.me is not None
