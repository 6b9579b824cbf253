"""Whoever has to act in a case sees it in `due`, and whoever is to be told is told there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.cases import Case, Written
from tests.acceptance.claims_a3 import page, postmortem, through
from tests.commands import run
from tests.repositories import write

WRITTEN = Written.read(Path(__file__).parent / "A3")


def due(root: Path, case: Case, who: str, moment: str) -> list[str]:
    """Return the section and the step of each line that `due` prints for somebody."""
    case.settle()
    write(root, {**WRITTEN.files, case.source.path: case.source.data.decode()})
    ran = run("-C", str(root), "due", "--who", who, "--today", moment)
    assert (ran.code, ran.err) == (0, "")
    lines = (line.split("\t") for line in ran.out.splitlines())
    return [f"{section} {handle.rpartition(' ')[2]}" for section, handle, *_ in lines]


@pytest.mark.parametrize(
    ("who", "moment", "seen"),
    [
        ("cy", "2026-11-10T03:04Z", ["accept page"]),
        ("bo", "2026-11-10T03:04Z", []),
        ("bo", "2026-11-10T03:05Z", ["needs page"]),
        ("fay", "2026-11-10T03:09Z", ["waiting page"]),
        ("fay", "2026-11-10T03:10Z", ["needs page"]),
    ],
)
def test_a_page_reaches_one_after_the_other(
    tmp_path: Path, who: str, moment: str, seen: list[str]
) -> None:
    assert due(tmp_path, page(WRITTEN), who, moment) == seen


def test_whoever_was_at_the_meeting_is_asked_to_agree(tmp_path: Path) -> None:
    case = through(postmortem(WRITTEN), "meeting")
    assert due(tmp_path, case, "fay", "2026-11-12") == ["needs agree"]
    case.did("2026-11-12T14:31Z", "fay", "approved", "agree")
    assert due(tmp_path, case, "fay", "2026-11-12") == []


def test_the_agreed_message_waits_for_customer_support_to_accept_it(tmp_path: Path) -> None:
    case = through(postmortem(WRITTEN), "inform")
    assert due(tmp_path, case, "dee", "2026-11-12") == []
    case.did("2026-11-12T17:00Z", "bo", "offered", "pass-on")
    assert due(tmp_path, case, "dee", "2026-11-12") == ["accept pass-on"]


def test_a_draft_that_nobody_has_seen_is_put_to_the_owner_the_next_day(tmp_path: Path) -> None:
    case = through(postmortem(WRITTEN), "message")
    assert due(tmp_path, case, "bo", "2026-11-11") == ["needs share"]
    assert "needs share" not in due(tmp_path, case, "ada", "2026-11-11T23:00Z")
    assert "needs share" in due(tmp_path, case, "ada", "2026-11-12")
