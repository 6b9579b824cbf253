"""Who leads a run or a process: its owner, and who stands in."""

from __future__ import annotations

from nextstep.model.commitment import Run
from nextstep.model.people import Settings
from nextstep.model.process import VACANT, Process


def leaders(record: Run | Process, settings: Settings) -> tuple[str, ...]:
    """Return the people who own a run or a process, then those who stand in; none for nobody."""
    people: list[str] = []
    for name in (record.owner, record.deputy):
        bound = record.people.get(name or "") if isinstance(record, Run) else None
        if bound is not None:
            people += [bound]
        elif name is not None:
            people += settings.members.get(name) or (name,)
    return tuple(one for one in dict.fromkeys(people) if one != VACANT)


def leads(record: Run | Process, settings: Settings, person: str) -> bool:
    """Return whether somebody leads it; where nobody owns it, everybody does."""
    return record.owner in (None, VACANT) or person in leaders(record, settings)
