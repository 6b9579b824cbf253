"""`nextstep unblock`: it can go on."""

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
    id_: Annotated[str, typer.Argument(metavar="ID", help="What can go on.")],
    step: Annotated[
        str | None, typer.Argument(metavar="[STEP]", help="The step, where it is a run.")
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="What helped.")] = None,
    *,
    manner: Manner,
) -> None:
    """Say that something which needed help can go on.

    \b
    EXAMPLES
      nextstep block k3f9 --why "The figures are not out"
      nextstep unblock k3f9 --why "Finn sent them"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.block import unblock
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.targets import target_of

    session = open_session(today=manner.today)
    target = target_of(session, id_, step)
    actor = actor_of(session, manner.by)

    def draft(ledger: Ledger) -> Draft:
        return unblock(ledger, target, why, actor, session.now)

    tell(record(session, manner, actor, draft, typed=[why] if why else ()), manner)
