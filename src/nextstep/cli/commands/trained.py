"""`nextstep trained`: somebody has learned a process."""

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
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who has learned it.")],
    process: Annotated[str, typer.Argument(metavar="PROCESS", help="The process.")],
    *,
    manner: Manner,
) -> None:
    """Say that somebody has learned a process as it is now.

    \b
    EXAMPLES
      nextstep trained ines annual-customer-review
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.confirm import Training, trained
    from nextstep.changes.people_named import person_named
    from nextstep.cli.processes import object_format, process_named
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session

    session = open_session(today=manner.today)
    asked = Training(
        id=process_named(session, process).id,
        person=person_named(person, session.ledger.settings),
        object_format=object_format(session),
    )
    actor = actor_of(session, manner.by)

    def draft(ledger: Ledger) -> Draft:
        return trained(ledger, asked)

    tell(record(session, manner, actor, draft), manner)
