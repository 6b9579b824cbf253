"""The table of events: every line of every log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from nextstep.model.events import Event, EventValue, instant_text
from nextstep.reports.export_columns import SAME_EVERYWHERE, Column, Kind, Origin, Subject, Table
from nextstep.reports.export_commitments import process_of
from nextstep.rules.pairs import proposed_until
from nextstep.runs.facts import Impossible
from nextstep.runs.order import effective
from nextstep.runs.states import RunState
from nextstep.runs.timing import move_of

_OWN_COLUMN = frozenset(
    "recorded_by from to why agreed_by field missing gaps result outcome learned".split()
)


class _Record(Struct, frozen=True):
    """What an event stands in: its kind (``commitment``, ``run`` or ``process``) and its process."""

    kind: str
    id: str
    process: str | None


class _One(Subject, frozen=True):
    record: _Record
    event: Event
    counts: bool

    @property
    def after_due(self) -> bool | None:
        """Of a moved date, whether the old day was over; None where there was none to keep."""
        event = self.event
        if event.event != "moved" or not isinstance(event.values.get("from"), date):
            return None
        if is_proposal(self.origin, self.record.id, event.at):
            return None
        return move_of(event, self.origin.ledger.calendar).late

    @property
    def more(self) -> Mapping[str, object]:
        """What the event carries beyond the columns, by the names of its fields."""
        values = self.event.values
        return {name: plain(values[name]) for name in sorted(values) if name not in _OWN_COLUMN}


def is_proposal(origin: Origin, name: str, at: datetime | None) -> bool:
    """Return whether a commitment was not agreed yet at a moment, and so nobody's promise."""
    state = origin.standing.commitments.get(name)
    until = None if state is None else proposed_until(state.events)
    return until is not None and at is not None and at < until


def as_text(value: EventValue | None) -> str | None:
    """Return a value as one text: days and instants in ISO form, a list with commas."""
    if isinstance(value, tuple):
        return ", ".join(texts(value))
    if isinstance(value, datetime):
        return instant_text(value) if value.tzinfo else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)


def texts(value: EventValue | None) -> tuple[str, ...]:
    """Return a value as a list of texts; a single one is a list of one."""
    if isinstance(value, tuple):
        return tuple(part if isinstance(part, str) else ": ".join(part) for part in value)
    text = as_text(value)
    return () if text is None else (text,)


def plain(value: EventValue) -> object:
    """Return a value as JSON knows it: a map of texts for pairs."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, tuple):
        return as_text(value)
    pairs = [part for part in value if not isinstance(part, str)]
    return dict(pairs) if pairs else list(value)


def hidden_votes(state: RunState) -> frozenset[tuple[str | None, str, datetime]]:
    """Return the votes that nobody is to see yet, each as (step, by, at): at a blind gate."""
    return frozenset(
        (step.id, vote.by, vote.at)
        for step in state.steps.values()
        if step.hides_votes
        for vote in step.votes
    )


def _subjects(origin: Origin) -> Iterator[_One]:
    ledger, standing = origin.ledger, origin.standing
    for name, commitment in sorted(ledger.commitments.items()):
        process = process_of(origin, commitment.part_of)
        record = _Record("commitment", name, process)
        yield from _lines(origin, record, commitment.log, standing.commitments[name].impossible)
    for name, run in sorted(ledger.runs.items()):
        state = standing.runs[name]
        hidden = hidden_votes(state)
        lines = _lines(origin, _Record("run", name, run.process), run.log, state.impossible)
        yield from (
            one for one in lines if (one.event.step, one.event.by, one.event.at) not in hidden
        )
    for name, written in sorted(ledger.processes.items()):
        record = _Record("process", name, name)
        yield from _lines(origin, record, written.log, standing.duties[name].impossible)


def _lines(
    origin: Origin, record: _Record, log: Sequence[Event], refused: Sequence[Impossible]
) -> Iterator[_One]:
    counting = {event.canonical for event in effective(log)[0]}
    counting -= {one.event.canonical for one in refused}
    for event in log:
        yield _One(origin, record, event, event.canonical in counting)


def _text(name: str, about: str, column: str | None = None) -> Column:
    """Return the column of a field; ``column`` names it where SQL keeps the field's name."""
    return Column(column or name, Kind.TEXT, about, lambda one: as_text(one.event.values.get(name)))


def _texts(name: str, about: str) -> Column:
    return Column(name, Kind.TEXTS, about, lambda one: texts(one.event.values.get(name)))


EVENTS = Table(
    name="events",
    about="One row for each line of a log, in the order of the file. The votes of a blind gate are "
    "left out until all are in.",
    subjects=_subjects,
    columns=(
        *SAME_EVERYWHERE,
        Column(
            "kind",
            Kind.TEXT,
            "What it happened to: `commitment`, `run` or `process`.",
            lambda one: one.record.kind,
        ),
        Column("id", Kind.TEXT, "The id of that.", lambda one: one.record.id),
        Column("step", Kind.TEXT, "In a run, the step.", lambda one: one.event.step),
        Column("process", Kind.TEXT, "The id of the process.", lambda one: one.record.process),
        Column("happened_at", Kind.INSTANT, "When it happened.", lambda one: one.event.at),
        Column("acted_by", Kind.TEXT, "Who acted.", lambda one: one.event.by),
        _text("recorded_by", "Who wrote it down, where that was somebody else."),
        Column("event", Kind.TEXT, "What happened, such as `moved`.", lambda one: one.event.event),
        Column(
            "counts",
            Kind.FLAG,
            "Whether it counts: not what was taken back, `undone` itself, or what is impossible there.",
            lambda one: one.counts,
        ),
        _text("field", "Of `changed`, the field."),
        _text("from", "The date or value before.", "old_value"),
        _text("to", "The date or value from then on; of `offered`, the receiver.", "new_value"),
        Column(
            "after_due",
            Kind.FLAG,
            "Of `moved`, whether the old day was over; missing where there was none, or it was only "
            "proposed.",
            lambda one: one.after_due,
        ),
        _text("why", "The reason, in the words of who acted."),
        _texts("agreed_by", "Who on the other side agreed."),
        _texts("missing", "Of `returned`, what was missing."),
        _texts("gaps", "What was known to be missing and accepted so."),
        _text("result", "Of `closed`: `kept`, `partly`, `missed` or `dropped`."),
        _text("outcome", "Of `closed`, what came of it."),
        _text("learned", "Of `closed`, what was learned."),
        Column("more", Kind.MAP, "What else it carries, by its fields.", lambda one: one.more),
    ),
)
