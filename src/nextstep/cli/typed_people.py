"""Names from the command line and from prompts, as readers of answers."""

from __future__ import annotations

from nextstep.changes.people_named import person_named
from nextstep.cli.asking import Reader, Unfit
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.people import Settings


def one_person(settings: Settings) -> Reader:
    """Return the reader of the name of one person."""

    def read(text: str) -> str:
        try:
            return person_named(text, settings)
        except NextstepError as unknown:
            raise Unfit(unknown.message, unknown.hint) from None

    return read
