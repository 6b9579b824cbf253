"""`nextstep approve`: a vote at a gate."""

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
    step: Annotated[
        str | None,
        typer.Argument(metavar="[STEP]", help="The gate, where more than one waits for you."),
    ] = None,
    *,
    manner: Manner,
) -> None:
    """Approve what a gate looks at, as it is now.

    The vote is for the content of the file: if that changes later, `check` says so. The file has
    to be committed, so that everybody can see what was approved. To say no: `nextstep return`.

    \b
    EXAMPLES
      nextstep approve 3vkd approve --by sue
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.approve import Approval, approve
    from nextstep.cli.approving import looked_at
    from nextstep.cli.handed import scene_of
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session
    from nextstep.diagnostics.errors import NextstepError

    session = open_session(today=manner.today)
    actor = actor_of(session, manner.by)
    scene = scene_of(
        session,
        run,
        step,
        "approve",
        lambda state: actor.by in state.voters,
        awaited=lambda state: state.voters,
    )
    if scene.kind != "run":
        raise NextstepError(
            f"{scene.target.handle} is a {scene.kind}, and a gate is a step of a run",
            f"nextstep show {scene.target.handle} shows what it is",
        )
    path, content = looked_at(session, scene.target)
    asked = Approval(target=scene.target, path=path, content=content)

    def draft(ledger: Ledger) -> Draft:
        return approve(ledger, asked, actor, session.now)

    tell(record(session, manner, actor, draft), manner)
