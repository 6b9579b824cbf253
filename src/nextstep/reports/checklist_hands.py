"""Who stands behind a name on a checklist: a person, or whoever holds a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from nextstep.model.people import Settings
from nextstep.model.process import VACANT, Process
from nextstep.reports.checklist_records import Hand
from nextstep.reports.parties import Party, party

_NOBODY: Mapping[str, str] = {}


class Hands:
    """The people and roles of a ledger, with those that a run binds or a process names."""

    def __init__(
        self,
        settings: Settings,
        today: date,
        *,
        bound: Mapping[str, str] = _NOBODY,
        roles: Iterable[str] = (),
    ) -> None:
        """Keep what names mean: ``bound`` are the roles of a run, ``roles`` those of a process."""
        self._settings = settings
        self._today = today
        self._bound = bound
        self._roles = frozenset(roles)

    def of(self, name: str) -> Hand:
        """Return who is behind a name. A role that nobody holds has no people."""
        if name in self._bound:
            return Hand(role=name, who=self.people([self._bound[name]]))
        members = self._settings.members.get(name, ())
        if name in self._settings.people or not (members or self.is_role(name)):
            return Hand(who=self.people([name]))
        return Hand(role=name, who=self.people(members))

    def of_all(self, names: Iterable[str]) -> Hand:
        """Return who is behind several names as one, under their role where it is only one."""
        hands = [self.of(name) for name in dict.fromkeys(names)]
        roles = {hand.role for hand in hands}
        if len(hands) > 1 and None not in roles:
            return Hand(role=" or ".join(hand.role or "" for hand in hands))
        people = tuple(one for hand in hands for one in hand.who)
        return Hand(role=roles.pop() if len(roles) == 1 else None, who=people)

    def people(self, names: Iterable[str]) -> tuple[Party, ...]:
        """Return people by name, without those places that are vacant."""
        found = (party(self._settings, name, self._today) for name in names if name != VACANT)
        return tuple(one for one in found if one is not None)

    def is_role(self, name: str) -> bool:
        """Return whether a name is that of a role."""
        return name in self._roles or name in self._settings.roles


def roles_of(process: Process) -> frozenset[str]:
    """Return the roles that a process names."""
    return frozenset((*process.roles, *process.who, *(w for s in process.steps for w in s.who)))
