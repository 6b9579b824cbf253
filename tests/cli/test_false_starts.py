"""A line of a log that begins at what never was hides what was: who reads is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.review_run import COMMITMENT, REPORT, at_desk
from tests.recording import team
from tests.repositories import Made

MOVED = "  - {{at: 2026-11-22T10:00Z, by: dev, event: moved, from: {0}, to: 2026-12-20, why: x}}\n"
CHANGED = (
    "  - {at: 2026-11-22T10:00Z, by: dev, event: changed, field: outcome, from: Lena is glad, "
    "to: Globex pays, why: x}\n"
)


def on_a_branch(folder: Path, *, line: str, outcome: str = "") -> Made:
    """Move a date that is over, with this line, on a branch."""
    made = team(folder / "acme", {REPORT: COMMITMENT})
    made.git("switch", "--quiet", "--create", "later")
    text = COMMITMENT.replace("due: 2026-11-20", "due: 2026-12-20") if not outcome else COMMITMENT
    if outcome:
        text = text.replace("Globex agrees the credit", outcome)
    made.commit({REPORT: text + line})
    return made


def test_the_finding_says_where_it_was(tmp_path: Path) -> None:
    made = on_a_branch(tmp_path, line=MOVED.format("2026-12-15"))
    ran = at_desk(made, "check", "--against", "main")
    assert ran.code == 1
    said = "NS509 changed-without-event: `due` was `2026-11-20`, and its new event begins with "
    assert f"{said}`2026-12-15`" in ran.out
    assert "write from: 2026-11-20, or add the event that made it 2026-12-15" in ran.out


def test_history_tells_from_when_it_was_moved(tmp_path: Path) -> None:
    made = on_a_branch(tmp_path, line=MOVED.format("2026-12-15"))
    story = " ".join(at_desk(made, "trail", "k3f9").out.split())
    assert "moved from Fri 20 Nov to Sun 20 Dec" in story
    assert "First date Fri 20 Nov, now 30 days later, moved once" in story
    audit = at_desk(made, "audit").out
    assert "due became 2026-12-20, before it was 2026-11-20" in audit
    assert "EVENTS WHOSE CHANGE DOES NOT SHOW" in audit


def test_other_words_have_to_begin_where_they_were(tmp_path: Path) -> None:
    made = on_a_branch(tmp_path, line=CHANGED, outcome="Globex pays")
    ran = at_desk(made, "check", "--against", "main")
    assert "`outcome` was `Globex agrees the credit`, and its new event begins" in ran.out


@pytest.mark.parametrize(
    "line",
    [
        MOVED.format("2026-11-20"),
        MOVED.format("2026-11-20").replace("2026-12-20", "2026-12-15") + MOVED.format("2026-12-15"),
        MOVED.format("2026-11-20").replace("from: 2026-11-20, ", ""),
    ],
)
def test_a_line_may_begin_there_or_where_another_one_ended(tmp_path: Path, line: str) -> None:
    made = on_a_branch(tmp_path, line=line)
    assert "NS509" not in at_desk(made, "check", "--against", "main").out
    assert "DOES NOT SHOW" not in at_desk(made, "audit").out


def test_two_branches_may_both_begin_where_they_parted(tmp_path: Path) -> None:
    line = MOVED.format("2026-11-20")
    made = on_a_branch(tmp_path, line=line)
    made.git("switch", "--quiet", "main")
    words = ("move", "k3f9", "2026-12-04", "--why", "x")
    assert at_desk(made, *words, today="2026-11-21T09:00Z").code == 0
    ours = (made.path / REPORT).read_text()
    made.git("merge", "--quiet", "--strategy=ours", "--no-commit", "later")
    made.write({REPORT: ours.replace("due: 2026-12-04", "due: 2026-12-20") + line})
    made.git("commit", "--quiet", "--all", "--message=merge")
    audit = at_desk(made, "audit").out
    assert "DOES NOT SHOW" not in audit
    assert "CHANGED WITHOUT" not in audit
