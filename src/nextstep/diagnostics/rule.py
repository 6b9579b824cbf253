"""A rule: its code, name and severity, and every text that its page, its test and `explain` use."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Related, Severity, Span


class Example(Struct, frozen=True):
    """A small ledger that shows a rule: file texts by path, read on ``today`` (ISO date).

    ``links`` holds the targets of symbolic links by path, ``locked`` the paths nobody may read.
    """

    files: Mapping[str, str | bytes]
    today: str = "2026-11-23"
    links: Mapping[str, str] = {}
    locked: tuple[str, ...] = ()


class Rule(Struct, frozen=True, kw_only=True):
    """One kind of finding.

    ``name`` states the bad pattern and reads as "allow <name>"; ``what``, ``why`` and ``fix`` are
    the sentences of its page. ``bad`` makes the finding appear, ``good`` is the same thing mended.
    """

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    fix: str
    bad: Example
    good: Example

    def found(  # noqa: PLR0913 - where, what, what to do, and what is seen beside it
        self,
        path: str,
        span: Span | None,
        message: str,
        *,
        hint: str,
        related: tuple[Related, ...] = (),
        mend: Mend | None = None,
    ) -> Diagnostic:
        """Return the finding of this rule at a place."""
        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=message,
            hint=hint,
            path=path,
            span=span,
            related=related,
            mend=mend,
        )


def commitment_example(text: str, *, today: str = "2026-11-23") -> Example:
    """Return the ledger that holds one commitment file with this text."""
    return Example({"commitments/2026/11/example.yaml": text}, today)


def process_example(text: str, *, today: str = "2026-11-23") -> Example:
    """Return the ledger that holds one process file with this text."""
    return Example({"processes/example.yaml": text}, today)
