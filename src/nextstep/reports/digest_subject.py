"""Whom or what a digest is for, and what of the ledger concerns them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment
from nextstep.model.process import Process
from nextstep.reports.filters import Scope
from nextstep.reports.rows import Row
from nextstep.reports.standing import Standing

SubjectKind = Literal["person", "team", "role", "process", "everybody"]


class Subject(Struct, frozen=True, kw_only=True):
    """Whom a digest is for. ``people`` are those of a person or a team, None for no such limit."""

    kind: SubjectKind
    name: str | None = None
    people: frozenset[str] | None = None

    @property
    def person(self) -> str | None:
        """The one person it is for, if it is for one."""
        return self.name if self.kind == "person" else None

    @property
    def scope(self) -> Scope:
        """The part of the ledger it is about, where that is a role or a process."""
        return Scope(
            role=self.name if self.kind == "role" else None,
            process=self.name if self.kind == "process" else None,
        )

    def has_any(self, *people: str | None) -> bool:
        """Return whether one of these people is meant, or everybody is."""
        return self.people is None or not self.people.isdisjoint(filter(None, people))

    def commitment(self, standing: Standing, commitment: Commitment) -> bool:
        """Return whether a commitment concerns them: theirs, agreed with them, asked about."""
        state = standing.commitments[commitment.id]
        part_of = commitment.part_of
        return self.scope.has(role=None, process=None, part_of=part_of) and self.has_any(
            state.who, *state.with_, standing.partner(commitment)
        )

    def run(self, standing: Standing, name: str) -> bool:
        """Return whether a run concerns them: owned, asked for, or done in part by them."""
        run, state = standing.ledger.runs[name], standing.runs[name]
        if self.kind == "role":
            return any(step.step.role == self.name for step in state.steps.values())
        if not self.scope.has(role=None, process=run.process, part_of=run.part_of):
            return False
        doers = (who for step in state.steps.values() for who in step.who)
        return self.has_any(state.owner, run.requested_by, *doers)

    def step(self, standing: Standing, name: str, step_id: str) -> bool:
        """Return whether a step of a run concerns them: they do it or own the run."""
        run, state = standing.ledger.runs[name], standing.runs[name]
        step = state.steps[step_id]
        return self.scope.has(
            role=step.step.role, process=run.process, part_of=run.part_of
        ) and self.has_any(state.owner, *step.who)

    def row(self, row: Row) -> bool:
        """Return whether it is for them to act on a row."""
        return self.has_any(*row.who, *row.offered_to)

    def is_concerned(self, standing: Standing, row: Row) -> bool:
        """Return whether what a row is about concerns them, whoever is to act on it."""
        if row.kind == "commitment":
            return self.commitment(standing, standing.ledger.commitments[row.id])
        if row.step is not None:
            return self.step(standing, row.id, row.step)
        return self.run(standing, row.id)

    def process(self, standing: Standing, process: Process) -> bool:
        """Return whether they answer for a process."""
        if self.kind == "role":
            return False
        members = standing.ledger.settings.members
        named = (process.owner or "", process.deputy or "")
        return self.name == process.id or (
            self.kind != "process"
            and self.has_any(*(who for name in named for who in members.get(name, (name,))))
        )


EVERYBODY = Subject(kind="everybody")


def person(name: str) -> Subject:
    """Return one person."""
    return Subject(kind="person", name=name, people=frozenset((name,)))


def team(ledger: Ledger, name: str) -> Subject:
    """Return the people of a team. Raises NextstepError where nobody is in it."""
    teams = {one.team for one in ledger.settings.people.values()} - {None}
    members = [one.id for one in ledger.settings.people.values() if one.team == name]
    if not members:
        hint = did_you_mean(name, sorted(filter(None, teams)))
        raise NextstepError(
            f"--team: nobody in this ledger is in `{name}`",
            hint or "write `team` for its people in nextstep.yaml",
        )
    return Subject(kind="team", name=name, people=frozenset(members))
