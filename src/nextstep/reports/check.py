"""What is wrong with a ledger: the findings that are to be shown, and how many there are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.files.ledger import Ledger
from nextstep.files.syntax import line_text
from nextstep.model.source import Source
from nextstep.reports.baseline import Baseline, compared
from nextstep.rules.catalogue import Verdict


class Shown(Struct, frozen=True):
    """A finding, with the line of the file on which it begins where there is one."""

    finding: Diagnostic
    line: str | None


class Against(Struct, frozen=True, kw_only=True):
    """What a ledger was compared with: a ``revision`` as it was typed, and the ``commit`` read.

    Before the first commit that is empty. ``is_shared``: it is the last commit that both come from;
    else the revision itself, because no such commit is known. ``not_compared`` are the paths of files
    that could not be read there. ``sources`` are its files by path.
    """

    revision: str
    commit: str
    is_shared: bool
    not_compared: tuple[str, ...]
    sources: Mapping[str, Source]


class CheckReport(Struct, frozen=True, kw_only=True):
    """The findings of a ledger at a moment, in order.

    ``files`` is how many files were read or could not be; ``asked`` how many of them the paths
    that were asked for hold. ``ignored`` findings are silenced by comments, ``known`` ones stand
    in the baseline; ``gone`` ones stand there and are no longer found. Both are None without one.
    ``against`` is what the ledger was compared with, if it was.
    """

    today: date
    timezone: str
    shown: tuple[Shown, ...]
    files: int
    asked: int
    ignored: int
    known: int | None = None
    gone: int | None = None
    against: Against | None = None

    @property
    def mendable(self) -> int:
        """How many of the findings can be mended without asking."""
        return sum(one.finding.mend is not None for one in self.shown)

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(one.finding.severity is Severity.ERROR for one in self.shown)

    @property
    def warnings(self) -> int:
        """How many of the findings are warnings."""
        return len(self.shown) - self.errors

    @property
    def faulty_files(self) -> int:
        """In how many files something was found."""
        return len({one.finding.path for one in self.shown})


def check_report(  # noqa: PLR0913 - what was judged, and what of it is asked for
    ledger: Ledger,
    now: Now,
    verdict: Verdict,
    *,
    paths: Sequence[str] | None = None,
    baseline: Baseline | None = None,
    against: Against | None = None,
) -> CheckReport:
    """Return the report of a judgement.

    ``paths`` are files and folders from the ledger's root, ``""`` being all of it: they choose
    what is reported, never what is read. What the baseline knows is left out. ``against`` tells
    what the judgement compared the ledger with.
    """
    findings: Sequence[Diagnostic] = verdict.findings
    known = gone = None
    if baseline is not None:
        told = compared(ledger, findings, baseline)
        findings, known, gone = told.new, told.known, told.gone
    files = {*ledger.sources, *ledger.faulty}
    findings = _below(findings, paths)
    return CheckReport(
        today=now.today,
        timezone=now.timezone,
        shown=tuple(Shown(finding, _line(ledger, finding, against)) for finding in findings),
        files=len(files),
        asked=len(files) if paths is None else sum(is_below(file, paths) for file in files),
        ignored=verdict.ignored,
        known=known,
        gone=gone,
        against=against,
    )


def reported(
    ledger: Ledger,
    verdict: Verdict,
    *,
    paths: Sequence[str] | None = None,
    baseline: Baseline | None = None,
) -> Sequence[Diagnostic]:
    """Return the findings that a report with these paths and this baseline shows."""
    findings = verdict.findings
    if baseline is not None:
        findings = compared(ledger, findings, baseline).new
    return _below(findings, paths)


def _below(findings: Sequence[Diagnostic], paths: Sequence[str] | None) -> Sequence[Diagnostic]:
    if paths is None:
        return findings
    return [finding for finding in findings if is_below(finding.path, paths)]


def is_below(path: str, chosen: Sequence[str]) -> bool:
    """Return whether a path is one of those chosen, or in a folder that is."""
    return any(not one or path == one or path.startswith(one + "/") for one in chosen)


def _line(ledger: Ledger, finding: Diagnostic, against: Against | None) -> str | None:
    source = ledger.sources.get(finding.path)
    if source is None and against is not None and finding.path not in ledger.faulty:
        source = against.sources.get(finding.path)  # a file that is gone
    if source is None or finding.span is None:
        return None
    return line_text(source, finding.span.line)
