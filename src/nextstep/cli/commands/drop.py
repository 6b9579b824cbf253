"""`nextstep drop`: something is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.changes.draft import Draft
    from nextstep.cli.recording import Manner
    from nextstep.cli.session import Session
    from nextstep.files.ledger import Ledger


def _without_steps(session: Session, ids: list[str]) -> list[str]:
    """Return the ids. Raises NextstepError where the second is a step of the first."""
    from nextstep.cli.targets import target_of
    from nextstep.diagnostics.errors import NextstepError
    from nextstep.reports.handles import Handles
    from nextstep.reports.step_names import steps_meant

    run = session.ledger.runs.get(target_of(session, ids[0]).id)
    steps = steps_meant(run.steps, ids[1]) if run is not None and len(ids) > 1 else ()
    if steps and (steps[0] == ids[1] or not Handles(session.ledger).matching(ids[1])):
        raise NextstepError(
            f"`{ids[1]}` is a step, and a step is skipped",
            f"nextstep skip {ids[0]} {ids[1]} --why TEXT",
        )
    return ids


@verb
def command(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="What is given up, one or several.")
    ],
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    *,
    manner: Manner,
) -> None:
    """Give up a next step, or a run as its owner, and say why.

    It is closed as dropped, and stays to be seen. What came again and again comes no more. A step
    of a run is not dropped but skipped.

    \b
    EXAMPLES
      nextstep drop w8tj --why "Tom has left Initech"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.drop import drop, see_droppable
    from nextstep.cli.answers import Answers
    from nextstep.cli.beforehand import see_beforehand
    from nextstep.cli.quoting import quote
    from nextstep.cli.recording import actor_of, by_option, record, tell
    from nextstep.cli.replies import WHY
    from nextstep.cli.session import open_session
    from nextstep.cli.targets import targets_of

    session = open_session(today=manner.today)
    targets = targets_of(session, _without_steps(session, ids))
    actor = actor_of(session, manner.by)
    answers = Answers()
    if why is None:
        for target in targets:
            see_droppable(session.ledger, target, actor, session.now)
        see_beforehand(session, manner, *(one.id for one in targets))
    answers.demand([(WHY, why)])
    if why is None:
        quote(session, targets, actor, answers)
    with answers.given_back("drop", *(one.handle for one in targets), others=by_option(manner)):
        reason = answers.text(WHY, why)

        def draft(ledger: Ledger) -> Draft:
            return drop(ledger, targets, reason, actor, session.now)

        recorded = record(session, manner, actor, draft, typed=[reason])
    tell(recorded, manner)
