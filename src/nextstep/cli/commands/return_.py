"""`nextstep return`: what was offered goes back, with what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import Duty
from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.cli.recording import Manner


@verb
def command(  # noqa: PLR0917 - typer passes options by name
    id_: Annotated[str, typer.Argument(metavar="ID", help="A run, a commitment or a process.")],
    step: Annotated[
        str | None,
        typer.Argument(metavar="[STEP]", help="Of a run, the step; else the one offered to you."),
    ] = None,
    missing: Annotated[
        list[str] | None,
        typer.Option(metavar="ITEM", help="What is missing: words, or a number of the list."),
    ] = None,
    not_ready: Annotated[
        bool,
        typer.Option("--not-ready", help="Nothing single is missing; --why says what it is."),
    ] = False,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    deputy: Duty = None,
    *,
    manner: Manner,
) -> None:
    """Return what was offered to you, or take back what you offered.

    Names what is missing, in the words of the list, or says why it is not ready; it is with the
    giver again, due on the same day. At a gate it says no. A step that you were given and have
    not begun goes back to who owns the run.

    \b
    EXAMPLES
      nextstep return p2mx --missing 4 --why "What was said of the old data?"
      nextstep return b7yq                take back what you offered
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.handed import duty_said
    from nextstep.cli.returning import Wish, make_return

    make_return(
        Wish(
            id=id_,
            step=step,
            missing=tuple(missing or ()),
            not_ready=not_ready,
            why=why,
            duty=duty_said(deputy=deputy),
        ),
        manner,
    )
