"""`nextstep ask`: the note that asks how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.cli.recording import Manner


@verb
def command(
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="What is asked about; else all that you follow up."),
    ] = None,
    step: Annotated[
        str | None, typer.Argument(metavar="[STEP]", help="Of a run, which step.")
    ] = None,
    mailto: Annotated[
        bool, typer.Option("--mailto", help="Print a mailto: address in place of the text.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Without an ID: all of them, and ask nothing.")
    ] = False,
    *,
    manner: Manner,
) -> None:
    """Print the note that asks how it went, ready to send, and keep that you asked.

    It quotes what was agreed, when and with whom, and asks three questions. Nothing is sent. One
    question for one date: after that, agree another date or give it up. What is only proposed is
    never asked about.

    Without an ID it goes through all that you follow up, is due and was not asked about, one after
    another.

    \b
    EXAMPLES
      nextstep ask 9wte --mailto --dry-run
      nextstep ask 9wte
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.asking_how import ask_about, ask_all

    if id_ is None:
        ask_all(manner, mailto=mailto, yes=yes)
    else:
        ask_about(id_, step, manner, mailto=mailto)
