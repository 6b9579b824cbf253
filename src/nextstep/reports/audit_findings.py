"""One place where the log of a record and the history of its file tell different things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from nextstep.dates.zones import local_day, local_time
from nextstep.model.events import Event, instant_text
from nextstep.reports.show_links import Happening
from nextstep.trail.facts import Fact, Signature
from nextstep.trail.people import Signers

ABOUT_THE_LOG = frozenset({"unlogged", "rewritten", "relogged"})
"""Events whose line was written before, and what happened is that it went, changed or came back."""

FILE = "file"
"""What changes where a file comes, goes or lies elsewhere: its path."""


class Kind(StrEnum):
    """What does not agree, the weightiest first."""

    REMOVED = "line removed"
    REWRITTEN = "line rewritten"
    DROPPED = "dropped by a merge"
    DELETED = "deleted while open"
    NOT_THAT_CONTENT = "other content approved"
    UNRECORDED = "changed without an event"
    ONLY_CLAIMED = "event without its change"
    NOT_THEIRS = "ended by somebody else"
    OTHER_AUTHOR = "committed by somebody else"
    UNKNOWN_ADDRESS = "unknown address"
    IN_MERGE = "made in a merge"
    EARLIER = "dated before its commit"
    LATER = "dated after its commit"
    OTHER_VERSION = "another version approved"
    UNREAD = "unread in between"

    @property
    def weight(self) -> int:
        """Its place among all kinds: the smaller, the weightier."""
        return tuple(Kind).index(self)


class Signer(Struct, frozen=True, kw_only=True):
    """Who signed a commit, and when: the ``label`` is the name by `.mailmap`.

    ``person`` is who has that address in `nextstep.yaml`.
    """

    name: str
    email: str
    label: str
    person: str | None
    at: datetime | None


class FieldChange(Struct, frozen=True):
    """A field that is another one in a commit: None where it said nothing."""

    field: str
    before: str | None
    after: str | None


class Disagreement(Struct, frozen=True, kw_only=True):
    """What a file says and what its history says, where these differ in one commit.

    ``record`` is the kind of record; ``how`` is `commit`, `made in a merge` or `dropped by a merge`.
    ``events`` are the lines of the log that it is about, ``changes`` the fields. ``person`` is who
    had it, or whose address it is; ``path`` of an approval is that of what was approved. ``again``
    is the commit since which what was taken away, or what a field said before, is there again. ``count`` tells how many it
    stands for.
    """

    kind: Kind
    commit: str
    author: Signer
    committer: Signer
    how: str
    record: str
    id: str
    handle: str
    what: str
    path: str
    events: tuple[Happening, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    person: str | None = None
    again: str | None = None
    count: int = 1

    @property
    def moments(self) -> Iterator[datetime | None]:
        """All dates in it: of the commit, and of the events."""
        yield from (self.author.at, self.committer.at)
        yield from (datetime.fromisoformat(event.at) for event in self.events)


class Sign(Struct, frozen=True, kw_only=True):
    """One fact that does not agree, before those of one commit and record are told together."""

    kind: Kind
    fact: Fact
    person: str | None = None
    path: str | None = None
    again: str | None = None


def signer(signature: Signature, signers: Signers) -> Signer:
    """Return a signature with the person whose address it bears."""
    return Signer(
        name=signature.name,
        email=signature.email,
        label=signature.label,
        person=signers.person(signature),
        at=signature.at,
    )


def happening(event: Event, timezone: str) -> Happening:
    """Return a line of a log as it is shown."""
    return Happening(
        at=instant_text(event.at),
        on=local_day(event.at, timezone),
        clock=f"{local_time(event.at, timezone):%H:%M}",
        by=event.by,
        event=event.event,
        step=event.step,
        values=event.values,
    )
