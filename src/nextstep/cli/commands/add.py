"""`nextstep add`: a next step is captured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.cli.recording import Manner


@verb
def command(  # noqa: PLR0917 - typer passes options by name
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]", help="What is to be done; `-` reads action items, one a line."
        ),
    ] = None,
    who: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Who answers for it; by default you.")
    ] = None,
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="PERSON", help="With whom it is agreed; can be repeated."),
    ] = None,
    so: Annotated[str | None, typer.Option(metavar="OUTCOME", help="What it is for.")] = None,
    due: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="By when: 2026-11-27, fri, 3bd, eom, asap, none."),
    ] = None,
    partner: Annotated[
        str | None, typer.Option(metavar="PERSON", help="Who asks how it went.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="TEXT", help="Where it was agreed.")] = None,
    part_of: Annotated[
        str | None,
        typer.Option("--part-of", metavar="PLAN", help="A plan, a process or process.step."),
    ] = None,
    after: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="What has to be done first; can be repeated."),
    ] = None,
    follows: Annotated[str | None, typer.Option(metavar="ID", help="What it came out of.")] = None,
    repeat: Annotated[
        str | None, typer.Option(metavar="RHYTHM", help="It comes again: every friday.")
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Several next steps of a meeting, one after another."),
    ] = None,
    proposed: Annotated[
        bool, typer.Option("--proposed", help="It is put forward, and not agreed yet.")
    ] = False,
    agreed: Annotated[
        bool, typer.Option("--agreed", help="Who it is for has agreed to it.")
    ] = False,
    how: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Where that was said: call, mail.")
    ] = None,
    new_person: Annotated[
        list[str] | None,
        typer.Option(
            "--new-person",
            metavar="NAME",
            help="Somebody who is not in nextstep.yaml yet, to be added there; can be repeated.",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Write what was understood of `-` without asking.")
    ] = False,
    *,
    manner: Manner,
) -> None:
    """Write down a next step: what, who, with whom, so that, by when.

    Only what no option says is asked; Enter alone leaves an answer open, and so does an empty value
    of an option. It is yours unless --who names somebody else: then it is proposed until they
    agree, or agreed with --agreed. Whoever is named and not in nextstep.yaml yet is added there,
    once you say so, or with --new-person.

    With --meeting you type one next step after another, `what @who date` or what you know of that,
    until an empty line. With `-` they are read from a list in Markdown, one a line; what was
    understood is shown before it is written, and lines that are done or unclear are named.

    \b
    EXAMPLES
      nextstep add "Send Lena an offer" --with kim --so "She can decide" --due fri
      nextstep add "Pick the venue" --who raj --so "We can invite" --due eom
      echo "- [ ] Pick the venue @raj fri" | nextstep add --meeting "Team" - --yes
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.adding import Flags

    words = " ".join(what) if what else None
    flags = Flags(
        what=None if words == "-" else words,
        meeting=meeting,
        who=who,
        with_=tuple(with_) if with_ is not None else None,
        so=so,
        due=due,
        partner=partner,
        source=source,
        part_of=part_of,
        after=tuple(after or ()),
        follows=follows,
        repeat=repeat,
        proposed=proposed,
        agreed=agreed,
        how=how,
        new_person=tuple(new_person or ()),
    )
    if words == "-":
        from nextstep.cli.action_lines import add_lines

        add_lines(flags, manner, yes=yes)
    elif meeting is not None:
        from nextstep.cli.meeting import add_meeting

        add_meeting(flags, manner)
    else:
        from nextstep.cli.adding import add_one

        add_one(flags, manner)
