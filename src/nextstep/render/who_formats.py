"""Contacts and cards, in each format of `nextstep who`."""

from __future__ import annotations

from collections.abc import Iterable

from nextstep.render.page import Reading
from nextstep.render.safe_text import safe_text
from nextstep.reports.parties import Party
from nextstep.reports.who import Card, Contact

FORMATS = ("text", "tsv", "markdown", "json", "codeowners")
COLUMNS: tuple[str, ...] = (
    "kind",
    "name",
    "about",
    "contact",
    "mail",
    "deputy",
    "away_until",
    "cover",
)
"""Names of the columns, in order. New ones are only ever added at the end."""


def contacts_tsv(contacts: Iterable[Contact], reading: Reading, *, header: bool) -> str:
    """Return one line a contact, then the unread files as ``unread``, path and trouble."""
    lines = [COLUMNS] if header else []
    lines += [_cells(one) for one in contacts]
    lines += [("unread", one.path, one.message, "", "", "", "", "") for one in reading.unread]
    return "".join("\t".join(map(safe_text, one)) + "\n" for one in lines)


def contacts_json(contacts: tuple[Contact, ...], reading: Reading) -> str:
    """Return a `nextstep.who/1` document with all contacts."""
    return _document({"items": contacts}, reading)


def card_json(card: Card, reading: Reading) -> str:
    """Return a `nextstep.who/1` document with one card; ``kind`` says whose."""
    return _document({"kind": card.kind, card.kind: card}, reading)


def _document(content: dict[str, object], reading: Reading) -> str:
    from nextstep.render.json import document

    speech = reading.speech
    common = {
        "today": speech.today,
        "timezone": speech.calendar.timezone,
        "commit": reading.origin.commit,
        "unread": reading.unread,
    }
    return document("nextstep.who/1", {**common, **content})


def _cells(contact: Contact) -> tuple[str, ...]:
    found = contact.contact or Party(id=None)
    deputy = contact.deputy.id if contact.deputy else None
    return (
        contact.kind,
        contact.name,
        contact.about or "",
        found.id or "",
        found.mail or "",
        deputy or "",
        found.away.last.isoformat() if found.away else "",
        (found.away.cover or "") if found.away else "",
    )
