"""`nextstep done` on a commitment: how it went, what came of it, what is next, in one commit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.commands import Ran, run
from tests.recording import commits, last, team
from tests.repositories import Made

REPORT = """\
what: Send Globex the usage report   # with the outage

who: dev
with: [lena]
outcome: Globex agrees the credit before the review

due: 2026-11-20

part_of: globex-growth
log:
  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}
"""
PATH = "commitments/2026/11/globex-usage-report-k3f9.yaml"
OTHERS = {
    "commitments/2026/11/compare-logs-v8hc.yaml": "what: Compare the logs\nwho: raj\n"
    "outcome: We know\ndue: 2026-11-27\n",
    "commitments/2026/11/second-site-5ezd.yaml": "what: Show the second site\nwho: raj\n"
    "outcome: They decide\ndue: 2026-11-27\n"
    "log:\n  - {at: 2026-11-12T15:10Z, by: dev, event: proposed}\n",
    "commitments/2026/11/first-call-2mmx.yaml": "what: Call them first\nwho: dev\n"
    "outcome: They know us\ndue: 2026-11-20\n"
    "log:\n  - {at: 2026-11-20T15:10Z, by: dev, event: closed, result: kept, outcome: they do}\n",
    "commitments/2026/11/training-b7yq.yaml": "what: Write the training\nwho: dev\n"
    "outcome: It is found\ndue: 2026-11-27\n"
    "log:\n  - {at: 2026-11-20T15:10Z, by: dev, event: offered, to: mia}\n",
}
KEPT = ("--kept", "--outcome", "Lena agrees")
WHY = '"finance closes on Thursday"'
AT = "at: 2026-11-23T00:00:00.000Z, by: dev"


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", {PATH: REPORT, **OTHERS})


def done(ledger: Made, *words: str) -> Ran:
    return run("done", *words, cwd=ledger.path)


def test_a_kept_promise_is_one_line_in_its_file_and_one_commit(ledger: Made) -> None:
    ran = done(ledger, "k3f9", *KEPT, "--nothing-further", "support goes on")
    assert (ran.code, ran.err) == (0, "")
    assert (ledger.path / PATH).read_text() == REPORT + (
        f"  - {{{AT}, event: closed, result: kept, "
        'outcome: "Lena agrees", nothing_further: "support goes on"}\n'
    )
    commit = last(ledger)
    assert commit.subject == "Close as kept: Send Globex the usage report"
    assert commit.trailers == ("Nextstep: closed globex-usage-report-k3f9",)
    assert (commit.author, commit.paths) == ("dev@example.org", (PATH,))
    said = ran.out.splitlines()
    assert said[0] == "Closed as kept, 1 working day late."
    assert said[1].endswith("nextstep undo k3f9")
    assert run("check", "--fail-on", "warning", PATH, cwd=ledger.path).code == 0


def test_what_is_next_is_a_file_of_its_own_in_the_same_commit(ledger: Made) -> None:
    ran = done(
        ledger,
        *("k3f9", "--partly", "--outcome", "she disputes two hours"),
        *("--next", "Raj and Lena compare logs, so that we agree  @raj  wed"),
    )
    assert ran.code == 0, ran.err
    commit = last(ledger)
    new = next(path for path in commit.paths if path != PATH)
    id_ = new.rpartition("/")[2].removesuffix(".yaml")
    assert (ledger.path / new).read_text() == (
        "what: Raj and Lena compare logs\n"
        "\n"
        "who: raj\n"
        "with: [dev, lena]\n"
        "outcome: we agree\n"
        "\n"
        "due: 2026-11-25\n"
        "\n"
        "part_of: globex-growth\n"
        "follows: globex-usage-report-k3f9\n"
        "\n"
        "log:\n"
        f"  - {{{AT}, event: proposed}}\n"
    )
    assert f"next: {id_}," in (ledger.path / PATH).read_text()
    assert commit.trailers == (
        "Nextstep: closed globex-usage-report-k3f9",
        f"Nextstep: proposed {id_}",
    )
    said = ran.out.splitlines()
    assert said[0] == "Closed as partly kept, 1 working day late."
    assert said[1] == f"Next is {id_[-4:]}: Raj and Lena compare logs"
    assert "raj, with dev, lena · due Wed 25 Nov 2026, in 2 days" in said[2]
    assert said[3] == "Proposed until raj agrees."


def test_flags_say_who_has_what_is_next_and_by_when(ledger: Made) -> None:
    words = ("--next", "Compare the logs", "--next-who", "raj", "--next-due", "2026-11-30")
    assert done(ledger, "k3f9", *KEPT, *words).code == 0
    added = [line for line in last(ledger).lines if line.startswith(("+who", "+due"))]
    assert added == ["+who: raj", "+due: 2026-11-30"]


@pytest.mark.parametrize("flags", [(), ("--next-due", "2026-11-30"), ("--next-who", "raj")])
def test_everybody_whom_a_next_step_names_takes_part_in_it(
    ledger: Made, flags: tuple[str, ...]
) -> None:
    ran = done(ledger, "k3f9", *KEPT, "--next", "Compare the logs @raj @mia wed", *flags)
    assert ran.code == 0, ran.err
    lines = last(ledger).lines
    assert {"+who: raj", "+with: [dev, lena, mia]"} <= set(lines)


def test_what_i_do_next_myself_is_agreed_with_the_same_people(ledger: Made) -> None:
    assert done(ledger, "k3f9", *KEPT, "--next", "Write the credit note fri").code == 0
    lines = last(ledger).lines
    assert "+who: dev" in lines
    assert "+with: [lena]" in lines
    assert f"+  - {{{AT}, event: agreed}}" in lines


def test_what_is_next_and_has_no_date_says_how_it_gets_one(ledger: Made) -> None:
    ran = done(ledger, "k3f9", *KEPT, "--next", "Write the credit note")
    assert re.search(r"^dev, with lena · no date agreed$", ran.out, re.MULTILINE)
    assert re.search(r"^nextstep move [0-9a-z]{4} DATE gives it a date\.$", ran.out, re.MULTILINE)


def test_what_is_next_may_be_there_already(ledger: Made) -> None:
    ran = done(ledger, "k3f9", *KEPT, "--next", "v8hc")
    assert ran.code == 0, ran.err
    assert last(ledger).paths == (PATH,)
    assert "next: compare-logs-v8hc," in (ledger.path / PATH).read_text()
    assert 'Next is compare-logs-v8hc: "Compare the logs".' in ran.out


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("nothing", "type nothing, because ..."),
        ("k3f9", "`k3f9` is this one"),
        ("zzzz", "`zzzz` is no id of this ledger"),
        ("2mmx", "`2mmx` is closed already"),
        ("Compare the logs @raj may", "end with the person and the date, such as @raj wed"),
    ],
)
def test_what_is_next_is_refused_in_words_where_it_is_unclear(
    ledger: Made, typed: str, says: str
) -> None:
    ran = done(ledger, "k3f9", *KEPT, "--next", typed)
    assert ran.code == 2
    assert says in ran.err
    assert commits(ledger) == 1


def test_nothing_with_its_reason_is_an_answer_to_what_is_next(ledger: Made) -> None:
    words = ("--next", "Nothing further, because support goes on")
    assert done(ledger, "k3f9", *KEPT, *words).code == 0
    assert 'nothing_further: "support goes on"' in (ledger.path / PATH).read_text()


def test_not_yet_moves_the_date(ledger: Made) -> None:
    ran = done(ledger, "k3f9", "--not-yet", "fri", "--why", "finance closes on Thursday")
    assert ran.code == 0, ran.err
    assert last(ledger).lines == (
        "-due: 2026-11-20",
        "+due: 2026-11-27",
        f"+  - {{{AT}, event: moved, from: 2026-11-20, to: 2026-11-27, why: {WHY}}}",
    )


def test_help_needed_says_what_is_in_the_way_and_who_could_help(ledger: Made) -> None:
    ran = done(ledger, "k3f9", "--help-needed", "--why", "The log is gone", "--on", "raj")
    assert ran.code == 0, ran.err
    assert last(ledger).lines == (
        f'+  - {{{AT}, event: blocked, on: raj, why: "The log is gone"}}',
    )
    assert "is blocked: The log is gone. Help from raj." in " ".join(ran.out.split())


def test_dropped_needs_a_reason_alone(ledger: Made) -> None:
    assert done(ledger, "k3f9", "--dropped").err.splitlines()[1].strip() == "add --why TEXT"
    assert done(ledger, "k3f9", "--dropped", "--why", "Globex has left").code == 0
    assert last(ledger).lines == (
        f'+  - {{{AT}, event: closed, result: dropped, why: "Globex has left"}}',
    )


def test_later_says_that_it_is_done_and_keeps_the_question_open(ledger: Made) -> None:
    ran = done(ledger, "k3f9", "--later", "--proof", "mail of 23 November")
    assert ran.code == 0, ran.err
    assert last(ledger).lines == (f"+  - {{{AT}, event: done, proof: mail of 23 November}}",)
    assert "k3f9" in run("due", "--all", cwd=ledger.path).out
    again = done(ledger, "k3f9", "--later")
    assert again.code == 2
    assert "k3f9 is done already, since Mon 23 Nov" in again.err
    assert done(ledger, "k3f9", *KEPT, "--nothing-further", "support goes on").code == 0


def test_what_was_learned_and_might_change_is_kept(ledger: Made) -> None:
    words = ("--learned", "ask for the log first", "--change", "book legal earlier")
    assert done(ledger, "k3f9", *KEPT, *words, "--nothing-further", "all said").code == 0
    assert 'learned: "ask for the log first", change: "book legal earlier"' in (
        ledger.path / PATH
    ).read_text().replace("\n", " ")


def test_who_comes_second_is_told_who_was_first_and_keeps_the_words(ledger: Made) -> None:
    done(ledger, "k3f9", *KEPT, "--nothing-further", "support goes on")
    second = ("k3f9", "--missed", "--outcome", "she never got it", "--nothing-further", "too late")
    ran = done(ledger, *second)
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "nextstep: k3f9 is closed already, by dev on Mon 23 Nov as kept: Lena agrees",
        "  nextstep note k3f9 'she never got it / too late'",
    ]
    assert commits(ledger) == 2
    assert done(ledger, *second, "--or-note").code == 0
    (line,) = last(ledger).lines
    assert line.endswith('event: noted, text: "she never got it / too late"}')


def test_nothing_that_was_typed_is_lost_where_it_is_closed_already(ledger: Made) -> None:
    done(ledger, "k3f9", *KEPT, "--nothing-further", "support goes on")
    said = ("--outcome", "she never got it", "--learned", "send it twice", "--change", "ask first")
    second = ("k3f9", "--missed", *said, "--next", "Send it again so that she has it @raj fri")
    ran = done(ledger, *second)
    assert ran.err.splitlines()[1] == (
        "  nextstep note k3f9 'she never got it / Send it again so that she has it @raj fri / "
        "send it twice / ask first'"
    )
    assert done(ledger, *second, "--or-note").code == 0
    (line,) = last(ledger).lines
    assert line.endswith(
        '"she never got it / Send it again so that she has it @raj 2026-11-27 / '
        'send it twice / ask first"}'
    )
    other = done(ledger, "k3f9", "--not-yet", "fri", "--why", "nobody is there")
    assert other.err.splitlines()[1] == "  nextstep note k3f9 'fri / nobody is there'"


def test_a_promise_of_somebody_else_is_closed_in_their_name_alone(ledger: Made) -> None:
    words = ("v8hc", "--kept", "--outcome", "they agree", "--nothing-further", "said")
    ran = done(ledger, *words)
    assert ran.code == 2
    assert "raj has v8hc, and it is dev who says that it is done" in ran.err
    assert "--by raj" in ran.err
    assert done(ledger, *words, "--by", "raj").code == 0
    (line,) = [one for one in last(ledger).lines if "closed" in one]
    assert "by: raj, event: closed, recorded_by: dev" in line


def test_what_is_not_agreed_or_offered_away_is_not_closed(ledger: Made) -> None:
    proposed, offered = done(ledger, "5ezd", *KEPT), done(ledger, "b7yq", *KEPT)
    assert proposed.code == offered.code == 2
    assert proposed.err.splitlines()[1].strip() == "nextstep agree 5ezd"
    assert "b7yq is offered to mia, who has not answered yet" in offered.err
    assert "nextstep return b7yq" in offered.err


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "--kept, --partly or --missed, --not-yet DATE, --help-needed, --dropped or --later"),
        (("--kept",), "--outcome TEXT, --next TEXT, or --nothing-further WHY"),
        (("--not-yet", "fri"), "--why TEXT"),
        (("--help-needed",), "--why TEXT"),
    ],
)
def test_without_a_terminal_the_missing_flags_are_named(
    ledger: Made, words: tuple[str, ...], missing: str
) -> None:
    ran = done(ledger, "k3f9", *words)
    assert ran.code == 2
    assert ran.err.splitlines()[1].strip() == f"add {missing}"


def test_two_ends_at_once_are_refused(ledger: Made) -> None:
    ran = done(ledger, "k3f9", "--kept", "--missed")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "nextstep: --kept and --missed say two things",
    )


def test_json_says_what_was_closed_and_what_is_new(ledger: Made) -> None:
    ran = done(ledger, "k3f9", *KEPT, "--next", "Write the note fri", "--json")
    answer = json.loads(ran.out)
    (changed,) = answer["changed"]
    (event,) = changed["events"]
    assert answer["schema"] == "nextstep.recorded/1"
    assert (changed["id"], event["result"]) == ("globex-usage-report-k3f9", "kept")
    assert event["next"] == [answer["new"][0]["id"]]
    assert answer["commit"] == ledger.git("rev-parse", "HEAD")


def test_dry_run_prints_the_diff_and_changes_nothing(ledger: Made) -> None:
    ran = done(ledger, "k3f9", *KEPT, "--nothing-further", "said", "--dry-run")
    assert re.search(r"^\+  - \{.*event: closed", ran.out, re.MULTILINE)
    assert ran.out.endswith("Nothing was changed.\n")
    assert (ledger.path / PATH).read_text() == REPORT
    assert commits(ledger) == 1


def test_a_dry_run_tells_beside_its_diff_what_it_would_come_to(ledger: Made) -> None:
    ran = done(ledger, "k3f9", "--not-yet", "thu", "--why", "she is away", "--dry-run")
    assert ran.out.startswith(f"--- a/{PATH}\n")
    assert ran.out.endswith("\nNothing was changed.\n")
    told = " ".join(ran.err.split())
    assert "is due Thu 26 Nov 2026, in 3 days" in told
    assert "Thu 26 Nov is a day on which nobody works." in told
    assert max(map(len, ran.err.splitlines())) <= 80
    assert commits(ledger) == 1
