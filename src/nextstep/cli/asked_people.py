"""Whom an option of a reading command means: a person of the ledger, or who asks."""

from __future__ import annotations

from nextstep.cli.session import Session
from nextstep.diagnostics.errors import NextstepError
from nextstep.reports.filters import checked_person, occurs

_WHO_ASKS = "me"


def asked_person(session: Session, typed: str, option: str) -> str:
    """Return the id of the person that was typed; ``me`` is who asks.

    A ledger may have somebody who is called so: then it is that person. Raises NextstepError for
    somebody whom the ledger does not name.
    """
    if typed != _WHO_ASKS or _WHO_ASKS in session.ledger.settings.people:
        return checked_person(session.ledger, typed, option)
    if session.me is not None:
        return session.me
    if occurs(session.ledger, typed):
        return typed
    message = f"{option}: git's user.email belongs to nobody in `people` of this ledger"
    raise NextstepError(message, "write the name of the person")
