"""People and other records as a page names them."""

from __future__ import annotations

from nextstep.model.process import Roadblock
from nextstep.render.row_words import Speech, due_words
from nextstep.reports.parties import Party
from nextstep.reports.show_links import Link


def who_words(party: Party | None, speech: Speech) -> str:
    """Return ``lena (Lena Fischer, Globex)``, and who covers while somebody is away."""
    if party is None or party.id is None:
        role = party.role if party else None
        return f"nobody, {role} is vacant" if role else "nobody"
    about = [part for part in (party.name, party.role, party.org) if part]
    words = f"{party.id} ({', '.join(about)})" if about else party.id
    return f"{words}{away_words(party, speech)}"


def contact_words(party: Party | None, speech: Speech) -> str:
    """Return whom to ask and how to reach them."""
    words = who_words(party, speech)
    return f"{words}, {party.mail}" if party and party.mail else words


def away_words(party: Party, speech: Speech) -> str:
    """Return until when somebody is away and who covers, else nothing."""
    if party.left is not None:
        return f", has left on {speech.day(party.left)}"
    if party.away is None:
        return ""
    cover = f", {party.away.cover} covers" if party.away.cover else ""
    return f", away until {speech.day(party.away.last)}{cover}"


def roadblock_words(roadblock: Roadblock) -> str:
    """Return what gets in the way, and what to try."""
    return f"{roadblock.what}; try: {roadblock.try_}" if roadblock.try_ else roadblock.what


def short_name(party: Party | None) -> str:
    """Return the name as files have it."""
    return (party.id if party else None) or "nobody"


def link_words(link: Link, speech: Speech) -> str:
    """Return ``t5bn Collect the facts · raj · closed as kept``."""
    if link.state is None:
        return f"{link.id}, which is not in this ledger"
    words = f"{link.handle} {link.what}"
    if link.state in ("closed", "dropped", "finished", "done"):
        result = link.result if link.result not in (None, link.state) else None
        return f"{words}, {link.state}{f' as {result}' if result else ''}"
    if link.who:
        words += f", {link.who} has it"
    if link.state != "open":
        words += f", {link.state}"
    if link.due is not None:
        words += f", {due_words(link.due, speech, overdue=link.overdue)}"
    return words
