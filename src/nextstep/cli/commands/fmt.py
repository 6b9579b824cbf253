"""`nextstep fmt`: one layout for all files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import FOUND

if TYPE_CHECKING:
    from nextstep.cli.session import Session


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
    *,
    record: Annotated[
        bool,
        typer.Option(
            "--record",
            help="Write the events of dates and names that were changed by hand, and what follows.",
        ),
    ] = False,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="With --record: the reason.")
    ] = None,
    agreed_by: Annotated[
        list[str] | None,
        typer.Option("--agreed-by", metavar="PERSON", help="With --record: who agreed."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="PERSON", help="With --record: who changed it.")
    ] = None,
) -> None:
    """Lay out files in one way, without changing what they say.

    Fields stand in the order of the reference, with a blank line between those that different
    people change and between steps; events in the order of time; no spaces at the end of a line,
    never two blank lines. Comments stay with what they speak of. Quotes, brackets, wrapped text and
    line ends stay as they are.

    With --record a date that was changed in an editor gets the event that says so: compared with the
    last commit, and with the last event about it. In a run, dates that count from it follow, as with
    `nextstep move` and `change`; those that you wrote yourself stay. Your edit and its
    event are yours to commit, as one. Where nothing is left to commit, history is asked what was
    committed without its event.

    A file that cannot be read is left as it is, and said; the exit code is 65 then.

    \b
    EXAMPLES
      nextstep fmt                     all files
      nextstep fmt commitments/2026    those in a folder
      nextstep fmt --check             for CI: exit code 1 for a change
      nextstep fmt --diff              what would change
      nextstep fmt --record --why "Agreed in the call on Friday"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.chosen_paths import chosen_paths, shown_base
    from nextstep.cli.listings import Listed, end, screen
    from nextstep.cli.output import emit, is_obeyed, note
    from nextstep.cli.session import open_session
    from nextstep.dates.words import listed
    from nextstep.render.layout_words import layout_diff, layout_text
    from nextstep.reports.layout import layout_report

    said = _Said(why, tuple(agreed_by or ()), by)
    session = open_session()
    if session.place.bare:
        message = "a bare repository has no files to lay out"
        raise NextstepError(message, "clone it, and run `nextstep fmt` in the clone")
    if record:
        _record(session, paths, check=check, diff=diff, said=said)
        return
    if said.flags:
        raise NextstepError(
            f"{listed(said.flags, 'and')} {'is' if len(said.flags) == 1 else 'are'} about changes "
            "by hand, and files are laid out without",
            "add --record to write their events",
        )
    report = layout_report(session.ledger, chosen_paths(paths, session, is_past=False))
    looking = check or diff
    if not looking:
        from nextstep.cli.only_writer import write_each

        write_each(session, ((one.source, one.data) for one in report.changes))
    words = layout_text(report, screen(), written=not looking, base=shown_base(session))
    if diff:
        emit(layout_diff(report, base=session.place.prefix, shown=is_obeyed()))
        note(words.rstrip("\n"))
    else:
        emit(words)
    if check and report.changes:
        raise typer.Exit(FOUND)
    end(Listed(unread=bool(report.left)))


class _Said(Struct, frozen=True):
    """What was said of a change by hand: why, who agreed, and who made it."""

    why: str | None
    agreed_by: tuple[str, ...]
    by: str | None

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that were given."""
        said = {"--why": self.why, "--agreed-by": self.agreed_by or None, "--by": self.by}
        return tuple(flag for flag, value in said.items() if value is not None)


def _record(
    session: Session, paths: list[str] | None, *, check: bool, diff: bool, said: _Said
) -> None:
    from nextstep.cli.chosen_paths import chosen_paths
    from nextstep.cli.record_by_hand import record_by_hand
    from nextstep.cli.recording import Manner

    if check:
        raise NextstepError("--check and --record do not go together", "see it with --diff")
    manner = Manner(by=said.by, no_commit=True, dry_run=diff)
    chosen = chosen_paths(paths, session, is_past=False)
    record_by_hand(session, chosen, manner, why=said.why, agreed_by=said.agreed_by)
