"""What a newcomer sees between two lines of a terminal: what it is about, and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.conversation import Conversation
from tests.recording import commits, team
from tests.repositories import Made

FILES = {
    "commitments/2026/11/offer-z2c2.yaml": "what: Send Tom the offer\nwho: dev\nwith: [lena]\n"
    "outcome: he can decide\ndue: 2026-11-27\n",
    "commitments/2026/11/move-office-7qhd.yaml": """\
title: Move the office
owner: mia
started: 2026-11-02
steps:
  - {id: pack, do: Pack the boxes, who: dev, due: 2026-11-27}
  - {id: label, do: Label the boxes, who: dev, after: [], due: 2026-11-30}
""",
}
QUOTED = 'You agreed with lena: "Send Tom the offer"'


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return a ledger of a team; no test of these writes to it."""
    return team(tmp_path_factory.mktemp("between") / "acme", FILES)


def talk(ledger: Made, *words: str) -> Conversation:
    return Conversation(*words, cwd=ledger.path, env={"COLUMNS": "80"})


@pytest.mark.parametrize(
    ("words", "quoted", "question"),
    [
        (["move", "z2c2"], QUOTED, "To when?"),
        (["move", "z2c2", "mon"], QUOTED, "Why?"),
        (["drop", "z2c2"], QUOTED, "Why?"),
        (["block", "z2c2"], QUOTED, "What is in the way?"),
        (["reopen", "z2c2"], QUOTED, "Why?"),
        (
            ["move", "7qhd", "pack"],
            'pack of "Move the office": Pack the boxes, due Fri 27 Nov 2026, in 4 days (3',
            "To when?",
        ),
        (["drop", "7qhd", "--by", "mia"], '"Move the office"', "Why?"),
    ],
)
def test_what_it_is_about_is_shown_before_the_first_question(
    ledger: Made, words: list[str], quoted: str, question: str
) -> None:
    with talk(ledger, *words) as said:
        shown = said.until(question)
        said.until("> ")
        said.interrupt()
        assert said.end()[0] == 130
    assert quoted in shown
    ended = ("\nNothing was written.\n", f"nextstep {' '.join(words)}\n", "--to mon\n")
    assert said.seen.endswith(ended)
    assert commits(ledger) == 1


def test_a_ctrl_c_before_the_first_answer_ends_the_line_of_the_question(ledger: Made) -> None:
    with talk(ledger, "add") as said:
        said.until("> ")
        said.interrupt()
        assert said.end()[0] == 130
    assert said.seen.endswith("> \n")


def test_what_was_typed_about_a_block_is_given_back(ledger: Made) -> None:
    with talk(ledger, "block", "7qhd", "pack") as said:
        said.answer("What is in the way?", "no boxes")
        said.until("Who could help")
        said.interrupt()
        assert said.end()[0] == 130
    assert "  nextstep block 7qhd pack --why 'no boxes'" in said.seen


def test_a_refusal_is_broken_between_words_and_a_command_in_it_is_not(ledger: Made) -> None:
    with talk(ledger, "-C", str(ledger.path), "add", "x", "--due", "31.11.") as said:
        assert said.end()[0] == 2
    assert said.seen.splitlines() == [
        "nextstep: `31.11.` does not say which day",
        "  write 2026-11-27, tomorrow, fri, next tue, in 10 days, 3bd, the 15th, 3 march",
        "  or eom",
    ]
    with talk(ledger, "drop", "7qhd", "pack", "--why", "a reason") as said:
        assert said.end()[0] == 2
    assert "\n  nextstep skip 7qhd pack --why TEXT\n" in said.seen


def test_where_nothing_is_due_yet_done_says_what_comes_next(ledger: Made) -> None:
    ran = run("done", "--today", "2026-11-23", cwd=ledger.path)
    first, then = ran.out.splitlines()
    assert first == "Nothing of yours is due today."
    assert then.split("  ")[0] == "The next is due Fri 27 Nov; if it is done:"
    assert then.endswith("  nextstep done z2c2")
    assert len(then) == 80


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["digest", "--html"], "write --format html"),
        (["due", "--json"], "write --format json"),
        (["due", "--html"], "`nextstep due --help` says what can be typed"),
        (["list", "--of"], "`nextstep list --help` says what can be typed"),
    ],
)
def test_a_format_typed_as_an_option_is_told_how_it_is_written(
    tmp_path: Path, words: list[str], hint: str
) -> None:
    ran = run(*words, cwd=tmp_path)
    assert (ran.code, ran.err.splitlines()[1]) == (2, f"  {hint}")
    assert ran.err.startswith(f"nextstep: no such option: {words[-1]}")


@pytest.mark.parametrize(
    ("within", "hint"),
    [
        ("eow", "Fri 27 Nov is 4 days away: write 4d"),
        ("tomorrow", "Tue 24 Nov is 1 day away: write 1d"),
        ("yesterday", "write a number and one of min, h, d, bd, w, mo, y, such as 3bd"),
        ("asap", "write a number and one of min, h, d, bd, w, mo, y, such as 3bd"),
    ],
)
def test_a_day_where_a_length_is_meant_is_told_as_a_length(
    ledger: Made, within: str, hint: str
) -> None:
    for command in ("list", "due"):
        ran = run(command, "--within", within, "--today", "2026-11-23", cwd=ledger.path)
        assert (ran.code, ran.err) == (
            2,
            f"nextstep: --within: `{within}` is not a length\n  {hint}\n",
        )


def test_only_steps_with_a_list_are_meant_by_tick_each_on_a_line_to_copy(tmp_path: Path) -> None:
    office = FILES["commitments/2026/11/move-office-7qhd.yaml"]
    listed = office.replace("due: 2026-11-30}", "due: 2026-11-30, items: [a, b]}")
    seal = "  - {id: seal, do: Seal them, who: dev, due: 2026-12-01, items: [c]}\n"
    made = team(tmp_path / "acme", {"commitments/2026/11/move-office-7qhd.yaml": listed + seal})
    ran = run("tick", "7qhd", cwd=made.path)
    assert (ran.code, ran.err.splitlines()) == (
        2,
        [
            "nextstep: 7qhd has 2 steps that this may mean",
            "  type one:",
            "    nextstep tick 7qhd label",
            "    nextstep tick 7qhd seal",
        ],
    )
    alone = team(tmp_path / "alone", {"commitments/2026/11/move-office-7qhd.yaml": listed})
    assert run("tick", "7qhd", "--all", cwd=alone.path).code == 0


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (["due", "--color", "never"], "nextstep --color never due"),
        (["due", "--all", "--color=never"], "nextstep --color=never due --all"),
        (["list", "-C", "my team", "--all"], "nextstep -C 'my team' list --all"),
        (["--color", "never", "due", "-C"], "nextstep --color never -C DIR due"),
        (["due", "--directory", "x"], "nextstep --directory x due"),
    ],
)
def test_an_option_of_the_whole_program_is_put_before_the_command(
    words: list[str], instead: str
) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert "is no option of `nextstep " in ran.err
    assert ran.err.endswith(f"\n  write it before the command: {instead}\n")


def test_an_option_without_its_value_is_explained_by_its_command() -> None:
    assert "`nextstep due --help` says" in run("due", "--who").err
