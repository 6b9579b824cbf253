"""`nextstep confirm`: a process is still right."""

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
    process: Annotated[str, typer.Argument(metavar="PROCESS", help="The process.")],
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Which review, where there are several; or all."),
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What was looked at, or decided.")
    ] = None,
    *,
    manner: Manner,
) -> None:
    """Say that a process is still right, as its owner or deputy.

    The page is confirmed as it is now, and its review counts from today.

    \b
    EXAMPLES
      nextstep confirm annual-customer-review --by ana --text "Gone through"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.confirm import Confirmation, confirm
    from nextstep.cli.processes import object_format, process_named, review_kind
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session

    session = open_session(today=manner.today)
    found = process_named(session, process)
    actor = actor_of(session, manner.by)
    asked = Confirmation(
        id=found.id,
        kind=review_kind(found, kind),
        text=text,
        object_format=object_format(session),
    )

    def draft(ledger: Ledger) -> Draft:
        return confirm(ledger, asked, actor, session.now)

    tell(record(session, manner, actor, draft, typed=[text or ""]), manner)
