"""Findings one a line, as editors and many CI systems read them."""

from __future__ import annotations

from nextstep.render.findings_text import place_of
from nextstep.render.safe_text import safe_text
from nextstep.reports.check import CheckReport


def check_concise(report: CheckReport, *, base: str = "") -> str:
    """Return ``path:line:column: severity CODE name: message`` for each finding."""
    return "".join(
        f"{place_of(one.finding.path, one.finding, base)}: {one.finding.severity.value} "
        f"{one.finding.code} {one.finding.name}: {safe_text(one.finding.message)}\n"
        for one in report.shown
    )
