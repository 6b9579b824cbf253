"""`nextstep change` and `nextstep assign`: what was agreed besides the date."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from tests.cli.review_run import COMMITMENT, PATH, REPORT, REVIEW, WRITTEN, at_desk
from tests.conversation import Conversation
from tests.recording import commits, last, team

PROPOSED = COMMITMENT.replace("event: agreed", "event: proposed")


def test_the_words_of_a_promise_change_with_a_reason(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    words = ("change", "k3f9", "outcome", "Globex pays", "--why", "The credit is agreed")
    ran = at_desk(made, *words)
    assert ran.code == 0, ran.err
    assert 'outcome of "Send Globex the usage report" is now: Globex pays' in ran.out
    assert "Tell lena: other words were agreed." in ran.out
    assert last(made).trailers == ("Nextstep: changed report-k3f9",)
    event = 'field: outcome, from: "Globex agrees the credit", to: "Globex pays"'
    assert last(made).lines == (
        "-outcome: Globex agrees the credit",
        "+outcome: Globex pays",
        "+  - {at: 2026-11-23T09:00:00.000Z, by: dev, event: changed, "
        + event
        + ', why: "The credit is agreed"}',
    )


def test_who_would_have_it_changes_only_while_it_is_proposed(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "change", "k3f9", "who", "raj", "--why", "x")
    assert (ran.code, "nextstep offer k3f9 --to raj" in ran.err) == (2, True)
    made = team(tmp_path / "other", {REPORT: PROPOSED})
    assert at_desk(made, "change", "k3f9", "who", "Raj", "--why", "x").code == 0
    assert last(made).lines[:2] == ("-who: dev", "+who: raj")


def test_what_nobody_has_is_taken_by_who_agrees_to_it(tmp_path: Path) -> None:
    nobody = "what: Water the plants\ndue: 2026-12-18\n"
    made = team(tmp_path / "acme", {REPORT: nobody})
    for words, hint in (
        (("change", "k3f9", "who", "dev", "--why", "x"), "nextstep agree k3f9"),
        (("change", "k3f9", "who", "Raj", "--why", "x"), "nextstep agree k3f9 --by raj"),
        (("change", "k3f9", "who"), "nextstep agree k3f9 --by PERSON"),
        (("offer", "k3f9", "--to", "dev"), "nextstep agree k3f9 --by dev takes it"),
    ):
        ran = at_desk(made, *words)
        assert (ran.code, ran.err.splitlines()[1].strip()) == (2, hint)
        assert "nobody has k3f9" in ran.err
    assert at_desk(made, "agree", "k3f9", "--by", "raj").code == 0
    assert "+who: raj" in last(made).lines


def test_a_proposal_of_others_needs_their_agreement(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: PROPOSED})
    words = ("change", "k3f9", "what", "Send it", "--why", "x", "--by", "raj")
    ran = at_desk(made, *words)
    assert (ran.code, "add --agreed-by dev" in ran.err) == (2, True)
    assert at_desk(made, *words, "--agreed-by", "dev").code == 0


def test_what_is_changed_otherwise_is_said(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT, PATH: REVIEW})
    said = [
        at_desk(made, "change", *words, "--why", "x").err
        for words in (
            ("k3f9", "due", "fri"),
            ("k3f9", "partner", "raj"),
            ("k3f9", "outcome", "Globex agrees the credit"),
            ("7qhd", "teer", "gold"),
            ("7qhd", "writer", "nobody"),
        )
    ]
    assert "nextstep move k3f9 DATE" in said[0]
    assert "nextstep edit k3f9" in said[1]
    assert "outcome is `Globex agrees the credit` already" in said[2]
    assert "type tier" in said[3]
    assert "`nobody` is nobody" in said[4]
    assert commits(made) == 1


def test_dates_that_count_from_an_input_follow_and_those_moved_by_hand_stay(
    tmp_path: Path,
) -> None:
    by_hand = REVIEW.replace("due: 2026-12-08", "due: 2026-12-07").replace("plain", "gold")
    made = team(tmp_path / "acme", {PATH: by_hand + WRITTEN})
    words = ("change", "7qhd", "meeting", "17 dec", "--why", "Lena is away")
    ran = at_desk(made, *words)
    assert ran.code == 2
    assert "see them with --dry-run, then say --yes" in ran.err
    assert commits(made) == 1
    ran = at_desk(made, *words, "--yes")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[:5] == [
        'meeting of "Yearly review for Globex" is now 2026-12-17.',
        "With it move:",
        "  deliver: Tue 15 Dec 2026, before it was Fri 11 Dec 2026",
        "  met: Thu 17 Dec 2026, before it was Tue 15 Dec 2026",
        "  the promise: Tue 15 Dec 2026, before it was Fri 11 Dec 2026",
    ]
    assert [one for one in last(made).lines if "due" in one] == [
        "-promise_due: 2026-12-11",
        "+promise_due: 2026-12-15",
        "-    due: 2026-12-11",
        "+    due: 2026-12-15",
        "-  - {id: met, mark: The meeting, after: [], rule: meeting, due: 2026-12-15}",
        "+  - {id: met, mark: The meeting, after: [], rule: meeting, due: 2026-12-17}",
    ]
    said = "The promise of Yearly review for Globex is due Tue 15 Dec; it was Fri 11 Dec."
    assert said in last(made).message.replace("\n", " ")
    assert last(made).trailers == (
        "Nextstep: changed review-7qhd",
        "Nextstep: moved review-7qhd deliver",
        "Nextstep: moved review-7qhd met",
    )
    assert "error" not in at_desk(made, "check").out


def test_on_a_terminal_what_follows_is_shown_and_may_be_declined(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    words = ("change", "7qhd", "meeting", "2026-12-17", "--why", "Lena is away")
    with Conversation(*words, cwd=made.path) as talk:
        talk.until("deliver: Tue 15 Dec 2026")
        talk.answer("Write this down?", "no")
        assert talk.end()[0] == 3
        again = talk.seen.partition("  nextstep ")[2].splitlines()[0]
    assert commits(made) == 1
    assert shlex.split(again) == list(words)
    with Conversation(*words, cwd=made.path) as talk:
        talk.answer("Write this down?", "")
        assert talk.end()[0] == 0
        assert talk.seen.count("deliver: Tue 15 Dec 2026") == 1
    assert commits(made) == 2


def test_a_step_that_is_needed_now_is_said(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    ran = at_desk(made, "change", "7qhd", "tier", "gold", "--why", "They signed up")
    assert "law is needed now." in ran.out
    ran = at_desk(made, "change", "7qhd", "tier", "plain", "--why", "They did not")
    assert "law is not needed any more." in ran.out


def test_a_role_binds_the_steps_of_who_plays_it(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW.replace("plain", "gold")})
    ran = at_desk(made, "assign", "7qhd", "lawyer", "Lena")
    assert ran.code == 0, ran.err
    assert "lawyer of" in ran.out
    assert "law is for lena" in ran.out
    assert last(made).subject.startswith("Change lawyer: ")
    assert last(made).lines == (
        "-people: {writer: dev, reader: mia, lawyer: vacant}",
        "+people: {writer: dev, reader: mia, lawyer: lena}",
        "-    who: vacant",
        "+    who: lena",
        "+",
        "+log:",
        (
            "+  - {at: 2026-11-23T09:00:00.000Z, by: dev, event: changed, field: people.lawyer, "
            'from: "vacant", to: "lena"}'
        ),
    )
    assert "lena" in at_desk(made, "show", "7qhd").out
    assert "error" not in at_desk(made, "check").out


def test_who_is_away_when_it_is_due_is_said(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW.replace("due: 2026-12-11", "due: 2026-12-02")})
    ran = at_desk(made, "assign", "7qhd", "writer", "raj")
    assert "raj is away on Wed 2 Dec; mia covers." in ran.out


def test_a_role_of_a_commitment_is_refused_with_the_other_way(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "assign", "k3f9", "writer", "raj")
    assert (ran.code, "nextstep offer k3f9 --to raj" in ran.err) == (2, True)


def test_without_a_terminal_the_missing_reason_is_named(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "change", "k3f9", "what", "Send it")
    assert (ran.code, "add --why TEXT" in ran.err) == (2, True)


def test_a_change_with_what_follows_is_told_as_json(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    words = ("change", "7qhd", "meeting", "2026-12-17", "--why", "x", "--yes", "--json")
    (told,) = json.loads(at_desk(made, *words).out)["changed"]
    assert [(one["event"], one["step"]) for one in told["events"]] == [
        ("changed", None),
        ("moved", "approve"),
        ("moved", "deliver"),
        ("moved", "met"),
    ]


def test_a_promise_that_moves_alone_is_seen_before_it_is_written(tmp_path: Path) -> None:
    plan = (
        "title: Answer\nstarted: 2026-11-20\nowner: dev\n"
        "promise: {text: You know by then, due: 10bd after received}\npromise_due: 2026-12-07\n"
        "inputs: {received: 2026-11-20}\n"
        "steps:\n  - {id: call, do: Call them, who: dev, due: 2026-11-30}\n"
    )
    made = team(tmp_path / "acme", {"commitments/2026/11/answer-k7qa.yaml": plan})
    words = ("change", "k7qa", "inputs.received", "2026-11-23", "--why", "it came later")
    ran = at_desk(made, *words)
    assert ran.code == 2
    assert "see them with --dry-run, then say --yes" in ran.err
    assert at_desk(made, *words, "--yes").code == 0
    assert "+promise_due: 2026-12-08" in last(made).lines


def test_a_fact_of_a_run_is_changed_by_those_who_go_by_it_or_with_their_agreement(
    tmp_path: Path,
) -> None:
    made = team(
        tmp_path / "acme", {PATH: REVIEW.replace("started:", "requested_by: raj\nstarted:")}
    )
    words = ("change", "7qhd", "tier", "gold", "--why", "They signed up")
    ran = at_desk(made, *words, "--by", "lena")
    assert (ran.code, "add --agreed-by raj once they agreed" in ran.err) == (2, True)
    ran = at_desk(made, *words, "--by", "lena", "--agreed-by", "lena")
    assert ran.code == 2
    assert commits(made) == 1
    ran = at_desk(made, *words, "--by", "lena", "--agreed-by", "mia")
    assert ran.code == 0, ran.err
    assert "agreed_by: mia" in last(made).lines[-1]
    for who, tier in (("raj", "plain"), ("mia", "gold"), ("dev", "silver")):
        ran = at_desk(made, "change", "7qhd", "tier", tier, "--why", "x", "--by", who)
        assert ran.code == 0, ran.err


def test_a_meeting_that_is_put_off_on_its_day_moves_its_mark(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW + WRITTEN})
    words = ("change", "7qhd", "meeting", "2026-12-17", "--why", "Lena is ill", "--yes")
    ran = at_desk(made, *words, today="2026-12-15T09:00Z")
    assert "met: Thu 17 Dec 2026, before it was Tue 15 Dec 2026" in ran.out, ran
    assert "+  - {id: met, mark: The meeting, after: [], rule: meeting, due: 2026-12-17}" in (
        last(made).lines
    )
    ran = at_desk(
        made, *("move", "7qhd", "met", "2026-12-18"), "--why", "x", "--by", "mia",
        today="2026-12-17T09:00Z",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "error" not in at_desk(made, "check", today="2026-12-17T09:00Z").out


def test_a_role_that_no_step_is_done_by_alone_is_said(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW + WRITTEN})
    ran = at_desk(made, "assign", "7qhd", "reader", "lena")
    assert "no step changes hands by that" in ran.out
    ran = at_desk(made, "assign", "7qhd", "lawyer", "lena")
    assert "no step changes hands" not in ran.out


def test_a_date_is_done_by_nobody_and_can_be_put_off(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    ran = at_desk(made, "done", "7qhd", "met")
    assert ran.err.splitlines() == [
        "nextstep: met is a date, and nobody does it",
        "  nextstep move 7qhd met DATE --why TEXT puts it off",
    ]
