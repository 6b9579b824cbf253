"""What is only proposed is no promise yet: wherever its date is told, a move of it is never late."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.review_run import at_desk
from tests.commands import Ran
from tests.recording import team
from tests.repositories import Made

PATH = "commitments/2026/11/report-k3f9.yaml"
REPORT = """\
what: Send Globex the usage report
who: dev
with: [lena]
outcome: Globex agrees the credit

due: 2026-11-18

log:
  - {at: 2026-11-12T15:10Z, by: lena, event: proposed}
"""


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Ran]:
    """A proposal whose date was moved after it was over, and what the verb said."""
    made = team(tmp_path_factory.mktemp("proposed") / "acme", {PATH: REPORT})
    return made, at_desk(made, "move", "k3f9", "2026-11-27", "--why", "ill")


def test_the_verb_says_nothing_of_a_date_that_was_over(moved: tuple[Made, Ran]) -> None:
    assert moved[1].code == 0, moved[1].err
    assert "after it was due" not in moved[1].out.casefold()


def test_show_neither_calls_it_late_nor_in_time(moved: tuple[Made, Ran]) -> None:
    text = at_desk(moved[0], "show", "k3f9").out
    assert "moved once" in text
    assert "it was due" not in text
    item = told(moved, "show", "k3f9")["commitment"]
    assert item["moved_late"] == 0
    assert [one["late"] for one in item["happened"] if one["event"] == "moved"] == [None]


def test_no_slip_and_no_late_move_is_counted(moved: tuple[Made, Ran]) -> None:
    (slip,) = told(moved, "slips")["items"]
    assert (slip["dates"]["moved"], slip["dates"]["moved_late"]) == (1, 0)
    assert told(moved, "digest", "--since", "2026-11-16")["moved"][0]["late"] is False


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("events", "after_due", None), ("trail", "after_due", None), ("commitments", "moved_late", 0)],
)
def test_tables_tell_it_so_too(
    moved: tuple[Made, Ran], table: str, column: str, value: object
) -> None:
    ran = at_desk(moved[0], "export", table, "--format", "jsonl")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    (row,) = (one for one in rows if one.get("event", "moved") == "moved")
    assert row.get(column) == value


def told(moved: tuple[Made, Ran], *arguments: str) -> Any:
    return json.loads(at_desk(moved[0], *arguments, "--format", "json").out)


def test_who_put_it_forward_may_move_and_change_it_and_open_it_again(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REPORT.replace("by: lena", "by: mia")})
    mias = ("--by", "mia", "--why", "x")
    assert at_desk(made, "move", "k3f9", "2026-11-27", *mias).code == 0
    assert at_desk(made, "change", "k3f9", "what", "Send it", *mias).code == 0
    assert at_desk(made, "move", "k3f9", "2026-11-28", "--by", "raj", "--why", "x").code == 2
    assert at_desk(made, "drop", "k3f9", "--why", "Not mine").code == 0
    ran = at_desk(made, "reopen", "k3f9", *mias)
    assert '"Send it" is proposed again, and nobody has agreed to it.' in ran.out
    assert ran.out.splitlines()[-1].endswith("nextstep agree k3f9 --by dev")
    assert at_desk(made, "agree", "k3f9", "--by", "dev").code == 0
