"""`nextstep list`: anything in the ledger, in any state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Header, Overdue, PartOf, Process, Role, Today

if TYPE_CHECKING:
    from datetime import date

    from nextstep.cli.session import Session
    from nextstep.render.list_formats import AnyList

_EVERYBODY = "all"


def command(  # noqa: PLR0917 - typer passes options by name
    state: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATE",
            help="Only in this state (repeat for more): proposed, open, done, closed; of steps "
            "waiting, ready, offered, finished; of runs ready to close, dropped; blocked; all.",
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="commitment, run, step or plan (repeat for more)."),
    ] = None,
    who: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON", help="Only what this person has; `me` is you, `all` everybody."
        ),
    ] = None,
    with_: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="PERSON",
            help="What this person and you (or --who) have for each other or ask each other about.",
        ),
    ] = None,
    role: Role = None,
    process: Process = None,
    part_of: PartOf = None,
    customer: Annotated[
        str | None, typer.Option("--for", metavar="NAME", help="Only runs for this customer.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Only where these words occur, exactly as typed."),
    ] = None,
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", help="Only what is due before.")
    ] = None,
    due_after: Annotated[
        str | None, typer.Option("--due-after", metavar="DATE", help="Only what is due after.")
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(metavar="LENGTH", help="Only what is due by then: 3d, 5bd, 2w, 1mo."),
    ] = None,
    overdue: Overdue = False,
    processes: Annotated[
        bool, typer.Option("--processes", help="The processes, with their state and owner.")
    ] = False,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text, tsv, json, markdown or ids; else text on a terminal and tsv elsewhere.",
        ),
    ] = None,
    header: Header = False,
) -> None:
    """List commitments and runs, or their steps, by due date.

    Filters add up. What is over is left out unless a --state asks for it. Where somebody's part is
    asked for (--who, --with, --role) the steps that they have stand for the runs.

    \b
    EXAMPLES
      nextstep list --state all --text "usage report"   whatever became of it
      nextstep list --with lena                         lena and I, both ways
      nextstep list --kind step --role legal            steps for the lawyer
      nextstep list --part-of globex-growth             a plan
      nextstep list --processes                         who owns which process
      nextstep list --overdue --format ids              for a script
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.asked_people import asked_person
    from nextstep.cli.lengths import day_within
    from nextstep.cli.listings import Listed, end, shown_format
    from nextstep.cli.output import emit, note
    from nextstep.cli.session import contents_now, open_session
    from nextstep.render.list_formats import FORMATS
    from nextstep.render.safe_text import safe_text
    from nextstep.reports.filters import checked_scope
    from nextstep.reports.list import KINDS, STATES, Wanted, list_report
    from nextstep.reports.processes import PROCESS_STATES, processes_report
    from nextstep.reports.standing import standing

    chosen = shown_format(format_, FORMATS)
    states = _words(state, PROCESS_STATES if processes else STATES, "--state")
    kinds = _words(kind, KINDS, "--kind")
    session = open_session(today=today, as_of=as_of)
    ledger = session.ledger
    everybody = who == _EVERYBODY
    who = None if everybody else who
    due_to = _day(due_before, "--due-before", -1)
    if within is not None:
        limit = day_within(within, session)
        due_to = limit if due_to is None else min(limit, due_to)
    wanted = Wanted(
        states=states,
        kinds=kinds,
        who=None if with_ or not who else asked_person(session, who, "--who"),
        pair=_pair(session, who, with_, everybody=everybody),
        scope=checked_scope(ledger, role=role, process=process, part_of=part_of),
        customer=customer,
        text=text,
        due_from=_day(due_after, "--due-after", 1),
        due_to=due_to,
        overdue=overdue,
    )
    state_of_things = standing(ledger, session.now, content=contents_now(session))
    report: AnyList
    if processes:
        report = processes_report(state_of_things, wanted)
    else:
        report = list_report(state_of_things, wanted)
    emit(_rendered(report, session, chosen, header=header))
    if chosen == "ids":
        for file in report.unread:
            note(f"! {safe_text(file.path)} could not be read: nextstep check")
    end(Listed(unread=bool(report.unread)))


def _rendered(report: AnyList, session: Session, chosen: str, *, header: bool) -> str:
    from nextstep.cli.listings import screen
    from nextstep.render.list_formats import (
        list_ids,
        list_json,
        list_markdown,
        list_text,
        list_tsv,
    )
    from nextstep.render.listing import Origin

    origin = Origin(session.ledger.root, session.commit, session.as_of)
    if chosen == "tsv":
        return list_tsv(report, header=header)
    if chosen == "json":
        return list_json(report, session.commit)
    if chosen == "ids":
        return list_ids(report)
    if chosen == "markdown":
        return list_markdown(report, origin)
    return list_text(report, origin, screen())


def _pair(
    session: Session, who: str | None, other: str | None, *, everybody: bool
) -> tuple[str | None, str] | None:
    """Return the two people of --with: the one named, and --who or the one who asks.

    The second is None for everybody.
    """
    from nextstep.cli.asked_people import asked_person

    if other is None:
        return None
    name = asked_person(session, other, "--with")
    me = None if everybody else session.me
    one = asked_person(session, who, "--who") if who else me
    return (one if one != name else None, name)


def _words(given: list[str] | None, known: tuple[str, ...], option: str) -> tuple[str, ...]:
    from nextstep.diagnostics.errors import NextstepError

    for word in given or ():
        if word not in known:
            raise NextstepError(f"{option}: there is no `{word}`", f"use {', '.join(known)}")
    return tuple(given or ())


def _day(said: str | None, option: str, shift: int) -> date | None:
    """Return the day before or after the day that was said."""
    from datetime import timedelta

    from nextstep.dates.days import parse_day
    from nextstep.dates.problem import DateProblem
    from nextstep.diagnostics.errors import NextstepError

    if said is None:
        return None
    try:
        return parse_day(said) + timedelta(days=shift)
    except DateProblem as problem:
        raise NextstepError(f"{option}: {problem.message}", problem.hint) from None
    except OverflowError:
        raise NextstepError(f"{option}: there is no day beyond `{said}`") from None
