"""`nextstep doctor`: whether everything is there that the tool needs."""

from __future__ import annotations

from typing import Annotated

import typer

from nextstep.cli.options import Today, chosen
from nextstep.diagnostics.exit_codes import CANNOT


def command(
    today: Today = None,
    sweep: Annotated[
        bool,
        typer.Option("--sweep", help="Remove half-written files that a crash left a day ago."),
    ] = False,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text or json.")
    ] = "text",
) -> None:
    """See whether all that nextstep needs is there.

    Looks at Python, git, the repository, the calendar and the clock. Every line is `ok`, a `note` of something to know, or `!` for something to mend, with what to
    type. Settings of the repository that would make git run a program are listed; nextstep never
    runs them. So are words that were typed and not recorded, because git or the disk would not.
    Nothing is changed, unless --sweep says so.

    The exit code is 2 when something keeps every other command from working, else 0.
    """
    from nextstep.cli.listings import screen
    from nextstep.cli.output import emit
    from nextstep.cli.surroundings import look_round
    from nextstep.render.doctor_words import FORMATS, doctor_json, doctor_page
    from nextstep.render.page_text import page_text
    from nextstep.reports.doctor import doctor_report

    wanted = chosen(format_, FORMATS, "text")
    report = doctor_report(look_round(today, clean=sweep))
    emit(doctor_json(report) if wanted == "json" else page_text(doctor_page(report), screen()))
    if report.stops:
        raise typer.Exit(CANNOT)
