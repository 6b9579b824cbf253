"""`nextstep block`: help is needed."""

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
    id_: Annotated[str, typer.Argument(metavar="ID", help="What cannot go on.")],
    step: Annotated[
        str | None, typer.Argument(metavar="[STEP]", help="The step, where it is a run.")
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="What is in the way.")] = None,
    on: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who could help, or what it waits for.")
    ] = None,
    *,
    manner: Manner,
) -> None:
    """Say that you need help: what is in the way, and who could help.

    That is a normal thing to say. The date stays, and whoever looks sees what is missing.

    \b
    EXAMPLES
      nextstep block k3f9 --why "The figures for March are not out" --on fin
      nextstep block 7qhd compile --why "The template does not build" --on ines
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.block import Block, block
    from nextstep.cli.answers import Answers
    from nextstep.cli.beforehand import see_beforehand
    from nextstep.cli.quoting import quote
    from nextstep.cli.recording import actor_of, by_option, record, tell
    from nextstep.cli.replies import ON, WHY_BLOCKED
    from nextstep.cli.session import open_session
    from nextstep.cli.targets import target_of

    session = open_session(today=manner.today)
    target = target_of(session, id_, step)
    actor = actor_of(session, manner.by)
    answers = Answers()
    answers.demand([(WHY_BLOCKED, why)])
    if why is None:
        see_beforehand(session, manner, target.id)
        quote(session, [target], actor, answers)
    with answers.given_back("block", *target.words.split(), others=by_option(manner)):
        told = Block(
            why=answers.text(WHY_BLOCKED, why),
            on=answers.text(ON, on if why is None else on or "") or None,
        )

        def draft(ledger: Ledger) -> Draft:
            return block(ledger, target, told, session.now)

        recorded = record(session, manner, actor, draft, typed=[told.why, told.on or ""])
    tell(recorded, manner)
