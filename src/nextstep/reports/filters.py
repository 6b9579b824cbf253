"""What a listing was narrowed to, and whether a row passes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.files.ledger import Ledger
from nextstep.model.process import RESERVED


class Scope(Struct, frozen=True, kw_only=True):
    """The part of a ledger that is asked about; None is no limit.

    ``process`` is an id; ``part_of`` a plan, a process or ``process.step``; ``role`` the role that
    a step is done in.
    """

    role: str | None = None
    process: str | None = None
    part_of: str | None = None

    def has(self, *, role: str | None, process: str | None, part_of: str | None) -> bool:
        """Return whether something of this role, process and plan is asked about."""
        if self.role is not None and role != self.role:
            return False
        if self.process is not None and self.process not in (process, _head(part_of)):
            return False
        return self.part_of is None or self.part_of in (part_of, _head(part_of))

    @property
    def words(self) -> tuple[str, ...]:
        """The limits in words, for the first line of a listing."""
        limits = (("role", self.role), ("process", self.process), ("part of", self.part_of))
        return tuple(f"{kind} {name}" for kind, name in limits if name)


def checked_scope(
    ledger: Ledger, *, role: str | None, process: str | None, part_of: str | None
) -> Scope:
    """Return the scope; NextstepError where a name occurs nowhere in the ledger."""
    if role is not None:
        _known(role, _roles(ledger), "--role", "role")
    if process is not None:
        runs = (run.process for run in ledger.runs.values())
        _known(process, {*ledger.processes, *runs}, "--process", "process")
    if part_of is not None:
        _known(part_of, _plans(ledger), "--part-of", "plan")
    return Scope(role=role, process=process, part_of=part_of)


def checked_person(ledger: Ledger, name: str, option: str) -> str:
    """Return the id of a person, by the id or by a part of the name that only one has.

    Raises NextstepError where nobody of that name occurs, or several.
    """
    if occurs(ledger, name):
        return name
    from nextstep.changes.people_named import by_name, one_of

    found = by_name(name, ledger.settings)
    if found:
        return one_of(name, found)
    _known(name, _people(ledger), option, "person")
    return name


def occurs(ledger: Ledger, name: str) -> bool:
    """Return whether this is the id of somebody, in the settings or in a record."""
    return name in ledger.settings.people or name in _people(ledger) - RESERVED


def names_nobody(ledger: Ledger) -> bool:
    """Return whether this is the ledger of one person who had no need of names.

    `me` is what somebody is called whom git cannot name.
    """
    if ledger.settings.people or ledger.runs:
        return False
    return all(commitment.who in (None, "me") for commitment in ledger.commitments.values())


def _known(name: str, names: Iterable[str | None], option: str, kind: str) -> None:
    known = sorted({other for other in names if other} - RESERVED)
    if name in known:
        return
    where = "nextstep list" if kind == "plan" else "nextstep who"
    hint = did_you_mean(name, known) or f"look for the name with `{where}`"
    raise NextstepError(f"{option}: this ledger has no {kind} `{name}`", hint)


def _people(ledger: Ledger) -> set[str | None]:
    names: set[str | None] = set(ledger.settings.people)
    for commitment in ledger.commitments.values():
        names.update((commitment.who, commitment.partner, *commitment.with_))
    for run in ledger.runs.values():
        names.update((run.owner, run.deputy, run.requested_by, *run.people.values()))
        for step in run.steps:
            names.update(step.who)
    return names


def _roles(ledger: Ledger) -> set[str | None]:
    names: set[str | None] = set(ledger.settings.roles)
    for process in ledger.processes.values():
        names.update(process.roles)
    for run in ledger.runs.values():
        names.update(step.role for step in run.steps)
    return names


def _plans(ledger: Ledger) -> set[str | None]:
    names: set[str | None] = set(ledger.processes)
    for part_of in (
        *(commitment.part_of for commitment in ledger.commitments.values()),
        *(run.part_of for run in ledger.runs.values()),
    ):
        names.update((part_of, _head(part_of)))
    return names


def _head(part_of: str | None) -> str | None:
    return part_of.partition(".")[0] if part_of else None
