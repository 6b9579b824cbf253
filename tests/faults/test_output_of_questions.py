"""What others wrote acts on nobody who is asked about it: no part of a question does."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from nextstep.cli.asking import Question, ask, ask_lines
from tests.conversation import Conversation
from tests.faults.hostile_ledger import REFUSED, TEXTS
from tests.faults.what_acts import acting
from tests.recording import PEOPLE, team
from tests.repositories import Made

_PEOPLE = PEOPLE.replace("  mia:", '  "::error::p": {}\n  mia:')
_WORDS = "::error::x \\ue000 ##[command]y"
ACTS = f'"{_WORDS}"'
"""A text that loads: it calls a build service, and holds a sign that each screen shows its own way."""

SEEN = ":error::x \\u{e000} #\\u{23}[command]y"
PERSON = "::error::p"
FILES = {
    "nextstep.yaml": f"{_PEOPLE}coaching:\n  sales: [{ACTS}]\n",
    "commitments/offer-k3f9.yaml": "what: Send the offer\nwho: dev\nwith: [lena]\n"
    "outcome: She can decide\ndue: 2026-11-20\npart_of: sales\n",
    "commitments/\x1b[2J.yaml": "what: Call Tom\nwho: dev\nwith: [lena]\n"
    "outcome: He can decide\ndue: 2026-11-19\n",
    "commitments/\x1b[3J.yaml": f"what: Call Tom\nwho: '{PERSON}'\nwith: [dev]\n"
    "outcome: He can decide\ndue: 2026-11-19\nlog:\n"
    f"  - {{at: 2026-11-10T09:00Z, by: '{PERSON}', event: agreed}}\n",
    "commitments/office-7qhd.yaml": f"""\
title: Move the office
owner: dev
started: 2026-11-02
expects: [{ACTS}]
steps:
  - {{id: pack, do: Pack the boxes, who: dev, due: 2026-11-20}}
log:
  - {{at: 2026-11-17T09:00Z, by: dev, event: done, step: pack}}
""",
    "commitments/stand-w8tj.yaml": f"""\
title: Build the stand
owner: dev
started: 2026-11-02
steps:
  - {{id: order, do: Order the walls, who: dev, after: [], due: 2026-11-20, proof: {ACTS}}}
  - id: carry
    do: Carry the walls
    who: dev
    after: []
    due: 2026-11-20
    proof: {ACTS}
    handoff: {{to: raj, must_include: [{ACTS}]}}
""",
    "processes/review.yaml": f"""\
title: Yearly review
state: active
owner: mia
deputy: dev
customer: {{who: key accounts, kind: external}}
provides: A page
inputs: [tier]
steps:
  - {{id: write, do: Write it, who: dev, due: 3bd after start, done_when: It is there}}
  - id: read
    do: Read it
    who: mia
    when: "tier == '{_WORDS}'"
    due: 1bd after write
    done_when: It is read
""",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return a ledger whose every question holds a text that acts; no test writes to it."""
    return team(tmp_path_factory.mktemp("questions") / "acme", FILES)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (("done", "k3f9", "--kept", "--outcome", "Signed"), ""),
        (("done", "7qhd", "--kept"), "They expected: "),
        (("done", "w8tj", "order"), "What shows that it is done?"),
        (("offer", "w8tj", "carry"), "is it there?"),
        (("offer", "w8tj", "carry", "--all-there"), "What shows that it is done?"),
        (("start", "review", "--for", "Globex"), "What is the tier?"),
    ],
)
def test_no_question_lets_what_others_wrote_act(
    ledger: Made, words: tuple[str, ...], asked: str
) -> None:
    with Conversation(*words, cwd=ledger.path, env={"COLUMNS": "200", "TERM": "dumb"}) as talk:
        shown = talk.until(asked) + talk.until("> ")
        talk.interrupt()
        talk.end()
    assert SEEN in shown
    assert acting("text", talk.seen) == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("done",), "1 of 4  \\u{1b}[2J"),
        (("ask",), "1 of 1: \\u{1b}[3J"),
        (("offer", "--all-of", PERSON, "--to", "dev"), "\\u{3a}:error::p has:"),
    ],
)
def test_no_line_above_a_question_acts(ledger: Made, words: tuple[str, ...], shown: str) -> None:
    with Conversation(*words, cwd=ledger.path, env={"COLUMNS": "200", "TERM": "dumb"}) as talk:
        talk.until(shown)
        talk.until("> ")
        talk.interrupt()
        talk.end()
    assert acting("text", talk.seen) == []


def test_what_is_given_back_to_who_was_asked_does_not_act(ledger: Made) -> None:
    words = ("offer", "w8tj", "carry")
    with Conversation(*words, cwd=ledger.path, env={"COLUMNS": "200", "TERM": "dumb"}) as talk:
        talk.answer("is it there?", "yes")
        talk.until("What shows that it is done?")
        talk.until("> ")
        talk.interrupt()
        talk.until("To go on with what you typed:")
        talk.end()
    assert f"--there ':{SEEN}'" in talk.seen
    assert acting("text", talk.seen) == []


@pytest.mark.parametrize("text", [*REFUSED, *TEXTS], ids=ascii)
@pytest.mark.parametrize("asks", [ask, ask_lines])
def test_no_part_of_a_question_acts(
    asks: Callable[[Question], object],
    text: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("Call Tom\n\n\n"))
    asks(Question(words=f"{text}?", flag="--x", example=text, default=text))
    asks(Question(words=text, flag="--x", optional=True, open_=text))
    assert acting("text", capsys.readouterr().err) == []
