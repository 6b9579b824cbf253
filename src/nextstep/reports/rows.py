"""One row of a listing: everything that is said about one open or past thing, as facts."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.workdays import local_day
from nextstep.model.time import Due


class Row(Struct, frozen=True, kw_only=True):
    """A commitment, a step, a run, a plan or a process (``kind``), with where it stands (``state``).

    ``handle`` is what to type after `nextstep show`; ``id`` the whole id, ``step`` the step's.
    ``who`` has it, ``whom`` are those it was agreed with or it goes to. ``why`` says in one word
    why it is listed. ``since`` and ``from_``: since when ``who`` has it, and from whom.
    ``moved`` counts moves and ``agreed_by`` agreed to the last one. ``then`` are what comes after:
    (step, people, whether they vote). ``waits_for`` are handles with who has them. ``reached_on``
    is the day that ``state`` came about, ``reached_by`` who brought it about. ``past`` (``due``, ``accept_within``
    or ``promise``) and ``past_since`` say which limit was passed so far that somebody is told.
    ``kept`` tells of a run whether its promise was kept, None while that is open. ``parts`` and ``open_parts`` count the commitments and runs of a plan. A process is a row where its
    ``role`` of owner or deputy is offered: ``whom`` may accept it.
    """

    handle: str
    id: str
    step: str | None = None
    kind: str
    state: str
    path: str
    what: str
    why: str | None = None
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    due: Due | None = None
    due_missing: tuple[str, ...] = ()
    overdue: bool = False
    days_late: int = 0
    moved: int = 0
    agreed_by: tuple[str, ...] = ()
    outcome: str | None = None
    process: str | None = None
    title: str | None = None
    customer: str | None = None
    role: str | None = None
    part_of: str | None = None
    vacant: bool = False
    since: date | None = None
    from_: str | None = None
    then: tuple[After, ...] = ()
    waits_for: tuple[Held, ...] = ()
    approved_then_changed: bool = False
    blocked: str | None = None
    blocked_on: str | None = None
    missing: tuple[str, ...] = ()
    rounds: int = 0
    offered_to: tuple[str, ...] = ()
    offered_on: date | None = None
    answer_by: date | datetime | None = None
    duty: bool = False
    agreed_on: date | None = None
    reached_on: date | None = None
    reached_by: str | None = None
    result: str | None = None
    promise: str | None = None
    kept: bool | None = None
    optional: bool = False
    past: str | None = None
    past_since: date | None = None
    parts: int = 0
    open_parts: int = 0


class After(Struct, frozen=True):
    """What follows a step: its id, the people who do it, and whether it is a vote."""

    step: str
    who: tuple[str, ...]
    vote: bool = False


class Held(Struct, frozen=True):
    """What something waits for: what to type for it, and who has it."""

    handle: str
    who: tuple[str, ...]


def day_of(moment: date | None, timezone: str) -> date | None:
    """Return the day itself, or that of an instant in the ledger's zone."""
    return None if moment is None else local_day(moment, timezone)
