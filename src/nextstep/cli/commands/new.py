"""`nextstep new process`: questions, and the file of a process that begins."""

from __future__ import annotations

from typing import Annotated

import typer

from nextstep.diagnostics.errors import NextstepError


def command(  # noqa: PLR0917 - typer passes options by name
    kind: Annotated[str, typer.Argument(metavar="process", help="What begins: so far, a process.")],
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="What people call it; its id is made of that."),
    ] = None,
    provides: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the customer gets.")
    ] = None,
    customer: Annotated[str | None, typer.Option(metavar="WHO", help="For whom it is.")] = None,
    customer_kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="The customer is external or internal."),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="By when they have it: `5bd before meeting_date`."),
    ] = None,
    promise: Annotated[
        str | None, typer.Option(metavar="TEXT", help="How that is said to the customer.")
    ] = None,
    strength: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL", help="How firmly the order of the steps is kept: advise or enforce."
        ),
    ] = None,
    benefit: Annotated[str | None, typer.Option(metavar="TEXT", help="Why we do it.")] = None,
    expects: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="What the customer will check; can be repeated."),
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Who answers for the process.")
    ] = None,
    deputy: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Who stands in for the owner.")
    ] = None,
    step: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STEP", help="`do | who | by when | done when`; can be repeated, in order."
        ),
    ] = None,
    proof: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What shows that the last step is done.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the file, and write nothing.")
    ] = False,
) -> None:
    """Begin a process: answer some questions, and its file is written.

    `nextstep new process "Customer offers"` asks for everything: what it provides and to whom, by
    when and how firmly, why, what they will check, who owns it, the steps. Each question can be
    answered by an option beforehand, an empty value leaves it open; without a terminal nothing is
    asked. What is left open stands in the file as a comment. The process is a draft until you say
    otherwise.

    On Ctrl-C nothing is written, and what was typed is printed as the command to go on with.

    \b
    EXAMPLES
      nextstep new process offers --provides "An offer" --customer buyers --kind external --owner ana
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.interview import Flags
    from nextstep.cli.new_process import begin_process

    if kind != "process":
        hint = f"type nextstep new process {kind}" if name is None else "type nextstep new process"
        raise NextstepError(f"what begins is a process, not `{kind}`", hint)
    flags = Flags(
        provides=provides,
        customer=customer,
        kind=customer_kind,
        due=due,
        promise=promise,
        strength=strength,
        benefit=benefit,
        expects=expects or (),
        owner=owner,
        deputy=deputy,
        step=step or (),
        proof=proof,
    )
    begin_process(name, flags, dry_run=dry_run)
