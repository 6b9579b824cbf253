"""Whom to ask: people, roles and processes with one contact each, and a card for every one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from nextstep.changes.people_named import by_name, one_of
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.files.ledger import Ledger
from nextstep.model.people import Absence, Relation
from nextstep.model.process import RESERVED
from nextstep.reports.list import Wanted, list_report
from nextstep.reports.parties import Party, party
from nextstep.reports.rows import Row
from nextstep.reports.standing import Standing

_NOT_A_NEXT_STEP = "waiting"


class Contact(Struct, frozen=True, kw_only=True):
    """One line: a person, a role or a process (``kind``) and whom to ask about it.

    ``deputy`` stands in: of a process it is named, of a role the next one who holds it.
    """

    kind: str
    name: str
    about: str | None
    contact: Party | None
    deputy: Party | None = None


class Owned(Struct, frozen=True):
    """A process that somebody owns or stands in for (``part``: owner, deputy), and its title."""

    part: str
    process: str
    title: str


class PersonCard(Struct, frozen=True, kw_only=True):
    """A person: how to reach them, what they own, the roles they hold, what they have now.

    ``next`` are open commitments and steps that can be acted on, as `nextstep list` has them.
    """

    kind: str = "person"
    name: str
    party: Party
    emails: tuple[str, ...]
    timezone: str | None
    partner: str | None
    absences: tuple[Absence, ...]
    owns: tuple[Owned, ...]
    roles: tuple[tuple[str, str | None], ...]
    next: tuple[Row, ...]


class RoleCard(Struct, frozen=True, kw_only=True):
    """A role: its result, what it decides alone, with whom it works, who holds it."""

    kind: str = "role"
    name: str
    result: str | None
    standard: str | None
    controls: tuple[str, ...]
    not_for: tuple[str, ...]
    works_with: tuple[Relation, ...]
    turn: str | None
    holders: tuple[Party, ...]
    contact: Party | None
    owns: tuple[Owned, ...]
    works_in: tuple[Owned, ...]


class ProcessCard(Struct, frozen=True, kw_only=True):
    """A process: one contact and a deputy."""

    kind: str = "process"
    name: str
    title: str
    state: str
    provides: str | None
    contact: Party | None
    deputy: Party | None


Card = PersonCard | RoleCard | ProcessCard


def contacts(standing: Standing) -> tuple[Contact, ...]:
    """Return everybody and everything that can be asked for, each with one contact."""
    ledger, today = standing.ledger, standing.now.today
    settings = ledger.settings
    people = [
        Contact(
            kind="person",
            name=name,
            about=person.name,
            contact=found,
            deputy=party(settings, found.away.cover, today) if found and found.away else None,
        )
        for name, person in settings.people.items()
        for found in (party(settings, name, today),)
    ]
    if not people:
        people = [
            Contact(kind="person", name=name, about=None, contact=party(settings, name, today))
            for name in sorted(_named_people(ledger))
        ]
    named = dict.fromkeys((*settings.roles, *sorted(_used_roles(ledger))))
    roles = [_role_contact(_role(standing, name)) for name in named if name not in settings.people]
    processes = [
        Contact(
            kind="process",
            name=name,
            about=process.title,
            contact=party(settings, process.owner, today),
            deputy=party(settings, process.deputy, today),
        )
        for name, process in ledger.processes.items()
    ]
    return (*people, *roles, *processes)


def _role_contact(role: RoleCard) -> Contact:
    """Return whom to ask about a role, and who else holds it."""
    contact = role.contact
    others = (one for one in role.holders if contact is None or one.id != contact.id)
    return Contact(
        kind="role",
        name=role.name,
        about=role.result,
        contact=contact,
        deputy=next(others, None),
    )


def card(standing: Standing, typed: str) -> Card:
    """Return the card of a name: a person's, else a role's, else a process's.

    The beginning of a name will do where it is nobody else's, and so will a part of somebody's full
    name. Raises NextstepError otherwise.
    """
    ledger = standing.ledger
    name = _meant(ledger, typed)
    if name in ledger.settings.people or name in _named_people(ledger):
        return _person(standing, name)
    if name in ledger.settings.roles or name in _used_roles(ledger):
        return _role(standing, name)
    process = ledger.processes[name]
    today, settings = standing.now.today, ledger.settings
    return ProcessCard(
        name=name,
        title=process.title,
        state=process.state,
        provides=process.provides,
        contact=party(settings, process.owner, today),
        deputy=party(settings, process.deputy, today),
    )


def _person(standing: Standing, name: str) -> PersonCard:
    ledger, today = standing.ledger, standing.now.today
    person = ledger.settings.people.get(name)
    found = list_report(standing, Wanted(who=name))
    rows = [row for group in found.groups for row in group.rows]
    return PersonCard(
        name=name,
        party=party(ledger.settings, name, today) or Party(id=name),
        emails=person.emails if person else (),
        timezone=person.timezone if person else None,
        partner=(person.partner if person else None) or ledger.settings.partner,
        absences=tuple(one for one in person.away if one.last >= today) if person else (),
        owns=tuple(_owned(ledger, {name, *_sole_roles(ledger, name)})),
        roles=tuple(
            (role.id, role.result) for role in ledger.settings.roles.values() if name in role.people
        ),
        next=tuple(row for row in rows if row.state != _NOT_A_NEXT_STEP),
    )


def _role(standing: Standing, name: str) -> RoleCard:
    ledger, today = standing.ledger, standing.now.today
    role = ledger.settings.roles.get(name)
    people = role.people if role else ()
    holders = tuple(one for other in people if (one := party(ledger.settings, other, today)))
    works_in = tuple(
        Owned("works in", process.id, process.title)
        for process in ledger.processes.values()
        if name in process.roles or any(name in (step.who or process.who) for step in process.steps)
    )
    contact = next((one for one in holders if one.away is None and one.left is None), None)
    if contact is None:
        contact = holders[0] if holders else _owner_of_first(ledger, works_in, today)
    return RoleCard(
        name=name,
        result=role.result if role else None,
        standard=role.standard if role else None,
        controls=role.controls if role else (),
        not_for=role.not_for if role else (),
        works_with=role.works_with if role else (),
        turn=role.turn if role else None,
        holders=holders,
        contact=contact,
        owns=tuple(_owned(ledger, {name})),
        works_in=works_in,
    )


def _owner_of_first(ledger: Ledger, works_in: tuple[Owned, ...], today: date) -> Party | None:
    """Return who answers for a role that nobody holds: the owner of the first process it is in."""
    owners = (ledger.processes[one.process].owner for one in works_in)
    return party(ledger.settings, next(filter(None, owners), None), today)


def _owned(ledger: Ledger, names: set[str]) -> Iterator[Owned]:
    for part in ("owner", "deputy"):
        for process in ledger.processes.values():
            if getattr(process, part) in names:
                yield Owned(part, process.id, process.title)


def _sole_roles(ledger: Ledger, person: str) -> set[str]:
    """Return the roles that this person holds first: who owns by such a role is this person."""
    return {role.id for role in ledger.settings.roles.values() if role.people[:1] == (person,)}


def _meant(ledger: Ledger, typed: str) -> str:
    names = sorted(_names(ledger))
    if typed in names:
        return typed
    found = [name for name in names if typed and name.startswith(typed)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NextstepError(
            f"`{typed}` may be {len(found)} names", f"type one of {', '.join(found)}"
        )
    people = by_name(typed, ledger.settings)
    if people:
        return one_of(typed, people)
    hint = did_you_mean(typed, names) or "`nextstep who` shows all names"
    raise NextstepError(f"this ledger has no person, role or process `{typed}`", hint)


def _names(ledger: Ledger) -> set[str]:
    settings = ledger.settings
    known = {*settings.people, *settings.roles, *ledger.processes}
    return known | _named_people(ledger) | _used_roles(ledger)


def _named_people(ledger: Ledger) -> set[str]:
    """Return the people that occur in commitments and runs, known to the settings or not."""
    names: set[str | None] = set()
    for commitment in ledger.commitments.values():
        names.update((commitment.who, commitment.partner, *commitment.with_))
    for run in ledger.runs.values():
        names.update((run.owner, run.deputy, run.requested_by, *run.people.values()))
    roles = {*ledger.settings.roles, *_used_roles(ledger)}
    return {name for name in names if name} - RESERVED - roles


def _used_roles(ledger: Ledger) -> set[str]:
    processes: Iterable[str] = (
        role for process in ledger.processes.values() for role in process.roles
    )
    return set(processes)
