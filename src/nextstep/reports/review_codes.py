"""Which finding about what changed belongs to which of the changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.reports.review_changes import Change


def _has_no_reason(change: Change) -> bool:
    return change.kind == "moved" and bool(change.by) and not change.why


def _is_late(change: Change) -> bool:
    return change.kind == "moved" and change.late


def _is_silent(change: Change) -> bool:
    untold = change.kind == "moved" and not (change.by or change.taken_back)
    return untold or any(edit.silent for edit in change.edits)


def _of(*kinds: str) -> Callable[[Change], bool]:
    return lambda change: change.kind in kinds


_ABOUT: Mapping[str, Callable[[Change], bool]] = {
    "NS501": _has_no_reason,
    "NS502": _is_late,
    "NS503": _of("deleted"),
    "NS504": _of("closed"),
    "NS505": _of("moved", "changed"),
    "NS506": _of("changed", "handed"),
    "NS507": _of("log"),
    "NS508": _of("log"),
    "NS509": _is_silent,
    "NS510": _of("changed"),
    "NS511": _of("changed"),
    "NS512": _of("process"),
    "NS513": _of("process", "changed"),
    "NS514": _of("process"),
    "NS515": _of("process", "changed"),
    "NS516": _of("new", "proposed"),
    "NS517": _of("moved"),
    "NS518": _of("process"),
}


def with_codes(changes: Iterable[Change], findings: Iterable[Diagnostic]) -> list[Change]:
    """Return the changes, each with the codes of the findings that are about it."""
    by_path: dict[str, set[str]] = {}
    for finding in findings:
        if finding.code in _ABOUT:
            by_path.setdefault(finding.path, set()).add(finding.code)
    return [_with(change, by_path.get(change.path, set())) for change in changes]


def _with(change: Change, codes: set[str]) -> Change:
    about = tuple(sorted(code for code in codes if _ABOUT[code](change)))
    return replace(change, codes=about) if about else change
