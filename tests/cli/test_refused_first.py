"""What is refused whatever is answered is refused before the first question, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.conversation import Conversation
from tests.recording import team
from tests.repositories import Made

CLOSED = "log:\n  - {at: 2026-11-20T09:00Z, by: dev, event: closed, result: dropped, why: no}\n"
FILES = {
    "commitments/2026/11/lena-offer-k3f9.yaml": "what: Send Lena the offer\nwho: dev\n"
    f"outcome: She can decide\ndue: 2026-11-24\n{CLOSED}",
    "commitments/2026/11/pick-venue-c4vn.yaml": "what: Pick the venue\nwho: raj\n"
    "outcome: We can invite\ndue: 2026-11-24\n",
    "commitments/2026/11/move-office-7qhd.yaml": "title: Move the office\nowner: mia\n"
    "started: 2026-11-02\nsteps:\n"
    "  - {id: pack, do: Pack the boxes, who: dev, due: 2026-11-20, items: [lamps, cups]}\n"
    "  - {id: carry, do: Carry them, who: raj, due: 2026-11-27, after: [pack], items: [lamps]}\n"
    "log:\n  - {at: 2026-11-20T09:00Z, by: dev, event: done, step: pack}\n",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", FILES)


REFUSED = [
    ("move k3f9", "k3f9 is closed already"),
    ("move c4vn", "c4vn belongs to raj"),
    ("move 7qhd pack", "pack is finished"),
    ("drop k3f9", "k3f9 is closed already"),
    ("drop c4vn", "raj has c4vn"),
    ("drop 7qhd", "mia may drop 7qhd"),
    ("change k3f9 outcome", "k3f9 is closed already"),
    ("change c4vn who", "c4vn is agreed"),
    ("skip 7qhd pack", "pack is finished"),
    ("skip 7qhd carry", "carry is somebody else's step"),
    ("tick 7qhd pack", "pack is finished"),
    ("offer c4vn", "it is `raj` who has it"),
]


@pytest.mark.parametrize(("words", "why"), REFUSED)
def test_nothing_is_asked_where_every_answer_would_be_refused(
    ledger: Made, words: str, why: str
) -> None:
    with Conversation(*words.split(), cwd=ledger.path) as said:
        code, _ = said.end()
    assert code == 2
    shown = " ".join(said.seen.split())
    assert why in shown
    assert "?" not in shown
    assert "due" not in shown


@pytest.mark.parametrize(
    "words",
    [
        *("move c4vn --by raj", "move 7qhd carry --by raj", "drop c4vn --by raj"),
        *("change c4vn what --by raj", "block c4vn --by raj", "reopen 7qhd pack --by dev"),
        *("skip 7qhd carry --by raj", "tick 7qhd carry --by raj", "note c4vn", "done c4vn"),
    ],
)
def test_nothing_is_asked_where_the_file_has_edits_of_somebody_else(
    ledger: Made, words: str
) -> None:
    for path in (ledger.path / "commitments/2026/11").iterdir():
        path.write_text(f"# a word\n{path.read_text()}")
    with Conversation(*words.split(), cwd=ledger.path) as said:
        code, _ = said.end()
    assert code == 2
    shown = " ".join(said.seen.split())
    assert "was changed by hand" in shown
    assert "?" not in shown


def test_the_flags_that_lack_are_not_asked_for_first_where_nobody_can_be_asked(
    ledger: Made,
) -> None:
    ran = run("move", "k3f9", cwd=ledger.path)
    assert ran.err.startswith("nextstep: k3f9 is closed already")


def test_what_comes_after_a_finished_step_is_noted_with_the_line_that_is_shown(
    ledger: Made,
) -> None:
    ran = run("tick", "7qhd", "pack", "1", cwd=ledger.path)
    hint = "nextstep note 7qhd --step pack --text TEXT"
    assert ran.err.splitlines()[-1] == f"  {hint}"
    assert run(*hint.split()[1:], cwd=ledger.path).code == 0


@pytest.mark.parametrize(
    "words",
    [
        *("move c4vn --by raj", "move 7qhd carry --by raj", "drop c4vn --by raj"),
        *("drop 7qhd --by mia", "skip 7qhd carry --by raj", "change c4vn what --by raj"),
        *("tick 7qhd carry --by raj", "offer c4vn --by raj"),
    ],
)
def test_what_can_be_done_is_asked_for(ledger: Made, words: str) -> None:
    ran = run(*words.split(), cwd=ledger.path)
    assert ran.err.startswith("nextstep: nobody can be asked here"), ran.err
