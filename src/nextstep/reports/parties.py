"""People as they are named where somebody can be asked: name, mail, and who covers for them now."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from nextstep.model.people import Absence, Settings
from nextstep.model.process import VACANT


class Party(Struct, frozen=True, kw_only=True):
    """Somebody to ask. ``away`` is the absence that today falls into, ``role`` how they came in.

    ``id`` is None where a ``role`` is named that nobody holds.
    """

    id: str | None
    role: str | None = None
    name: str | None = None
    team: str | None = None
    org: str | None = None
    mail: str | None = None
    away: Absence | None = None
    left: date | None = None


def party(settings: Settings, name: str | None, today: date) -> Party | None:
    """Return whom a name means: a person, or whoever holds a role of that name first."""
    if not name:
        return None
    role = settings.roles.get(name)
    if role is not None and name not in settings.people:
        holder = role.people[0] if role.people else None
        found = party(settings, holder, today) or Party(id=None)
        return replace(found, role=name)
    if name == VACANT:
        return Party(id=None)
    person = settings.people.get(name)
    if person is None:
        return Party(id=name)
    return Party(
        id=name,
        name=person.name,
        team=person.team,
        org=person.org,
        mail=person.emails[0] if person.emails else None,
        away=absence_on(person.away, today),
        left=person.left if person.has_left(today) else None,
    )


def absence_on(absences: tuple[Absence, ...], day: date) -> Absence | None:
    """Return the absence that a day falls into."""
    return next((one for one in absences if one.first <= day <= one.last), None)
