"""Who writes something down for somebody else is spoken to, and the other one is spoken of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.review_run import COMMITMENT, OFFER, PATH, REPORT, REVIEW, at_desk
from tests.conversation import Conversation
from tests.recording import team
from tests.repositories import Made

RAJS = "commitments/2026/11/pages-m3xs.yaml"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    files = {
        REPORT: COMMITMENT,
        PATH: REVIEW,
        RAJS: "what: Write it\nwho: raj\nwith: [dev]\noutcome: x\ndue: 2026-11-20\n",
    }
    return team(tmp_path / "acme", files)


def test_nothing_due_is_said_of_the_one_it_is_about(made: Made) -> None:
    nothing = at_desk(made, "done", "--by", "lena").out.split("\n")[:2]
    assert nothing[0] == "Nothing of lena is due today."
    assert nothing[1].startswith("Before its day, say which:  ")
    assert nothing[1].endswith("  nextstep done ID")
    assert "Nothing that lena follows up is due" in at_desk(made, "ask", "--by", "lena").out
    assert "raj has m3xs themselves" in at_desk(made, "ask", "m3xs", "--by", "raj").err


def test_what_is_done_for_somebody_stays_with_them(made: Made) -> None:
    ran = at_desk(made, "done", "7qhd", "facts", "--no-offer", "--by", "raj")
    assert "It stays with raj until it is handed over to reader and accepted." in ran.out
    made.commit({PATH: f"{REVIEW}{OFFER}"})
    assert at_desk(made, "accept", "7qhd", "facts", "--all-there", "--by", "mia").code == 0
    made.git("config", "user.email", "lena@globex.example")
    ran = at_desk(made, "undo", "7qhd", "--by", "raj")
    assert "`accepted` by mia (Mon 23 Nov), not by raj" in ran.err
    assert "`accepted` by mia (Mon 23 Nov), not yours" in at_desk(made, "undo", "7qhd").err
    ran = at_desk(made, "done", "7qhd", "write", "--by", "raj")
    assert "After raj: approve (mia, raj)" in ran.out


def test_what_was_agreed_is_quoted_to_who_types(made: Made) -> None:
    with Conversation("done", "m3xs", "--by", "raj", cwd=made.path) as talk:
        assert 'raj agreed with you: "Write it"' in talk.until("How did it go?")
        talk.interrupt()
        talk.end()


def test_what_is_given_back_says_who_acts(made: Made) -> None:
    made.commit({PATH: f"{REVIEW}{OFFER}"})
    for words, answer in (
        (("change", "7qhd", "tier"), "gold"),
        (("accept", "7qhd", "facts"), "n"),
        (("return", "7qhd", "facts"), "1"),
        (("move", "7qhd", "approve"), "fri"),
    ):
        with Conversation(*words, "--by", "mia", cwd=made.path) as talk:
            talk.until("> ")
            talk.type(answer)
            talk.until("> ")
            talk.interrupt()
            assert talk.end()[0] == 130, words
        again = " ".join(talk.seen.partition("To go on with what you typed:")[2].split())
        assert again.startswith(f"nextstep {' '.join(words)}"), words
        assert again.endswith("--by mia"), words


def test_what_is_typed_next_is_for_the_same_one_as_printed(made: Made) -> None:
    assert at_desk(made, "block", "m3xs", "--why", "no data", "--by", "raj").code == 0
    ran = at_desk(made, "unblock", "m3xs", "--by", "raj")
    assert ran.out.endswith("  nextstep done m3xs --by raj\n")
    assert at_desk(made, "block", "m3xs", "--why", "no data", "--by", "raj").code == 0
    assert at_desk(made, "unblock", "m3xs").out.endswith("  nextstep show m3xs\n")
    closing = ("--kept", "--outcome", "x", "--nothing-further", "y")
    assert at_desk(made, "done", "m3xs", "--by", "raj", *closing).out.endswith("undo m3xs\n")
    ran = at_desk(made, "reopen", "m3xs", "--why", "a page lacks", "--by", "raj")
    assert ran.out.endswith("  nextstep move m3xs DATE --by raj\n")
    assert at_desk(made, "move", "m3xs", "fri", "--why", "z", "--by", "raj").code == 0
    ran = at_desk(made, "done", "7qhd", "facts", "--no-offer", "--by", "raj")
    assert ran.out.endswith("  nextstep offer 7qhd facts --by raj\n")
    assert at_desk(made, "undo", "7qhd").code == 0
    assert at_desk(made, "block", "m3xs", "--why", "w", "--by", "dev").out.endswith(
        "unblock m3xs\n"
    )
