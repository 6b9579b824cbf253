"""The list of what was asked for is whole, and what it names is there."""

from __future__ import annotations

import re

import pytest

from nextstep.cli.app import COMMANDS
from nextstep.rules.catalogue import ALL_RULES
from tests.docs.reading_pages import ROOT, code_in, rows

LINES = rows(ROOT / "tests" / "requirements.md", "")


def test_every_number_has_one_line() -> None:
    assert [line[0] for line in LINES] == [f"R{number:02}" for number in range(1, 110)]


def test_how_much_is_there_is_counted() -> None:
    there = sum("not yet" not in shown for _, _, shown in LINES)
    said = (ROOT / "tests" / "requirements.md").read_text("utf-8")
    assert f"Of {len(LINES)} things {there} are there" in said
    assert there >= 75


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_what_a_line_names_is_there(line: list[str]) -> None:
    _, asked, shown = line
    assert asked
    assert shown
    assert set(re.findall(r"NS\d{3}", shown)) <= {rule.code for rule in ALL_RULES}
    for name in code_in(shown):
        if name.startswith("nextstep "):
            assert name.split()[1] in COMMANDS
        elif "/" in name:
            path, _, test = name.partition("::")
            assert (ROOT / path).exists()
            assert f"def {test}(" in (ROOT / path).read_text("utf-8") if test else True
