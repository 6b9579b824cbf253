"""What `nextstep list` prints, in every format, for the filters that people use."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.render.cells import cells
from tests.commands import run
from tests.goldens import compare, unused

TEXT = ("--format", "text")
CASES: dict[str, tuple[tuple[str, ...], str]] = {
    "list/open-60.txt": (TEXT, "60"),
    "list/open-80.txt": (TEXT, "80"),
    "list/open-120.txt": (TEXT, "120"),
    "list/all-120.txt": (("--state", "all", *TEXT), "120"),
    "list/pair-80.txt": (("--who", "bo", "--with", "ana", *TEXT), "80"),
    "list/steps-80.txt": (("--kind", "step", "--state", "all", *TEXT), "80"),
    "list/plans-80.txt": (("--kind", "plan", *TEXT), "80"),
    "list/processes-80.txt": (("--processes", *TEXT), "80"),
    "list/open.tsv": ((), "80"),
    "list/open-header.tsv": (("--header", "--who", "cy"), "80"),
    "list/processes.tsv": (("--processes", "--header"), "80"),
    "list/pair.json": (("--who", "bo", "--with", "cy", "--format", "json"), "80"),
    "list/processes.json": (("--processes", "--format", "json"), "80"),
    "list/open.md": (("--format", "markdown"), "80"),
    "list/all-ids.txt": (("--state", "all", "--format", "ids"), "80"),
}


@pytest.mark.parametrize("name", CASES)
def test_list_prints_what_the_golden_file_says(name: str, desk: Path) -> None:
    arguments, columns = CASES[name]
    ran = run("-C", str(desk), "list", *arguments, env={"COLUMNS": columns})
    told = "! commitments/2026/11/broken-note-aa2b.yaml could not be read: nextstep check\n"
    assert ran.err == (told if "ids" in arguments else "")
    assert ran.code == 65  # the ledger holds a file that cannot be read
    compare(name, ran.out)


def test_every_golden_file_of_list_is_compared() -> None:
    assert unused("list", CASES) == set()


@pytest.mark.parametrize("columns", [24, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(desk: Path, columns: int) -> None:
    arguments = ("-C", str(desk), "list", "--state", "all", *TEXT)
    ran = run(*arguments, env={"COLUMNS": str(columns)})
    assert max(map(cells, ran.out.splitlines())) <= columns
