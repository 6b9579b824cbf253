"""What a verb wants to have written, before anything is: plain data, made by pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

from msgspec import Struct

from nextstep.model.events import instant_text
from nextstep.model.people import Person
from nextstep.model.source import Keys
from nextstep.model.time import Due

Value: TypeAlias = str | tuple[str, ...] | Mapping[str, str]
"""A value as a file holds it: all of them are text."""


class Entry(Struct, frozen=True, kw_only=True):
    """One event to be logged: its word, its step in a run, and what else it carries, in order.

    When it happened and who acted is added where it is written. Empty values are left out.
    """

    event: str
    step: str | None = None
    values: Mapping[str, Value | None] = {}


class Edit(Struct, frozen=True, kw_only=True):
    """Events for the log of one record, and the fields that they change.

    ``fields`` are places with their new value, None to take a field out. ``id`` is the record's.
    """

    id: str
    entries: tuple[Entry, ...] = ()
    fields: Mapping[Keys, Value | None] = {}


class NewFile(Struct, frozen=True, kw_only=True):
    """A record that is not there yet: its id, its path from the ledger, and its text."""

    id: str
    path: str
    text: str


class Draft(Struct, frozen=True, kw_only=True):
    """All that one command writes, in one commit.

    ``told`` are the lines that say to who acted what changed; ``then`` is a command that is worth
    typing next. The message of the commit is made of the events; ``subject`` is its first line
    where several records are written for one reason, such as a meeting. ``people`` are named here
    for the first time, and added to the settings.
    """

    told: tuple[str, ...]
    then: str | None = None
    subject: str | None = None
    edits: tuple[Edit, ...] = ()
    new: tuple[NewFile, ...] = ()
    people: tuple[Person, ...] = ()


def due_text(due: Due | None) -> str:
    """Return a due as a file holds it; ``none`` where there is no date."""
    if due is None:
        return "none"
    if isinstance(due, datetime):
        return instant_text(due) if due.tzinfo else due.isoformat(timespec="minutes")
    return due.isoformat() if isinstance(due, date) else str(due)
