"""`nextstep undo`: what was recorded no longer counts, and no line is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.review_run import COMMITMENT, OFFER, PATH, REPORT, REVIEW, WRITTEN, at_desk
from tests.conversation import Conversation
from tests.recording import commits, last, team
from tests.repositories import Made

PROCESS = "processes/review.yaml"
MONDAY, TUESDAY = "2026-11-23T09:00Z", "2026-11-24T09:00Z"
BEGUN = "2026-11-09T10:00:00.000Z"
WHY = f"log:\n  - {{at: {BEGUN}, by: mia, event: noted, text: they meet us then}}\n"
SAID_NO = (
    OFFER
    + """\
  - {at: 2026-11-13T10:00Z, by: mia, event: accepted, step: facts}
  - {at: 2026-11-16T10:00Z, by: raj, event: returned, step: approve, why: no}
"""
)


def moved(made: Made, day: str, today: str) -> None:
    """Move the report as dev."""
    assert at_desk(made, "move", "k3f9", day, "--why", "later", today=today).code == 0


def test_a_move_is_taken_back_and_its_lines_stay(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    ran = at_desk(made, "undo", "k3f9", today=TUESDAY)
    assert ran.code == 0, ran.err
    assert "Taken back: Move to Fri 27 Nov: Send Globex the usage report (dev, Mon" in ran.out
    assert "  due: Fri 20 Nov 2026" in ran.out
    done = last(made)
    assert done.subject == "Take back: Move to Fri 27 Nov: Send Globex the usage report"
    assert done.trailers == ("Nextstep: undone report-k3f9",)
    assert done.lines == (
        "-due: 2026-11-27",
        "+due: 2026-11-20",
        "+  - {at: 2026-11-24T09:00:00.000Z, by: dev, event: undone, of: 2026-11-23T09:00:00.000Z}",
    )
    assert "error" not in at_desk(made, "check").out


def test_an_undo_is_taken_back_in_the_same_way(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    at_desk(made, "undo", "k3f9", today=TUESDAY)
    ran = at_desk(made, "undo", "k3f9", today="2026-11-25T09:00Z")
    assert "Counts again: Move to Fri 27 Nov" in ran.out
    assert last(made).subject.startswith("Count again: Move to Fri 27 Nov: Send")
    assert last(made).lines[:2] == ("-due: 2026-11-20", "+due: 2026-11-27")
    ran = at_desk(made, "undo", "k3f9", today="2026-11-26T09:00Z")
    assert "Taken back: Move to Fri 27 Nov" in ran.out
    assert "due: 2026-11-20" in (made.path / REPORT).read_text()
    assert "error" not in at_desk(made, "check", today="2026-11-26T09:00Z").out


def test_of_two_moves_the_later_one_is_taken_back_first(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    moved(made, "2026-11-30", TUESDAY)
    wednesday = "2026-11-25T09:00Z"
    ran = at_desk(made, "undo", "k3f9", "--at", MONDAY, today=wednesday)
    assert ran.code == 2
    assert "the date was moved again since, by dev" in ran.err
    assert "--at 2026-11-24T09:00:00.000Z" in ran.err
    for day in ("2026-11-27", "2026-11-20"):
        assert (
            at_desk(made, "undo", "k3f9", "--at", TUESDAY if day[-1] == "7" else MONDAY).code == 0
        )
        assert f"due: {day}" in (made.path / REPORT).read_text()
    assert "error" not in at_desk(made, "check", today=wednesday).out


def test_a_change_goes_with_all_the_dates_that_followed(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    words = ("change", "7qhd", "meeting", "2026-12-17", "--why", "x", "--yes")
    assert at_desk(made, *words).code == 0
    ran = at_desk(made, "undo", "7qhd", today=TUESDAY)
    text = (made.path / PATH).read_text()
    assert text.partition("log:")[0].rstrip() == REVIEW.rstrip()
    assert len(last(made).trailers) == 4
    assert "  promise_due: Fri 11 Dec 2026" in ran.out
    assert "error" not in at_desk(made, "check", today=TUESDAY).out
    assert at_desk(made, "undo", "7qhd", today="2026-11-25T09:00Z").code == 0
    assert "meeting: 2026-12-17" in (made.path / PATH).read_text()
    assert "error" not in at_desk(made, "check", today="2026-11-25T09:00Z").out


def test_a_role_goes_back_with_its_steps(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    at_desk(made, "assign", "7qhd", "lawyer", "lena")
    at_desk(made, "assign", "7qhd", "writer", "raj", today=TUESDAY)
    for at in (TUESDAY, MONDAY):
        words = ("undo", "7qhd", "--at", at)
        assert at_desk(made, *words, today="2026-11-25T09:00Z").code == 0
    text = (made.path / PATH).read_text()
    assert text.partition("log:")[0].rstrip() == REVIEW.rstrip()


def test_what_was_taken_over_goes_back_to_the_giver(tmp_path: Path) -> None:
    accepted = (
        COMMITMENT.replace("who: dev", "who: mia").replace("[lena]", "[lena, dev]")
        + "  - {at: 2026-11-16T10:00Z, by: dev, event: offered, to: mia}\n"
        + "  - {at: 2026-11-17T10:00Z, by: mia, event: accepted}\n"
    )
    made = team(tmp_path / "acme", {REPORT: accepted})
    ran = at_desk(made, "undo", "k3f9")
    assert (ran.code, "by mia (Tue 17 Nov), not yours" in ran.err) == (2, True)
    ran = at_desk(made, "undo", "k3f9", "--at", "2026-11-17T10:00Z", "--why", "too early")
    assert ran.code == 0, ran.err
    assert last(made).lines[:4] == ("-who: mia", "-with: [lena, dev]", "+who: dev", "+with: [lena]")
    at_desk(made, "undo", "k3f9", today=TUESDAY)
    assert "who: mia" in (made.path / REPORT).read_text()
    assert "with: [lena, dev]" in (made.path / REPORT).read_text()


def test_a_promise_of_a_step_that_was_passed_on_goes_back(tmp_path: Path) -> None:
    taken = (
        "log:\n"
        "  - {at: 2026-11-12T10:00Z, by: dev, event: offered, step: deliver, to: raj, duty: true}\n"
        "  - {at: 2026-11-12T11:00Z, by: raj, event: accepted, step: deliver, duty: true}\n"
    )
    head, _, tail = REVIEW.rpartition("who: dev")
    made = team(tmp_path / "acme", {PATH: f"{head}who: raj{tail}{taken}"})
    assert at_desk(made, "undo", "7qhd", "--by", "raj").code == 0
    text = (made.path / PATH).read_text()
    assert text.partition("log:")[0].rstrip() == REVIEW.rstrip()
    assert "error" not in at_desk(made, "check").out


def test_dates_that_became_known_by_it_are_not_known_any_more(tmp_path: Path) -> None:
    known = REVIEW.replace("rule: 3bd after facts", "rule: 3bd after facts\n    due: 2026-11-18")
    log = OFFER + "  - {at: 2026-11-13T10:00Z, by: mia, event: accepted, step: facts}\n"
    made = team(tmp_path / "acme", {PATH: known + log})
    assert at_desk(made, "undo", "7qhd", "--by", "mia").code == 0
    assert last(made).lines[0] == "-    due: 2026-11-18"
    assert "error" not in at_desk(made, "check").out


def test_what_others_built_on_is_taken_back_by_the_owner_alone(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW.replace("owner: mia", "owner: raj") + WRITTEN})
    words = ("undo", "7qhd", "--at", "2026-11-13T10:00Z")
    ran = at_desk(made, *words, "--by", "mia")
    assert (ran.code, "only raj may take it back" in ran.err) == (2, True)
    assert at_desk(made, *words, "--by", "raj").code == 0


def test_what_later_events_hang_on_is_not_taken_back(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW + WRITTEN})
    ran = at_desk(made, "undo", "7qhd", "--at", "2026-11-12T10:00Z")
    assert ran.code == 2
    assert "`accepted` by mia (Fri 13 Nov) came after it and hangs on it" in ran.err
    assert commits(made) == 1


def test_an_add_that_is_taken_back_is_closed_as_entered_by_mistake(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "undo", "k3f9")
    assert "is closed as dropped: entered by mistake." in ran.out
    assert (
        last(made).lines[-1].endswith('event: closed, result: dropped, why: "entered by mistake"}')
    )
    ran = at_desk(made, "undo", "k3f9", today=TUESDAY)
    assert "Counts again" not in ran.out
    assert "Taken back: Close as dropped" in ran.out
    assert "· open" in at_desk(made, "show", "k3f9", today=TUESDAY).out


def test_a_promise_that_was_there_before_it_was_agreed_stays(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT.partition("log:")[0]})
    assert at_desk(made, "agree", "k3f9", "--by", "dev").code == 0
    ran = at_desk(made, "undo", "k3f9", today=TUESDAY)
    assert "Taken back:" in ran.out, ran
    assert [line for line in last(made).lines if "closed" in line] == []
    assert at_desk(made, "done", "k3f9", "--later", today=TUESDAY).code == 0
    assert "error" not in at_desk(made, "check", today=TUESDAY).out


def test_what_came_of_a_closed_promise_stays_and_is_named(tmp_path: Path) -> None:
    closed = (
        "  - {at: 2026-11-20T10:00Z, by: dev, event: closed, result: kept, next: [logs-v8hc], "
        'outcome: "it went"}\n'
    )
    logs = "what: Compare logs\n\nwho: raj\n\ndue: 2026-11-30\n\nfollows: report-k3f9\n"
    files = {REPORT: COMMITMENT + closed, "commitments/2026/11/logs-v8hc.yaml": logs}
    made = team(tmp_path / "acme", files)
    ran = at_desk(made, "undo", "k3f9")
    assert "logs-v8hc, which came of it, stays: nextstep drop logs-v8hc" in ran.out
    assert last(made).paths == (REPORT,)
    assert "open" in at_desk(made, "show", "k3f9").out


def test_the_list_says_of_an_undo_that_was_taken_back_that_it_counts_again(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    for head in ("taken back: ", "counts again: ", "taken back: "):
        assert at_desk(made, "undo", "k3f9", today=TUESDAY).code == 0
        listed = at_desk(made, "undo", "k3f9", "--list", today=TUESDAY).out
        assert f"Z  {head}Move to Fri 27 Nov" in listed.splitlines()[0]


def test_for_somebody_else_it_is_what_they_did_and_not_who_types(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT, PATH: REVIEW})
    at_desk(made, "note", "7qhd", "read it", "--by", "raj")
    at_desk(made, "note", "k3f9", "Lena called", today=TUESDAY)
    later = "2026-11-25T09:00Z"
    refused = at_desk(made, "undo", "k3f9", "--by", "raj", today=later)
    assert (refused.code, "by dev (Tue 24 Nov), not by raj" in refused.err) == (2, True)
    assert at_desk(made, "undo", "--by", "raj", "--yes", today=later).code == 0
    assert last(made).paths == (PATH,)
    refused = at_desk(made, "undo", "--by", "mia", "--yes", today=later)
    assert (refused.code, "nothing that mia recorded" in refused.err) == (2, True)


def test_two_commands_in_one_minute_are_taken_back_one_by_one(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    at_desk(made, "note", "k3f9", "Lena called")
    moved(made, "2026-11-27", MONDAY)
    at_desk(made, "undo", "k3f9")
    assert last(made).trailers == ("Nextstep: undone report-k3f9",)
    assert "Lena called" in at_desk(made, "show", "k3f9").out


def test_of_two_things_of_one_instant_the_one_of_who_asks_is_taken_back(tmp_path: Path) -> None:
    at = "2026-11-12T15:10Z"
    theirs = f"  - {{at: {at}, by: lena, event: noted, text: fine}}\n"
    made = team(tmp_path / "acme", {REPORT: f"{COMMITMENT}{theirs}"})
    ran = at_desk(made, "undo", "k3f9", "--at", at, "--by", "mia")
    assert (ran.code, "say whose is meant: --by dev, --by lena" in ran.err) == (2, True)
    assert at_desk(made, "undo", "k3f9", "--at", at, "--by", "lena").code == 0
    assert "by: lena, event: noted}" in last(made).lines[-1]
    listed = at_desk(made, "undo", "k3f9", "--list").out
    assert "taken back: Note" in listed.splitlines()[0]


def test_two_things_of_one_person_and_instant_have_no_time_between_them(tmp_path: Path) -> None:
    at = "2026-11-12T15:10Z"
    theirs = f"  - {{at: {at}, by: dev, event: noted, text: fine}}\n"
    made = team(tmp_path / "acme", {REPORT: f"{COMMITMENT}{theirs}"})
    ran = at_desk(made, "undo", "k3f9", "--at", at)
    assert (ran.code, "2 things were recorded in report-k3f9" in ran.err) == (2, True)
    assert "nextstep undo report-k3f9 takes the last one back" in ran.err
    assert at_desk(made, "undo", "k3f9").code == 0
    assert "event: noted}" in last(made).lines[-1]


def test_a_run_without_events_is_dropped(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    assert at_desk(made, "undo", "7qhd", "--by", "mia").code == 0
    assert "result: dropped" in last(made).lines[-1]


@pytest.mark.parametrize("words", [("undo", "7qhd"), ("undo", "--yes"), ("undo", "--at", BEGUN)])
def test_a_run_that_says_why_it_was_started_is_dropped_as_well(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW + WHY})
    ran = at_desk(made, *words, "--by", "mia")
    assert ran.code == 0, ran.err
    assert "is closed as dropped: entered by mistake." in ran.out
    assert last(made).lines[-1].endswith('result: dropped, why: "entered by mistake"}')
    assert at_desk(made, "undo", "7qhd", "--by", "mia", today=TUESDAY).code == 0
    shown = at_desk(made, "show", "7qhd", today=TUESDAY).out
    assert "they meet us then" in shown
    assert "undone since" in shown
    refused = at_desk(made, "undo", "--by", "mia", today=TUESDAY)
    assert "nextstep undo 7qhd, or add --yes" in refused.err


def test_what_began_with_a_run_is_shown_as_its_start(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW + WHY})
    ran = at_desk(made, "undo", "--by", "mia")
    assert (ran.code, "the last thing is Start: Yearly review for Globex" in ran.err) == (2, True)


def test_a_note_of_the_first_day_is_taken_back_alone(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    assert at_desk(made, "note", "7qhd", "called", "--by", "mia", today=BEGUN).code == 0
    ran = at_desk(made, "undo", "7qhd", "--by", "mia", today=TUESDAY)
    assert "Taken back: Note: Yearly review for Globex" in ran.out


def test_without_an_id_the_last_thing_of_mine_is_shown_and_asked_about(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT, PATH: REVIEW + WRITTEN})
    moved(made, "2026-11-27", MONDAY)
    ran = at_desk(made, "undo")
    assert (ran.code, "nextstep undo k3f9, or add --yes" in ran.err) == (2, True)
    with Conversation("undo", cwd=made.path) as talk:
        talk.until("Move to Fri 27 Nov")
        talk.answer("Take it back?", "n")
        assert talk.end()[0] == 3
    with Conversation("undo", cwd=made.path) as talk:
        talk.answer("Take it back?", "")
        assert talk.end()[0] == 0
    assert "due: 2026-11-20" in (made.path / REPORT).read_text()
    with Conversation("undo", cwd=made.path) as talk:
        talk.answer("It was taken back. Let it count again?", "n")
        assert talk.end()[0] == 3


def test_what_is_asked_about_and_what_is_refused_fits_the_terminal(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    narrow = {"COLUMNS": "60"}
    with Conversation("undo", cwd=made.path, env=narrow) as talk:
        talk.answer("Take it back?", "n")
        assert talk.end()[0] == 3
    assert max(map(len, talk.seen.splitlines())) <= 60
    late = REVIEW.replace("Yearly review", "The yearly review of all that was agreed")
    made.commit({PATH: late.replace("started: 2026-11-09", "started: 2026-11-23")})
    with Conversation("undo", cwd=made.path, env=narrow) as talk:
        assert talk.end()[0] == 2
    assert "nextstep undo 7qhd" in talk.seen
    assert max(map(len, talk.seen.splitlines())) <= 60


def test_a_date_that_was_changed_by_hand_since_is_not_guessed(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    text = (made.path / REPORT).read_text()
    made.commit({REPORT: text.replace("due: 2026-11-27", "due: 2026-12-01")})
    ran = at_desk(made, "undo", "k3f9", today=TUESDAY)
    assert ran.code == 2
    assert "the date is `2026-12-01`, and the last event about it says `2026-11-27`" in ran.err


def test_an_instant_that_names_nothing_is_refused_with_those_there_are(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    ran = at_desk(made, "undo", "k3f9", "--at", "2026-11-12T15:11Z")
    assert (ran.code, "2026-11-12T15:10:00.000Z" in ran.err) == (2, True)
    ran = at_desk(made, "undo", "--at", "2026-11-12T15:11Z")
    assert "nothing that counts was recorded at that time" in ran.err
    assert "nextstep undo ID --list has the times" in ran.err


def test_what_was_taken_back_is_told_as_json(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    told = json.loads(at_desk(made, "undo", "k3f9", "--json", today=TUESDAY).out)
    (event,) = told["changed"][0]["events"]
    assert (event["event"], event["of"]) == ("undone", "2026-11-23T09:00:00.000Z")


def test_without_an_id_all_that_one_command_recorded_goes_back(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    closing = (
        "--kept",
        "--outcome",
        "she said yes",
        "--next",
        "Write it down",
        "--next-due",
        "fri",
    )
    assert at_desk(made, "done", "k3f9", *closing).code == 0
    ran = at_desk(made, "undo", "--yes")
    assert ran.code == 0, ran.err
    assert len(last(made).paths) == 2
    assert "stays as it is" not in ran.out
    assert "open" in at_desk(made, "show", "k3f9").out
    assert "1 needs you" in at_desk(made, "due", "--format", "text").out
    again = at_desk(made, "undo", "--yes")
    assert again.code == 0, again.err
    assert "closed as kept" in at_desk(made, "show", "k3f9").out


def test_an_offer_goes_back_with_the_ticks_that_it_brought(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    assert at_desk(made, "offer", "7qhd", "facts", "--all-there").code == 0
    ran = at_desk(made, "undo", "7qhd", today=TUESDAY)
    assert "Taken back: Offer to Mia Lund: Collect the figures" in ran.out
    assert len(last(made).trailers) == 3, "the offer and two ticks"
    assert "· ready" in at_desk(made, "show", "7qhd", "facts", today=TUESDAY).out
    ran = at_desk(made, "undo", "7qhd", today="2026-11-25T09:00Z")
    assert "Counts again: Offer to Mia Lund: Collect the figures" in ran.out


def test_a_meeting_is_taken_back_as_one(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    with Conversation("add", "--meeting", "Review", "--with", "mia", cwd=made.path) as talk:
        for line in ("Call Lena @dev fri", "Ask raj @dev fri"):
            talk.answer("Next step?", line)
            talk.answer("So that?", "we know")
        talk.answer("Next step?", "")
        assert talk.end()[0] == 0
    met = last(made).paths
    assert len(met) == 2
    assert at_desk(made, "undo", "--yes", today=TUESDAY).code == 0
    assert last(made).paths == met


def test_without_an_id_a_run_that_was_started_is_not_passed_over(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    made.commit({PATH: REVIEW.replace("started: 2026-11-09", "started: 2026-11-23")})
    ran = at_desk(made, "undo", "--yes", today=TUESDAY)
    assert ran.code == 2
    assert "Yearly review for Globex was started since, or on the same day" in ran.err
    assert "  name one:\n  nextstep undo 7qhd\n  nextstep undo k3f9\n" in ran.err
    assert "due: 2026-11-27" in (made.path / REPORT).read_text()


def test_what_can_be_taken_back_is_listed_with_the_times_that_name_it(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT})
    moved(made, "2026-11-27", MONDAY)
    moved(made, "2026-11-30", TUESDAY)
    assert at_desk(made, "undo", "k3f9", today="2026-11-25T09:00Z").code == 0
    ran = at_desk(made, "undo", "k3f9", "--list", today="2026-11-26T09:00Z")
    assert ran.out.splitlines() == [
        "2026-11-25T09:00:00.000Z  taken back: Move to Mon 30 Nov: Send Globex the usage",
        "                          report (dev, Wed 25 Nov)",
        "2026-11-23T09:00:00.000Z  Move to Fri 27 Nov: Send Globex the usage report (dev,",
        "                          Mon 23 Nov)",
        "2026-11-12T15:10:00.000Z  Agree: Send Globex the usage report (dev, Thu 12 Nov)",
        "",
        "nextstep undo k3f9 --at TIME takes one of them back.",
    ]
    at = ran.out.splitlines()[2].split()[0]
    ran = at_desk(made, "undo", "k3f9", "--at", at, today="2026-11-26T09:00Z")
    assert ran.code == 0, ran.err
    assert "due: 2026-11-20" in (made.path / REPORT).read_text()


def test_times_are_listed_of_one_record_and_for_people(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {REPORT: COMMITMENT, PATH: REVIEW})
    ran = at_desk(made, "undo", "--list")
    assert (ran.code, "nextstep undo ID --list" in ran.err) == (2, True)
    ran = at_desk(made, "undo", "k3f9", "--list", "--json")
    assert (ran.code, "nextstep show k3f9 --format json" in ran.err) == (2, True)
    assert at_desk(made, "undo", "7qhd", "--list").out == (
        "Nothing is recorded since its start: nextstep undo 7qhd closes it as dropped.\n"
    )
    ran = at_desk(made, "undo", "k3f9", "--at", "2020-01-01T09:00Z")
    assert "nextstep undo report-k3f9 --list has all" in ran.err


def test_an_offer_stays_while_the_answer_to_it_would_say_something_else(tmp_path: Path) -> None:
    withdrawn = OFFER + "  - {at: 2026-11-13T10:00Z, by: dev, event: returned, step: facts}\n"
    made = team(tmp_path / "acme", {PATH: REVIEW + withdrawn})
    ran = at_desk(made, "undo", "7qhd", "--at", "2026-11-12T10:00Z")
    assert ran.code == 2
    assert "`returned` by dev (Fri 13 Nov) came after it and hangs on it" in ran.err
    assert commits(made) == 1


def test_a_date_is_that_of_its_rule_now_when_its_move_is_taken_back(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    words = ("7qhd", "meeting", "2026-12-17", "--why", "she is away", "--yes")
    at_desk(made, "move", "7qhd", "deliver", "2026-12-09", "--why", "early", today=MONDAY)
    assert at_desk(made, "change", *words, today=TUESDAY).code == 0
    ran = at_desk(made, "undo", "7qhd", "--at", MONDAY, today="2026-11-25T09:00Z")
    assert ran.code == 0, ran.err
    assert last(made).lines[:2] == ("-    due: 2026-12-09", "+    due: 2026-12-15")
    assert at_desk(made, "undo", "7qhd", today="2026-11-26T09:00Z").code == 0
    assert last(made).lines[:2] == ("-    due: 2026-12-15", "+    due: 2026-12-09")
    assert "error" not in at_desk(made, "check", today="2026-11-26T09:00Z").out


def test_a_no_that_counts_again_leaves_the_dates_as_it_did_at_first(tmp_path: Path) -> None:
    known = REVIEW.replace("rule: 3bd after facts", "rule: 3bd after facts\n    due: 2026-11-18")
    made = team(
        tmp_path / "acme", {PATH: known.replace("after: [write]", "after: [facts]") + SAID_NO}
    )
    before = (made.path / PATH).read_text()
    assert at_desk(made, "undo", "7qhd", "--by", "raj", today=MONDAY).code == 0
    assert at_desk(made, "undo", "7qhd", "--by", "raj", today=TUESDAY).code == 0
    assert (made.path / PATH).read_text().partition("log:")[0] == before.partition("log:")[0]


def test_work_that_counts_as_accepted_again_stays_with_who_did_it(tmp_path: Path) -> None:
    log = (
        "log:\n"
        "  - {at: 2026-11-12T09:00Z, by: dev, event: offered, step: facts, to: raj, duty: true}\n"
        "  - {at: 2026-11-12T10:00Z, by: dev, event: returned, step: facts}\n"
        "  - {at: 2026-11-12T11:00Z, by: dev, event: offered, step: facts}\n"
        "  - {at: 2026-11-13T10:00Z, by: mia, event: accepted, step: facts}\n"
    )
    made = team(tmp_path / "acme", {PATH: REVIEW + log})
    assert at_desk(made, "undo", "7qhd", "--by", "mia", today=MONDAY).code == 0
    assert at_desk(made, "undo", "7qhd", "--by", "mia", today=TUESDAY).code == 0
    assert all(line.startswith("+") for line in last(made).lines)
    assert "who: mia" not in (made.path / PATH).read_text()


def test_a_step_that_its_owner_passed_on_goes_back_to_who_had_it(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW.replace("    role: writer\n", "")})
    at_desk(made, "move", "7qhd", "deliver", "2026-12-10", "--why", "early", today=MONDAY)
    offer = ("offer", "7qhd", "deliver", "--duty", "--to", "raj", "--by", "mia")
    assert at_desk(made, *offer, today=TUESDAY).code == 0
    ran = at_desk(made, "accept", "7qhd", "deliver", "--by", "raj", today="2026-11-25T09:00Z")
    assert ran.code == 0, ran.err
    assert "from: dev" in last(made).lines[-1]
    assert "error" not in at_desk(made, "check", today="2026-11-25T10:00Z").out
    ran = at_desk(made, "undo", "7qhd", "--by", "raj", today="2026-11-26T09:00Z")
    assert ran.code == 0, ran.err
    assert last(made).lines[:2] == ("-    who: raj", "+    who: dev")
