"""One thing that happened to a record, and the commit that witnesses it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from nextstep.model.events import Event, EventValue

Kind = Literal["commitment", "run", "process"]
How = Literal["commit", "made in a merge", "dropped by a merge"]


class Signature(Struct, frozen=True):
    """Who signed a commit and when, as it is written there; ``label`` is the name by `.mailmap`.

    ``at`` is aware and in UTC, and None where the commit gives no moment that a calendar knows.
    """

    name: str
    email: str
    at: datetime | None
    label: str = ""


class Witness(Struct, frozen=True, kw_only=True):
    """The commit that a fact was found in. ``order`` counts commits from the oldest, parents first.

    ``how``: by an ordinary change, made only inside a merge, or dropped by one.
    """

    commit: str
    order: int
    author: Signature
    committer: Signature
    parents: tuple[str, ...] = ()
    how: How = "commit"


class Fact(Struct, frozen=True, kw_only=True):
    """One thing that happened to a record.

    ``id`` is what the record is called now, or was last. ``event`` is a kind of event of a `log:`,
    or one that only history knows: ``started`` (a run), ``written`` (a process), ``deleted``,
    ``recreated``, ``renamed``, ``edited`` (a process, or a field that no event is about), ``unread``
    (its file could not be read from here on), ``unlogged`` (a line of the log was taken out: it is
    ``logged``), ``relogged`` (one that was taken out stands there again) and ``rewritten`` (a
    line of the same person has other words, or says the same of another moment: ``logged`` is as it
    is now).

    ``at`` and ``by`` are those of the line in the log, else of the commit's author: the person of
    the ledger with that address, else their name. For ``unlogged``, ``relogged`` and ``rewritten``
    they are the author's, too: who did it, and not whose line it is. ``logged`` is that line, or None where only
    the contents changed. ``seen`` says whether the contents changed as the line says: a line about
    a field that did not change is claimed only, and so is all that the oldest commit of a shallow
    clone holds.

    ``values`` are those of the event, of a moved date with the ``from`` that the line leaves out. A
    content change has ``field``, ``from`` and ``to`` where they are known: of ``moved`` as in an
    event, of ``changed`` as text; ``edited`` and ``rewritten`` have ``fields``, and the texts of
    those by name in ``from`` and ``to``; ``renamed`` has paths. What a record began with (``due``,
    ``who``, ``with``, ``part_of``; of a run ``process``, ``for``, ``started``) is with its first
    fact: as it was before whatever lines that commit already holds, and left out where they do not
    say that. A commitment that began with nobody else has a ``with`` of nobody.
    ``reverts`` are, for a content change, the lines that left the log with it, by their canonical
    texts, where it makes the field what it was before them: it takes back what they said.
    ``after_due`` says for a moved date whether its old day was over, in the ledger's zone, and None
    where there was none. ``border``: the version before is not in this clone, so that nobody knows
    whether this commit made it so.
    """

    id: str
    kind: Kind
    event: str
    step: str | None
    at: datetime | None
    by: str
    recorded_by: str | None
    values: Mapping[str, EventValue]
    logged: Event | None
    seen: bool
    witness: Witness
    path: str
    what: str
    after_due: bool | None = None
    border: bool = False
    reverts: tuple[str, ...] = ()

    def text(self, name: str) -> str | None:
        """Return a value that is text, or None."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None


class Trail(Struct, frozen=True, kw_only=True):
    """All facts in the order of the graph, oldest first, then in the order of their log.

    ``commits`` is how many were read, ``tip`` the newest. ``first`` is the oldest commit of a
    shallow clone, before which nothing is known, else None. ``doubts`` are sentences about what in
    this repository can hide or change history: replaced commits, grafts, missing contents.
    """

    facts: tuple[Fact, ...]
    tip: str
    commits: int
    first: str | None = None
    doubts: tuple[str, ...] = ()
