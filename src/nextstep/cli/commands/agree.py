"""`nextstep agree`: what was proposed is agreed."""

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
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="What is agreed, one or several.")
    ],
    how: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Where that was said: call, mail.")
    ] = None,
    *,
    manner: Manner,
) -> None:
    """Agree to what was proposed to you: from now on it is yours, and you will be asked about it.

    What nobody has yet becomes yours. --by writes down that somebody else has agreed.

    \b
    EXAMPLES
      nextstep agree 5ezd --by raj --how call
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.agree import agree
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.targets import targets_of

    session = open_session(today=manner.today)
    targets = targets_of(session, ids)
    actor = actor_of(session, manner.by)

    def draft(ledger: Ledger) -> Draft:
        return agree(ledger, targets, how, actor, session.now)

    tell(record(session, manner, actor, draft), manner)
