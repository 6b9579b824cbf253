"""Cards and contacts in words."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.model.people import Absence, Relation
from nextstep.render.listing import Item, Remark
from nextstep.render.page import Page, Part, Reading, block, fact, facts, line
from nextstep.render.party_words import away_words, contact_words, who_words
from nextstep.render.row_words import Speech, inside, item_of
from nextstep.reports.parties import Party
from nextstep.reports.who import Card, Contact, Owned, PersonCard, ProcessCard, RoleCard

_HEADINGS = {"person": "PEOPLE", "role": "ROLES", "process": "PROCESSES"}


def card_page(card: Card, reading: Reading) -> Page:
    """Return the card of a person, a role or a process."""
    if isinstance(card, PersonCard):
        return _person_page(card, reading)
    if isinstance(card, RoleCard):
        return _role_page(card, reading)
    return _process_page(card, reading)


def contacts_page(contacts: tuple[Contact, ...], reading: Reading) -> Page:
    """Return everybody and everything with a contact."""
    first = contacts[0].name if contacts else None
    lead = () if contacts else (line("No name occurs in this ledger: one person needs none."),)
    return Page(
        head=reading.head(),
        origin=reading.origin_words,
        title="Whom to ask",
        lead=lead,
        blocks=tuple(_contact_blocks(contacts, reading.speech)),
        alarms=reading.alarms,
        foot=Remark("All about the first of them:", f"nextstep who {first}") if first else None,
    )


def _contact_blocks(contacts: tuple[Contact, ...], speech: Speech) -> Iterator[Part]:
    for kind, heading in _HEADINGS.items():
        yield from block(heading, (_contact(one, speech) for one in contacts if one.kind == kind))


def _contact(contact: Contact, speech: Speech) -> Item:
    """Return the row of a contact: a person is reached directly, anything else through somebody."""
    found, deputy = contact.contact, contact.deputy
    if contact.kind == "person":
        about = [part for part in (contact.about, found.org or found.team) if part] if found else []
        reach = [found.mail] if found and found.mail else []
        away = away_words(found, speech).removeprefix(", ") if found else ""
        return Item(
            handle=contact.name, title=", ".join([*about, *reach]), details=(away,) if away else ()
        )
    words = _ask(found, deputy, speech)
    return Item(handle=contact.name, title=words, details=(contact.about,) if contact.about else ())


def _ask(contact: Party | None, deputy: Party | None, speech: Speech) -> str:
    words = f"ask {_short(contact, speech)}"
    return f"{words}, else {_short(deputy, speech)}" if deputy and deputy.id else words


def _short(found: Party | None, speech: Speech) -> str:
    if found is None or found.id is None:
        return "nobody yet"
    name = f"{found.id} ({found.name})" if found.name else found.id
    return f"{name}{away_words(found, speech)}"


def _person_page(card: PersonCard, reading: Reading) -> Page:
    found, speech = card.party, reading.speech
    away = away_words(found, speech).removeprefix(", ")
    return Page(
        head=reading.head(f"person {card.name}"),
        origin=reading.origin_words,
        title=f"{found.name} ({card.name})" if found.name else card.name,
        lead=(line(away),) if away else (),
        blocks=tuple(_person_blocks(card, speech)),
        alarms=reading.alarms,
        foot=Remark("What waits for others, too:", f"nextstep list --who {card.name}"),
    )


def _person_blocks(card: PersonCard, speech: Speech) -> Iterator[Part]:
    found = card.party
    yield from facts(
        "",
        (
            fact("organisation", found.org),
            fact("team", found.team),
            fact("mail", ", ".join(card.emails)),
            fact("zone", card.timezone),
            fact("partner", f"{card.partner} asks how it went" if card.partner else None),
            *(fact("away", _absence(one, speech)) for one in card.absences),
            *(fact("owns", _titled(one)) for one in card.owns if one.part == "owner"),
            *(fact("stands in for", _titled(one)) for one in card.owns if one.part == "deputy"),
        ),
    )
    yield from block(
        "ROLES", (Item(handle=role, title=result or "") for role, result in card.roles)
    )
    steps = [item_of(row, speech) for row in card.next]
    yield from block("NEXT STEPS", steps or [line("Nothing is open.")])


def _role_page(card: RoleCard, reading: Reading) -> Page:
    speech = reading.speech
    return Page(
        head=reading.head(f"role {card.name}"),
        origin=reading.origin_words,
        title=card.name,
        lead=(line(card.result),) if card.result else (),
        blocks=tuple(_role_blocks(card, speech)),
        alarms=reading.alarms,
    )


def _role_blocks(card: RoleCard, speech: Speech) -> Iterator[Part]:
    ask = contact_words(card.contact, speech)
    if not card.holders:
        ask = f"{ask}; nobody holds this role"
    others = (one for one in card.holders if card.contact is None or one.id != card.contact.id)
    yield from facts(
        "",
        (
            fact("ask", ask),
            *(fact("also", who_words(one, speech)) for one in others),
            fact("turns", card.turn),
            fact("standard", card.standard),
            *(fact("decides alone", one) for one in card.controls),
            *(fact("is not for", one) for one in card.not_for),
            *(fact("owns", _titled(one)) for one in card.owns if one.part == "owner"),
            *(fact("stands in for", _titled(one)) for one in card.owns if one.part == "deputy"),
            *(fact("works in", _titled(one)) for one in card.works_in),
        ),
    )
    yield from block("WORKS WITH", map(_relation, card.works_with))


def _relation(relation: Relation) -> Item:
    person = f"{relation.person}: " if relation.person else ""
    details = []
    if relation.when:
        details.append(f"when: {relation.when}")
    if relation.not_when:
        details.append(f"not when: {relation.not_when}")
    return Item(handle=relation.who, title=f"{person}{relation.for_ or ''}", details=tuple(details))


def _process_page(card: ProcessCard, reading: Reading) -> Page:
    speech = reading.speech
    contacts = (
        fact("ask", contact_words(card.contact, speech)),
        fact("or", contact_words(card.deputy, speech) if card.deputy else "nobody stands in"),
    )
    return Page(
        head=reading.head(f"process {card.name}", card.state),
        origin=reading.origin_words,
        title=card.title,
        lead=(line(f"provides {inside(card.provides)}"),) if card.provides else (),
        blocks=tuple(facts("", contacts)),
        alarms=reading.alarms,
        foot=Remark("All about it:", f"nextstep show {card.name}"),
    )


def _titled(owned: Owned) -> str:
    return f"{owned.process} ({owned.title})"


def _absence(absence: Absence, speech: Speech) -> str:
    cover = f", {absence.cover} covers" if absence.cover else ""
    return f"from {speech.day(absence.first)} to {speech.day(absence.last)}{cover}"
