"""A `git revert` of a commit that moved a date takes the move back: it is no slip, nor a second one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.review_run import COMMITMENT, REPORT, at_desk
from tests.recording import team
from tests.repositories import Made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A promise that was moved after it was due, and a revert of that."""
    made = team(tmp_path_factory.mktemp("reverted") / "acme", {REPORT: COMMITMENT})
    at_desk(made, "move", "k3f9", "2026-11-27", "--why", "ill", today="2026-11-21T09:00Z")
    made.git("revert", "--no-edit", "HEAD")
    return made


def told(made: Made, *arguments: str) -> Any:
    return json.loads(at_desk(made, *arguments, "--format", "json").out)


def test_the_story_says_that_it_was_moved_back(made: Made) -> None:
    ran = at_desk(made, "trail", "k3f9")
    assert "moved back from Fri 27 Nov to Fri 20 Nov by dev" in ran.out
    assert "its line left the log with it, as by git revert" in ran.out
    assert "undone since" in ran.out
    assert "in the file only" not in ran.out
    assert "Due Fri 20 Nov, never moved." in " ".join(ran.out.split())


def test_neither_the_move_nor_the_way_back_is_a_slip(made: Made) -> None:
    assert told(made, "slips")["items"] == []
    moves = [one for one in told(made, "trail", "k3f9")["items"] if one["event"] == "moved"]
    assert [(one["undone"], one["back"], one["late"]) for one in moves] == [
        (True, False, True),
        (False, True, None),
    ]


def test_the_audit_tells_of_it_once_and_no_event_is_written_for_it(made: Made) -> None:
    (one,) = (one for one in told(made, "audit")["items"] if one["kind"] == "line removed")
    assert [change["field"] for change in one["changes"]] == ["due"]
    text = at_desk(made, "audit").out
    assert "due became 2026-11-20, before it was 2026-11-27; gone since commit" in text
    assert "CHANGED WITHOUT AN EVENT" not in text
    ran = at_desk(made, "fmt", "--record", "--why", "x")
    assert ran.out == "Nothing was changed by hand that has no event.\n"


def test_what_is_moved_again_later_counts_from_the_date_that_it_went_back_to(
    tmp_path: Path,
) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    at_desk(made, "move", "k3f9", "2026-11-27", "--why", "ill", today="2026-11-18T09:00Z")
    made.git("revert", "--no-edit", "HEAD")
    at_desk(made, "move", "k3f9", "2026-11-24", "--why", "away", today="2026-11-19T09:00Z")
    (slip,) = told(made, "slips")["items"]
    assert (slip["dates"]["first"], slip["dates"]["moved"]) == ("2026-11-20", 1)


def test_a_revert_that_is_reverted_makes_the_move_count_again(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    at_desk(made, "move", "k3f9", "2026-11-27", "--why", "ill", today="2026-11-18T09:00Z")
    for _ in range(2):
        made.git("revert", "--no-edit", "HEAD")
    (slip,) = told(made, "slips")["items"]
    assert (slip["dates"]["now"], slip["dates"]["moved"]) == ("2026-11-27", 1)
