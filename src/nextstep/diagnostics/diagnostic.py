"""One finding: which rule, where in which file, what is wrong and what to write instead."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding weighs: an error breaks the record, a warning weakens it."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class Span(Struct, frozen=True, order=True):
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


class Diagnostic(Struct, frozen=True):
    """A finding. ``path`` is relative to the ledger's root, with ``/``; no span means the file."""

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    path: str
    span: Span | None = None
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """Path, then place, then code, then words: the one order in which findings are shown."""
        return (self.path, self.span or Span(0, 0, 0, 0), self.code, self.message)
