"""Findings for people: where, what, the line with carets, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from nextstep.dates.words import counted
from nextstep.diagnostics.diagnostic import Diagnostic, Related, Severity
from nextstep.render.cells import cells
from nextstep.render.findings_excerpt import excerpt
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen
from nextstep.reports.check import Against, CheckReport, Shown
from nextstep.reports.mends import MendReport

_MOST_OF_ONE_RULE = 10
_STYLES = {Severity.ERROR: "alarm", Severity.WARNING: "today"}


def check_text(
    report: CheckReport, screen: Screen, *, base: str = "", mends: MendReport | None = None
) -> str:
    """Return the report as text; ``base`` leads from where the reader is to the ledger's root.

    ``mends`` is what was mended before: the report then shows what is left. Of one rule the first
    findings in a file are shown, and how many there are more.
    """
    lines = list(_mended(mends, screen, base)) if mends is not None else []
    for path, shown in groupby(report.shown, key=lambda one: one.finding.path):
        lines += _in_file(path, list(shown), screen, base)
    if mends is not None and (mends.done or report.shown):
        lines.append(_fixed(mends))
    lines += _summary(report, screen)
    if mends is None and report.mendable:
        have = "has" if report.mendable == 1 else "have"
        told = f"{report.mendable} of them {have} one right answer"
        lines.append(_both(told, "nextstep check --fix", screen))
    if report.against is not None:
        lines += _compared(report.against)
    return "\n".join(lines) + "\n"


def _mended(mends: MendReport, screen: Screen, base: str) -> Iterator[str]:
    """Yield what was mended, a line each, and what could have been and was not."""
    for finding in mends.done:
        yield _mend_line("fixed", "handle", finding, screen, base)
    for finding in mends.kept:
        yield (
            _mend_line("not fixed", "today", finding, screen, base)
            + ", but that leads to another finding"
        )


def _mend_line(word: str, style: str, finding: Diagnostic, screen: Screen, base: str) -> str:
    what = finding.mend.what if finding.mend is not None else finding.hint
    return (
        f"{screen.paint(word, style)} {place_of(finding.path, finding, base)}: "
        f"{finding.code} {finding.name}: {safe_text(what)}"
    )


def _fixed(mends: MendReport) -> str:
    if not mends.done:
        return "Nothing was fixed: what is left needs somebody who knows what was meant."
    return f"Fixed {counted(len(mends.done), 'finding')} in {counted(len(mends.files), 'file')}."


def _in_file(path: str, shown: Sequence[Shown], screen: Screen, base: str) -> Iterator[str]:
    """Yield the findings of a file, of each rule the first ones, and how many there are more."""
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    for one in shown:
        code = one.finding.code
        seen[code] += 1
        if seen[code] <= _MOST_OF_ONE_RULE:
            yield from _finding(one, screen, base)
        else:
            names[code] = one.finding.name
    for code, name in names.items():
        more = f"{seen[code] - _MOST_OF_ONE_RULE:,} more of {code} {name}"
        yield f"{safe_text(base + path)}: {more}; --format concise lists all"


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


def _compared(against: Against) -> Iterator[str]:
    """Yield what could not be compared, and last with what the rest was."""
    if against.not_compared:
        files = counted(len(against.not_compared), "file")
        verb = "is" if len(against.not_compared) == 1 else "are"
        yield f"{files} could not be read there and {verb} not compared."
    commit, revision = against.commit[:7], safe_text(against.revision)
    if not commit:
        yield "Compared with nothing: there is no commit yet."
        return
    if not against.sources:
        yield "There was no ledger in this folder then: all of it counts as new."
    if against.is_shared:
        yield f"Compared with {commit}, the last commit that this and {revision} share."
    else:
        yield (
            f"Compared with {commit}, which is {revision} itself: no commit that both share is "
            "known here."
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
