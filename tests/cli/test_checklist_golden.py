"""What `nextstep checklist` prints, in every format and at every width."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.cli.app import run as main
from nextstep.render.cells import cells
from tests.commands import LEDGERS, run
from tests.goldens import compare, unused

THINGS = {
    "offered": ("7wde", "take-in"),
    "returned": ("8xef", "take-in"),
    "accepted": ("9yfg", "take-in"),
    "gate": ("9yfg", "ride"),
    "step": ("9yfg", "fix"),
    "tell": ("9yfg", "call"),
    "run": ("7wde",),
    "process": ("repair",),
    "process-part": ("repair", "parts/gears"),
    "commitment": ("ggg5",),
    "commitment-taken": ("hhh6",),
    "for-customer": ("9yfg", "--for-customer"),
    "process-for-customer": ("repair", "--for-customer"),
}
CASES = {
    f"checklist/{name}-{columns}.txt": (words, columns)
    for name, words in THINGS.items()
    for columns in (60, 80, 120)
}
FORMATS = {
    f"checklist/{name}.{ending}": (*THINGS[name], "--format", wish)
    for name, endings in {
        "offered": "md html json",
        "process": "md html json",
        "gate": "json",
        "commitment": "html json",
        "for-customer": "md html json",
    }.items()
    for ending in endings.split()
    for wish in [{"md": "markdown"}.get(ending, ending)]
}


@pytest.mark.parametrize("name", CASES)
def test_a_checklist_prints_what_the_golden_file_says(name: str, workshop: Path) -> None:
    words, columns = CASES[name]
    ran = run("-C", str(workshop), "checklist", *words, env={"COLUMNS": str(columns)})
    assert (ran.code, ran.err) == (0, "")
    assert max(map(cells, ran.out.splitlines())) <= columns
    compare(name, ran.out)


@pytest.mark.parametrize("name", FORMATS)
def test_a_checklist_has_other_formats(name: str, workshop: Path) -> None:
    ran = run("-C", str(workshop), "checklist", *FORMATS[name])
    assert (ran.code, ran.err) == (0, "")
    compare(name, ran.out)


def test_every_golden_file_of_checklists_is_compared() -> None:
    assert unused("checklist", [*CASES, *FORMATS]) == set()


@pytest.mark.parametrize(("ledger", "expected"), [("desk", 65), ("workshop", 0)])
def test_everything_has_a_checklist_in_every_format(
    ledger: str,
    expected: int,
    workshop: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every record, in the narrowest width and in each format; one file of the desk is broken."""
    monkeypatch.setenv("NEXTSTEP_TODAY", "2026-11-23")
    monkeypatch.setenv("COLUMNS", "24")
    folder = workshop if ledger == "workshop" else LEDGERS / ledger
    ids = [path.stem for path in folder.glob("*/**/*.yaml") if "broken" not in path.stem]
    assert len(ids) > 5
    for id_ in ids:
        for format_ in ("text", "markdown", "html", "json"):
            code = main(["-C", str(folder), "checklist", id_, "--format", format_])
            out, err = capsys.readouterr()
            assert (code, err) == (expected, ""), (id_, format_)
            assert out.endswith("\n")
