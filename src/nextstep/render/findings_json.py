"""Findings as JSON: `nextstep.check/1`."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Diagnostic, Related, Span
from nextstep.render.json import document
from nextstep.reports.check import CheckReport

SCHEMA = "nextstep.check/1"


def check_json(report: CheckReport, commit: str | None) -> str:
    """Return the report as JSON; paths begin at the ledger's root."""
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
            "findings": [_finding(one.finding) for one in report.shown],
        },
    )


def _finding(finding: Diagnostic) -> dict[str, object]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": finding.path,
        "related": [_related(one) for one in finding.related],
        **_place(finding.span),
    }


def _related(related: Related) -> dict[str, object]:
    return {"message": related.message, "path": related.path, **_place(related.span)}


def _place(span: Span | None) -> dict[str, object]:
    return {
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }
