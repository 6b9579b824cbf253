"""The table of the trail: what happened, as the contents of the files tell it commit by commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nextstep.reports.export_columns import SAME_EVERYWHERE, Column, Kind, Origin, Subject, Table
from nextstep.reports.export_commitments import process_of
from nextstep.reports.export_events import as_text, hidden_votes, is_proposal, plain
from nextstep.trail.facts import Fact

_OWN_COLUMN = frozenset("field from to why".split())


class _One(Subject, frozen=True):
    fact: Fact

    @property
    def process(self) -> str | None:
        """The process that the record belongs to now; of a record that is gone nobody knows."""
        ledger, name = self.origin.ledger, self.fact.id
        if self.fact.kind == "process":
            return name
        if name in ledger.runs:
            return ledger.runs[name].process
        commitment = ledger.commitments.get(name)
        return process_of(self.origin, commitment.part_of) if commitment else None

    @property
    def after_due(self) -> bool | None:
        """Of a moved date, whether the old day was over; None where there was none to keep."""
        late = self.fact.after_due
        is_free = late is not None and is_proposal(self.origin, self.fact.id, self.fact.at)
        return None if is_free else late

    @property
    def more(self) -> Mapping[str, object]:
        """What the fact carries beyond the columns, by the names of its fields."""
        values = self.fact.values
        return {name: plain(values[name]) for name in sorted(values) if name not in _OWN_COLUMN}


def _subjects(origin: Origin) -> Iterator[_One]:
    hidden = {name: hidden_votes(state) for name, state in origin.standing.runs.items()}
    for fact in origin.facts():
        line = fact.logged
        if line is None or (line.step, line.by, line.at) not in hidden.get(fact.id, ()):
            yield _One(origin, fact)


def _text(name: str, about: str, column: str | None = None) -> Column:
    return Column(column or name, Kind.TEXT, about, lambda one: as_text(one.fact.values.get(name)))


TRAIL = Table(
    name="trail",
    about="One row for each thing that happened, as history shows it, oldest first.",
    subjects=_subjects,
    columns=(
        *SAME_EVERYWHERE,
        Column(
            "kind",
            Kind.TEXT,
            "What it happened to: `commitment`, `run` or `process`.",
            lambda one: one.fact.kind,
        ),
        Column("id", Kind.TEXT, "The id of that.", lambda one: one.fact.id),
        Column("step", Kind.TEXT, "In a run, the step.", lambda one: one.fact.step),
        Column(
            "process",
            Kind.TEXT,
            "The process that it belongs to now; missing where it is gone.",
            lambda one: one.process,
        ),
        Column("path", Kind.TEXT, "Its file at that time.", lambda one: one.fact.path),
        Column("what", Kind.TEXT, "What it was called.", lambda one: one.fact.what),
        Column("happened_at", Kind.INSTANT, "When it happened.", lambda one: one.fact.at),
        Column("acted_by", Kind.TEXT, "Who acted.", lambda one: one.fact.by),
        Column(
            "recorded_by",
            Kind.TEXT,
            "Who wrote it down, where that was somebody else.",
            lambda one: one.fact.recorded_by,
        ),
        Column(
            "event",
            Kind.TEXT,
            "What happened: an event of a log, or what only history knows, such as `deleted`.",
            lambda one: one.fact.event,
        ),
        Column(
            "logged",
            Kind.FLAG,
            "Whether the log has a line about it.",
            lambda one: one.fact.logged is not None,
        ),
        Column(
            "seen",
            Kind.FLAG,
            "Whether the contents changed as that line says.",
            lambda one: one.fact.seen,
        ),
        _text("field", "The field that was changed."),
        _text("from", "The date or value before.", "old_value"),
        _text("to", "The date or value from then on.", "new_value"),
        Column(
            "after_due",
            Kind.FLAG,
            "Of a moved date, whether the old day was over; missing where there was none, or it was only "
            "proposed.",
            lambda one: one.after_due,
        ),
        _text("why", "The reason, in the words of who acted."),
        Column(
            "found_in",
            Kind.TEXT,
            "The commit that shows it.",
            lambda one: one.fact.witness.commit,
        ),
        Column(
            "place",
            Kind.NUMBER,
            "The place of that commit in its history, counted from the oldest.",
            lambda one: one.fact.witness.order,
        ),
        Column(
            "how",
            Kind.TEXT,
            "`commit`, `made in a merge` or `dropped by a merge`.",
            lambda one: one.fact.witness.how,
        ),
        Column(
            "author",
            Kind.TEXT,
            "Who wrote that commit.",
            lambda one: one.fact.witness.author.label or one.fact.witness.author.name,
        ),
        Column(
            "authored_at",
            Kind.INSTANT,
            "When, by the author's clock.",
            lambda one: one.fact.witness.author.at,
        ),
        Column("more", Kind.MAP, "What else is known, by its fields.", lambda one: one.more),
    ),
)
