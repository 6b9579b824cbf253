"""`nextstep slips`: which dates were moved, how often and how far, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Header, PartOf, Process, Today

if TYPE_CHECKING:
    from nextstep.cli.session import Session
    from nextstep.reports.slips import SlipsWanted

_USUAL_DAYS = 90


def command(  # noqa: PLR0917 - typer passes options by name
    who: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON",
            help="Only dates that this person has or moved; `me` is you. Of others nothing is "
            "counted up.",
        ),
    ] = None,
    process: Process = None,
    step: Annotated[
        str | None, typer.Option(metavar="STEP", help="Only this step of a process.")
    ] = None,
    part_of: PartOf = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Moved from this day on: 2026-08-01, 2w (two weeks ago); else 90 days ago.",
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Moved up to this day, with it.")
    ] = None,
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
    """Show which dates were moved: how often, how far, before or after they were due.

    Moving before is planning, after is a slip. It is read from history, also of what is closed or
    gone; what was undone is not counted. Below stand what is carried over from meeting to meeting,
    and the moves by process, by step and by reason; nothing is counted up by person.

    \b
    EXAMPLES
      nextstep slips                        the last 90 days
      nextstep slips --process complaint    where a process slips, and why
      nextstep slips --since 2026-07-01 --until 2026-09-30
      nextstep slips --who me               your own
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.history import trail_of
    from nextstep.cli.listings import Listed, end, shown_format
    from nextstep.cli.output import emit
    from nextstep.cli.pages import print_page, reading_of
    from nextstep.cli.session import open_session
    from nextstep.render.slips_formats import FORMATS, slips_json, slips_tsv
    from nextstep.render.slips_words import slips_page
    from nextstep.reports.slips import slips_report
    from nextstep.reports.standing import standing

    chosen = shown_format(format_, FORMATS)
    session = open_session(today=today, as_of=as_of)
    wanted = _wanted(session, who, process, step, part_of, (since, until))
    trail = trail_of(session)
    report = slips_report(trail, standing(session.ledger, session.now), wanted)
    if chosen == "tsv":
        emit(slips_tsv(report, header=header))
    elif chosen == "json":
        emit(slips_json(report))
    else:
        print_page(slips_page(report, reading_of(session)), chosen, as_of=as_of)
    end(Listed(unread=bool(report.unread)))


def _wanted(  # noqa: PLR0917 - one for each option
    session: Session,
    who: str | None,
    process: str | None,
    step: str | None,
    part_of: str | None,
    days: tuple[str | None, str | None],
) -> SlipsWanted:
    from datetime import timedelta

    from nextstep.cli.history import person_typed
    from nextstep.cli.past_days import days_between
    from nextstep.reports.filters import checked_scope
    from nextstep.reports.slips import SlipsWanted, checked_step

    person, you = person_typed(session, who)
    first, last = days_between(*days, session)
    chosen = first is not None or last is not None
    return SlipsWanted(
        who=person,
        you=you,
        scope=checked_scope(session.ledger, role=None, process=process, part_of=part_of),
        step=checked_step(session.ledger, step) if step is not None else None,
        since=first if chosen else session.now.today - timedelta(days=_USUAL_DAYS),
        until=last,
        chosen=chosen,
    )
