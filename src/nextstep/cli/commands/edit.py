"""`nextstep edit`: a file in the editor, checked when it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import Today
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DECLINED

if TYPE_CHECKING:
    from nextstep.cli.session import Session


def command(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A commitment, run or process: its name, the beginning of it, or the four "
            "characters that listings show; `settings` for nextstep.yaml.",
        ),
    ],
    if_wrong: Annotated[
        str | None,
        typer.Option(
            "--if-wrong",
            metavar="WORD",
            help="What to do when there are errors: edit again, keep as it is, or discard; "
            "else it is asked.",
        ),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Why a date is another one now; else it is asked."),
    ] = None,
    today: Today = None,
) -> None:
    """Edit a file in your editor; it is checked when you are done.

    The editor is $VISUAL, else $EDITOR, else the one that you told git, else vi. It works on a
    private copy. What has no errors takes the place of the file; for errors you are asked, and the
    editor opens again at the first of them. For a date that is another one you are asked why, and
    that becomes its event; dates of a run that count from it follow. Nothing is committed: the last
    line says what to type.

    Whatever goes wrong, what you typed is kept, and its place is said. A file that somebody else
    changed meanwhile stays as it is; the exit code is 4 then. It is 3 when the edit is discarded.

    \b
    EXAMPLES
      nextstep edit k3f9                     a commitment
      nextstep edit release                  a process
      nextstep edit settings                 nextstep.yaml
      nextstep edit k3f9 --if-wrong discard  for a program that edits
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.editing import ANSWERS, Wish, edit
    from nextstep.cli.output import emit
    from nextstep.cli.session import open_session
    from nextstep.render.edit_words import edited_text

    if if_wrong is not None and if_wrong not in ANSWERS:
        message = f"--if-wrong takes edit, keep or discard, not `{if_wrong}`"
        raise NextstepError(message)
    session = open_session(today=today)
    if session.place.bare:
        message = "a bare repository has no files to edit"
        raise NextstepError(message, "clone it, and edit in the clone")
    edited = edit(session, _path(session, id_), Wish(if_wrong=if_wrong, why=why))
    emit(edited_text(edited))
    if not edited.saved and not edited.same:
        raise typer.Exit(DECLINED)


def _path(session: Session, typed: str) -> str:
    """Return the file that is meant; one that cannot be read is found by its name as well."""
    from nextstep.repo.paths import SETTINGS
    from nextstep.reports.handles import Handles

    files = {one.id: one.path for one in session.ledger.sources.values() if one.path != SETTINGS}
    if typed == "settings" and typed not in files:
        if SETTINGS in session.ledger.sources:
            return SETTINGS
        raise NextstepError(f"this ledger has no {SETTINGS}", "`nextstep init` writes one")
    handles = Handles(session.ledger)
    meant = [name for name in handles.matching(typed) if name in files]
    if len(meant) == 1:
        return files[meant[0]]
    name = handles.find(typed)
    raise NextstepError(f"`{name}` is a plan, and has no file of its own", "name one of its parts")
