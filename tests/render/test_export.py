"""Whatever a ledger holds, a table has a line for each row, and nothing in it acts."""

from __future__ import annotations

import csv
import json
from io import StringIO
from unicodedata import category

import pytest
from hypothesis import example, given

from nextstep.render.export_rows import FORMATS
from nextstep.reports.export import TABLES
from nextstep.reports.export_columns import Origin
from nextstep.reports.standing import standing
from tests.render.test_nothing_acts import ACTING, HOSTILE, NOW, hostile_ledger

LEDGER_TABLES = [table for name, table in TABLES.items() if name != "trail"]
FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


def tables_of(text: str, form: str) -> str:
    origin = Origin(text, None, standing(hostile_ledger(text), NOW), lambda: iter(()))
    _, lines = FORMATS[form]
    return "".join(lines(table, table.rows(origin)) for table in LEDGER_TABLES)


@given(text=HOSTILE)
@example(text="=cmd|' /C calc'!A0")
@example(text='a","b\r\n"=1+1')
@example(text="\t=1+1")
def test_a_cell_is_neither_a_formula_nor_another_line(text: str) -> None:
    shown = tables_of(text, "csv")
    parsed = list(csv.reader(StringIO(shown, newline="")))
    assert len(parsed) == shown.count("\r\n") == 4
    cells = [cell for row in parsed for cell in row]
    assert not [cell for cell in cells if cell[:1] in FORMULA and cell]
    acting = {char for char in shown if category(char) in ACTING} - {"\u200d"}
    assert acting <= {"\r", "\n"}


@given(text=HOSTILE)
@example(text="\u2028::error::x ##[group]")
def test_a_line_of_json_holds_the_text_as_it_is(text: str) -> None:
    shown = tables_of(text, "jsonl")
    lines = shown.split("\n")
    assert len(lines) == 5
    assert not lines.pop()
    assert not {char for char in shown if category(char) in ACTING} - {"\n"}
    assert "##[" not in shown
    assert {json.loads(line)["ledger"] for line in lines} == {text}
    assert json.loads(lines[0])["what"] == text


@pytest.mark.parametrize("sign", FORMULA)
def test_every_sign_that_begins_a_formula_is_marked(sign: str) -> None:
    rows = list(csv.reader(StringIO(tables_of(f"{sign}x", "csv"), newline="")))
    assert rows[0][0].startswith("'")
