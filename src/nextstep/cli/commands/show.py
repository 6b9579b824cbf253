"""`nextstep show`: everything about one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Today, chosen

if TYPE_CHECKING:
    from nextstep.render.show_formats import View
    from nextstep.reports.show import Subject
    from nextstep.reports.standing import Standing


def command(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A commitment, run, process or plan: its name, the beginning of it, or the four "
            "characters that listings show.",
        ),
    ],
    step: Annotated[
        str | None,
        typer.Argument(metavar="STEP", help="Of a run, one step: what it needs, whom to ask."),
    ] = None,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, markdown or json.")
    ] = "text",
) -> None:
    """Show all about one commitment, run, step, process or plan.

    Where it stands, by when, who has it and whom to ask, what was agreed and moved, what it waits
    for and what comes next. Events that are impossible, and files that cannot be read, are shown
    with a `!`; with such a file the exit code is 65.

    \b
    EXAMPLES
      nextstep show k3f9            a commitment
      nextstep show 7qhd            a run, with all its steps
      nextstep show 7qhd compile    one step of it
      nextstep show globex-growth   a plan: what is kept, open, late
      nextstep show release         a process
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.output import emit
    from nextstep.cli.pages import print_page, reading_of
    from nextstep.cli.session import contents_now, open_session
    from nextstep.render.show_formats import FORMATS, show_json, show_page
    from nextstep.reports.show import subject
    from nextstep.reports.standing import standing

    wanted = chosen(format_, FORMATS, "text")
    session = open_session(today=today, as_of=as_of)
    meant = subject(session.ledger, id_, step)
    view = _view(standing(session.ledger, session.now, content=contents_now(session)), meant)
    reading = reading_of(session)
    if wanted == "json":
        emit(show_json(view, reading))
    else:
        print_page(show_page(view, reading), wanted, as_of=as_of)
    end(Listed(unread=bool(reading.unread)))


def _view(state_of_things: Standing, meant: Subject) -> View:
    if meant.kind == "commitment":
        from nextstep.reports.show_commitment import commitment_view

        return commitment_view(state_of_things, meant.name)
    if meant.kind == "process":
        from nextstep.reports.show_process import process_view

        return process_view(state_of_things, meant.name)
    if meant.kind == "plan":
        from nextstep.reports.show_plan import plan_view

        return plan_view(state_of_things, meant.name)
    from nextstep.reports.show_run import run_view, step_view

    if meant.step is None:
        return run_view(state_of_things, meant.name)
    return step_view(state_of_things, meant.name, meant.step)
