"""Findings as notes at lines of a pull request, in the words that GitHub's runner understands.

The runner obeys lines that begin with `::`, and in older forms `##[` anywhere. Text from a file
can form neither: line breaks and percent signs are encoded, and `##[` is taken apart.
"""

from __future__ import annotations

from nextstep.dates.words import counted
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.render.safe_text import safe_text
from nextstep.reports.check import CheckReport

_SHOWN_BY_GITHUB = 10


def check_github(report: CheckReport, *, base: str = "") -> str:
    """Return one command for each finding, then a line that says how many there are.

    ``base`` leads from the root of the repository to that of the ledger.
    """
    lines = [_command(one.finding, base) for one in report.shown]
    told = f"{counted(report.errors, 'error')} and {counted(report.warnings, 'warning')}"
    hidden = sum(max(0, count - _SHOWN_BY_GITHUB) for count in (report.errors, report.warnings))
    if not report.shown:
        told = "No findings"
    commit = report.against.commit[:7] if report.against else ""
    against = f", compared with {commit}" if commit else ""
    lines.append(f"{told} in {counted(report.files, 'file')}{against}.")
    if hidden:
        lines.append(
            f"GitHub shows {_SHOWN_BY_GITHUB} errors and {_SHOWN_BY_GITHUB} warnings of a step as "
            f"notes; {hidden} more stand in this log alone."
        )
    return "\n".join(lines) + "\n"


def _command(finding: Diagnostic, base: str) -> str:
    word = "error" if finding.severity is Severity.ERROR else "warning"
    properties = [f"file={_property(base + finding.path)}"]
    span = finding.span
    if span is not None:
        properties += [f"line={span.line}", f"col={span.column}", f"endLine={span.end_line}"]
        if span.end_line == span.line:
            properties.append(f"endColumn={span.end_column}")
    properties.append(f"title={_property(f'{finding.code} {finding.name}')}")
    message = f"{finding.message}\n{finding.hint}"
    return f"::{word} {','.join(properties)}::{_message(message)}"


def _message(text: str) -> str:
    lines = (safe_text(line).replace("%", "%25") for line in text.split("\n"))
    return "%0A".join(lines).replace("##[", "# #[")


def _property(text: str) -> str:
    return (
        safe_text(text)
        .replace("%", "%25")
        .replace(":", "%3A")
        .replace(",", "%2C")
        .replace("##[", "# #[")
    )
