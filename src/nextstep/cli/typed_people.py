"""Names from the command line and from prompts, as readers of answers."""

from __future__ import annotations

from nextstep.changes.people_named import UnknownPersonError, person_named
from nextstep.cli.asking import Reader, Unfit
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.people import Settings


def one_person(settings: Settings, *, otherwise: str = "") -> Reader:
    """Return the reader of the name of one person.

    ``otherwise`` says what else can be typed at a prompt, where no command can.
    """

    def read(text: str) -> str:
        try:
            return person_named(text, settings)
        except UnknownPersonError as unknown:
            said = ", or ".join(filter(None, (unknown.instead, otherwise)))
            raise Unfit(unknown.message, said if otherwise else unknown.hint) from None
        except NextstepError as unknown:
            raise Unfit(unknown.message, unknown.hint) from None

    return read
