"""`nextstep accept`: somebody signs for what was offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import Duty
from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.cli.recording import Manner


@verb
def command(  # noqa: PLR0917 - typer passes options by name
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="A run, a commitment or a process; else all that is offered to you, one by one.",
        ),
    ] = None,
    step: Annotated[
        str | None,
        typer.Argument(metavar="[STEP]", help="Of a run, the step; else the one offered to you."),
    ] = None,
    readback: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What you will do next, and by when."),
    ] = None,
    gap: Annotated[
        list[str] | None,
        typer.Option(
            "--gap",
            "--gaps",
            metavar="ITEM",
            help="Accept it although this is missing: its words or its number.",
        ),
    ] = None,
    all_there: Annotated[
        bool, typer.Option("--all-there", help="All that no machine can see is there.")
    ] = False,
    deputy: Duty = None,
    *,
    manner: Manner,
) -> None:
    """Accept what was offered: from then on it is yours.

    Shows the list, looks at its files again, and asks of each open point whether it is there and
    good enough to go on with. What is missing goes along as a gap, or you return it. Where the
    list wants it you say back what you will do next, and by when.

    \b
    EXAMPLES
      nextstep accept p2mx --all-there --readback "I call Oscar on Tuesday"
      nextstep accept b7yq --by ines      written down for the receiver
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    if id_ is None:
        from nextstep.cli.accepting_all import accept_one_by_one

        flags = {
            "--readback": readback,
            "--gap": gap,
            "--all-there": all_there or None,
            "--deputy" if deputy else "--owner": deputy,
        }
        given = [flag for flag, value in flags.items() if value is not None]
        accept_one_by_one(manner, given)
        return
    from nextstep.cli.accepting import Wish, make_acceptance
    from nextstep.cli.handed import duty_said
    from nextstep.cli.judging import Flags

    make_acceptance(
        Wish(
            id=id_,
            step=step,
            readback=readback,
            listed=Flags(gaps=tuple(gap or ()), all_there=all_there),
            duty=duty_said(deputy=deputy),
        ),
        manner,
    )
