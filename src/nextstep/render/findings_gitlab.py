"""Findings as GitLab's merge requests show them: a report on code quality."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.render.json import json_text
from nextstep.render.safe_text import safe_text
from nextstep.reports.check import CheckReport
from nextstep.rules.ignores import is_lasting


def check_gitlab(report: CheckReport, fingerprints: Sequence[str], *, base: str = "") -> str:
    """Return the report as a JSON list with an entry for each finding.

    ``fingerprints`` has one text for each finding shown. ``base`` leads from the root of the
    repository to that of the ledger: GitLab links only paths that begin at the former.
    """
    return json_text(
        [
            _issue(one.finding, fingerprint, base)
            for one, fingerprint in zip(report.shown, fingerprints, strict=True)
        ]
    )


def _issue(finding: Diagnostic, fingerprint: str, base: str) -> dict[str, object]:
    return {
        "check_name": f"{finding.code} {finding.name}",
        "description": f"{safe_text(finding.message)}; {safe_text(finding.hint)}",
        "fingerprint": fingerprint,
        "severity": _severity(finding),
        "location": {
            "path": base + finding.path,
            "lines": {"begin": finding.span.line if finding.span is not None else 1},
        },
    }


def _severity(finding: Diagnostic) -> str:
    if is_lasting(finding.code, finding.severity):
        return "critical"
    return "major" if finding.severity is Severity.ERROR else "minor"
