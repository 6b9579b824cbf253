"""A question that is interrupted: what was answered before is not lost."""

from __future__ import annotations

import shlex
import signal
import time
from pathlib import Path

import pytest

from tests.conversation import Conversation
from tests.faults.writing import kept, ledger, record
from tests.recording import commits
from tests.repositories import Made


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return ledger(tmp_path / "team")


def asked(made: Made) -> Conversation:
    """Begin to capture a next step, and answer the first question."""
    talk = Conversation("add", "Order the paper", cwd=made.path, env={"COLUMNS": "100"})
    talk.answer("With whom?", "lena")
    talk.until("So that?")
    talk.until("> ")
    return talk


def test_ctrl_c_at_a_question_gives_back_what_was_answered(made: Made) -> None:
    with asked(made) as talk:
        talk.interrupt()
        code, _ = talk.end()
    assert code == 130
    assert "nextstep add 'Order the paper' --with lena" in talk.seen
    assert commits(made) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_end_from_outside_at_a_question_keeps_what_was_answered(
    made: Made, number: signal.Signals
) -> None:
    with asked(made) as talk:
        time.sleep(0.5)  # the prompt is shown a moment before the line editor listens
        talk.kill(number)
        code, _ = talk.end()
    assert code == 128 + number
    (words,) = kept(made)
    assert words == "$ nextstep add 'Order the paper' --with lena\n"
    assert "what you typed is kept in" in talk.seen
    assert words[2:].strip() in record(made, "doctor", COLUMNS="200").out
    again = shlex.split(words[2:])[1:]
    ran = record(made, *again, "--so", "We can print", "--due", "fri")
    assert ran.code == 0, ran.err


def test_a_terminal_that_is_closed_at_a_question_keeps_what_was_answered(made: Made) -> None:
    talk = asked(made)
    assert talk.hang_up() == 128 + signal.SIGHUP
    assert kept(made) == ["$ nextstep add 'Order the paper' --with lena\n"]
