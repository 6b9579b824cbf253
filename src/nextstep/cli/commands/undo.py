"""`nextstep undo`: what was recorded is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.changes.draft import Draft
    from nextstep.cli.recording import Manner
    from nextstep.files.ledger import Ledger


@verb
def command(
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", help="What it was recorded in; else the last thing that you recorded."
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="INSTANT", help="When it was recorded, if it is not the last thing."),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Print what can be taken back, with its times.")
    ] = False,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask whether the last thing is meant.")
    ] = False,
    *,
    manner: Manner,
) -> None:
    """Take back what was recorded last.

    No line goes: an event says that another one does not count, and the fields are as they were.
    Dates that followed go back with what they followed. To take back an `add` or a `start` closes
    it as dropped. An undo is taken back in the same way.

    Without an ID, --at takes back all that one command recorded then, in however many records;
    whatever writes several of them says so as its last line.

    \b
    EXAMPLES
      nextstep undo --yes                         what you recorded last, anywhere
      nextstep undo k3f9                          the last thing recorded there
      nextstep undo 8rdn --list                   what was recorded there
      nextstep undo 8rdn --at 2026-11-17T15:30Z   that one, whoever recorded it
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.undo import undo_all
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.undoing import meant

    session = open_session(today=manner.today)
    if list_:
        from nextstep.cli.undo_list import print_times

        print_times(session, manner, id_)
        return
    actor = actor_of(session, manner.by)
    asked = meant(session, actor, manner, id_=id_, at=at, why=why, yes=yes)

    def draft(ledger: Ledger) -> Draft:
        return undo_all(ledger, asked, actor, session.now)

    tell(record(session, manner, actor, draft, typed=[why or ""]), manner)
