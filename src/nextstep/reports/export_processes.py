"""The table of processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from nextstep.model.process import Process
from nextstep.reports.export_columns import SAME_EVERYWHERE, Column, Kind, Origin, Subject, Table


class _One(Subject, frozen=True):
    record: Process
    open_runs: int

    @property
    def last_review(self) -> date | None:
        """The latest day on which somebody looked at it again."""
        return max((one.last for one in self.record.reviews if one.last), default=None)


def _subjects(origin: Origin) -> Iterator[_One]:
    states, runs = origin.standing.runs, origin.ledger.runs
    counts = Counter(runs[name].process for name, state in states.items() if state.is_live)
    for name, record in sorted(origin.ledger.processes.items()):
        yield _One(origin, record, counts[name])


PROCESSES = Table(
    name="processes",
    about="One row for each written way of working.",
    subjects=_subjects,
    columns=(
        *SAME_EVERYWHERE,
        Column("id", Kind.TEXT, "Its id, unique in the ledger.", lambda one: one.record.id),
        Column("path", Kind.TEXT, "Its file.", lambda one: one.record.source.path),
        Column("title", Kind.TEXT, "What it is called.", lambda one: one.record.title),
        Column("state", Kind.TEXT, "`draft`, `active` or `retired`.", lambda one: one.record.state),
        Column("owner", Kind.TEXT, "Who answers for it.", lambda one: one.record.owner),
        Column("deputy", Kind.TEXT, "Who does so meanwhile.", lambda one: one.record.deputy),
        Column(
            "customer",
            Kind.TEXT,
            "For whom it is.",
            lambda one: one.record.customer.who if one.record.customer else None,
        ),
        Column(
            "customer_kind",
            Kind.TEXT,
            "`external` or `internal`.",
            lambda one: one.record.customer.kind if one.record.customer else None,
        ),
        Column("provides", Kind.TEXT, "What it provides.", lambda one: one.record.provides),
        Column(
            "promise",
            Kind.TEXT,
            "What the customer is promised.",
            lambda one: one.record.promise.text if one.record.promise else None,
        ),
        Column(
            "promise_rule",
            Kind.TEXT,
            "By when, as it is written.",
            lambda one: (
                one.record.promise.rule.text
                if one.record.promise and one.record.promise.rule
                else None
            ),
        ),
        Column("roles", Kind.TEXTS, "The roles in it.", lambda one: one.record.roles),
        Column(
            "inputs", Kind.TEXTS, "What a request has to contain.", lambda one: one.record.inputs
        ),
        Column("steps", Kind.NUMBER, "How many steps it has.", lambda one: len(one.record.steps)),
        Column("open_runs", Kind.NUMBER, "How many runs are open.", lambda one: one.open_runs),
        Column(
            "strength",
            Kind.TEXT,
            "How firmly the order is kept: `advise` or `enforce`.",
            lambda one: one.record.strength.level,
        ),
        Column(
            "last_review",
            Kind.DAY,
            "When it was last confirmed to be right.",
            lambda one: one.last_review,
        ),
        Column(
            "based_on",
            Kind.TEXT,
            "The process that it is a variant of.",
            lambda one: one.record.based_on,
        ),
    ),
)
