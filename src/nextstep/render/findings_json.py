"""Findings as JSON: `nextstep.check/1`."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Related, Span
from nextstep.render.json import document
from nextstep.reports.check import Against, CheckReport
from nextstep.reports.mends import MendReport

SCHEMA = "nextstep.check/1"


def check_json(report: CheckReport, commit: str | None, *, mends: MendReport | None = None) -> str:
    """Return the report as JSON; paths begin at the ledger's root.

    ``mends`` is what was mended before: the report then shows what is left.
    """
    baseline = None
    if report.known is not None:
        baseline = {"known": report.known, "gone": report.gone}
    return document(
        SCHEMA,
        {
            "commit": commit,
            "today": report.today,
            "timezone": report.timezone,
            "files": report.files,
            "files_asked": report.asked,
            "errors": report.errors,
            "warnings": report.warnings,
            "ignored": report.ignored,
            "baseline": baseline,
            "against": None if report.against is None else _against(report.against),
            "findings": [finding_json(one.finding) for one in report.shown],
            "fixed": None if mends is None else [finding_json(one) for one in mends.done],
            "not_fixed": None if mends is None else [finding_json(one) for one in mends.kept],
        },
    )


def _against(against: Against) -> dict[str, object]:
    return {
        "revision": against.revision,
        "commit": against.commit,
        "is_shared": against.is_shared,
        "not_compared": against.not_compared,
    }


def finding_json(finding: Diagnostic) -> dict[str, object]:
    """Return a finding as plain values; its place is beside the rest."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.path,
        "related": [_related(one) for one in finding.related],
        "mend": None if finding.mend is None else _mend(finding.mend),
        **_place(finding.span),
    }


def _related(related: Related) -> dict[str, object]:
    return {"message": related.message, "path": related.path, **_place(related.span)}


def _mend(mend: Mend) -> dict[str, object]:
    edits = [{"text": one.text, **_place(one.span)} for one in mend.edits]
    return {"what": mend.what, "edits": edits}


def _place(span: Span | None) -> dict[str, object]:
    return {
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }
