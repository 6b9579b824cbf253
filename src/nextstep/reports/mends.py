"""What can be mended without asking: which findings go, and that nothing else changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Mend, Severity, Span
from nextstep.files.disk import Listing
from nextstep.files.disk_rules import RULES as DISK_RULES
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.files.mending import apart, is_kept, mended, touches
from nextstep.files.reading import MOST as MOST_TOLD
from nextstep.model.source import Source
from nextstep.rules.catalogue import Verdict
from nextstep.rules.ignores import is_lasting

_MOST_PASSES = 50
_NUMBER = r"[0-9][0-9,]*"

Judge: TypeAlias = Callable[[Ledger], Verdict]
Chosen: TypeAlias = Callable[[Ledger, Verdict], Iterable[Diagnostic]]
_Kind: TypeAlias = tuple[str, str, str]
"""A finding without its place: path, code and words."""


class Judged(Struct, frozen=True):
    """A ledger, and what was found in it."""

    ledger: Ledger
    verdict: Verdict


class MendReport(Struct, frozen=True, kw_only=True):
    """What was mended in the files of a ledger, which are not written here.

    ``files`` are those that change, as they were and as they are to be, by path. ``done`` are the
    findings that are gone. ``kept`` are those whose mend would have changed something else or led
    to another finding, and was not made. ``after`` is the ledger with the new files, judged.
    """

    files: Mapping[str, tuple[Source, Source]]
    done: tuple[Diagnostic, ...]
    kept: tuple[Diagnostic, ...]
    after: Judged


def mend_report(ledger: Ledger, verdict: Verdict, judge: Judge, chosen: Chosen) -> MendReport:
    """Return the ledger with every mend made that can be made without asking.

    ``judge`` judges a ledger as the first verdict was made; ``chosen`` says which of its findings
    may be mended. Mends that meet are made one after the other, until none is left.
    """
    now = Judged(ledger, verdict)
    done: list[Diagnostic] = []
    kept: dict[_Kind, Diagnostic] = {}
    for _ in range(_MOST_PASSES):
        open_ = [
            finding
            for finding in chosen(now.ledger, now.verdict)
            if finding.mend is not None and _kind(finding) not in kept
        ]
        if not open_:
            break
        tried = _apart(open_)
        made, now = _Pass(now, judge).made(tried)
        done += made
        # What was mended beside may have been in the way: it is tried again, until nothing moves.
        kept = {} if made else kept | {_kind(finding): finding for finding in tried}
    return MendReport(
        files={
            path: (before, now.ledger.sources[path])
            for path, before in ledger.sources.items()
            if before.data != now.ledger.sources[path].data
        },
        done=tuple(sorted(done, key=lambda finding: finding.sort_key)),
        kept=tuple(kept.values()),
        after=now,
    )


def _apart(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the findings whose mends can be made together."""
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        by_file.setdefault(finding.path, []).append(finding)
    chosen: list[Diagnostic] = []
    for told in by_file.values():
        together = set(apart(_mends(told)))
        chosen += (finding for finding in told if finding.mend in together)
    return chosen


def _mends(findings: Iterable[Diagnostic]) -> list[Mend]:
    """Return the mends of some findings; one that is right for several of them comes once."""
    return list(dict.fromkeys(one.mend for one in findings if one.mend is not None))


class _Pass:
    """The mends that are made together, and what they lead to."""

    def __init__(self, before: Judged, judge: Judge) -> None:
        self.before = before
        self.judge = judge
        self.counted = Counter(_kind(one) for one in before.verdict.findings)
        self.loading = Counter(one.path for one in before.ledger.findings)

    def made(self, findings: list[Diagnostic]) -> tuple[list[Diagnostic], Judged]:
        """Return those that can be mended, and the ledger after it.

        If all of them together lead to something else, halves are tried: a few bad ones among
        many are found in a few steps.
        """
        kept: list[Diagnostic] = []
        after = self.before
        ahead = [findings]
        while ahead:
            part = ahead.pop()
            trial = self.after(kept + part)
            if trial is not None:
                kept, after = kept + part, trial
            elif len(part) > 1:
                half = len(part) // 2
                ahead += (part[half:], part[:half])
        return kept, after

    def after(self, findings: list[Diagnostic]) -> Judged | None:
        """Return the ledger with these findings mended; None where that is not all that happens."""
        changed: dict[str, Source] = {}
        places: dict[str, tuple[Span, ...]] = {}
        for path in dict.fromkeys(finding.path for finding in findings):
            before = self.before.ledger.sources[path]
            mends = _mends(finding for finding in findings if finding.path == path)
            file = mended(before, mends)
            if not is_kept(before, file.source, mends):
                return None
            changed[path], places[path] = file.source, file.places
        ledger = _with(self.before.ledger, changed)
        after = Judged(ledger, self.judge(ledger))
        gone = Counter(_kind(finding) for finding in findings)
        new = Counter(_kind(one) for one in after.verdict.findings) - (self.counted - gone)
        hidden = any(self.hides(path) for path in changed)
        for finding in after.verdict.findings if new else ():
            if _kind(finding) in new and not (hidden and self.was_hidden(finding, places)):
                return None
        return after

    def hides(self, path: str) -> bool:
        """Return whether a file lost something in being read, or has too many findings to tell."""
        return path in self.before.ledger.faulty or self.loading[path] >= MOST_TOLD

    def was_hidden(self, finding: Diagnostic, places: Mapping[str, tuple[Span, ...]]) -> bool:
        """Return whether a finding that comes to light was there all the time.

        It stands elsewhere, and where the file still cannot be read, further down: the mend led
        past its place. Or it warns of the value itself, which nobody could judge before.
        """
        span, mended_places = finding.span, places.get(finding.path)
        if mended_places is None:
            return True
        if not self.hides(finding.path) or span is None:
            return False
        if any(touches(span, place) for place in mended_places):
            return finding.severity is Severity.WARNING
        lasting = is_lasting(finding.code, finding.severity)
        last = max((place.end_line, place.end_column) for place in mended_places)
        return not lasting or (span.line, span.column) >= last


def _with(ledger: Ledger, changed: Mapping[str, Source]) -> Ledger:
    """Return the ledger with other files in the place of some."""
    sources = tuple(changed.get(path, source) for path, source in ledger.sources.items())
    codes = {rule.code for rule in DISK_RULES}
    told = tuple(finding for finding in ledger.findings if finding.code in codes)
    return load_ledger(
        Listing(sources, told),
        root=ledger.root,
        timezone=ledger.timezone,
        revision=ledger.revision,
    )


def _kind(finding: Diagnostic) -> _Kind:
    """Return what tells two findings apart when lines move: numbers in the words are left out."""
    return finding.path, finding.code, re.sub(rf"\blines? {_NUMBER}", "line", finding.message)
