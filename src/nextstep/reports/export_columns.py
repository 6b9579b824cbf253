"""What a table of an export is made of: its columns are declared once, with where each comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from msgspec import Struct

from nextstep.dates.zones import local_day, moment
from nextstep.files.ledger import Ledger
from nextstep.model.time import Due, DueWord
from nextstep.reports.standing import Standing
from nextstep.runs.facts import Move
from nextstep.trail.facts import Fact

VERSION = "nextstep.export/1"
"""Within a version columns and tables are added, and none is renamed, removed or means another thing."""

Value: TypeAlias = (
    "str | int | bool | date | datetime | tuple[str, ...] | Mapping[str, object] | None"
)


class Kind(StrEnum):
    """What a column holds; any but ``texts`` and ``map`` may be missing in a row."""

    TEXT = "text"
    DAY = "day"
    INSTANT = "instant"
    FLAG = "true or false"
    NUMBER = "number"
    TEXTS = "list of texts"
    MAP = "map"


class Origin(Struct, frozen=True):
    """One ledger as it is exported: its name, the commit it was read from, and where it stands.

    ``commit`` is HEAD's for a working tree, None outside a history. ``facts`` yields what history
    tells; it is asked only for the table of the trail.
    """

    name: str
    commit: str | None
    standing: Standing
    facts: Callable[[], Iterator[Fact]]

    @property
    def ledger(self) -> Ledger:
        """The ledger itself."""
        return self.standing.ledger

    @property
    def zone(self) -> str:
        """The zone in which the days of this ledger begin and end."""
        return self.standing.ledger.timezone


class Column(Struct, frozen=True):
    """One column: its name, what it holds, what that means, and how it is got of a subject."""

    name: str
    kind: Kind
    about: str
    of: Callable[[Any], Value]


class Table(Struct, frozen=True, kw_only=True):
    """One table: ``subjects`` are what has a row each, which every column is got of."""

    name: str
    about: str
    columns: tuple[Column, ...]
    subjects: Callable[[Origin], Iterator[Any]]

    def rows(self, origin: Origin) -> Iterator[tuple[Value, ...]]:
        """Yield the rows of a ledger: a value for each of its columns, in their order."""
        for subject in self.subjects(origin):
            yield tuple(column.of(subject) for column in self.columns)


class Subject(Struct, frozen=True):
    """What has a row in a table, with the ledger that it is in."""

    origin: Origin

    @property
    def zone(self) -> str:
        """The zone of its ledger."""
        return self.origin.zone


SAME_EVERYWHERE = (
    Column(
        "ledger", Kind.TEXT, "The ledger, by the name of its folder.", lambda one: one.origin.name
    ),
    Column(
        "commit_id",
        Kind.TEXT,
        "The commit that was read; of a working tree, the last one.",
        lambda one: one.origin.commit,
    ),
    Column(
        "today",
        Kind.DAY,
        "The day as of which states are told.",
        lambda one: one.origin.standing.now.today,
    ),
)
"""The columns that every table begins with."""

HOW_IT_ENDED = (
    Column(
        "closed_at",
        Kind.INSTANT,
        "When it was looked back on.",
        lambda one: one.state.closed.at if one.state.closed else None,
    ),
    Column(
        "result",
        Kind.TEXT,
        "`kept`, `partly`, `missed` or `dropped`.",
        lambda one: one.state.closed.result if one.state.closed else None,
    ),
)
"""The columns of what is looked back on: of a commitment and of a run."""


def due_columns(due: Callable[[Any], Due | None], what: str) -> tuple[Column, ...]:
    """Return the three columns that say when something is due."""
    return (
        Column(
            "due",
            Kind.DAY,
            f"The day on which {what} is due, in the ledger's zone.",
            lambda one: due_day(due(one), one.zone),
        ),
        Column(
            "due_at",
            Kind.INSTANT,
            "The instant, where it is due at an hour.",
            lambda one: due_instant(due(one), one.zone),
        ),
        Column(
            "due_word",
            Kind.TEXT,
            "`asap` or `none`, where that was agreed.",
            lambda one: word.value if isinstance(word := due(one), DueWord) else None,
        ),
    )


def move_columns(moves: Callable[[Any], tuple[Move, ...]]) -> tuple[Column, ...]:
    """Return the three columns that say how often a date was moved."""
    return (
        Column("moved", Kind.NUMBER, "How often the date was moved.", lambda one: len(moves(one))),
        Column(
            "moved_late",
            Kind.NUMBER,
            "How often it was moved when the old day was over.",
            lambda one: sum(move.late for move in moves(one)),
        ),
        Column(
            "first_due",
            Kind.DAY,
            "The day on which it was due before the first move.",
            lambda one: due_day(moves(one)[0].before, one.zone) if moves(one) else None,
        ),
    )


def due_day(due: Due | None, zone: str) -> date | None:
    """Return the day of a due in the zone, None for a word and for nothing."""
    return local_day(due, zone) if isinstance(due, date) else None


def due_instant(due: Due | None, zone: str) -> datetime | None:
    """Return the instant of a due in UTC, None where it is a day, a word or nothing."""
    return moment(due, zone) if isinstance(due, datetime) else None
