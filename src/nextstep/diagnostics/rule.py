"""A rule: its code, name and severity, and every text that its page, its test and `explain` use."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Related, Severity, Span


class Example(Struct, frozen=True):
    """A small ledger that shows a rule: file texts by path, read on ``today`` (ISO date).

    ``links`` holds the targets of symbolic links by path, ``locked`` the paths nobody may read.
    ``before`` are the files as they were, for a rule about what changed; None for any other rule.
    """

    files: Mapping[str, str | bytes]
    today: str = "2026-11-23"
    links: Mapping[str, str] = {}
    locked: tuple[str, ...] = ()
    before: Mapping[str, str | bytes] | None = None

    @property
    def fresh(self) -> Mapping[str, str | bytes]:
        """The files that are not the same as before."""
        before = self.before or {}
        return {path: text for path, text in self.files.items() if before.get(path) != text}

    @property
    def gone(self) -> tuple[str, ...]:
        """The paths of files that were there before."""
        return tuple(path for path in self.before or () if path not in self.files)


class Rule(Struct, frozen=True, kw_only=True):
    """One kind of finding.

    ``name`` states the bad pattern and reads as "allow <name>"; ``what``, ``why`` and ``fix`` are
    the sentences of its page. ``bad`` makes the finding appear, ``good`` is the same thing mended;
    both came from the same files before.
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


def changed_example(
    before: Mapping[str, str | bytes], now: Mapping[str, str | bytes], *, today: str = "2026-11-23"
) -> Example:
    """Return the ledger that held some files before, and holds others now."""
    return Example(now, today, before=before)
