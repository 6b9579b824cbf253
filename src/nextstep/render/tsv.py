"""Rows as tab-separated lines with ISO dates, for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from nextstep.model.time import Due
from nextstep.render.safe_text import safe_text
from nextstep.reports.rows import Row
from nextstep.reports.unread import Unread

if TYPE_CHECKING:
    from nextstep.reports.processes import ProcessRow

COLUMNS = tuple(
    "section handle due overdue who whom what outcome state why moved since process for part_of "
    "kind id step path".split()
)
"""Names of the columns, in order. New ones are only ever added at the end."""

UNREAD = "unread"


def rows_tsv(
    rows: Iterable[tuple[str, Row]], unread: Iterable[Unread], *, header: bool = False
) -> str:
    """Return one line a row, each row with the name of its section, then the unread files.

    An unread file has ``unread`` for its section, its path in ``path`` and its trouble in ``what``.
    """
    lines = [COLUMNS] if header else []
    lines += [_cells(section, row) for section, row in rows]
    lines += [_unread_cells(file) for file in unread]
    return _lines(lines)


def iso(day: date | Due | None) -> str:
    """Return a day or instant in ISO form, a word as it is, and nothing for nothing."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        return day.isoformat(timespec="minutes")
    return day.isoformat() if isinstance(day, date) else day.value


def _cells(section: str, row: Row) -> tuple[str, ...]:
    return (
        section,
        row.handle,
        iso(row.due),
        "yes" if row.overdue else "no",
        ",".join(row.who),
        ",".join(row.whom),
        row.what,
        row.outcome or "",
        row.state,
        row.why or "",
        str(row.moved),
        iso(row.since),
        row.process or "",
        row.customer or "",
        row.part_of or "",
        row.kind,
        row.id,
        row.step or "",
        row.path,
    )


def _unread_cells(file: Unread) -> tuple[str, ...]:
    known = {"section": UNREAD, "what": trouble(file), "path": file.path}
    return tuple(known.get(name, "") for name in COLUMNS)


PROCESS_COLUMNS = tuple(
    "handle state owner deputy title customer provides steps runs id path".split()
)
"""Names of the columns of `list --processes`, in order."""


def processes_tsv(
    rows: Iterable[ProcessRow], unread: Iterable[Unread], *, header: bool = False
) -> str:
    """Return one line a process, then the unread files (their path last, ``unread`` as state)."""
    lines = [PROCESS_COLUMNS] if header else []
    lines += [
        tuple(
            str(value) if (value := getattr(row, name)) is not None else ""
            for name in PROCESS_COLUMNS
        )
        for row in rows
    ]
    known = ({"state": UNREAD, "title": trouble(file), "path": file.path} for file in unread)
    lines += [tuple(cells.get(name, "") for name in PROCESS_COLUMNS) for cells in known]
    return _lines(lines)


def trouble(file: Unread) -> str:
    """Return what is wrong with a file, and where."""
    return f"line {file.line}: {file.message}" if file.line else file.message


def _lines(lines: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(map(safe_text, line)) + "\n" for line in lines)
