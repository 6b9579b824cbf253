"""Who signed a commit, as the ledger names them."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.model.people import Person
from nextstep.trail.facts import Signature

NAMELESS = "somebody without a name"


class Signers:
    """The people of a ledger by their addresses."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        """Take the people of the settings."""
        self._known = {
            email.casefold(): person.id for person in people.values() for email in person.emails
        }
        self._asked: dict[str, str | None] = {}

    def person(self, signature: Signature) -> str | None:
        """Return the person of the ledger who signed, None where their address is not known."""
        email = signature.email
        if email not in self._asked:
            self._asked[email] = self._known.get(email.casefold())
        return self._asked[email]

    def name(self, signature: Signature) -> str:
        """Return the person who signed, else the name that `.mailmap` or the commit gives."""
        known = self.person(signature)
        return known or signature.label or signature.name or signature.email or NAMELESS
