"""`nextstep ask`: the note that the partner sends, once for each due date."""

from __future__ import annotations

import json
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.commands import Ran, run
from tests.conversation import Conversation
from tests.recording import commits, last, team
from tests.repositories import Made

REPORT = "commitments/2026/11/usage-report-k3f9.yaml"
DRAFT = "commitments/2026/11/budget-draft-9wte.yaml"
RUN = "commitments/2026/11/release-p2mx.yaml"
FILES = {
    REPORT: "what: Send the usage report\n\nwho: raj\nwith: [lena, dev]\n"
    "outcome: Globex agrees the credit\n\ndue: 2026-11-20\n\npartner: dev\n\nlog:\n"
    "  - {at: 2026-11-12T15:10Z, by: raj, event: agreed, how: call}\n"
    "  - {at: 2026-11-17T09:02Z, by: raj, event: moved, from: 2026-11-18, to: 2026-11-20, "
    'agreed_by: lena, why: "finance closes on Thursday"}\n',
    DRAFT: "what: Send the budget draft\nwho: mia\nwith: [dev]\noutcome: Sam can compare\n"
    "due: 2026-11-23\n",
    "commitments/2026/11/venue-7qhd.yaml": "what: Pick the venue\nwho: raj\nwith: [dev]\n"
    "due: 2026-11-20\nlog:\n  - {at: 2026-11-12T15:10Z, by: dev, event: proposed}\n",
    "commitments/2026/11/later-2mmx.yaml": "what: Do it later\nwho: raj\nwith: [dev]\n"
    "due: 2026-11-27\n",
    "commitments/2026/11/mine-c4vn.yaml": "what: Do it\nwho: dev\nwith: [mia]\ndue: 2026-11-20\n",
    "commitments/2026/11/nobody-d5wp.yaml": "what: Do it\ndue: 2026-11-20\n",
    RUN: "title: Release\nfor: Globex\nstarted: 2026-11-16\nowner: dev\nsteps:\n"
    "  - {id: tag, do: Tag it, who: raj, due: 2026-11-19, done_when: There is a tag}\n"
    "  - {id: tell, do: Tell them, who: mia, due: 2026-11-20, done_when: They know, after: tag}\n",
}
NOTE = """\
Raj,

on Thu 12 Nov 2026 you agreed with Lena Ortiz and me, on a call:

  "Send the usage report"
  so that: Globex agrees the credit
  by Fri 20 Nov 2026, moved once from Wed 18 Nov 2026, agreed by Lena Ortiz

How did it go?
What was the outcome?
What is next, because of that?

Devika Rao
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", FILES)


def ask(ledger: Made, *words: str) -> Ran:
    return run("ask", *words, cwd=ledger.path)


def test_the_note_quotes_the_promise_and_asks_the_three_questions(ledger: Made) -> None:
    ran = ask(ledger, "k3f9")
    assert (ran.code, ran.out) == (0, NOTE)
    assert 'Asked raj about "Send the usage report".' in ran.err
    assert "When they answer: nextstep done k3f9 --by raj" in ran.err


def test_that_it_was_asked_is_one_line_in_one_commit(ledger: Made) -> None:
    ask(ledger, "k3f9")
    commit = last(ledger)
    assert commit.paths == (REPORT,)
    assert commit.lines == ("+  - {at: 2026-11-23T00:00:00.000Z, by: dev, event: asked}",)
    assert commit.subject == "Ask how it went: Send the usage report"
    assert commit.trailers == ("Nextstep: asked usage-report-k3f9",)


def test_nobody_is_asked_twice_for_one_date(ledger: Made) -> None:
    ask(ledger, "k3f9")
    again = ask(ledger, "k3f9")
    assert (again.code, again.out) == (3, "")
    assert "raj was asked about k3f9 on Mon 23 Nov, and it is still due Fri 20 Nov" in again.err
    assert "nextstep move k3f9 DATE --why TEXT --agreed-by raj" in again.err
    assert "nextstep drop k3f9 --why TEXT" in again.err
    assert commits(ledger) == 2
    words = ("--by", "raj", "--why", "the figures came late")
    assert run("move", "k3f9", "2026-11-24", *words, cwd=ledger.path).code == 0
    assert run("ask", "k3f9", cwd=ledger.path, today="2026-11-24").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("7qhd",), 2, "7qhd is proposed, and raj has not agreed to it yet"),
        (("2mmx",), 3, "2mmx is due Fri 27 Nov 2026, in 4 days (3 working days): nobody is asked"),
        (("c4vn",), 2, "c4vn is yours\n  nextstep done c4vn"),
        (("d5wp",), 2, "nobody has d5wp"),
        (("p2mx",), 2, "nextstep ask p2mx tag"),
        (("p2mx", "tell"), 2, "p2mx tell cannot be begun yet"),
    ],
)
def test_where_it_is_not_the_time_to_ask_nothing_is_recorded(
    ledger: Made, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = ask(ledger, *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert commits(ledger) == 1


def test_a_step_of_a_run_is_asked_about_by_its_owner(ledger: Made) -> None:
    ran = ask(ledger, "p2mx", "tag")
    assert ran.code == 0, ran.err
    assert "this is yours in Release for Globex." in ran.out
    assert "  done when: There is a tag\n  by Thu 19 Nov 2026\n" in ran.out
    assert last(ledger).lines[-1] == (
        "+  - {at: 2026-11-23T00:00:00.000Z, by: dev, event: asked, step: tag}"
    )
    again = ask(ledger, "p2mx", "tag")
    assert again.code == 3
    assert "nextstep skip p2mx tag --why TEXT" in again.err


def test_of_what_is_done_nobody_is_told_that_it_is_still_due(ledger: Made) -> None:
    ask(ledger, "k3f9")
    assert run("done", "k3f9", "--later", "--by", "raj", cwd=ledger.path).code == 0
    again = ask(ledger, "k3f9")
    assert (again.code, again.out) == (3, "")
    said, hint = again.err.splitlines()
    assert said.endswith("and it is done since Mon 23 Nov; how it went is not said yet")
    assert hint == "  nextstep done k3f9"
    said_so = ("--kept", "--outcome", "It is there", "--nothing-further", "That was all")
    assert run(*hint.split()[1:], *said_so, cwd=ledger.path).code == 0


HANDED = """\
title: Move the office
started: 2026-11-16
owner: mia
steps:
  - {id: keys, do: Hand over the keys, who: raj, due: 2026-11-20, handoff: {to: mia}}
  - {id: read, approve: plan.md, who: [raj], due: 2026-11-20}
