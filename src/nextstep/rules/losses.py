"""What faulty files lost in being read: rules do not speak of it again as if it were missing."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Diagnostic, Severity, Span
from nextstep.files.field_rules import MISSING_FIELD
from nextstep.files.key_paths import fields_around
from nextstep.files.ledger import Ledger
from nextstep.files.reading import MOST as MOST_TOLD
from nextstep.files.syntax import locate, parse
from nextstep.model.source import Source


class Losses:
    """The errors that loading a ledger found, by file."""

    def __init__(self, ledger: Ledger) -> None:
        """Look at the findings of the files that lost something."""
        self._faulty = frozenset(ledger.faulty)
        self._errors: dict[str, list[Span]] = {}
        self._findings: dict[str, list[Diagnostic]] = {}
        if self._faulty:
            for finding in ledger.findings:
                if finding.severity is not Severity.ERROR:
                    continue
                self._findings.setdefault(finding.path, []).append(finding)
                if finding.span is not None:
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

    def spares(self, source: Source, *fields: str) -> bool:
        """Return whether nothing of these fields can have been lost, whether they are there or not.

        ``steps.who`` is that field of every step. An error that stands in no field's value, such as
        an unknown name of a field, may have cost any of them; so may those that are not told.
        """
        if source.path not in self._faulty:
            return True
        errors = self._findings.get(source.path, [])
        if len(errors) >= MOST_TOLD:
            return False
        needed = [tuple(field.split(".")) for field in fields]
        ways = (_way_to(source, error) for error in errors)
        return not any(
            way is not None and way[: len(one)] == one[: len(way)] for way in ways for one in needed
        )

    def hides(self, source: Source, field: str) -> bool:
        """Return whether a field that seems to be missing is there, and was not understood."""
        return source.path in self._faulty and _is_spelt(source, field)


def _is_spelt(source: Source, field: str) -> bool:
    root = parse(source).root
    return root is not None and any(key.value == field for key, _ in root.value)


def _way_to(source: Source, finding: Diagnostic) -> tuple[str, ...] | None:
    """Return the names of the fields in whose values an error stands, from the outermost in.

    What is wrong with the YAML may have cost anything; a field that is not there costs nothing: None.
    """
    error = finding.span
    if error is None or finding.code.startswith("NS0"):
        return ()
    names = fields_around(source, error)
    return None if not names and finding.code == MISSING_FIELD.code else names
