"""Which files are not laid out as the published layout has it, and which cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.formatting import formatted
from nextstep.files.ledger import Ledger
from nextstep.files.syntax import parse
from nextstep.model.source import Source
from nextstep.reports.check import is_below


class Change(Struct, frozen=True):
    """A file that another layout would change: as it is, and the bytes that would stand there."""

    source: Source
    data: bytes


class Left(Struct, frozen=True):
    """A file that stays as it is: why, what to do about it, and the line where it is known."""

    path: str
    line: int | None
    message: str
    hint: str


class LayoutReport(Struct, frozen=True):
    """What a layout would do to the files that were asked for, in the order of their paths."""

    changes: tuple[Change, ...]
    left: tuple[Left, ...]
    fine: int


def layout_report(ledger: Ledger, paths: Sequence[str] | None = None) -> LayoutReport:
    """Return what the layout would change; ``paths`` choose files and folders, None all."""
    chosen = [""] if paths is None else paths
    changes: list[Change] = []
    left = [_left(one) for one in _unread(ledger) if is_below(one.path, chosen)]
    fine = 0
    for source in sorted(ledger.sources.values(), key=lambda source: source.path):
        if not is_below(source.path, chosen):
            continue
        found = next(iter(parse(source).findings), None) if parse(source).root is None else None
        if found is not None:
            left.append(_left(found))
            continue
        try:
            data = formatted(source)
        except NextstepError as error:
            left.append(Left(source.path, None, error.message, error.hint))
            continue
        if data == source.data:
            fine += 1
        else:
            changes.append(Change(source, data))
    return LayoutReport(tuple(changes), tuple(sorted(left, key=lambda one: one.path)), fine)


def _unread(ledger: Ledger) -> list[Diagnostic]:
    """Return why files that are there could not even be read as bytes."""
    return [
        found
        for found in ledger.findings
        if found.path not in ledger.sources and found.severity is Severity.ERROR
    ]


def _left(found: Diagnostic) -> Left:
    line = found.span.line if found.span else None
    return Left(found.path, line, found.message, found.hint)
