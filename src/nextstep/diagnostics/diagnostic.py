"""One finding: which rule, where in which file, what is wrong and what to write instead."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding weighs: an error breaks the record, a warning weakens it."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class Span(Struct, frozen=True, order=True, gc=False):
    """A place in a text: 1-based lines and columns, columns in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Related(Struct, frozen=True):
    """A second place that a finding speaks of, such as the first of two equal keys."""

    path: str
    span: Span
    message: str


class Replacement(Struct, frozen=True, gc=False):
    """A piece of a file and the text that takes its place, exactly as given. Either may be empty.

    Where the span ends in the first column of a line, the end of the line above is a part of it.
    """

    span: Span
    text: str


class Mend(Struct, frozen=True):
    """The one right way to mend a finding in its file.

    ``what`` says in a few words what it does; ``edits`` are in order and apart.
    """

    what: str
    edits: tuple[Replacement, ...]


class Diagnostic(Struct, frozen=True):
    """A finding. ``path`` is relative to the ledger's root, with ``/``; no span means the file.

    ``mend`` is there where exactly one change of the file is right, whatever was meant.
    """

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    path: str
    span: Span | None = None
    related: tuple[Related, ...] = ()
    mend: Mend | None = None

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """Path, then place, then code, then words: the one order in which findings are shown."""
        return (self.path, self.span or Span(0, 0, 0, 0), self.code, self.message)


def rewritten(what: str, span: Span, text: str) -> Mend:
    """Return the mend that puts a text in the place of another."""
    return Mend(what, (Replacement(span, text),))
