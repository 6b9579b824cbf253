"""Who has to agree to a change of a run or a process, and who says so in the new lines of its log.

Two versions of a file do not tell who typed the difference. So nothing is guessed from commits:
whoever has to agree says it in the log.
"""

from __future__ import annotations

from collections.abc import Iterable

from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.people import Settings
from nextstep.model.process import VACANT, Process, Step
from nextstep.rules.pairs import Pair
from nextstep.runs.leading import leaders
from nextstep.runs.plan_order import resolved_after

_WORDS = frozenset({"noted", "confirmed", "changed", "agreed", "accepted"})
Led = Process | Run


def people_of(names: Iterable[str], record: Led, settings: Settings) -> tuple[str, ...]:
    """Return the people behind names: roles of the run or the ledger, `owner`, `deputy`, people.

    A role that nobody is known to hold has none.
    """
    people: list[str] = []
    roles = {role for step in record.steps for role in (step.role, *step.who) if role is not None}
    for name in names:
        standing = _standing(name, record)
        bound = record.people.get(name) if isinstance(record, Run) else None
        if bound is not None:
            people.append(bound)
        elif standing in settings.members:
            people += settings.members[standing]
        elif standing in settings.people or standing not in roles:
            people.append(standing)
    return tuple(one for one in dict.fromkeys(people) if one != VACANT)


def _standing(name: str, record: Led) -> str:
    named = {"owner": record.owner, "deputy": record.deputy}.get(name)
    return named or name


def has_agreed(pair: Pair, people: Iterable[str]) -> bool:
    """Return whether one of these people says something in the new lines of a log."""
    return not agreeing(pair).isdisjoint(people)


def not_agreed(people: Iterable[str]) -> str:
    """Return for the end of a sentence that none of some people has agreed."""
    names = [f"`{name}`" for name in people]
    if len(names) == 1:
        return f"{names[0]} has not agreed"
    return f"neither {' nor '.join(names)} has agreed"


def agreeing(pair: Pair) -> frozenset[str]:
    """Return the people who say something with which they may agree to what changed."""
    return frozenset(event.by for event in pair.added if event.event in _WORDS)


def may_be_others(settings: Settings, people: Iterable[str]) -> bool:
    """Return whether a ledger knows somebody beside these people who could have changed it."""
    return bool(settings.people.keys() - set(people))


def leading(pair: Pair, ledger: Ledger) -> tuple[str, ...]:
    """Return who has to agree to changes of a run or a process: who led it before."""
    before = pair.before
    return leaders(before, ledger.settings) if isinstance(before, (Process, Run)) else ()


def receivers(
    record: Led, step: Step, settings: Settings
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who receives what a step hands over: the names in the file, and the people behind."""
    handoff = step.handoff
    named = () if handoff is None else handoff.tell if handoff.to is None else (handoff.to,)
    if not named:
        after = resolved_after(record) if isinstance(record, Process) else {}
        later = (
            one
            for one in record.steps
            if one.mark is None
            and not {step.id, step.base}.isdisjoint(after.get(one.id, one.after or ()))
        )
        named = tuple(dict.fromkeys(name for one in later for name in one.who))
    return named, people_of(named, record, settings)
