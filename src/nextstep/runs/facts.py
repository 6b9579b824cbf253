"""What single events of a log established, as small records that a state is made of.

All instants are aware and in UTC, as the events carry them. ``by`` is who acted.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from nextstep.model.events import Event
from nextstep.model.time import Due


class Impossible(Struct, frozen=True):
    """An event that the tables of states do not allow: it left the state as it was.

    ``event.index`` is its place in the file's log. ``why`` says what is wrong with it, names and
    dates in backticks; ``right`` says what would be right, as an imperative.
    """

    event: Event
    why: str
    right: str


class Agreed(Struct, frozen=True):
    """When, by whom and how (``call``, ``mail``) something was agreed."""

    at: datetime
    by: str
    how: str | None = None


class Move(Struct, frozen=True):
    """One change of a due date.

    ``before`` is the date as it was, ``to`` the new one; None where the event does not say it.
    ``late`` tells whether it was moved after it was due; a day counts as past on the next day. What
    was only ``proposed`` then was nobody's promise yet, and so never late.
    """

    before: Due | None
    to: Due | None
    at: datetime
    by: str
    agreed_by: tuple[str, ...] = ()
    why: str | None = None
    late: bool = False
    proposed: bool = False


class Change(Struct, frozen=True):
    """What somebody changed in one edit: names of inputs, and ids of steps that were moved."""

    at: datetime
    by: str
    names: frozenset[str]


class Offer(Struct, frozen=True):
    """An offer that nobody has answered yet.

    ``to`` is as written (a person or a role); ``receivers`` are the people that may answer.
    ``step`` is None for a commitment. ``duty`` means that the promise itself is passed on.
    """

    to: tuple[str, ...]
    at: datetime
    by: str
    receivers: tuple[str, ...] = ()
    step: str | None = None
    duty: bool = False
    gaps: tuple[str, ...] = ()
    watch_for: str | None = None


class Returned(Struct, frozen=True):
    """An offer that came back, or a gate's "no". ``withdrawn``: the giver took it back."""

    at: datetime
    by: str
    missing: tuple[str, ...] = ()
    why: str | None = None
    withdrawn: bool = False


class Blocked(Struct, frozen=True):
    """Somebody needs help: since when, why, and what or whom it hangs on."""

    since: datetime
    by: str
    why: str | None = None
    on: str | None = None


class Done(Struct, frozen=True):
    """The work exists. ``offered`` tells that an offer implied it."""

    at: datetime
    by: str
    proof: str | None = None
    offered: bool = False


class Vote(Struct, frozen=True):
    """One vote at a gate; ``content`` is the blob of the file that was looked at.

    It is a "yes"; only at a blind gate is a "no" kept too, with what is ``missing`` and ``why``.
    """

    by: str
    at: datetime
    content: str | None = None
    against: bool = False
    missing: tuple[str, ...] = ()
    why: str | None = None


class Feedback(Struct, frozen=True):
    """What somebody said about a run, or a commitment."""

    at: datetime
    by: str
    score: str | None = None
    words: str | None = None


class Met(Struct, frozen=True):
    """One thing that the customer checks. ``met`` is None until somebody said it."""

    text: str
    met: bool | None = None


class Closed(Struct, frozen=True):
    """A look back. ``result`` is ``kept``, ``partly``, ``missed`` or ``dropped``, as written.

    ``next`` holds ids; ``nothing_further`` the reason, or ``yes`` where none is given.
    """

    at: datetime
    by: str
    result: str | None = None
    outcome: str | None = None
    why: str | None = None
    learned: str | None = None
    change: str | None = None
    feedback: str | None = None
    next: tuple[str, ...] = ()
    nothing_further: str | None = None
    expects: tuple[tuple[str, str], ...] = ()
