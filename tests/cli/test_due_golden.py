"""What `nextstep due` prints, in every format, at every width, wherever it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from nextstep.render.cells import cells
from tests.commands import run
from tests.goldens import compare, unused
from tests.repositories import make


class Case(Struct, frozen=True):
    """A command line, with the environment that matters to it."""

    arguments: tuple[str, ...]
    env: dict[str, str] = {}


TEXT = ("--format", "text")
CASES = {
    "due/bo-60.txt": Case(("--who", "bo", *TEXT), {"COLUMNS": "60"}),
    "due/bo-80.txt": Case(("--who", "bo", *TEXT), {"COLUMNS": "80"}),
    "due/bo-120.txt": Case(("--who", "bo", *TEXT), {"COLUMNS": "120"}),
    "due/bo-all-120.txt": Case(("--who", "bo", "--all", *TEXT), {"COLUMNS": "120"}),
    "due/ana-all-80.txt": Case(("--who", "ana", "--all", *TEXT), {"COLUMNS": "80"}),
    "due/everybody-120.txt": Case(TEXT, {"COLUMNS": "120"}),
    "due/overdue-80.txt": Case(("--overdue", *TEXT), {"COLUMNS": "80"}),
    "due/process-80.txt": Case(("--process", "print-run", *TEXT), {"COLUMNS": "80"}),
    "due/bo.tsv": Case(("--who", "bo")),
    "due/bo-header.tsv": Case(("--who", "bo", "--header")),
    "due/bo.json": Case(("--who", "bo", "--format", "json")),
    "due/bo.md": Case(("--who", "bo", "--all", "--format", "markdown")),
    "due/bo-ascii-80.txt": Case(
        ("--who", "bo", *TEXT), {"COLUMNS": "80", "PYTHONIOENCODING": "ascii"}
    ),
    "due/bo-colour-80.txt": Case(("--who", "bo", *TEXT), {"COLUMNS": "80", "FORCE_COLOR": "1"}),
}


@pytest.mark.parametrize("name", CASES)
def test_due_prints_what_the_golden_file_says(name: str, desk: Path) -> None:
    case = CASES[name]
    ran = run("-C", str(desk), *_colour(case), "due", *case.arguments, env=case.env)
    assert ran.err == ""
    assert ran.code == 65  # the ledger holds a file that cannot be read
    compare(name, ran.out)


def _colour(case: Case) -> tuple[str, ...]:
    return ("--color", "always") if "FORCE_COLOR" in case.env else ()


def test_every_golden_file_of_due_is_compared() -> None:
    assert unused("due", CASES) == set()


@pytest.mark.parametrize("columns", [24, 40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(desk: Path, columns: int) -> None:
    arguments = ("-C", str(desk), "due", "--who", "bo", "--all", *TEXT)
    ran = run(*arguments, env={"COLUMNS": str(columns)})
    assert max(map(cells, ran.out.splitlines())) <= columns


def test_one_column_is_no_reason_to_fail(desk: Path) -> None:
    ran = run("-C", str(desk), "due", *TEXT, env={"COLUMNS": "1"})
    assert ran.code == 65
    assert "was due" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    "env",
    [
        {"NO_COLOR": "1", "FORCE_COLOR": "1"},
        {"LC_ALL": "C"},
        {"LANG": "de_DE.UTF-8"},
        {"TZ": "Asia/Tokyo"},
    ],
    ids=["NO_COLOR", "LC_ALL=C", "LANG", "TZ"],
)
def test_the_environment_changes_nothing_of_the_answer(desk: Path, env: dict[str, str]) -> None:
    """No colour, C locale, another language, another zone of the machine."""
    arguments = ("-C", str(desk), "due", "--who", "bo", *TEXT)
    assert run(*arguments, env={"COLUMNS": "80", **env}) == run(*arguments, env={"COLUMNS": "80"})


def test_cron_reads_it_with_an_empty_environment(desk: Path) -> None:
    """No HOME, no LANG, no terminal: the same tab-separated lines."""
    ran = run("-C", str(desk), "due", "--who", "bo", env={"PATH": "/usr/bin:/bin"})
    compare("due/bo.tsv", ran.out)


def test_a_commit_gives_the_same_bytes_wherever_it_is_cloned(desk: Path, tmp_path: Path) -> None:
    """The report of a commit: here, in a clone of another name, and again."""
    made = make(tmp_path / "one")
    files = {path.relative_to(desk).as_posix(): path.read_bytes() for path in desk.rglob("*.yaml")}
    commit = made.commit(files)
    made.clone(tmp_path / "two")
    answers = [
        run("-C", str(tmp_path / name), "due", "--format", "json", *revision).out
        for name in ("one", "two", "one")
        for revision in ((), ("--as-of", commit))
    ]
    assert len(set(answers)) == 1
    assert commit in answers[0]
