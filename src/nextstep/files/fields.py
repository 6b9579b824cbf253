"""What a field is: its name, what its value may be, a sentence and an example.

Every field of every file is declared once, with these words, in the `*_fields` modules. The loader,
the JSON Schema and the reference page are made from the declarations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from msgspec import Struct

LINE_LIMIT = 500
NAME_LIMIT = 120
PROSE_LIMIT = 8_000


class Text(Struct, frozen=True):
    """Words on one line, at most ``limit`` characters."""

    limit: int = LINE_LIMIT


class Prose(Struct, frozen=True):
    """Words that may run over several lines."""

    limit: int = PROSE_LIMIT


class Name(Struct, frozen=True):
    """One name: of a person, a role, a step, a process, a commitment (``of`` says which)."""

    of: str


class Names(Struct, frozen=True):
    """A list of names; one alone needs no brackets."""

    of: str


class Choice(Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]


class Flag(Struct, frozen=True):
    """``true`` or ``false``."""


class Need(Struct, frozen=True):
    """How many votes a gate needs: ``all``, ``any`` or a number."""


class Count(Struct, frozen=True):
    """A whole number from ``least`` on."""

    least: int = 0


class DayOnly(Struct, frozen=True):
    """A calendar day, ``2026-11-27``."""


class DueDate(Struct, frozen=True):
    """A day, an instant (``2026-11-27T17:00``) or ``asap``; with ``undated`` also ``none``."""

    undated: bool = False


class Instant(Struct, frozen=True):
    """A moment with its offset from UTC, ``2026-11-12T15:10Z``."""


class LengthOfTime(Struct, frozen=True):
    """A length such as ``3bd``, ``24h`` or ``6mo``."""


class TimeRule(Struct, frozen=True):
    """A time expression: text, a map with ``by``, or a list of cases."""


class When(Struct, frozen=True):
    """A condition over the inputs."""


class Repeat(Struct, frozen=True):
    """A recurrence, in words or as a ``FREQ=`` rule."""


class Weekdays(Struct, frozen=True):
    """Days of the week, ``[mon, tue]``."""


class EventRef(Struct, frozen=True):
    """Which event is meant: its ``at``, or a map with ``at``, ``by`` and ``event``."""


class ListOf(Struct, frozen=True):
    """A list; one value alone is a list of one."""

    of: Kind


class MapOf(Struct, frozen=True):
    """Values by a free name; ``keys`` says what the names are."""

    keys: str
    of: Kind


class Nested(Struct, frozen=True):
    """A map with declared fields."""

    record: Record


class NamedRecords(Struct, frozen=True):
    """Records by id, such as people; each record is made with its ``id``."""

    keys: str
    record: Record


class Log(Struct, frozen=True):
    """The list of events."""


Kind: TypeAlias = (
    Text
    | Prose
    | Name
    | Names
    | Choice
    | Flag
    | Need
    | Count
    | DayOnly
    | DueDate
    | Instant
    | LengthOfTime
    | TimeRule
    | When
    | Repeat
    | Weekdays
    | EventRef
    | ListOf
    | MapOf
    | Nested
    | NamedRecords
    | Log
)


class Field(Struct, frozen=True, kw_only=True):
    """One field of a file.

    ``example`` is its value as it stands in a file. ``attribute`` is the name in the model where
    that differs, ``text_attribute`` a second one that keeps the words as written.
    """

    name: str
    kind: Kind
    about: str
    example: str
    required: bool = False
    attribute: str = ""
    text_attribute: str = ""

    @property
    def target(self) -> str:
        """The attribute of the model that holds the value."""
        return self.attribute or self.name


class Record(Struct, frozen=True, kw_only=True):
    """A map with declared fields; ``short`` names the field that a bare text stands for."""

    name: str
    about: str
    fields: tuple[Field, ...]
    make: Callable[..., Any]
    short: str = ""
