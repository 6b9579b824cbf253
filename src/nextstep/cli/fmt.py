"""`nextstep fmt`: one layout for all files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.diagnostics.errors import NextstepError

if TYPE_CHECKING:
    from nextstep.cli.session import Session
    from nextstep.reports.layout import LayoutReport

_EXIT_FOUND = 1


def command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATHS]...", help="Only these files and folders; else all."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file would change.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; print what would change.")
    ] = False,
) -> None:
    """Lay out files in one way, without changing what they say.

    Fields stand in the order of the reference, with a blank line between those that different
    people change and between steps; events in the order of time; no spaces at the end of a line,
    never two blank lines. Comments stay with what they speak of. Quotes, brackets, wrapped text and
    line ends stay as they are.

    A file that cannot be read is left as it is, and said; the exit code is 65 then.

    \b
    EXAMPLES
      nextstep fmt                     all files
      nextstep fmt commitments/2026    those in a folder
      nextstep fmt --check             for CI: exit with 1 if something would change
      nextstep fmt --diff              what would change
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.chosen_paths import chosen_paths, shown_base
    from nextstep.cli.listings import Listed, end, screen
    from nextstep.cli.output import emit, is_obeyed, note
    from nextstep.cli.session import open_session
    from nextstep.render.layout_words import layout_diff, layout_text
    from nextstep.reports.layout import layout_report

    session = open_session()
    if session.place.bare:
        message = "a bare repository has no files to lay out"
        raise NextstepError(message, "clone it, and run `nextstep fmt` in the clone")
    report = layout_report(session.ledger, chosen_paths(paths, session, is_past=False))
    looking = check or diff
    if not looking:
        _write(session, report)
    words = layout_text(report, screen(), written=not looking, base=shown_base(session))
    if diff:
        emit(layout_diff(report, base=session.place.prefix, shown=is_obeyed()))
        note(words.rstrip("\n"))
    else:
        emit(words)
    if check and report.changes:
        raise typer.Exit(_EXIT_FOUND)
    end(Listed(unread=bool(report.left)))


def _write(session: Session, report: LayoutReport) -> None:
    from nextstep.files.writing import replace

    for number, one in enumerate(report.changes):
        try:
            replace(session.place.root, one.source.path, one.data, before=one.source.data)
        except NextstepError as error:
            done = (
                f"; {number} of {len(report.changes)} files were laid out before" if number else ""
            )
            raise NextstepError(f"{error.message}{done}", error.hint) from None
