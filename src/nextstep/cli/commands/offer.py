"""`nextstep offer`: work, a promise or a process is offered to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.cli.recording import Manner


@verb
def command(  # noqa: PLR0917 - typer passes options by name
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="A run, a commitment or a process."),
    ] = None,
    step: Annotated[
        str | None,
        typer.Argument(
            metavar="[STEP]", help="Of a run, the step; else the one you can offer now."
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="PERSON", help="Who receives it; a step goes as its plan says."),
    ] = None,
    there: Annotated[
        list[str] | None,
        typer.Option(metavar="ITEM", help="This of the list is there: its words or its number."),
    ] = None,
    all_there: Annotated[
        bool, typer.Option("--all-there", help="All that no machine can see is there.")
    ] = False,
    gap: Annotated[
        list[str] | None,
        typer.Option(metavar="ITEM", help="This is not there yet, and it goes along openly."),
    ] = None,
    watch_for: Annotated[
        str | None,
        typer.Option("--watch-for", metavar="TEXT", help="What the receiver should look out for."),
    ] = None,
    proof: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What shows that it is done.")
    ] = None,
    duty: Annotated[
        bool,
        typer.Option("--duty", help="Offer the promise to do the step, not its work."),
    ] = False,
    deputy: Annotated[
        bool,
        typer.Option("--deputy", help="Of a process, offer to stand in for its owner."),
    ] = False,
    all_of: Annotated[
        str | None,
        typer.Option(
            "--all-of", metavar="PERSON", help="Offer everything that somebody has, in one commit."
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --all-of: do not ask.")] = False,
    *,
    manner: Manner,
) -> None:
    """Offer work to whoever goes on with it, or a promise to whoever takes it over.

    The list of the step is gone through again: what a machine does not find is refused, unless it
    goes along openly as a --gap; what only a person can say is asked. To offer says that the work
    is done. It stays with the giver until the receiver accepts: silence never does.

    A commitment is offered as a whole, and a process with --to PERSON its ownership.

    \b
    EXAMPLES
      nextstep offer k3f9 --to mia                 a commitment
      nextstep offer 7qhd notice --duty --to kim   the promise to do a step
      nextstep offer --all-of ana --to sam --yes   all of it, before they are away
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.judging import Flags
    from nextstep.cli.offer_wish import Wish
    from nextstep.cli.offering import make_offer

    wish = Wish(
        id=id_,
        step=step,
        to=to,
        listed=Flags(there=tuple(there or ()), gaps=tuple(gap or ()), all_there=all_there),
        watch_for=watch_for,
        proof=proof,
        duty=duty,
        deputy=deputy,
        all_of=all_of,
        yes=yes,
    )
    if all_of is not None:
        from nextstep.cli.offering_all import offer_everything

        offer_everything(wish, manner)
    else:
        make_offer(wish, manner)
