"""Rows of an export as lines: comma-separated (RFC 4180), or a JSON object each.

CSV is for spreadsheets too: what a spreadsheet would take for a formula begins with an apostrophe,
and text is made safe to show. JSON lines hold the text as the file says it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from io import StringIO

from nextstep.model.events import instant_text
from nextstep.render.json import json_line
from nextstep.render.safe_text import safe_text
from nextstep.reports.export_columns import Table, Value

_FORMULA = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the beginning of a formula, in the wide forms too."""


def csv_head(table: Table) -> str:
    """Return the line with the names of the columns."""
    return _line(column.name for column in table.columns)


def csv_rows(table: Table, rows: Iterable[tuple[Value, ...]]) -> str:
    """Return a line for each row; what is not given is an empty cell, a list or map is JSON."""
    del table
    return "".join(_line(map(_cell, row)) for row in rows)


def jsonl_head(table: Table) -> str:
    """Return nothing: each line names its values."""
    del table
    return ""


def jsonl_rows(table: Table, rows: Iterable[tuple[Value, ...]]) -> str:
    """Return an object a line, with every column; what is not given is null."""
    names = [column.name for column in table.columns]
    return "".join(json_line(dict(zip(names, map(_plain, row), strict=True))) for row in rows)


FORMATS: Mapping[
    str,
    tuple[Callable[[Table], str], Callable[[Table, Iterable[tuple[Value, ...]]], str]],
] = {"csv": (csv_head, csv_rows), "jsonl": (jsonl_head, jsonl_rows)}
"""By the name of a format, which is also how its files end: what begins a table, and its rows."""


def _plain(value: Value) -> object:
    if isinstance(value, datetime):
        return instant_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _cell(value: Value) -> str:
    """Return a value as a cell that no spreadsheet calculates."""
    plain = _plain(value)
    if plain is None or plain in ((), {}):
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if not isinstance(plain, str):
        plain = json.dumps(plain, ensure_ascii=False)
    text = safe_text(plain)
    return f"'{text}" if {*text[:1], *plain[:1]} & _FORMULA else text


def _line(cells: Iterable[str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(list(cells))
    return line.getvalue()
