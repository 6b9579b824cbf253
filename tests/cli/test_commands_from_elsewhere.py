"""Who names the folder of a ledger with -C can paste what is printed from where they are."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.review_run import COMMITMENT, PATH, REPORT, REVIEW
from tests.commands import Ran, run
from tests.recording import team

DAY = "2026-11-23T09:00Z"


@pytest.fixture
def above(tmp_path: Path) -> Path:
    """Return the folder above a ledger whose name has a space."""
    team(tmp_path / "our ledger", {REPORT: COMMITMENT, PATH: REVIEW})
    return tmp_path


def from_above(above: Path, *words: str) -> Ran:
    env = {"GIT_AUTHOR_EMAIL": "dev@example.org", "GIT_COMMITTER_EMAIL": "dev@example.org"}
    return run("-C", "our ledger", *words, cwd=above, env=env, today=DAY)


def command_in(line: str) -> list[str]:
    """Return the words of the command that a line ends with."""
    _, found, words = line.partition("nextstep ")
    assert found, line
    return shlex.split(words)


@pytest.mark.parametrize(
    "words",
    [
        ("note", "k3f9", "Lena called"),
        ("move", "k3f9", "2026-11-30", "--why", "x"),
        ("offer", "--all-of", "dev", "--to", "mia", "--yes"),
    ],
)
def test_the_last_line_names_the_folder(above: Path, words: tuple[str, ...]) -> None:
    ran = from_above(above, *words)
    assert ran.code == 0, ran.err
    last = ran.out.splitlines()[-1]
    assert "nextstep -C 'our ledger' " in last
    again = run(*command_in(last), cwd=above, today=DAY)
    assert again.code == 0, again.err


def test_a_refusal_says_what_to_type_with_the_folder(above: Path) -> None:
    from_above(above, "move", "k3f9", "2026-11-30", "--why", "x")
    refused = from_above(above, "undo")
    (line,) = [line for line in refused.err.splitlines() if "add --yes" in line]
    assert line == "  nextstep -C 'our ledger' undo k3f9, or add --yes"
    listed = from_above(above, "undo", "k3f9", "--list")
    assert "\nnextstep -C 'our ledger' undo k3f9 --at TIME takes one" in listed.out


def test_a_folder_without_a_ledger_is_not_named_again(above: Path) -> None:
    ran = run("-C", "nowhere", "due", cwd=above)
    assert (ran.code, "nextstep -C" in ran.err) == (2, False)


def test_in_the_ledger_itself_nothing_is_added(above: Path) -> None:
    ran = run("note", "k3f9", "Lena called", cwd=above / "our ledger", today=DAY)
    assert ran.out.splitlines()[-1].endswith(" nextstep show k3f9")
