"""`nextstep review`: what a pull request means."""

from __future__ import annotations

from typing import Annotated

import typer

from nextstep.cli.options import Today, chosen


def command(
    range_: Annotated[
        str | None,
        typer.Argument(
            metavar="[BASE..TIP]",
            help="What to review: BASE..TIP, or BASE for all that the work tree brings to it. BASE "
            "is a branch, a commit or a day; else the branch that others work on.",
        ),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, markdown or json.")
    ] = "text",
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 when it brings an error.")
    ] = False,
    if_any: Annotated[
        bool, typer.Option("--if-any", help="Print nothing when no promise or process changes.")
    ] = False,
    today: Today = None,
) -> None:
    """Say in plain words what a pull request, or your own edit, changes.

    Promises that are new, moved (how often by now), passed on, closed or deleted; processes step by
    step; what will be late because of it; what `nextstep check` finds that was not there before. It
    compares with the commit from which the two sides went apart, as a pull request does.

    With --format markdown it fits into one comment: at most 65,536 characters, and nobody is pinged.

    \b
    EXAMPLES
      nextstep review                   your work tree, beside main
      nextstep review main..            what this branch brings to main
      nextstep review HEAD              what you have not committed yet
      nextstep review main.. --format markdown
      nextstep review HEAD --if-any --exit-code    as a hook before a commit
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.output import emit
    from nextstep.cli.pages import print_page, reading_of
    from nextstep.cli.reviewing import reviewed
    from nextstep.render.review_formats import FORMATS, review_json

    wanted = chosen(format_, FORMATS, "text")
    session, report = reviewed(range_, today=today)
    reading = reading_of(session)
    if not (if_any and report.is_empty):
        if wanted == "json":
            emit(review_json(report))
        elif wanted == "markdown":
            from nextstep.render.review_markdown import review_markdown

            emit(review_markdown(report, reading, base=session.place.prefix))
        else:
            from nextstep.cli.chosen_paths import shown_base
            from nextstep.render.review_page import review_page

            page = review_page(report, reading, base=shown_base(session))
            print_page(page, wanted, as_of=session.as_of)
    end(Listed(unread=bool(report.unread), found=exit_code and bool(report.errors)))
