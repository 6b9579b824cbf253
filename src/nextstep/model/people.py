"""Who takes part: people, roles and the settings of a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from nextstep.model.calendar import Calendar
from nextstep.model.source import Source


class Absence(Struct, frozen=True, kw_only=True):
    """Days on which somebody is away (both inclusive) and who covers."""

    first: date
    last: date
    cover: str | None = None


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who can be named in a file. ``id`` is how; ``org`` is set for people outside."""

    id: str
    name: str | None = None
    emails: tuple[str, ...] = ()
    team: str | None = None
    org: str | None = None
    partner: str | None = None
    timezone: str | None = None
    away: tuple[Absence, ...] = ()
    left: date | None = None

    def has_left(self, day: date) -> bool:
        """Return whether they are gone on a day: ``left`` is the last one on which they are here."""
        return self.left is not None and self.left < day


class Relation(Struct, frozen=True, kw_only=True):
    """One line of a role card: with whom to work, for what, when and when not."""

    who: str
    person: str | None = None
    for_: str | None = None
    when: str | None = None
    not_when: str | None = None


class Role(Struct, frozen=True, kw_only=True):
    """A part somebody plays: its result, what it controls and with whom it works.

    ``not_for`` is what it does not answer for, though one might think so.
    """

    id: str
    result: str | None = None
    standard: str | None = None
    controls: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()
    works_with: tuple[Relation, ...] = ()
    people: tuple[str, ...] = ()
    turn: str | None = None


class Settings(Struct, frozen=True, kw_only=True):
    """What `nextstep.yaml` says. Everything has a default; ``source`` is None without the file."""

    requires: str | None = None
    calendar: Calendar = field(default_factory=Calendar)
    people: Mapping[str, Person] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    coaching: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partner: str | None = None
    source: Source | None = None

    @property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """The people of each role that somebody holds."""
        return {role.id: role.people for role in self.roles.values() if role.people}
