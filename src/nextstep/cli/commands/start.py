"""`nextstep start`: a run of a process begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.cli.recording import Manner


@verb
def command(  # noqa: PLR0917 - typer passes options by name
    process: Annotated[
        str | None, typer.Argument(metavar="[PROCESS]", help="Which process is started.")
    ] = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="CUSTOMER", help="For whom it is done.")
    ] = None,
    input_: Annotated[
        list[str] | None,
        typer.Option(
            "--input",
            metavar="NAME=VALUE",
            help="What is known of this case; nothing after the = leaves it for later. Can be repeated.",
        ),
    ] = None,
    assign: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROLE=PERSON",
            help="Who plays a role, or a part of it: contributor/finance=fin; `vacant` for nobody "
            "yet. Can be repeated.",
        ),
    ] = None,
    requested_by: Annotated[
        str | None, typer.Option("--requested-by", metavar="PERSON", help="Who asked for it.")
    ] = None,
    from_request: Annotated[
        str | None,
        typer.Option(
            "--from-request",
            metavar="FILE",
            help="Take it from a request: lines such as `for: Globex` and `tier: gold`.",
        ),
    ] = None,
    because: Annotated[
        str | None,
        typer.Option(
            metavar="WHY", help="Start it although its dates cannot be kept; kept as a note."
        ),
    ] = None,
    ready: Annotated[
        bool,
        typer.Option("--ready", help="Only say whether all is there; exit code 1 if not."),
    ] = False,
    ad_hoc: Annotated[
        str | None,
        typer.Option("--ad-hoc", metavar="TITLE", help="Start work that has no process."),
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Who answers for it, with --ad-hoc.")
    ] = None,
    step: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STEP",
            help="With --ad-hoc: `do | who | by when`, in order. Can be repeated.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking.")] = False,
    *,
    manner: Manner,
) -> None:
    """Start a run of a process: its whole plan is written down for one customer.

    Asks for what the dates and conditions need and for who plays the roles that several people or
    nobody hold, shows every step with its date, and asks before it writes. A plan whose dates
    cannot be kept is refused unless --because says why. The run is a copy: later changes of the
    process do not touch it.

    \b
    EXAMPLES
      nextstep start release --ready              is everything there?
      nextstep start release --for 0.2.0 --input version=0.2.0 --input release_day=2027-01-15 --yes
      nextstep start --ad-hoc "Move archive" --step "Pack it | raj | fri" --yes
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.start_wish import Wish
    from nextstep.cli.starting import show_readiness, start_run

    wish = Wish(
        process=process,
        for_=for_,
        inputs=tuple(input_ or ()),
        assign=tuple(assign or ()),
        requested_by=requested_by,
        from_request=from_request,
        because=because,
        ad_hoc=ad_hoc,
        owner=owner,
        steps=tuple(step or ()),
        yes=yes,
    )
    if ready:
        show_readiness(wish, manner)
    else:
        start_run(wish, manner)
