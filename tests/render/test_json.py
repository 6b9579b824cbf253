"""JSON that can be printed, and that a program reads back as what the file says."""

from __future__ import annotations

import json
from datetime import date, datetime
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from nextstep.model.time import DueWord
from nextstep.render.json import document
from nextstep.reports.unread import Unread


def test_a_document_names_its_schema_and_ends_with_a_line_break() -> None:
    text = document("nextstep.test/1", {"today": date(2026, 11, 23), "commit": None})
    assert (
        text == '{\n  "commit": null,\n  "schema": "nextstep.test/1",\n  "today": "2026-11-23"\n}\n'
    )


def test_records_dates_and_words_are_plain_values() -> None:
    content = {
        "unread": (Unread("a.yaml", None, "empty", ""),),
        "at": datetime(2026, 11, 23, 17, 0),  # noqa: DTZ001 - a clock time in the ledger's zone
        "due": DueWord.ASAP,
    }
    read = json.loads(document("nextstep.test/1", content))
    assert read["unread"] == [{"path": "a.yaml", "line": None, "message": "empty", "hint": ""}]
    assert read["at"] == "2026-11-23T17:00"
    assert read["due"] == "asap"


@given(st.text(alphabet=st.characters()))
def test_text_comes_back_as_it_was_and_nothing_in_the_document_acts(text: str) -> None:
    """Control, bidirectional, private and lone surrogate characters are written as escapes."""
    written = document("nextstep.test/1", {"what": text})
    acting = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not [char for char in written if char != "\n" and category(char) in acting]
    assert json.loads(written)["what"] == _joined(text)


def _joined(text: str) -> str:
    """Two surrogates that stand side by side are one character to every reader of JSON."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
