"""What `nextstep show` prints about the example ledger, in every format and at every width."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nextstep.render.cells import cells
from tests.commands import run
from tests.goldens import compare, unused

THINGS = {
    "commitment": ("k3f9",),
    "moved-commitment": ("nj4k",),
    "closed-commitment": ("2mmx",),
    "run": ("7qhd",),
    "run-in-hours": ("d6xn",),
    "closed-run": ("w4ng",),
    "ad-hoc-run": ("r4zb",),
    "step": ("7qhd", "compile"),
    "offered-step": ("p2mx", "handover"),
    "plan": ("globex-growth",),
    "process": ("annual-customer-review",),
}
CASES = {
    f"show/{name}-{columns}.txt": (words, columns)
    for name, words in THINGS.items()
    for columns in (60, 80, 120)
}
FORMATS = {
    "show/commitment.json": ("k3f9", "--format", "json"),
    "show/commitment.md": ("k3f9", "--format", "markdown"),
    "show/run.json": ("7qhd", "--format", "json"),
    "show/run.md": ("7qhd", "--format", "markdown"),
    "show/step.json": ("7qhd", "collect/product", "--format", "json"),
    "show/plan.json": ("globex-growth", "--format", "json"),
    "show/process.json": ("release", "--format", "json"),
}


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """The example ledger, outside of any repository."""
    folder = tmp_path_factory.mktemp("example") / "acme"
    folder.mkdir()
    shutil.copy(project_root / "nextstep.yaml", folder)
    for name in ("processes", "commitments"):
        shutil.copytree(project_root / name, folder / name)
    return folder


@pytest.mark.parametrize("name", CASES)
def test_show_prints_what_the_golden_file_says(name: str, acme: Path) -> None:
    words, columns = CASES[name]
    ran = run("-C", str(acme), "show", *words, env={"COLUMNS": str(columns)})
    assert (ran.code, ran.err) == (0, "")
    assert max(map(cells, ran.out.splitlines())) <= columns
    compare(name, ran.out)


@pytest.mark.parametrize("name", FORMATS)
def test_show_has_other_formats(name: str, acme: Path) -> None:
    ran = run("-C", str(acme), "show", *FORMATS[name])
    assert (ran.code, ran.err) == (0, "")
    compare(name, ran.out)


def test_every_golden_file_of_show_is_compared() -> None:
    assert unused("show", [*CASES, *FORMATS]) == set()
