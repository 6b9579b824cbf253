"""`nextstep skip`: a step is not needed this time."""

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
    step: Annotated[str, typer.Argument(metavar="STEP", help="What is not needed.")],
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    *,
    manner: Manner,
) -> None:
    """Pass over a step that is not needed this time.

    Who has a step may skip it; a gate or a part is waived by the owner or the deputy of the run.
    The reason stays, and the run goes on as if it were finished.

    \b
    EXAMPLES
      nextstep skip 7qhd notice --why "They sit beside us"
      nextstep skip v7qa yes-to-the-offer --by leo --why "It is what was promised"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.skip import Skip, skip
    from nextstep.cli.answers import Answers
    from nextstep.cli.beforehand import see_beforehand, see_possible
    from nextstep.cli.handed import scene_of
    from nextstep.cli.moving import WHY
    from nextstep.cli.recording import actor_of, by_option, record, tell
    from nextstep.cli.session import open_session

    session = open_session(today=manner.today)
    actor = actor_of(session, manner.by)
    target = scene_of(session, run, step, "skip", lambda _: False).target
    answers = Answers()
    if why is None:
        some = Skip(target=target, why="some reason")
        see_possible(session, actor, lambda ledger: skip(ledger, some, actor, session.now))
        see_beforehand(session, manner, target.id)
    answers.demand([(WHY, why)])
    with answers.given_back("skip", run, step, others=by_option(manner)):
        asked = Skip(target=target, why=answers.text(WHY, why))

        def draft(ledger: Ledger) -> Draft:
            return skip(ledger, asked, actor, session.now)

        recorded = record(session, manner, actor, draft, typed=[asked.why])
    tell(recorded, manner)
