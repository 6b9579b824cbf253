"""`nextstep add --meeting` and `nextstep add -`: several next steps, one commit."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.commands import PROGRAM, Ran, run
from tests.conversation import Conversation
from tests.faults.every_output import acting_in
from tests.recording import commits, last, team
from tests.repositories import Made

MINUTES = """\
# Acme review

- [ ] Send Lena the offer @dev fri
- [x] Book the room @dev
* TODO Pick the venue
ACTION: raj to compare the logs by wed
We spoke about the weather.
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme")


def given(ledger: Made, text: str | bytes, *words: str) -> Ran:
    """Run `nextstep add -` with a text as its standard input."""
    done = subprocess.run(
        [*PROGRAM, "add", *words, "-"],
        cwd=ledger.path,
        env={
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "NEXTSTEP_TODAY": "2026-11-23",
        },
        input=text if isinstance(text, bytes) else text.encode(),
        capture_output=True,
        check=False,
        start_new_session=True,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def texts(ledger: Made) -> dict[str, str]:
    """Return the files of the last commit by the first line of each."""
    found = [(ledger.path / path).read_text() for path in last(ledger).paths]
    return {text.partition("\n")[0].removeprefix("what: "): text for text in found}


def test_a_list_is_one_commit_of_one_file_for_each_next_step(ledger: Made) -> None:
    ran = given(ledger, MINUTES, "--meeting", "Acme review", "--yes")
    assert (ran.code, ran.err) == (0, "")
    found = texts(ledger)
    assert set(found) == {"Send Lena the offer", "Pick the venue", "Compare the logs"}
    assert "who: dev\n\ndue: 2026-11-27\n\nsource: Acme review\n" in found["Send Lena the offer"]
    assert "who: raj\nwith: [dev]\n\ndue: 2026-11-25\n" in found["Compare the logs"]
    assert "event: proposed" in found["Compare the logs"]
    assert "who:" not in found["Pick the venue"]
    assert "event: proposed" in found["Pick the venue"]
    assert last(ledger).subject == "Acme review: 3 next steps"
    assert len(last(ledger).trailers) == 3
    assert "Done already: line 4." in ran.out
    assert 'Not taken: line 7, "We spoke about the weather.": nothing says' in ran.out


def test_without_a_yes_it_is_shown_and_nothing_is_written(ledger: Made) -> None:
    ran = given(ledger, MINUTES)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[:4] == [
        "3  Send Lena the offer",
        "   dev · due Fri 27 Nov 2026, in 4 days (3 working days)",
        "5  Pick the venue",
        "   nobody has it yet · no date agreed",
    ]
    assert "add --yes to write it" in ran.err
    assert commits(ledger) == 1


def test_on_a_terminal_it_is_shown_and_asked(ledger: Made) -> None:
    for answer, code, count in (("n", 3, 1), ("", 0, 2)):
        with Conversation("add", "-", cwd=ledger.path) as talk:
            talk.until("Ctrl-D ends.")
            talk.type("- [ ] Send Lena the offer @dev fri")
            talk.type("- [ ] Pick the venue @raj")
            talk.type("\x04", enter=False)
            talk.until("raj, with dev")
            talk.answer("Write 2 next steps?", answer)
            assert talk.end()[0] == code
        assert commits(ledger) == count


def test_options_say_what_the_lines_leave_open(ledger: Made) -> None:
    words = ("--who", "mia", "--agreed", "--with", "lena", "--part-of", "growth", "--due", "eom")
    ran = given(ledger, "- [ ] Pick the venue\n- [ ] Send it @dev fri\n", *words, "--yes")
    assert ran.code == 0, ran.err
    found = texts(ledger)
    assert "who: mia\nwith: [lena, dev]\n\ndue: 2026-11-30\n" in found["Pick the venue"]
    assert "by: mia, event: agreed, recorded_by: dev" in found["Pick the venue"]
    assert "who: dev\nwith: [lena]\n\ndue: 2026-11-27\n" in found["Send it"]
    assert all("part_of: growth\n" in text for text in found.values())


def test_a_list_without_a_next_step_is_said(ledger: Made) -> None:
    ran = given(ledger, "We spoke about the weather.\n", "--yes")
    assert ran.code == 2
    assert "no line gives a next step" in ran.err
    meeting = given(ledger, "We spoke.\n", "--meeting", "Acme review")
    assert meeting.code == 3
    assert "Acme review ended without a next step." in meeting.err
    assert given(ledger, b"- [ ] \xff\n", "--yes").code == 2
    assert commits(ledger) == 1


def test_nothing_acts_that_is_repeated_of_a_list_or_a_meeting(ledger: Made) -> None:
    said = "We spoke \x1b[2J\u202e::error::x"
    ran = given(ledger, f"{said}\n", "--meeting", "Acme review \x1b]0;x\x07")
    assert ran.code == 3
    assert "We spoke \\u{1b}[2J\\u{202e}::error::x" in ran.err
    assert "Acme review \\u{1b}]0;x\\u{7} ended without a next step." in ran.err
    assert acting_in("text", ran.err) == set()


def test_who_is_new_in_a_list_is_said_with_an_option(ledger: Made) -> None:
    text = "- [ ] Send it @kim fri\n- [ ] Read it @kim fri\n"
    refused = given(ledger, text, "--yes")
    assert (refused.code, commits(ledger)) == (2, 1)
    assert "write dev, lena, mia or raj, or add --new-person kim" in refused.err
    ran = given(ledger, text, "--yes", "--new-person", "kim")
    assert ran.code == 0, ran.err
    assert last(ledger).lines[-1] == "+  kim: {}"
    assert last(ledger).message.count("kim") == 1


def test_a_meeting_is_asked_until_an_empty_line(ledger: Made) -> None:
    words = ("add", "--meeting", "Acme review", "--with", "lena,mia")
    with Conversation(*words, cwd=ledger.path) as talk:
        talk.answer("Next step?", "Send Lena the offer so that she can decide @dev fri")
        talk.until("Send Lena the offer: dev, with lena, mia · due Fri 27 Nov 2026")
        talk.answer("Next step?", "Compare the logs")
        talk.answer("Who?  (Enter: dev)", "Raj")
        talk.answer("So that?", "We know the hour")
        talk.answer("By when?", "wed")
        talk.answer("Next step?", "")
        talk.until("Recorded in")
        assert talk.end()[0] == 0
    assert last(ledger).subject == "Acme review: 2 next steps"
    found = texts(ledger)
    assert "with: [lena, mia]\noutcome: she can decide\n" in found["Send Lena the offer"]
    assert (
        "who: raj\nwith: [lena, mia, dev]\noutcome: We know the hour\n"
        in (found["Compare the logs"])
    )
    assert all("source: Acme review\n" in text for text in found.values())


PASTED = "- [ ] Send Lena the offer @dev fri\n- @raj\n\n* Read the contract @mia mon"


@pytest.mark.parametrize(
    "keys",
    [
        PASTED.replace("\n", "\r") + "\r",
        PASTED.replace("\n", "\r"),  # its last line has no end
        f"\x1b[200~{PASTED}\x1b[201~\r",  # as a terminal says that it is pasted
    ],
    ids=["lines", "no last end", "bracketed"],
)
def test_lines_that_are_pasted_at_once_are_next_steps_each(ledger: Made, keys: str) -> None:
    with Conversation("add", "--meeting", "Acme review", cwd=ledger.path) as talk:
        talk.until("Next step?")
        talk.until("> ")
        talk.send(keys.encode())
        talk.until("3 lines came at once. Each is a next step:")
        talk.until("- Send Lena the offer @dev fri")
        talk.answer("So that?", "She can decide")
        talk.until("Not taken: - @raj: nothing says what is to be done; write what @who date")
        talk.until("- Read the contract @mia mon")
        talk.answer("So that?", "We can sign")
        talk.answer("Next step?", "")
        talk.until("Recorded in")
        assert talk.end()[0] == 0
    found = texts(ledger)
    assert "outcome: She can decide\n" in found["Send Lena the offer"]
    assert "who: mia\n" in found["Read the contract"]
    assert len(found) == 2


def test_a_meeting_that_ends_with_none_is_said(ledger: Made) -> None:
    with Conversation("add", "--meeting", "Acme review", cwd=ledger.path) as talk:
        talk.answer("Next step?", "")
        talk.until("Acme review ended without a next step.")
        assert talk.end()[0] == 3
    words = ("add", "--meeting", "Acme review", "--json")
    with Conversation(*words, cwd=ledger.path, piped=True) as talk:
        talk.answer("Next step?", "")
        code, out = talk.end()
    assert (code, json.loads(out)["new"]) == (3, [])
    assert commits(ledger) == 1


def test_an_interrupted_meeting_gives_back_lines_that_say_it_again(ledger: Made) -> None:
    with Conversation("add", "--meeting", "Acme 'review'", cwd=ledger.path) as talk:
        talk.answer("Next step?", "Send Lena the offer @dev fri")
        talk.answer("So that?", "she can decide")
        talk.answer("Next step?", "Compare the logs @raj wed")
        talk.until("So that?")
        talk.until("> ")
        talk.interrupt()
        assert talk.end()[0] == 130
    assert commits(ledger) == 1
    said = talk.seen.partition("go on with what you typed:\n")[2].splitlines()
    assert said[1:] == [
        "- [ ] Send Lena the offer so that she can decide @dev 2026-11-27",
        "- [ ] Compare the logs @raj wed",
        "END",
    ]
    words = shlex.split(said[0].removesuffix(" <<'END'"))
    assert words[1:] == ["add", "-", "--meeting", "Acme 'review'"]
    again = given(ledger, "\n".join(said[1:-1]), *words[3:], "--yes")
    assert again.code == 0
    assert "outcome: she can decide\n" in texts(ledger)["Send Lena the offer"]


def test_where_nobody_can_be_asked_a_meeting_says_how_to_give_its_next_steps(ledger: Made) -> None:
    ran = run("add", "--meeting", "Acme review", cwd=ledger.path)
    assert ran.code == 2
    assert "nextstep add --meeting 'Acme review' - --yes" in ran.err
    both = run("add", "X", "--meeting", "Acme review", cwd=ledger.path)
    assert "leave `X` out" in both.err
