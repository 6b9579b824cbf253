"""The columns of an export as a JSON Schema, for what loads it."""

from __future__ import annotations

from collections.abc import Iterable

from nextstep.render.json import json_text
from nextstep.reports.export_columns import VERSION, Kind, Table

_TYPES: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"type": ["string", "null"]},
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
    Kind.INSTANT: {"type": ["string", "null"], "format": "date-time"},
    Kind.FLAG: {"type": ["boolean", "null"]},
    Kind.NUMBER: {"type": ["integer", "null"]},
    Kind.TEXTS: {"type": "array", "items": {"type": "string"}},
    Kind.MAP: {"type": "object"},
}


def export_schema(tables: Iterable[Table]) -> str:
    """Return a JSON Schema (draft-07) with a definition for the row of each table."""
    return json_text(
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": VERSION,
            "definitions": {table.name: _row(table) for table in tables},
        }
    )


def _row(table: Table) -> dict[str, object]:
    return {
        "type": "object",
        "description": table.about,
        "properties": {
            column.name: {**_TYPES[column.kind], "description": column.about}
            for column in table.columns
        },
        "required": [column.name for column in table.columns],
    }
