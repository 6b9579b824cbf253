"""Who plays what in a run: the parts that a process needs somebody for, and who has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from nextstep.files.ledger import Ledger
from nextstep.model.people import Settings
from nextstep.model.process import VACANT, Process, Step

_STANDING = ("owner", "deputy")
_NOBODY: Mapping[str, str] = {}


class Part(Struct, frozen=True, kw_only=True):
    """A part that somebody plays: ``name`` is the role, or ``role/part`` in a fan-out.

    ``held_by`` are those who hold the role in the ledger. ``steps`` are the ids of the steps that
    it does or decides; none where it only signs for what is handed over. ``decides`` tells that
    all of these are gates.
    """

    name: str
    role: str
    held_by: tuple[str, ...]
    steps: tuple[str, ...]
    decides: bool

    @property
    def needs_one(self) -> bool:
        """Whether one person has to be named: not where all who hold the role may decide or sign."""
        return not self.held_by or (bool(self.steps) and not self.decides)


def parts_of(process: Process, settings: Settings) -> tuple[Part, ...]:
    """Return the parts of a process in the order of its steps, each once."""
    doing: dict[str, list[Step]] = {}
    roles: dict[str, str] = {}
    for step in process.steps:
        for role in doers_of(process, step):
            for name in [f"{role}/{part}" for part in step.each] or [role]:
                roles[name] = role
                doing.setdefault(name, []).append(step)
        if step.handoff is not None and step.handoff.to is not None:
            roles.setdefault(step.handoff.to, step.handoff.to)
    return tuple(
        Part(
            name=name,
            role=role,
            held_by=_holders(role, process, settings),
            steps=tuple(step.id for step in doing.get(name, ())),
            decides=bool(doing.get(name)) and all(step.is_gate for step in doing[name]),
        )
        for name, role in roles.items()
        if not is_somebody(role, settings)
    )


def doers_of(process: Process, step: Step) -> tuple[str, ...]:
    """Return the roles that do a step, or decide at it: of the whole process where it names none."""
    return () if step.mark is not None else step.who or process.who


def is_somebody(name: str, settings: Settings) -> bool:
    """Return whether a name is that of a person, and no role."""
    return name in settings.people and name not in settings.roles


def _holders(role: str, process: Process, settings: Settings) -> tuple[str, ...]:
    """Return who holds a role; ``owner`` and ``deputy`` are those of the process."""
    name: str | None = getattr(process, role) if role in _STANDING else role
    if name is None or name == VACANT:
        return ()
    return settings.members.get(name) or ((name,) if role in _STANDING else ())


def bound(
    process: Process, settings: Settings, assigned: Mapping[str, str] = _NOBODY
) -> dict[str, str]:
    """Return who plays which part, as the file of a run says it; ``vacant`` where nobody is known.

    ``assigned`` maps a role, or ``role/part``, to a person. A role that one person holds is
    theirs. Where all who hold a role may decide or sign, nobody is named.
    """
    people: dict[str, str] = {}
    parts = parts_of(process, settings)
    for part in parts:
        named = assigned.get(part.name) or assigned.get(part.role)
        if named is not None:
            people[part.name] = named
        elif len(part.held_by) == 1:
            people[part.name] = part.held_by[0]
        elif not part.held_by:
            people[part.name] = VACANT
    spread = {part.role for part in parts} - people.keys()
    return people | {name: who for name, who in assigned.items() if name not in spread}


def players(
    role: str, step: Step, part: str | None, people: Mapping[str, str], settings: Settings
) -> tuple[str, ...]:
    """Return who plays a role in a step: at a gate all who hold it, where nobody is named."""
    if is_somebody(role, settings):
        return (role,)
    named = people.get(f"{role}/{part}") or people.get(role)
    if named is not None:
        return (named,)
    return (settings.members.get(role, ()) if step.is_gate else ()) or (VACANT,)


def still_open(
    process: Process, settings: Settings, assigned: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return the parts that one person has to be named for and nobody is."""
    return tuple(
        part
        for part in parts_of(process, settings)
        if part.needs_one
        and len(part.held_by) != 1
        and not (assigned.get(part.name) or assigned.get(part.role))
    )


def names_of_parts(process: Process, ledger: Ledger) -> Iterator[str]:
    """Yield every name that somebody may be assigned to, also of those who are only told."""
    settings = ledger.settings
    for part in parts_of(process, settings):
        yield from dict.fromkeys((part.name, part.role))
    told = [
        *(role for step in process.steps if step.handoff for role in step.handoff.tell),
        *(role for step in process.steps for role in step.with_),
        *process.roles,
    ]
    yield from (role for role in told if not is_somebody(role, settings))
