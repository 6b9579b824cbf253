"""Who runs a command, as files name them, and as they would where nobody is named yet."""

from __future__ import annotations

import os

from nextstep.cli.session import Session
from nextstep.files.new_ledger import Newcomer, newcomer
from nextstep.repo.identity import who
from nextstep.repo.place import Place


def own_name(session: Session) -> str | None:
    """Return who asks, as the ledger names them; in one that names nobody, as `init` would.

    None where they are nobody of it, or git knows no address of theirs.
    """
    if session.me is not None or session.ledger.settings.people:
        return session.me
    person = self_at(session.place)
    return person.id if person else None


def self_at(place: Place) -> Newcomer | None:
    """Return who asks, as they stand in the first files of a ledger; None without an address."""
    found = who(place, os.environ)
    return newcomer(found.email, found.name)
