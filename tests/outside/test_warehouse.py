"""The questions of the page about many ledgers, asked of DuckDB, have the answers that stand there.

Run with `nox -s outside`, which installs DuckDB.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from nextstep.reports.export import TABLES
from nextstep.reports.export_columns import Kind
from tests.commands import LEDGERS, run

pytestmark = pytest.mark.outside

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "query-many-ledgers.md").read_text("utf-8")
QUESTIONS = re.findall(r"```sql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", PAGE, re.DOTALL)
TYPES = {
    Kind.TEXT: {"VARCHAR"},
    Kind.DAY: {"DATE"},
    Kind.INSTANT: {"TIMESTAMP", "TIMESTAMP WITH TIME ZONE"},
    Kind.FLAG: {"BOOLEAN"},
    Kind.NUMBER: {"BIGINT"},
    Kind.TEXTS: {"VARCHAR[]"},
}
NOTHING_TO_SEE = {"JSON", "JSON[]", '"NULL"', '"NULL"[]'}
"""What DuckDB calls a column in which no row has a value."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of the example and of a workshop, in both formats."""
    folder = tmp_path_factory.mktemp("warehouse")
    for top in ("processes", "commitments"):
        shutil.copytree(ROOT / top, folder / "clones" / "acme" / top)
    shutil.copy(ROOT / "nextstep.yaml", folder / "clones" / "acme")
    shutil.copytree(LEDGERS / "workshop", folder / "clones" / "bicycles")
    names = [name for name in TABLES if name != "trail"]
    for form in ("csv", "jsonl"):
        ran = run(
            *("export", *names, "clones/acme", "clones/bicycles"),
            *("--format", form, "--output", "tables"),
            cwd=folder,
        )
        assert (ran.code, ran.err) == (0, "")
    return folder


@pytest.fixture
def database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    duckdb = pytest.importorskip("duckdb", reason="nox -s outside installs duckdb")
    monkeypatch.chdir(folder)
    return duckdb.connect()


def test_the_page_asks_three_questions() -> None:
    assert len(QUESTIONS) == 3


@pytest.mark.parametrize(("sql", "answer"), QUESTIONS, ids=["slipped", "wait", "returned"])
def test_the_answer_is_the_one_of_the_page(database: Any, sql: str, answer: str) -> None:
    found = database.sql(sql)
    lines = [found.columns, ["---"] * len(found.columns), *found.fetchall()]
    told = "".join(f"| {' | '.join(map(_shown, line))} |\n" for line in lines)
    if os.environ.get("NEXTSTEP_UPDATE_GOLDEN") == "1":
        path = ROOT / "docs" / "how-to" / "query-many-ledgers.md"
        path.write_text(path.read_text("utf-8").replace(answer, told), "utf-8")
        return
    assert told == answer


def _shown(value: object) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("table", [one for one in TABLES.values() if one.name != "trail"])
def test_duckdb_sees_every_row_and_every_column(
    database: Any, folder: Path, table: Any, form: str
) -> None:
    read = database.read_csv if form == "csv" else database.read_json
    found = read(f"tables/{table.name}.{form}")
    told = (folder / "tables" / f"{table.name}.jsonl").read_text("utf-8")
    assert found.columns == [column.name for column in table.columns]
    assert found.count("ledger").fetchall() == [(told.count("\n"),)]


@pytest.mark.parametrize("table", [one for one in TABLES.values() if one.name != "trail"])
def test_duckdb_takes_a_column_for_what_it_is(database: Any, table: Any) -> None:
    found = database.read_json(f"tables/{table.name}.jsonl")
    for column, kind in zip(table.columns, map(str, found.types), strict=True):
        wanted = TYPES.get(column.kind)
        assert wanted is None or kind in wanted | NOTHING_TO_SEE, (column.name, kind)


def test_no_column_is_a_word_that_sql_keeps(database: Any) -> None:
    kept = "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category != 'unreserved'"
    words = {word for (word,) in database.sql(kept).fetchall()}
    assert not words & {column.name for table in TABLES.values() for column in table.columns}
