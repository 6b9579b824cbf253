"""`nextstep checklist`: what to hold in the hand while work is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.options import AsOf, Today, chosen
from nextstep.diagnostics.errors import NextstepError

if TYPE_CHECKING:
    from nextstep.cli.session import Session
    from nextstep.render.page import Reading
    from nextstep.reports.checklist_items import Sizes
    from nextstep.reports.show import Subject
    from nextstep.reports.standing import Standing


def command(  # noqa: PLR0917 - typer passes options by name
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A process, run or commitment: its name, the beginning of it, or the four "
            "characters that listings show.",
        ),
    ],
    step: Annotated[
        str | None,
        typer.Argument(
            metavar="STEP",
            help="One step of the process or run; without it, everything that is handed over.",
        ),
    ] = None,
    for_customer: Annotated[
        bool,
        typer.Option(
            "--for-customer",
            help="A page to give to the customer: what happens next, who does it, by when.",
        ),
    ] = False,
    today: Today = None,
    as_of: AsOf = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, markdown, html or json.")
    ] = "text",
) -> None:
    """Show what is handed over, to whom, by when, and what must be included.

    With what a machine can see already ticked or marked as missing, what to watch for, what gets
    in the way, what the receiver does next, and whom to ask. The Markdown is a task list for a
    pull request; the HTML is one file, for paper and for a phone. A page for the customer shows
    the steps that say `for_customer`, in those words, the one that keeps the promise, the days,
    and people by name; nothing else from inside.

    \b
    EXAMPLES
      nextstep checklist 7qhd collect/product       one hand-off of a run
      nextstep checklist new-account                all hand-offs of a process
      nextstep checklist fq2v                       what comes with a commitment
      nextstep checklist p2mx handover --format html > handover.html
      nextstep checklist p2mx --for-customer        a page for the customer
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.cli.listings import Listed, end
    from nextstep.cli.pages import reading_of
    from nextstep.cli.session import contents_now, open_session
    from nextstep.render.checklist_formats import FORMATS
    from nextstep.reports.checklist import whose
    from nextstep.reports.standing import standing

    wanted = chosen(format_, FORMATS, "text")
    session = open_session(today=today, as_of=as_of)
    meant = whose(session.ledger, id_, step)
    states = standing(session.ledger, session.now, content=contents_now(session))
    reading = reading_of(session)
    if for_customer:
        _refuse_for_customer(meant, id_)
        _print_for_customer(states, meant, reading, wanted)
    else:
        _print(states, meant, reading, wanted, _sizes_now(session))
    end(Listed(unread=bool(reading.unread)))


def _print(
    states: Standing, meant: Subject, reading: Reading, wanted: str, sizes: Sizes | None
) -> None:
    from nextstep.reports.checklist import checklist_of

    checklist = checklist_of(states, meant, sizes=sizes)
    if wanted == "json":
        from nextstep.cli.output import emit
        from nextstep.render.checklist_formats import checklist_json

        emit(checklist_json(checklist, reading))
    else:
        from nextstep.cli.pages import print_page
        from nextstep.render.checklist_words import checklist_page

        print_page(checklist_page(checklist, reading), wanted, as_of=reading.origin.as_of)


def _print_for_customer(states: Standing, meant: Subject, reading: Reading, wanted: str) -> None:
    """Print the page for the customer; files that cannot be read are told to who prints it."""
    from nextstep.cli.output import emit, note
    from nextstep.render.safe_text import safe_text
    from nextstep.reports.checklist_customer import customer_page

    view = customer_page(states, meant)
    if wanted == "json":
        from nextstep.render.checklist_formats import customer_json

        emit(customer_json(view, reading))
    else:
        from nextstep.cli.pages import print_page
        from nextstep.render.checklist_customer_words import customer_words

        print_page(customer_words(view, reading), wanted)
    for alarm in reading.alarms:
        note(f"! {safe_text(alarm.text)}")


def _refuse_for_customer(meant: Subject, typed: str) -> None:
    """Say so where there is no page for a customer."""
    if meant.kind == "commitment":
        raise NextstepError(
            f"`{typed}` is a commitment, and a page for the customer is about a run or a process",
            "leave --for-customer out",
        )
    if meant.step is not None:
        raise NextstepError(
            "a page for the customer is about all steps", f"leave `{meant.step}` out"
        )


def _sizes_now(session: Session) -> Sizes | None:
    """Return what tells how large a file of the work tree is; None for a ledger in a commit."""
    if session.ledger.revision is not None:
        return None
    from nextstep.files.contents import sizes_below

    return sizes_below(session.place.root)
