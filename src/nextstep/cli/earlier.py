"""The ledger before a change: at the commit from which a branch or the work tree came."""

from __future__ import annotations

import os

from msgspec import Struct

from nextstep.cli.session import Session
from nextstep.dates.zones import zone_of
from nextstep.files.committed import listing_of
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.repo.bases import merge_base
from nextstep.repo.revisions import find_commit
from nextstep.repo.trees import read_revision

_NOTHING = "nothing"


class Earlier(Struct, frozen=True, kw_only=True):
    """A ledger as it was, and the commit that was read.

    ``named`` is what was typed. ``is_base`` tells that the commit is the one from which it and
    what came after went apart, as a pull request sees it. Where history does not reach so far, as
    in a shallow clone, it is the commit that was named. Before the first commit there is none:
    ``commit`` is empty then, and so is the ledger.
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
    if revision == "HEAD" and session.repository is not None and session.repository.unborn:
        return Earlier(
            ledger=_loaded(session, Listing((), ())), commit="", named=_NOTHING, is_base=True
        )
    named = find_commit(place, revision, zone=zone, environ=environ)
    last = find_commit(place, tip, zone=zone, environ=environ)
    base = merge_base(place, named.id, last.id, environ)
    snapshot = read_revision(place, base or named.id, zone=zone, environ=environ)
    ledger = _loaded(session, listing_of(snapshot), snapshot.commit.id)
    return Earlier(
        ledger=ledger, commit=snapshot.commit.id, named=revision, is_base=base is not None
    )


def _loaded(session: Session, listing: Listing, commit: str | None = None) -> Ledger:
    now = session.ledger
    return load_ledger(listing, root=now.root, timezone=now.timezone, revision=commit)
