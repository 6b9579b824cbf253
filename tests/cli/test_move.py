"""`nextstep move`: another date, with who agreed and why."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from tests.cli.review_run import COMMITMENT, PATH, REPORT, REVIEW, WRITTEN, at_desk
from tests.conversation import Conversation
from tests.recording import commits, last, team


def test_who_has_it_moves_a_date_with_one_changed_and_one_added_line(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "move", "k3f9", "fri", "--why", "Finance closes on Thursday")
    assert ran.code == 0, ran.err
    assert "is due Fri 27 Nov 2026, in 4 days (3 working" in ran.out
    assert "Moved after it was due." in ran.out
    assert "Tell lena: the old date was agreed with them." in ran.out
    assert ran.out.splitlines()[-1].endswith("nextstep undo k3f9")
    what = 'from: 2026-11-20, to: 2026-11-27, why: "Finance closes on Thursday"'
    done = last(made)
    assert done.subject == "Move to Fri 27 Nov: Send Globex the usage report"
    assert done.trailers == ("Nextstep: moved report-k3f9",)
    assert done.paths == (REPORT,)
    assert done.author == "dev@example.org"
    assert done.lines == (
        "-due: 2026-11-20",
        "+due: 2026-11-27",
        f"+  - {{at: 2026-11-23T09:00:00.000Z, by: dev, event: moved, {what}}}",
    )


def test_how_often_it_was_moved_is_said(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    said = []
    for number, day in enumerate(("2026-11-24", "2026-11-25", "2026-11-27", "2026-11-30"), 1):
        today = f"2026-11-2{number - 1}T09:00Z"
        ran = at_desk(made, "move", "k3f9", day, "--why", "later", today=today)
        said.append(next((one for one in ran.out.splitlines() if one.startswith("Moved")), ""))
    assert said == [
        "",
        "Moved for the second time.",
        "Moved for the third time.",
        "Moved 4 times by now.",
    ]


def test_a_date_of_several_words_needs_no_quotes(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "move", "k3f9", "next", "tue", "--why", "later")
    assert "is due Tue 1 Dec 2026" in ran.out


def test_several_ids_share_a_date_and_a_commit(tmp_path: Path) -> None:
    other = "commitments/2026/11/call-w8tj.yaml"
    files = {REPORT: COMMITMENT, other: "what: Call Lena\n\nwho: dev\n\ndue: 2026-11-24\n"}
    made = team(tmp_path / "acme", files)
    assert at_desk(made, "move", "k3f9", "w8tj", "fri", "--why", "I am ill").code == 0
    assert commits(made) == 2
    assert sorted(last(made).paths) == [other, REPORT]


def test_others_need_the_agreement_of_who_has_it(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "move", "k3f9", "fri", "--why", "x", "--by", "mia")
    assert ran.code == 2
    assert "k3f9 belongs to dev, who has to agree to another date" in ran.err
    assert "add --agreed-by dev once they agreed" in ran.err
    words = ("move", "k3f9", "fri", "--why", "x", "--by", "mia", "--agreed-by", "Devika")
    assert at_desk(made, *words).code == 0
    assert "by: mia, event: moved, recorded_by: dev" in last(made).lines[-1]
    assert "agreed_by: dev" in last(made).lines[-1]


def test_a_date_is_given_to_what_had_none(tmp_path: Path) -> None:
    path = "commitments/2026/11/venue-c4vn.yaml"
    made = team(tmp_path / "acme", {path: "what: Pick the venue\n\nwho: dev\nwith: [lena]\n"})
    said = at_desk(made, "move", "c4vn", "fri", "--why", "now we know").out
    assert "it had none" in " ".join(said.split())
    assert "Tell lena: they know of no date yet." in said
    assert at_desk(made, "move", "c4vn", "none", "--why", "no longer").code == 0
    assert (made.path / path).read_text().count("due:") == 0
    again = at_desk(made, "move", "c4vn", "none", "--why", "no longer")
    assert (again.code, "c4vn has no date already" in again.err) == (2, True)
    assert "error" not in at_desk(made, "check").out


def test_what_cannot_be_moved_is_said_with_the_command_for_it(tmp_path: Path) -> None:
    closed = (
        '  - {at: 2026-11-20T09:00Z, by: dev, event: closed, result: kept, outcome: "it went"}\n'
    )
    made = team(tmp_path / "acme", {REPORT: COMMITMENT + closed, PATH: REVIEW + WRITTEN})
    ran = at_desk(made, "move", "k3f9", "fri", "--why", "x")
    assert (ran.code, "nextstep reopen k3f9" in ran.err) == (2, True)
    ran = at_desk(made, "move", "7qhd", "write", "fri", "--why", "x")
    assert "nextstep reopen 7qhd write" in ran.err
    ran = at_desk(made, "move", "7qhd", "fri", "--why", "x")
    assert "nextstep move 7qhd STEP DATE" in ran.err
    ran = at_desk(made, "move", "7qhd", "deliver", "2026-12-11", "--why", "x")
    assert "7qhd deliver is due Fri 11 Dec 2026 already" in ran.err
    ran = at_desk(made, "move", "7qhd", "deliver", "5", "--why", "x")
    assert (ran.code, "`5`" in ran.err) == (2, True)
    assert commits(made) == 1


def test_dates_that_count_from_a_step_move_with_it(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW.replace("plain", "gold") + WRITTEN})
    words = ("move", "7qhd", "approve", "2026-12-10", "--why", "Mia is away", "--by", "mia")
    ran = at_desk(made, *words)
    assert ran.code == 0, ran.err
    assert "law: Fri 11 Dec 2026, before it was Wed 9 Dec 2026" in ran.out
    lines = last(made).lines
    assert [one for one in lines if "due:" in one] == [
        "-    due: 2026-12-08",
        "+    due: 2026-12-10",
        "-    due: 2026-12-09",
        "+    due: 2026-12-11",
    ]
    assert [("step: law" in one, "step: approve" in one) for one in lines[-2:]] == [
        (False, True),
        (True, False),
    ]
    assert "error" not in at_desk(made, "check").out


def test_a_date_after_the_promise_is_said(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    ran = at_desk(made, "move", "7qhd", "deliver", "2026-12-14", "--why", "x")
    assert "That is after the promise: Fri 11 Dec 2026." in ran.out


def test_a_step_that_comes_again_keeps_its_first_date_in_the_file(tmp_path: Path) -> None:
    again = (
        "title: Numbers\nowner: dev\nstarted: 2026-11-02\nsteps:\n"
        "  - {id: send, do: Send the numbers, who: dev, due: 2026-11-27, repeat: every friday}\n"
    )
    path = "commitments/2026/11/numbers-y5pg.yaml"
    made = team(tmp_path / "acme", {path: again})
    assert at_desk(made, "move", "y5pg", "send", "2026-11-30", "--why", "x").code == 0
    assert [one[:10] for one in last(made).lines] == ["+", "+log:", "+  - {at: "]
    assert "due Mon 30 Nov" in at_desk(made, "show", "y5pg").out


def test_without_a_terminal_every_missing_answer_is_named(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "move", "k3f9")
    assert ran.code == 2
    assert "add --to DATE, --why TEXT" in ran.err


def test_on_a_terminal_the_date_and_the_reason_are_asked_for(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    with Conversation("move", "k3f9", cwd=made.path) as talk:
        talk.answer("To when?", "5")
        talk.answer("`5`", "fri")
        talk.answer("Why?", "Finance closes on Thursday")
        assert talk.end()[0] == 0
    assert 'why: "Finance closes on Thursday"' in last(made).lines[-1]


def test_an_interrupted_question_gives_the_command_back(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    with Conversation("move", "k3f9", cwd=made.path) as talk:
        talk.answer("To when?", "fri")
        talk.until("Why?")
        talk.until("> ")
        talk.interrupt()
        assert talk.end()[0] == 130
        assert "nextstep move k3f9 --to fri" in talk.seen
    assert commits(made) == 1


def test_a_date_among_the_words_is_given_back_once_with_all_else_that_was_said(
    tmp_path: Path,
) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    said = ("--agreed-by", "lena", "--by", "dev")
    with Conversation("move", "k3f9", "in", "10", "days", *said, cwd=made.path) as talk:
        talk.until("Why?")
        talk.until("> ")
        talk.interrupt()
        assert talk.end()[0] == 130
    again = talk.seen.splitlines()[-1].strip()
    assert again == "nextstep move k3f9 --to 'in 10 days' --agreed-by lena --by dev"
    assert at_desk(made, *shlex.split(again)[1:], "--why", "x").code == 0


def test_what_was_moved_is_told_as_json(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "move", "k3f9", "fri", "--why", "later", "--json")
    told = json.loads(ran.out)
    assert told["schema"] == "nextstep.recorded/1"
    assert told["changed"][0]["id"] == "report-k3f9"
    assert told["changed"][0]["events"][0]["to"] == "2026-11-27"
