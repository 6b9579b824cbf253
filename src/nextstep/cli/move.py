"""`nextstep move`: another date is agreed."""

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
    id_: Annotated[str, typer.Argument(metavar="ID", help="What is moved.")],
    date: Annotated[str, typer.Argument(metavar="DATE", help="To when: 2026-11-27, fri, 3bd.")],
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    agreed_by: Annotated[
        list[str] | None,
        typer.Option("--agreed-by", metavar="PERSON", help="Who on the other side agreed."),
    ] = None,
    *,
    manner: Manner,
) -> None:
    """Agree another date."""
    from nextstep.changes.move import Move, move
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.typed_dates import due_typed
    from nextstep.reports.handles import Handles

    session = open_session(today=manner.today)
    name = Handles(session.ledger).find(id_)
    to = due_typed(date, session)
    actor = actor_of(session, manner.by)

    def draft(ledger: Ledger) -> Draft:
        commitment = ledger.commitments[name]
        answers = Move(
            id=name,
            who=commitment.who,
            before=commitment.due,
            to=to,
            why=why,
            agreed_by=tuple(agreed_by or ()),
        )
        return move(ledger, answers, actor, session.now)

    tell(record(session, manner, actor, draft), manner)
