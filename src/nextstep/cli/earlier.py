"""The ledger before a change: at the commit from which a branch or the work tree came."""

from __future__ import annotations

import os

from msgspec import Struct

from nextstep.cli.session import Session
from nextstep.dates.zones import zone_of
from nextstep.files.committed import listing_of
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.repo.bases import merge_base
from nextstep.repo.trees import find_commit, read_revision


class Earlier(Struct, frozen=True, kw_only=True):
    """A ledger as it was, and the commit that was read.

    ``named`` is what was typed. ``is_base`` tells that the commit is the one from which it and
    what came after went apart, as a pull request sees it. Where history does not reach so far, as
    in a shallow clone, it is the commit that was named.
    """

    ledger: Ledger
    commit: str
    named: str
    is_base: bool


def earlier(session: Session, revision: str, *, tip: str = "HEAD") -> Earlier:
    """Return the ledger before what ``tip`` brings to a revision, in the zone of the session.

    Raises NextstepError where one of the two is no commit, or cannot be read.
    """
    environ, place = dict(os.environ), session.place
    zone = zone_of(session.ledger.timezone)
    named = find_commit(place, revision, zone=zone, environ=environ)
    last = find_commit(place, tip, zone=zone, environ=environ)
    base = merge_base(place, named.id, last.id, environ)
    snapshot = read_revision(place, base or named.id, zone=zone, environ=environ)
    ledger = load_ledger(
        listing_of(snapshot),
        root=session.ledger.root,
        timezone=session.ledger.timezone,
        revision=snapshot.commit.id,
    )
    return Earlier(
        ledger=ledger, commit=snapshot.commit.id, named=revision, is_base=base is not None
    )
