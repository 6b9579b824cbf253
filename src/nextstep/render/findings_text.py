"""Findings for people: where, what, the line with carets, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted
from nextstep.diagnostics.diagnostic import Diagnostic, Related, Severity
from nextstep.render.cells import cells
from nextstep.render.findings_excerpt import excerpt
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen
from nextstep.reports.check import CheckReport, Shown

_STYLES = {Severity.ERROR: "alarm", Severity.WARNING: "today"}


def check_text(report: CheckReport, screen: Screen, *, base: str = "") -> str:
    """Return the report as text; ``base`` leads from where the reader is to the ledger's root."""
    lines = [line for one in report.shown for line in _finding(one, screen, base)]
    lines += _summary(report, screen)
    return "\n".join(lines) + "\n"


def place_of(path: str, finding: Diagnostic | Related, base: str) -> str:
    """Return where something is, as editors read it: ``path:line:column``."""
    place = safe_text(base + path)
    if finding.span is None:
        return place
    return f"{place}:{finding.span.line}:{finding.span.column}"


def _finding(one: Shown, screen: Screen, base: str) -> Iterator[str]:
    finding = one.finding
    style = _STYLES.get(finding.severity, "strong")
    yield (
        f"{screen.paint(place_of(finding.path, finding, base), 'strong')}: "
        f"{screen.paint(finding.severity.value, style)} {finding.code} {finding.name}: "
        f"{safe_text(finding.message)}"
    )
    margin = " "
    if one.line is not None and finding.span is not None:
        number = str(finding.span.line)
        margin = " " * len(number)
        seen = excerpt(one.line, finding.span, screen.columns - len(number) - 3, screen)
        yield f"{margin} {screen.paint('|', 'faint')}"
        yield f"{screen.paint(f'{number} |', 'faint')} {seen.line}".rstrip()
        yield f"{margin} {screen.paint('|', 'faint')} {_painted(seen.carets, screen, style)}"
    for related in finding.related:
        told = f"{place_of(related.path, related, base)}: {safe_text(related.message)}"
        yield f"{margin} {screen.paint('=', 'faint')} {told}"
    yield f"{margin} {screen.paint('=', 'faint')} {safe_text(finding.hint)}"


def _painted(carets: str, screen: Screen, style: str) -> str:
    margin = len(carets) - len(carets.lstrip())
    return carets[:margin] + screen.paint(carets[margin:], style)


def _summary(report: CheckReport, screen: Screen) -> Iterator[str]:
    scope = f"{report.faulty_files} of {counted(report.files, 'file')}"
    if report.shown:
        kinds = [
            counted(number, noun)
            for number, noun in ((report.errors, "error"), (report.warnings, "warning"))
            if number
        ]
        told = f"{counted(len(report.shown), 'finding')} ({', '.join(kinds)}) in {scope}"
        first = report.shown[0].finding.code
        yield _both(told + _left_out(report), f"nextstep explain {first}", screen)
    else:
        asked = counted(report.files, "file")
        if report.asked != report.files:
            asked = f"{report.asked} of {asked}"
        yield f"No findings in {asked}{_left_out(report)}."
    if report.gone:
        is_or_are = "is" if report.gone == 1 else "are"
        entries = "1 entry" if report.gone == 1 else f"{report.gone} entries"
        yield (
            f"{entries} of the baseline {is_or_are} no longer found; --write-baseline FILE writes "
            "it anew"
        )


def _left_out(report: CheckReport) -> str:
    parts = []
    if report.ignored:
        parts.append(f"{report.ignored} ignored")
    if report.known:
        parts.append(f"{report.known} in the baseline")
    return f", {', '.join(parts)}" if parts else ""


def _both(left: str, right: str, screen: Screen) -> str:
    """Return two texts at the ends of one line; below each other where they do not fit."""
    room = screen.columns - cells(left) - cells(right)
    if room < 2:  # noqa: PLR2004 - two spaces part them
        return f"{left}\n{right}"
    return left + " " * room + right
