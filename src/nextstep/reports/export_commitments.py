"""The table of commitments."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.model.commitment import Commitment
from nextstep.reports.export_columns import (
    HOW_IT_ENDED,
    SAME_EVERYWHERE,
    Column,
    Kind,
    Origin,
    Subject,
    Table,
    due_columns,
    move_columns,
)
from nextstep.runs.states import CommitmentState


class _One(Subject, frozen=True):
    record: Commitment
    state: CommitmentState

    @property
    def process(self) -> str | None:
        """The process that it is part of, where that is no plan."""
        return process_of(self.origin, self.record.part_of)


def process_of(origin: Origin, part_of: str | None) -> str | None:
    """Return the process that a `part_of` names, None where it is a plan."""
    name = part_of.partition(".")[0] if part_of else ""
    return name if name in origin.ledger.processes else None


def _subjects(origin: Origin) -> Iterator[_One]:
    for name, record in sorted(origin.ledger.commitments.items()):
        yield _One(origin, record, origin.standing.commitments[name])


COMMITMENTS = Table(
    name="commitments",
    about="One row for each commitment: what was agreed, and where it stands.",
    subjects=_subjects,
    columns=(
        *SAME_EVERYWHERE,
        Column("id", Kind.TEXT, "Its id, unique in the ledger.", lambda one: one.record.id),
        Column("path", Kind.TEXT, "Its file.", lambda one: one.record.source.path),
        Column("what", Kind.TEXT, "What was agreed.", lambda one: one.record.what),
        Column("outcome", Kind.TEXT, "What it is for.", lambda one: one.record.outcome),
        Column("who", Kind.TEXT, "Who has it.", lambda one: one.state.who),
        Column("agreed_with", Kind.TEXTS, "Whom it was agreed with.", lambda one: one.state.with_),
        Column(
            "partner",
            Kind.TEXT,
            "Who asks how it went.",
            lambda one: one.origin.standing.partner(one.record),
        ),
        *due_columns(lambda one: one.state.due, "it"),
        Column(
            "state",
            Kind.TEXT,
            "`proposed`, `open`, `done` or `closed`.",
            lambda one: one.state.stage.value,
        ),
        Column("overdue", Kind.FLAG, "Whether it is overdue.", lambda one: one.state.overdue),
        Column(
            "days_late",
            Kind.NUMBER,
            "How many working days it is overdue; 0 where it is not.",
            lambda one: one.state.days_late,
        ),
        *move_columns(lambda one: one.state.moves),
        Column(
            "on_time",
            Kind.FLAG,
            "Whether it was done by its date; missing until it is.",
            lambda one: one.state.on_time,
        ),
        Column(
            "agreed_at",
            Kind.INSTANT,
            "When it was agreed.",
            lambda one: one.state.agreed.at if one.state.agreed else None,
        ),
        Column(
            "done_at",
            Kind.INSTANT,
            "When the work was done.",
            lambda one: one.state.done.at if one.state.done else None,
        ),
        *HOW_IT_ENDED,
        Column(
            "came_of_it",
            Kind.TEXT,
            "The outcome that was told in the end.",
            lambda one: one.state.closed.outcome if one.state.closed else None,
        ),
        Column(
            "blocked",
            Kind.FLAG,
            "Whether somebody needs help with it.",
            lambda one: one.state.blocked is not None,
        ),
        Column(
            "offered_to",
            Kind.TEXTS,
            "To whom it is offered now.",
            lambda one: one.state.offer.to if one.state.offer else (),
        ),
        Column(
            "offered_at",
            Kind.INSTANT,
            "Since when it is offered.",
            lambda one: one.state.offer.at if one.state.offer else None,
        ),
        Column(
            "waits_for",
            Kind.TEXTS,
            "Ids of what has to be done before it.",
            lambda one: one.origin.standing.waits_for(one.record),
        ),
        Column(
            "part_of",
            Kind.TEXT,
            "The plan, process or step that it is part of.",
            lambda one: one.record.part_of,
        ),
        Column("process", Kind.TEXT, "The process, if that is one.", lambda one: one.process),
        Column("follows", Kind.TEXT, "The id that it came out of.", lambda one: one.record.follows),
        Column("repeats", Kind.TEXT, "How it comes again.", lambda one: one.record.repeat),
    ),
)
