"""What is wrong with a text about time, and how a message quotes it."""

from __future__ import annotations

from nextstep.model.source import Keys

_LONGEST_SHOWN = 60


class DateProblem(Exception):  # noqa: N818 - what is wrong in a file, no fault of the program
    """A text about time that is not understood, or an impossible day.

    ``kind`` is one of ``no-day not-a-date not-an-instant not-a-length not-an-expression
    not-a-condition not-a-recurrence hours-from-a-day``. ``message`` says what is wrong with the
    value, ``hint`` what to write. ``offset`` is a place in the text, in characters; ``keys`` the
    place inside a plain structure of mappings (names) and lists (numbers). ``instead`` is the whole
    text as it is to be written, where it can mean one thing alone.
    """

    def __init__(  # noqa: PLR0913 - what is wrong and what to write, three of them by name
        self,
        kind: str,
        message: str,
        hint: str,
        *,
        offset: int | None = None,
        keys: Keys = (),
        instead: str | None = None,
    ) -> None:
        """Keep what is wrong, what to write and where."""
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.hint = hint
        self.offset = offset
        self.keys = keys
        self.instead = instead


def shown(text: str) -> str:
    """Return a value as a message quotes it: in backticks, shortened where it is very long."""
    return f"`{text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + '...'}`"
