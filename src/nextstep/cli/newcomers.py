"""Who is named for the first time: said with an option, or asked about on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from nextstep.changes.newcomers import joined, newcomer
from nextstep.changes.people_named import UnknownPersonError, people_named, person_named
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Reader, Unfit, confirm
from nextstep.cli.session import Session
from nextstep.dates.words import listed
from nextstep.diagnostics.errors import NextstepError
from nextstep.render.commands import quoted

_FLAG = "--new-person"

Made = TypeVar("Made")


class Newcomers:
    """The people of a command whom its ledger did not know: ``session`` is the one that does."""

    def __init__(self, session: Session, said: Sequence[str], answers: Answers) -> None:
        """Take in those of the option. Raises NextstepError for a name that can be nobody's."""
        self.session = session
        self._answers = answers
        for name in said:
            self._take_in(name)
        ids = frozenset(person.id for person in self.session.newcomers)
        self.session = replace(self.session, newly_said=ids)

    def knowing(self, work: Callable[[Session], Made]) -> Made:
        """Return what comes of work in which people are named; each unknown one is asked about.

        Enter alone adds them, unless the name is much like a known one. Raises NextstepError that
        says whom to write where they are not to be added or, where nobody can be asked, which
        option adds them.
        """
        while True:
            try:
                return work(self.session)
            except UnknownPersonError as unknown:
                if not self._answers.asks:
                    raise NextstepError(unknown.message, unknown.option_hint) from None
                if not self._confirmed(unknown):
                    instead = unknown.instead or "write somebody else"
                    raise NextstepError(unknown.message, instead) from None
                self._take_in(unknown.name)

    def one(self) -> Reader:
        """Return the reader of the name of one person."""
        return self._reading(lambda text, people: person_named(text, people.ledger.settings))

    def several(self) -> Reader:
        """Return the reader of names between commas; they come back as names in files, likewise."""
        return self._reading(
            lambda text, people: ", ".join(people_named([text], people.ledger.settings))
        )

    def _reading(self, read_with: Callable[[str, Session], str]) -> Reader:
        def read(text: str) -> str:
            try:
                return self.knowing(lambda session: read_with(text, session))
            except NextstepError as unknown:
                raise Unfit(unknown.message, unknown.hint) from None

        return read

    def _confirmed(self, unknown: UnknownPersonError) -> bool:
        name, likely = unknown.name, listed(unknown.likely, "and")
        _named_for_one(name)
        newcomer(name, self.session.ledger)  # what can be nobody's name is not asked about
        known = f", and {likely} is" if likely else " yet"
        words = f"`{name}` is not in nextstep.yaml{known}. Add them there?"
        return confirm(words, f"{_FLAG} {quoted(name)}", default=not likely)

    def _take_in(self, name: str) -> None:
        _named_for_one(name)
        session = self.session
        person = newcomer(name, session.ledger)
        self.session = replace(
            session,
            ledger=joined(session.ledger, [person]),
            newcomers=(*session.newcomers, person),
        )
        self._answers.typed.append((_FLAG, name))


def _named_for_one(name: str) -> None:
    """Raise NextstepError for a word that stands for several, or for nobody."""
    from nextstep.rules.doers import is_nobody

    if is_nobody(name, draft=False):
        raise NextstepError(f"`{name}` is nobody in particular", "name the one person")