"""


def test_the_answer_about_a_step_is_written_as_the_step_stands(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {RUN: HANDED, "plan.md": "The plan\n"})
    first = ask(made, "p2mx", "keys")
    assert "When they answer: nextstep done p2mx keys --by raj" in first.err
    asked = "raj was asked about p2mx keys on Mon 23 Nov, and it is"
    for answer, stands, next_answer in (
        ("done p2mx keys", "done since Mon 23 Nov, and not handed over yet", "offer p2mx keys"),
        ("offer p2mx keys", "offered to mia since Mon 23 Nov", "accept p2mx keys --by mia"),
    ):
        assert run(*answer.split(), "--by", "raj", cwd=made.path).code == 0
        again = ask(made, "p2mx", "keys")
        assert again.code == 3
        assert again.err.startswith(f"nextstep: {asked} {stands}\n  nextstep {next_answer}")
    assert run("accept", "p2mx", "keys", "--by", "mia", cwd=made.path).code == 0


def test_the_answer_about_a_gate_is_a_vote(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {RUN: HANDED, "plan.md": "The plan\n"})
    assert "When they answer: nextstep approve p2mx read --by raj" in ask(made, "p2mx", "read").err
    assert run("approve", "p2mx", "read", "--by", "raj", cwd=made.path).code == 0


def test_a_mail_program_is_opened_with_the_note(ledger: Made) -> None:
    ran = ask(ledger, "k3f9", "--mailto")
    parts = urlsplit(ran.out.strip())
    assert (parts.scheme, parseaddr(parts.path)[1]) == ("mailto", "raj@example.org")
    fields = parse_qs(parts.query)
    assert fields["subject"] == ["How did it go: Send the usage report"]
    assert fields["body"] == [NOTE.replace("\n", "\r\n")]


def test_the_words_of_a_file_add_nothing_to_a_mail_address(tmp_path: Path) -> None:
    hostile = 'what: "X?bcc=eve@example.org&body=hi"\nwho: raj\nwith: [dev]\ndue: 2026-11-20\n'
    ledger = team(tmp_path / "acme", {"commitments/a-k3f9.yaml": hostile})
    ran = ask(ledger, "k3f9", "--mailto")
    assert set(parse_qs(urlsplit(ran.out.strip()).query)) == {"subject", "body"}


def test_the_note_comes_as_json_too(ledger: Made) -> None:
    told = json.loads(ask(ledger, "k3f9", "--json").out)
    assert told["schema"] == "nextstep.ask/1"
    assert told["notes"][0]["text"] == NOTE
    assert told["notes"][0]["mail"] == "raj@example.org"
    assert told["commits"] == [ledger.git("rev-parse", "HEAD")]


def test_a_dry_run_shows_the_note_and_keeps_nothing(ledger: Made) -> None:
    ran = ask(ledger, "k3f9", "--dry-run")
    assert ran.out == NOTE
    assert "Nothing was changed." in ran.err
    assert commits(ledger) == 1


def test_all_that_somebody_follows_up_is_asked_at_once_with_yes(ledger: Made) -> None:
    refused = ask(ledger)
    assert refused.code == 2
    assert "3 are to be asked" in refused.err
    assert "nextstep ask p2mx tag, nextstep ask k3f9, nextstep ask 9wte" in refused.err
    ran = ask(ledger, "--yes")
    assert ran.code == 0, ran.err
    assert [part.partition(",")[0].strip() for part in ran.out.split("---\n")] == [
        *("Raj", "Raj", "Mia")
    ]
    assert last(ledger).subject == "Ask how 3 next steps went"
    assert set(last(ledger).paths) == {REPORT, DRAFT, RUN}
    assert ask(ledger).out == "Nothing that you follow up is due and not asked about yet.\n"


def test_on_a_terminal_they_come_one_at_a_time(ledger: Made) -> None:
    with Conversation("ask", cwd=ledger.path) as talk:
        talk.until("1 of 3: p2mx tag")
        talk.answer("Is it sent?", "s")
        talk.until("2 of 3: k3f9")
        talk.until("What was the outcome?")
        talk.answer("Is it sent?", "")
        talk.until("Recorded in")
        talk.answer("Is it sent?", "q")
        talk.until("Asked 1 time; 2 left to ask.")
        assert talk.end()[0] == 0
    assert commits(ledger) == 2
    assert last(ledger).paths == (REPORT,)


def test_each_answer_on_a_terminal_is_taken_back_by_itself(ledger: Made) -> None:
    with Conversation("ask", cwd=ledger.path) as talk:
        talk.answer("Is it sent?", "")
        talk.answer("Is it sent?", "")
        talk.answer("Is it sent?", "q")
        assert talk.end()[0] == 0
    assert commits(ledger) == 3
    assert run("undo", "--yes", cwd=ledger.path).code == 0
    assert last(ledger).paths == (REPORT,)


def refused_too_often() -> str:
    """Return a run of mia's with a gate of raj's that is hers to decide."""
    text = (
        "title: Release\nfor: Globex\nstarted: 2026-11-16\nowner: mia\nsteps:\n"
        "  - {id: write, do: Write it, who: dev, due: 2026-11-18, done_when: It is there}\n"
        "  - {id: ok, do: Read it, who: raj, need: all, due: 2026-11-20, after: write,\n"
        "     done_when: Raj says yes, on_return: {to: write, max_rounds: 1}}\nlog:\n"
    )
    for hour in ("10", "11"):
        text += f"  - {{at: 2026-11-17T{hour}:00Z, by: dev, event: done, step: write}}\n"
        text += f"  - {{at: 2026-11-17T{hour}:30Z, by: raj, event: returned, step: ok, why: no}}\n"
    return text


def test_of_a_gate_that_said_no_too_often_its_owner_is_asked(tmp_path: Path) -> None:
    made = team(tmp_path / "acme", {RUN: refused_too_often()})
    ran = run("ask", "p2mx", "ok", cwd=made.path, env=made.environ)
    assert ran.code == 0, ran.err
    assert "Asked mia about" in ran.out + ran.err


def test_a_gate_that_is_the_owners_to_decide_holds_up_no_other_question(tmp_path: Path) -> None:
    mias = "what: Send the draft\nwho: raj\nwith: [mia]\npartner: mia\ndue: 2026-11-20\n"
    files = {RUN: refused_too_often(), "commitments/2026/11/draft-9wte.yaml": mias}
    made = team(tmp_path / "acme", files)
    ran = run("ask", "--yes", "--by", "mia", cwd=made.path, env=made.environ)
    assert ran.code == 0, ran.err
    assert 'Asked raj about "Send the draft"' in ran.err
    assert "p2mx" not in ran.err
    kept = run("calendar", "--who", "raj", cwd=made.path, env=made.environ)
    assert "p2mx" not in kept.out
    assert "Read it" in run("calendar", "--who", "mia", cwd=made.path, env=made.environ).out
