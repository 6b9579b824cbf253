"""`nextstep init`: begin a ledger, or write the public holidays into one."""

from __future__ import annotations

from typing import Annotated

import typer

from nextstep.cli.options import Today


def command(
    directory: Annotated[
        str | None,
        typer.Argument(metavar="DIR", help="The folder of the ledger; else the one you are in."),
    ] = None,
    *,
    holidays: Annotated[
        str | None,
        typer.Option(
            metavar="PLACE",
            help="Write the public holidays of this country (US) or part of one (DE-BY) into "
            "`closed`: this year and the two after it.",
        ),
    ] = None,
    example: Annotated[
        bool,
        typer.Option(
            "--example", help="Make a copy of the example: an invented company and its history."
        ),
    ] = False,
    no_git: Annotated[
        bool, typer.Option("--no-git", help="Make no git repository where there is none.")
    ] = False,
    no_schema: Annotated[
        bool,
        typer.Option(
            "--no-schema", help="Write no schemas for editors, and no line that names one."
        ),
    ] = False,
    today: Today = None,
) -> None:
    """Begin a ledger, or write public holidays into one.

    In an empty folder, in a repository or in a part of one: writes nextstep.yaml with the time zone of this machine and the person that git knows, and one
    commitment to change. Beside them stand schemas, by which an editor completes and explains what
    you write. Nothing that is there is overwritten, and nothing is committed.

    With --holidays it also writes the closed days, into an existing nextstep.yaml as well. It can
    be run again every year: days that are on the list already stay as they are, days that the same
    option wrote and that are no longer holidays go, and days that a person added stay. Every other
    character of the file is kept.

    With --example the folder has to be empty. It gets eleven processes and what an invented company
    agreed by them, in a repository whose history tells how it came about.

    \b
    EXAMPLES
      nextstep init                     here
      nextstep init team --no-git       in the folder team, without git
      nextstep init --holidays DE-BY    closed days for Bavaria
      nextstep init --example acme      something to look at, in the folder acme
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.listings import screen
    from nextstep.cli.new_ledger import begin_ledger
    from nextstep.cli.output import emit
    from nextstep.render.init_words import init_page
    from nextstep.render.page_text import page_text

    if example:
        from nextstep.cli.example import plant_example
        from nextstep.render.example_words import example_page

        planted = plant_example(directory, holidays=holidays, no_git=no_git)
        emit(page_text(example_page(planted), screen()))
        return
    begun = begin_ledger(
        directory, holidays=holidays, no_git=no_git, no_schema=no_schema, today=today
    )
    emit(page_text(init_page(begun), screen()))
