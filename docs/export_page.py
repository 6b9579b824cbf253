"""The page about the tables of `nextstep export`, from their declaration."""

from __future__ import annotations

from pathlib import Path

from markdown_text import code, page, table
from nextstep.reports.export import TABLES
from nextstep.reports.export_columns import SAME_EVERYWHERE, VERSION, Column, Table

PLACE = Path(__file__).resolve().parent / "reference" / "export.md"
_INTRODUCTION = f"""\
`nextstep export TABLE` prints a table of a ledger, or of all ledgers whose folders are named. What its
columns are is `{VERSION}`: within a version tables and columns are added, and none is renamed, removed or
given another meaning. `nextstep export all --schema` prints the same as a JSON Schema.
[Query many ledgers](../how-to/query-many-ledgers.md) shows what to do with it."""
_FORMATS = """\
## Formats

| | `--format csv` | `--format jsonl` |
|---|---|---|
| is | RFC 4180, UTF-8, the names of the columns first | a JSON object a line, UTF-8 |
| not given | an empty cell | `null` |
| day | `2026-11-27` | the same, in quotes |
| instant | `2026-11-17T09:02:00.000Z`, always in UTC | the same, in quotes |
| true or false | `true`, `false` | `true`, `false` |
| list, map | as JSON: `["lena", "tom"]`; an empty one is an empty cell | as JSON |
| text | on one line, with nothing hidden in it; an apostrophe before `=`, `+`, `-`, `@` and what else a spreadsheet would calculate | as the file says it |

Rows stand in the order of their ids, those of the trail in the order of history. The same commit and the
same `--today` give the same bytes.

Where a ledger or a file cannot be read, that is said on standard error, the rest is written, and the exit
code is 65. With `--output DIR` each table is a file of its own there, such as `events.csv`; the files of
before are replaced when all is written, and stay where it is not.

People are named in these tables as the files name them. Their addresses are not in it, and there is no table
of people: totals by person are not what this is for."""


def text() -> str:
    """Return the page."""
    shared = f"## In every table\n\n{_columns(SAME_EVERYWHERE)}"
    return page("Tables", _INTRODUCTION, _FORMATS, shared, *map(_section, TABLES.values()))


def _section(one: Table) -> str:
    own = [column for column in one.columns if column not in SAME_EVERYWHERE]
    return f"## {one.name}\n\n{one.about}\n\n{_columns(own)}"


def _columns(columns: list[Column] | tuple[Column, ...]) -> str:
    rows = ((code(column.name), column.kind.value, column.about) for column in columns)
    return table(("column", "holds", "what"), rows)
