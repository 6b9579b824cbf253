"""Who leads a run or a process: its owner, and who stands in."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.model.commitment import Run
from nextstep.model.people import Settings
from nextstep.model.process import VACANT, Process

_NOBODY: Mapping[str, str] = {}


def people_behind(
    name: str, people: Mapping[str, str], members: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the people behind a name: those of a role, or the person; none while it is vacant.

    ``people`` say who plays a role of a run, ``members`` who holds one of the ledger.
    """
    bound = people.get(name)
    if bound is not None:
        return () if bound == VACANT else (bound,)
    return () if name == VACANT else members.get(name) or (name,)


def leaders(record: Run | Process, settings: Settings) -> tuple[str, ...]:
    """Return the people who own a run or a process, then those who stand in; none for nobody."""
    both = (*_behind(record.owner, record, settings), *_behind(record.deputy, record, settings))
    return tuple(dict.fromkeys(both))


def leads(record: Run | Process, settings: Settings, person: str) -> bool:
    """Return whether somebody leads it; where nobody owns it, everybody does."""
    return not _behind(record.owner, record, settings) or person in leaders(record, settings)


def _behind(name: str | None, record: Run | Process, settings: Settings) -> tuple[str, ...]:
    people = record.people if isinstance(record, Run) else _NOBODY
    return () if name is None else people_behind(name, people, settings.members)
