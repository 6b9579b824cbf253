"""`nextstep reopen`: something that was over is open again."""

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
    id_: Annotated[str, typer.Argument(metavar="ID", help="What is open again.")],
    step: Annotated[
        str | None, typer.Argument(metavar="[STEP]", help="The step, where it is a run.")
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    *,
    manner: Manner,
) -> None:
    """Open again what was done or closed, and say why.

    What came out of it stays. To take back a word that was written by mistake there is `undo`.

    \b
    EXAMPLES
      nextstep done k3f9 --later
      nextstep reopen k3f9 --why "Lena has not got the report"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.reopen import reopen
    from nextstep.cli.answers import Answers
    from nextstep.cli.beforehand import see_beforehand
    from nextstep.cli.quoting import quote
    from nextstep.cli.recording import actor_of, by_option, record, tell
    from nextstep.cli.replies import WHY
    from nextstep.cli.session import open_session
    from nextstep.cli.targets import target_of

    session = open_session(today=manner.today)
    target = target_of(session, id_, step)
    actor = actor_of(session, manner.by)
    answers = Answers()
    answers.demand([(WHY, why)])
    if why is None:
        see_beforehand(session, manner, target.id)
        quote(session, [target], actor, answers)
    with answers.given_back("reopen", *target.words.split(), others=by_option(manner)):
        reason = answers.text(WHY, why)

        def draft(ledger: Ledger) -> Draft:
            return reopen(ledger, target, reason, actor, session.now)

        recorded = record(session, manner, actor, draft, typed=[reason])
    tell(recorded, manner)
