"""`nextstep assign`: somebody plays a role in a run."""

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
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run.")],
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help="The role; ROLE/PART where parts differ.")
    ],
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="Who plays it from now on, or vacant.")
    ],
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    *,
    manner: Manner,
) -> None:
    """Say who plays a role in a run from now on.

    The steps of that role are theirs then. What somebody has begun is better handed over, with
    `offer`: then they agree to it.

    \b
    EXAMPLES
      nextstep assign 7qhd legal nora
      nextstep assign 7qhd contributor/finance sam --why "Finn is away"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.change import Change, change
    from nextstep.changes.changeable import field_meant
    from nextstep.cli.changing import cast
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.targets import target_of
    from nextstep.diagnostics.errors import NextstepError
    from nextstep.model.commitment import Run

    session = open_session(today=manner.today)
    target = target_of(session, run)
    record_of = target.record(session.ledger)
    if not isinstance(record_of, Run):
        raise NextstepError(
            f"{target.handle} is a commitment, and has no roles",
            f"nextstep offer {target.handle} --to {person}",
        )
    field = field_meant(session.ledger, record_of, f"people.{role}", target.handle)
    asked = Change(field=field, value=cast(session, person), why=why)
    actor = actor_of(session, manner.by)

    def draft(ledger: Ledger) -> Draft:
        return change(ledger, target, asked, actor, session.now)

    tell(record(session, manner, actor, draft, typed=[why or ""]), manner)
