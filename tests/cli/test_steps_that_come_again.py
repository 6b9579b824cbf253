"""A step that comes again is listed with the date of this time, and says how often it was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.review_run import at_desk
from tests.commands import run
from tests.recording import team
from tests.rules.ledgers import write

PAY = """\
title: Pay
started: 2026-11-02
steps:
  - id: pay
    do: Pay everybody
    who: hana
    repeat: every month on the 15th and the last day
    rule: {by: start, not_on: [closed], roll: before}
  - {id: tell, do: Tell them, who: hana, after: [pay]}
"""
DONE = """\
log:
  - {at: 2026-11-13T09:00Z, by: hana, event: done, step: pay}
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    write(tmp_path, {"nextstep.yaml": "timezone: UTC\npeople: {hana: {name: Hana}}\n"})
    return tmp_path


def page(root: Path, text: str, *words: str, today: str = "2026-11-23") -> str:
    write(root, {"commitments/2026/11/pay-x9t2.yaml": text})
    ran = run("-C", str(root), *words, env={"COLUMNS": "80"}, today=today)
    assert (ran.code, ran.err) == (0, "")
    return " ".join(ran.out.split())


def test_it_is_due_on_the_day_of_this_time(ledger: Path) -> None:
    first = page(ledger, PAY, "due", "--who", "hana", today="2026-11-10")
    assert "x9t2 pay 2026-11-13" in first
    after = page(ledger, PAY + DONE, "due", "--who", "hana", today="2026-11-27")
    assert "x9t2 pay 2026-11-30" in after


def test_the_page_of_the_run_says_how_often_it_was_done(ledger: Path) -> None:
    rhythm = "every month on the 15th and the last day"
    assert "so far" not in page(ledger, PAY, "show", "x9t2")
    shown = page(ledger, PAY + DONE, "show", "x9t2")
    assert f"{rhythm}, once so far" in shown
    assert "[>] pay" in shown


def test_it_is_no_finding_that_its_date_is_not_written(ledger: Path) -> None:
    assert "NS314" not in page(ledger, PAY + DONE, "check", "--exit-zero")


def test_one_time_is_taken_back_after_what_was_written_about_the_next(tmp_path: Path) -> None:
    made = team(
        tmp_path / "acme", {"commitments/2026/11/pay-x9t2.yaml": PAY.replace("hana", "dev")}
    )
    for hour, words in ((8, "done x9t2 pay"), (9, "move x9t2 pay 2026-12-01 --why later")):
        assert at_desk(made, *words.split(), today=f"2026-11-13T0{hour}:00Z").code == 0
    first = ("undo", "x9t2", "--at", "2026-11-13T08:00:00.000Z")
    ran = at_desk(made, *first, today="2026-11-13T10:00Z")
    assert ran.code == 2
    assert "take that back first: --at 2026-11-13T09:00:00.000Z" in " ".join(ran.err.split())
    assert at_desk(made, "undo", "x9t2", today="2026-11-13T10:00Z").code == 0
    assert at_desk(made, *first, today="2026-11-13T11:00Z").code == 0


def test_a_run_is_closed_between_two_times_and_not_while_one_is_due(tmp_path: Path) -> None:
    path = "commitments/2026/11/pay-x9t2.yaml"
    made = team(tmp_path / "acme", {path: PAY.partition("  - {id: tell")[0].replace("hana", "dev")})
    words = (
        "done",
        "x9t2",
        "--kept",
        "--outcome",
        "all were paid",
        "--nothing-further",
        "we moved",
    )
    ran = at_desk(made, *words, today="2026-11-13T09:00Z")
    assert (ran.code, "x9t2 is still open: pay" in ran.err) == (2, True)
    assert at_desk(made, "done", "x9t2", "pay", today="2026-11-13T09:00Z").code == 0
    ran = at_desk(made, *words, today="2026-11-13T10:00Z")
    assert ran.code == 0, ran.err
