"""The findings that a ledger already had: told apart from new ones without their line numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.key_paths import key_path
from nextstep.files.ledger import Ledger
from nextstep.rules.ignores import is_lasting

SCHEMA = "nextstep.baseline/1"
_LINE = r"\bline [0-9]+"


class Entry(Struct, frozen=True, order=True):
    """One kind of finding at one place: ``at`` is a path of keys, ``count`` how often it is there."""

    path: str
    code: str
    at: str
    message: str
    count: int = 1


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """What a baseline file holds."""

    schema: str
    findings: tuple[Entry, ...]


class Compared(Struct, frozen=True):
    """Findings that are new; how many the baseline knew, and how many of its own are gone."""

    new: tuple[Diagnostic, ...]
    known: int
    gone: int


def read_baseline(data: bytes, name: str) -> Baseline:
    """Return what a baseline file says; NextstepError where it is none."""
    try:
        baseline = msgspec.json.decode(data, type=Baseline)
    except (msgspec.DecodeError, UnicodeDecodeError):
        baseline = None
    if baseline is None or baseline.schema != SCHEMA:
        message = f"`{name}` is not a baseline of this version"
        raise NextstepError(message, f"write it again with --write-baseline {name}")
    return baseline


def baseline_text(ledger: Ledger, findings: Iterable[Diagnostic]) -> str:
    """Return the baseline file of these findings: one line each, sorted, so that it merges."""
    counts = Counter(_entry(ledger, one) for one in findings if _may_be_known(one))
    entries = sorted(
        Entry(one.path, one.code, one.at, one.message, count) for one, count in counts.items()
    )
    lines = ",\n".join("  " + msgspec.json.encode(entry).decode() for entry in entries)
    listed = f"[\n{lines}\n]" if lines else "[]"
    return f'{{"schema": "{SCHEMA}", "findings": {listed}}}\n'


def compared(ledger: Ledger, findings: Sequence[Diagnostic], baseline: Baseline) -> Compared:
    """Tell new findings from those that the baseline knows, each as often as it was there."""
    left = Counter(
        {Entry(one.path, one.code, one.at, one.message): one.count for one in baseline.findings}
    )
    new = []
    for finding in findings:
        entry = _entry(ledger, finding) if _may_be_known(finding) else None
        if entry is not None and left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(finding)
    return Compared(tuple(new), len(findings) - len(new), sum(left.values()))


def fingerprints(ledger: Ledger, findings: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return a text of 64 hexadecimal digits for each finding, different for each of them.

    It stays the same when lines above come and go; the second of two equal ones counts as such.
    """
    seen: Counter[Entry] = Counter()
    texts = []
    for finding in findings:
        entry = _entry(ledger, finding)
        seen[entry] += 1
        one = (entry.path, entry.code, entry.at, entry.message, str(seen[entry]))
        texts.append(sha256("\x1f".join(one).encode(errors="surrogateescape")).hexdigest())
    return tuple(texts)


def _may_be_known(finding: Diagnostic) -> bool:
    """Return whether a finding may be lived with: not one of a file that cannot be read."""
    return not is_lasting(finding.code, Severity(finding.severity))


def _entry(ledger: Ledger, finding: Diagnostic) -> Entry:
    source = ledger.sources.get(finding.path)
    at = key_path(source, finding.span) if source is not None else ""
    return Entry(finding.path, finding.code, at, re.sub(_LINE, "line", finding.message))
