"""What faulty files lost in being read: rules do not speak of it again as if it were missing."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Severity, Span
from nextstep.files.ledger import Ledger
from nextstep.files.syntax import locate, parse
from nextstep.model.source import Source


class Losses:
    """The errors that loading a ledger found, by file."""

    def __init__(self, ledger: Ledger) -> None:
        """Look at the findings of the files that lost something."""
        self._faulty = frozenset(ledger.faulty)
        self._errors: dict[str, list[Span]] = {}
        if self._faulty:
            for finding in ledger.findings:
                if finding.severity is Severity.ERROR and finding.span is not None:
                    self._errors.setdefault(finding.path, []).append(finding.span)

    def within(self, source: Source, *fields: str) -> bool:
        """Return whether an error stands within one of these fields of a file."""
        if source.path not in self._faulty:
            return False
        spans = [locate(source, (field,)) for field in fields if _is_spelt(source, field)]
        return any(
            (span.line, span.column)
            <= (error.line, error.column)
            < (span.end_line, span.end_column)
            for span in spans
            if span is not None
            for error in self._errors.get(source.path, ())
        )

    def hides(self, source: Source, field: str) -> bool:
        """Return whether a field that seems to be missing is there, and was not understood."""
        return source.path in self._faulty and _is_spelt(source, field)


def _is_spelt(source: Source, field: str) -> bool:
    root = parse(source).root
    return root is not None and any(key.value == field for key, _ in root.value)
