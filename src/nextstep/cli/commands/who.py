"""`nextstep who`: whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Header, Today
from nextstep.diagnostics.errors import NextstepError

if TYPE_CHECKING:
    from nextstep.cli.session import Session


def command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A person, a role or a process; else all of them."),
    ] = None,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text, tsv, markdown, json or codeowners; else text on a terminal and tsv "
            "elsewhere.",
        ),
    ] = None,
    header: Header = False,
) -> None:
    """Show whom to ask about a person, a role or a process.

    Without a name: who there is. Of a person: how to reach them, what they own, their roles, their next steps. Of a role: its
    result, what it decides alone, with whom it works, for what and when. Of a process: one contact
    and a deputy. Whoever is away is shown with who covers.

    --format codeowners prints the lines by which GitHub and GitLab ask the owner and the deputy of a
    process for their review when its file changes.

    \b
    EXAMPLES
      nextstep who                  everybody and everything, with a contact each
      nextstep who release          whom to ask about a process
      nextstep who call-desk        the card of a role
      nextstep who ana              what ana owns and has next
      nextstep who --format codeowners    whom a forge asks about a process
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.asked_people import asked_person
    from nextstep.cli.listings import Listed, end, shown_format
    from nextstep.cli.output import emit
    from nextstep.cli.pages import print_page, reading_of
    from nextstep.cli.session import contents_now, open_session
    from nextstep.render.who_formats import FORMATS, card_json, contacts_json, contacts_tsv
    from nextstep.reports.standing import standing
    from nextstep.reports.who import card, contacts

    chosen = shown_format(format_, FORMATS)
    session = open_session(today=today, as_of=as_of)
    if chosen == "codeowners":
        _print_owners(session, name)
        return
    state_of_things = standing(session.ledger, session.now, content=contents_now(session))
    reading = reading_of(session)
    if name == "me":
        name = asked_person(session, name, "NAME")
    one = None if name is None else card(state_of_things, name)
    everyone = contacts(state_of_things) if one is None or chosen == "tsv" else ()
    if chosen == "tsv":
        wanted = (
            line
            for line in everyone
            if one is None or (line.kind, line.name) == (one.kind, one.name)
        )
        emit(contacts_tsv(wanted, reading, header=header))
    elif chosen == "json":
        emit(contacts_json(everyone, reading) if one is None else card_json(one, reading))
    else:
        from nextstep.render.who_words import card_page, contacts_page

        page = contacts_page(everyone, reading) if one is None else card_page(one, reading)
        print_page(page, chosen, as_of=as_of)
    end(Listed(unread=bool(reading.unread)))


def _print_owners(session: Session, name: str | None) -> None:
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.output import emit
    from nextstep.render.codeowners import codeowners
    from nextstep.reports.process_files import process_files

    if name is not None:
        raise NextstepError("--format codeowners is about all processes", f"leave `{name}` out")
    emit(codeowners(process_files(session.ledger, session.now.today), base=session.place.prefix))
    end(Listed(unread=bool(session.ledger.faulty)))
