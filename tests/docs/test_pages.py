"""The documentation leads where it says, leaves nothing out, and is what the program says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nextstep.cli.app import COMMANDS
from nextstep.dates import expressions, recurrence
from nextstep.dates.recurrence import Recurrence
from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.load import load
from nextstep.files.syntax import parse
from nextstep.model.source import Source
from tests.docs.reading_pages import PAGES, ROOT, anchors, code_in, links, name_of, rows

REFERENCE = ROOT / "docs" / "reference"
COMPLETE = "commitments/2026/11/example.yaml"


def test_reference_pages_are_what_the_program_says() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        if link.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert not lost


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or not page.exists():
            continue
        seen.add(page)
        paths = [link.partition("#")[0] for link in links(page) if "://" not in link]
        waiting.extend((page.parent / path).resolve() for path in paths if path.endswith(".md"))
    assert {name_of(page) for page in PAGES} == {name_of(page) for page in seen}


def test_the_readme_is_one_screen() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 64


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"`nextstep {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "cells",
    [row for row in rows(REFERENCE / "yaml.md", "you write") if row],
    ids=lambda cells: cells[0],
)
def test_everyday_mistakes_in_yaml_are_found_and_their_remedies_are_fine(cells: list[str]) -> None:
    (mistake,), remedies = code_in(cells[0]), code_in(cells[2])
    assert _findings(mistake)
    assert remedies
    for remedy in remedies:
        assert not _findings(remedy), remedy


def _findings(line: str) -> list[str]:
    given = {"what": "Send the offer", "outcome": "She can decide", "due": "2026-11-27"}
    given.pop(line.partition(":")[0], None)
    text = "".join(f"{name}: {value}\n" for name, value in given.items()) + f"{line}\n"
    return [found.message for found in load(Source(COMPLETE, text.encode())).findings]


TIME = REFERENCE / "time.md"
FRAMES = [row[0] for row in rows(TIME, "write")]


def test_time_page_has_its_tables() -> None:
    assert len(FRAMES) >= 20


@pytest.mark.parametrize("cell", FRAMES)
def test_every_form_on_the_time_page_is_read(cell: str) -> None:
    for written in code_in(cell):
        if written.startswith(("every ", "FREQ=")):
            assert isinstance(recurrence.parse_recurrence(written), Recurrence)
        else:
            assert expressions.parse(_plain(written))


def _plain(written: str) -> Any:
    """Return the map or the text that stands in a cell, as a file would hold it."""
    document = parse(Source(COMPLETE, f"due: {written}\n".encode()))
    assert document.root is not None
    assert not [found for found in document.findings if found.severity is Severity.ERROR]
    return _value(document.root.value[0][1])


def _value(node: Any) -> Any:
    if isinstance(node.value, str):
        return node.value
    if node.id == "mapping":
        return {key.value: _value(value) for key, value in node.value}
    return [_value(value) for value in node.value]
