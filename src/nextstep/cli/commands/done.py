"""`nextstep done`: how it went, what came of it, and what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.cli.recording import Manner


@verb
def command(  # noqa: PLR0917 - typer passes options by name
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="What is done; else all that is due.")
    ] = None,
    step: Annotated[
        str | None, typer.Argument(metavar="[STEP]", help="The step, where it is a run.")
    ] = None,
    kept: Annotated[bool, typer.Option("--kept", help="It was kept.")] = False,
    partly: Annotated[bool, typer.Option("--partly", help="It was kept in part.")] = False,
    missed: Annotated[bool, typer.Option("--missed", help="It was not kept.")] = False,
    not_yet: Annotated[
        str | None,
        typer.Option("--not-yet", metavar="DATE", help="It is not done yet; by then it is."),
    ] = None,
    help_needed: Annotated[
        bool, typer.Option("--help-needed", help="It cannot go on without help.")
    ] = False,
    dropped: Annotated[bool, typer.Option("--dropped", help="It is given up.")] = False,
    later: Annotated[
        bool, typer.Option("--later", help="It is done; how it went is asked later.")
    ] = False,
    outcome: Annotated[str | None, typer.Option(metavar="TEXT", help="What came of it.")] = None,
    next_: Annotated[
        list[str] | None,
        typer.Option(
            "--next", metavar="TEXT", help="What is next: `compare the logs @raj wed`, or an id."
        ),
    ] = None,
    next_who: Annotated[
        str | None, typer.Option("--next-who", metavar="PERSON", help="Who has what is next.")
    ] = None,
    next_due: Annotated[
        str | None, typer.Option("--next-due", metavar="DATE", help="By when what is next is due.")
    ] = None,
    nothing_further: Annotated[
        str | None,
        typer.Option("--nothing-further", metavar="WHY", help="Nothing is next, and why."),
    ] = None,
    learned: Annotated[str | None, typer.Option(metavar="TEXT", help="What was learned.")] = None,
    change: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What might change next time.")
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="The answer to a question of this ledger, in order."),
    ] = None,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why not yet, help needed or dropped.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="WHO", help="With --help-needed: who could help.")
    ] = None,
    proof: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What shows that a step is done.")
    ] = None,
    override: Annotated[
        str | None, typer.Option(metavar="WHY", help="Why a step is done before its turn.")
    ] = None,
    offer: Annotated[
        bool | None,
        typer.Option(
            "--offer/--no-offer", help="Offer the step at once to whoever goes on with it."
        ),
    ] = None,
    expects: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="Of a run: `1: met`, or `1: what was short`; or `all`."),
    ] = None,
    feedback: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Of a run: what the customer said.")
    ] = None,
    new_person: Annotated[
        list[str] | None,
        typer.Option(
            "--new-person",
            metavar="NAME",
            help="Somebody who is not in nextstep.yaml yet, to be added there; can be repeated.",
        ),
    ] = None,
    or_note: Annotated[
        bool, typer.Option("--or-note", help="If it is closed already, keep the words as a note.")
    ] = False,
    *,
    manner: Manner,
) -> None:
    """Say how it went, what came of it, and what is next.

    Of a next step it asks three things, after a look at what was agreed. "Not yet" moves it, "help
    needed" says who could help: both are normal. What is next becomes a next step of its own, in
    the same commit: `compare the logs @raj wed`.

    Of a step of a run it asks only for what shows it, and whether to offer it at once. A run is
    closed when all its steps are finished. Without an id it goes through everything of yours that
    is due.

    \b
    EXAMPLES
      nextstep done k3f9 --kept --outcome "She agrees" --next "Write it @fin fri"
      nextstep done w8tj --kept --outcome "Signed" --nothing-further "kim goes on"
      nextstep done c4vn --not-yet fri --why "Two offers are still to come"
      nextstep done m3xs --help-needed --why "The log is gone" --on raj
      nextstep done 7qhd compile                        a step of a run
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.answers import Answers
    from nextstep.cli.beforehand import see_beforehand
    from nextstep.cli.closing import Talk, close_commitment
    from nextstep.cli.newcomers import Newcomers
    from nextstep.cli.recording import actor_of, tell
    from nextstep.cli.replies import Said
    from nextstep.cli.session import open_session
    from nextstep.cli.targets import target_of

    answers = Answers()
    newcomers = Newcomers(open_session(today=manner.today), new_person or (), answers)
    session = newcomers.session
    actor = actor_of(session, manner.by)
    said = Said(
        kept=kept,
        partly=partly,
        missed=missed,
        not_yet=not_yet,
        help_needed=help_needed,
        dropped=dropped,
        later=later,
        outcome=outcome,
        next_=tuple(next_ or ()),
        next_who=next_who,
        next_due=next_due,
        nothing_further=nothing_further,
        learned=learned,
        change=change,
        answer=tuple(answer or ()),
        why=why,
        on=on,
        proof=proof,
        override=override,
        offer=offer,
        expects=tuple(expects or ()),
        feedback=feedback,
        or_note=or_note,
        new_person=tuple(new_person or ()),
    )
    if id_ is None:
        from nextstep.cli.walking import walk

        walk(session, manner, actor, said)
        return
    talk = Talk(
        newcomers=newcomers,
        target=target_of(session, id_, step),
        actor=actor,
        said=said,
        manner=manner,
        answers=answers,
    )
    see_beforehand(session, manner, talk.target.id)
    if talk.target.step is not None:
        from nextstep.cli.finishing import finish_step

        recorded = finish_step(talk)
    elif talk.target.id in session.ledger.runs:
        from nextstep.cli.closing_run import look_back

        recorded = look_back(talk)
    else:
        recorded = close_commitment(talk)
    if recorded is not None:
        tell(recorded, manner)
