"""`nextstep tick`, `approve`, `skip`: the parts of a run that need no work."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.review_run import COMMITMENT, PATH, REPORT, REVIEW, WRITTEN, at_desk
from tests.commands import run
from tests.conversation import Conversation
from tests.recording import commits, last, team
from tests.repositories import Made

PAPER = "papers/review.md"
TO_WRITE = WRITTEN.rpartition("  - ")[0]


def desk(folder: Path, log: str = WRITTEN, **files: str) -> Made:
    """A review that is written, and the paper that its gate looks at."""
    return team(folder, {PATH: REVIEW + log, PAPER: "The year.\n", **files})


def test_things_are_ticked_off_by_number_or_by_words(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme", TO_WRITE)
    ran = at_desk(made, "tick", "7qhd", "write", "2", "NAMES")
    assert ran.code == 0, ran.err
    assert "Nothing is left open." in ran.out
    assert last(made).lines == (
        (
            "+  - {at: 2026-11-23T09:00:00.000Z, by: dev, event: ticked, step: write, "
            "item: figures are checked}"
        ),
        (
            "+  - {at: 2026-11-23T09:00:00.001Z, by: dev, event: ticked, step: write, "
            "item: names are spelled right}"
        ),
    )
    ran = at_desk(made, "tick", "7qhd", "write", "1")
    assert (ran.code, "ticked off already: names are spelled right" in ran.err) == (0, True)
    assert commits(made) == 2


def test_done_says_what_of_the_list_is_not_ticked_off(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme", TO_WRITE)
    done = ("done", "7qhd", "write", "--no-commit")
    two = "2 of its list are not ticked off: names are spelled right; figures are checked."
    assert two in at_desk(made, "done", "7qhd", "write", "--dry-run", "--json").out
    at_desk(made, "tick", "7qhd", "write", "1")
    assert "1 of its list is not ticked off: figures are checked." in at_desk(made, *done).out
    made.git("checkout", "--", ".")
    at_desk(made, "tick", "7qhd", "write", "2")
    assert "ticked off" not in at_desk(made, *done).out


def test_all_that_is_open_is_ticked_off_at_once(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme", TO_WRITE)
    both = at_desk(made, "tick", "7qhd", "write", "1", "--all")
    assert (both.code, both.out) == (2, "")
    assert "`1` and --all say two things\n  leave one of them out" in both.err
    assert at_desk(made, "tick", "7qhd", "write", "--all").code == 0
    assert last(made).trailers == ("Nextstep: ticked review-7qhd write",) * 2
    ran = at_desk(made, "undo", "7qhd", today="2026-11-24T09:00Z")
    assert len(last(made).trailers) == 2, ran.err


def test_two_commands_of_one_day_that_is_given_are_taken_back_one_by_one(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme", TO_WRITE)
    for number in "12":
        assert at_desk(made, "tick", "7qhd", "write", number, today="2026-11-23").code == 0
    assert at_desk(made, "undo", "7qhd", today="2026-11-23").code == 0
    assert last(made).trailers == ("Nextstep: undone review-7qhd",)


def test_what_is_on_no_list_is_refused_with_the_list(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme", TO_WRITE)
    ran = at_desk(made, "tick", "7qhd", "write", "7")
    assert (ran.code, "1 names are spelled right" in ran.err) == (2, True)
    ran = at_desk(made, "tick", "7qhd", "write")
    assert (ran.code, "add ITEM or --all" in ran.err) == (2, True)
    ran = at_desk(made, "tick", "7qhd")
    assert (ran.code, "add ITEM or --all" in ran.err) == (2, True)  # the one step with a list
    ran = at_desk(made, "tick", "7qhd", "deliver", "1")
    assert (ran.code, "has no list" in ran.err) == (2, True)


def test_on_a_terminal_the_open_things_are_shown_and_asked_for(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme", TO_WRITE)
    with Conversation("tick", "7qhd", "write", cwd=made.path) as talk:
        talk.until("2  figures are checked")
        talk.answer("What is there?", "9")
        talk.answer("`9` is not on the list", "1")
        talk.until("> ")
        talk.type("")
        assert talk.end()[0] == 0
    assert "item: names are spelled right" in last(made).lines[-1]


def test_a_vote_is_for_the_content_of_the_file_as_it_is(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    blob = made.git("rev-parse", f"HEAD:{PAPER}")
    ran = at_desk(made, "approve", "7qhd", "--by", "mia")
    assert ran.code == 0, ran.err
    assert f"{PAPER} ({blob[:7]})." in ran.out.replace("\n", " ")
    assert "1 of 2 votes; still to come: raj." in ran.out
    assert last(made).lines == (
        (
            "+  - {at: 2026-11-23T09:00:00.000Z, by: mia, event: approved, step: approve, "
            f"recorded_by: dev, content: {blob}}}"
        ),
    )
    ran = at_desk(made, "approve", "7qhd", "--by", "raj")
    assert "That is enough: it is approved." in ran.out
    assert "Next: deliver (dev), due Fri 11 Dec 2026" in ran.out.replace("\n", " ")
    ran = at_desk(made, "approve", "7qhd", "approve", "--by", "raj")
    assert (ran.code, "raj approved it already, as it is now" in ran.err) == (0, True)


def test_what_others_cannot_see_is_not_approved(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    made.write({PAPER: "Another year.\n"})
    ran = at_desk(made, "approve", "7qhd", "--by", "mia")
    assert (ran.code, f"{PAPER} is not committed as it is now" in ran.err) == (2, True)
    assert f"commit it, and then approve it: git commit -- {PAPER}\n" in ran.err
    inside = run("approve", "7qhd", "--by", "mia", cwd=made.path / "papers", env=made.environ)
    assert "approve it: git commit -- review.md\n" in inside.err
    words = ("-C", str(made.path), "approve", "7qhd", "--by", "mia")
    outside = run(*words, cwd=tmp_path, env=made.environ)
    assert f"approve it: git -C {made.path} commit -- {PAPER}\n" in outside.err
    made.git("rm", "-q", "--cached", PAPER)
    made.git("commit", "-qm", "Take the paper out")
    ran = at_desk(made, "approve", "7qhd", "--by", "mia")
    assert f"approve it: git add -- {PAPER} && git commit -- {PAPER}\n" in ran.err
    made.write({".git/info/exclude": "papers\n"})
    ran = at_desk(made, "approve", "7qhd", "--by", "mia")
    assert "take it out of .gitignore and commit it, and then approve it" in ran.err
    (made.path / PAPER).unlink()
    ran = at_desk(made, "approve", "7qhd", "--by", "mia")
    assert (ran.code, f"{PAPER} is not there" in ran.err) == (2, True)
    assert commits(made) == 2


def test_only_who_has_a_vote_approves(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    ran = at_desk(made, "approve", "7qhd", "approve")
    assert ran.code == 2
    assert "mia and raj decide at approve, and dev does not" in ran.err
    ran = at_desk(made, "approve", "7qhd")
    assert ran.code == 2
    assert "7qhd approve waits for mia and raj" in ran.err
    assert "`nextstep approve 7qhd approve --by mia` writes down what mia said" in ran.err
    ran = at_desk(made, "approve", "7qhd", "deliver")
    assert "nextstep done 7qhd deliver" in ran.err
    waiting = desk(tmp_path / "other", TO_WRITE)
    ran = at_desk(waiting, "approve", "7qhd", "approve", "--by", "mia")
    assert (ran.code, "let `write` be finished first" in ran.err) == (2, True)


def test_who_has_a_step_skips_it_with_a_reason(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme", TO_WRITE)
    ran = at_desk(made, "skip", "7qhd", "write", "--why", "Last year's will do")
    assert ran.code == 0, ran.err
    assert "Skipped: write of" in ran.out
    assert "Next: approve (mia, raj)" in ran.out
    assert last(made).subject == "Skip: Write the review"
    ran = at_desk(made, "skip", "7qhd", "write", "--why", "x")
    assert "write is finished" in ran.err
    ran = at_desk(made, "skip", "7qhd", "deliver")
    assert (ran.code, "add --why TEXT" in ran.err) == (2, True)


def test_a_gate_is_waived_by_owner_or_deputy_alone(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    ran = at_desk(made, "skip", "7qhd", "approve", "--why", "x")
    assert ran.code == 2
    assert "approve is a gate: mia or raj may pass it over, and dev may not" in ran.err
    ran = at_desk(made, "skip", "7qhd", "approve", "--why", "It was read aloud", "--by", "raj")
    assert "Waived: approve of" in ran.out


def test_a_commitment_has_no_steps(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    for words in (("tick", "k3f9", "x", "1"), ("skip", "k3f9", "x", "--why", "y")):
        ran = at_desk(made, *words)
        assert (ran.code, "`k3f9` is a commitment" in ran.err) == (2, True)
    ran = at_desk(made, "approve", "k3f9")
    assert (ran.code, "k3f9 is a commitment" in ran.err) == (2, True)


def test_a_vote_is_told_as_json(tmp_path: Path) -> None:
    made = desk(tmp_path / "acme")
    told = json.loads(at_desk(made, "approve", "7qhd", "--by", "mia", "--json").out)
    (event,) = told["changed"][0]["events"]
    assert (told["recorded_by"], event["event"], event["step"]) == ("dev", "approved", "approve")
