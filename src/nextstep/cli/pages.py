"""What the commands that print a page have in common."""

from __future__ import annotations

from nextstep.cli.listings import screen
from nextstep.cli.output import emit
from nextstep.cli.session import Session
from nextstep.render.as_of import still_as_of
from nextstep.render.listing import Origin
from nextstep.render.page import Page, Reading
from nextstep.render.row_words import Speech
from nextstep.reports.filters import names_nobody
from nextstep.reports.unread import unread_files


def reading_of(session: Session, *, states: bool = True) -> Reading:
    """Return how the pages of this ledger are read; ``states`` says states in words."""
    ledger = session.ledger
    return Reading(
        speech=Speech(
            today=session.now.today,
            calendar=ledger.calendar,
            reader=None,
            you=names_nobody(ledger),
            states=states,
        ),
        origin=Origin(ledger.root, session.commit, session.as_of),
        unread=unread_files(ledger),
    )


def print_page(page: Page, chosen: str, *, as_of: str | None = None) -> None:
    """Print a page as text, as Markdown or as HTML.

    ``as_of`` is the revision that was typed: the commands on the page lead there again.
    """
    page = still_as_of(page, as_of)
    if chosen == "markdown":
        from nextstep.render.page_markdown import page_markdown

        emit(page_markdown(page))
    elif chosen == "html":
        from nextstep.render.page_html import page_html

        emit(page_html(page))
    else:
        from nextstep.render.page_text import page_text

        emit(page_text(page, screen()))
