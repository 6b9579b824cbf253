"""The page about JSON says what real reports hold."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.commands import run
from tests.docs.reading_pages import ROOT
from tests.repositories import Made

sys.path.insert(0, str(ROOT / "docs"))

from report_documents import DOCUMENTS, NewRecord
from report_types import misfits, words_of

READING = (
    "due --who dev --all",
    "due --who all",
    "due --who ines",
    "due --as-of HEAD~3",
    "due --who all --role program-administrator",
    "list --state all",
    "list --state all --as-of HEAD~60",
    "list --who dev --with mia --state all",
    "list --who lena --with dev",
    "list --processes",
    "show k3f9",
    "show w8tj",
    "show p2mx",
    "show p2mx handover",
    "show 7qhd",
    "show release",
    "show annual-customer-review",
    "show globex-growth",
    "checklist p2mx",
    "checklist 7qhd",
    "checklist annual-customer-review approve",
    "checklist complaint",
    "checklist k3f9",
    "checklist 7qhd --for-customer",
    "checklist p2mx --for-customer",
    "who",
    "who dev",
    "who lena",
    "who call-desk",
    "who release",
    "check",
    "check --against HEAD",
    "check --against HEAD~60",
    "check --fix",
    "digest --for ana",
    "digest --for all --since 2026-10-01",
    "digest --for all --since 2026-08-01",
    "digest --role call-desk",
    "digest --process complaint",
    "audit",
    "audit --anchor 1234567",
    "trail k3f9",
    "trail 7qhd",
    "trail 7qhd compile",
    "trail annual-customer-review",
    "trail --event moved",
    "trail --since 2026-08-01",
    "slips",
    "slips --since 2026-08-01",
    "doctor",
    "explain NS301",
    "explain NS501",
    "explain",
    "review HEAD",
    "review HEAD~60..",
    "review HEAD~5..HEAD~2",
)
"""Command lines whose reports have every shape; each with `--format json`."""
RECORDING = (
    "note k3f9 Called --by mia",
    "block 7qhd compile --why Late --by leo",
    "move k3f9 fri --why Late --by dev",
    "add Send --so Done --with lena --due fri --dry-run --by dev",
    "ask 9wte --by sam",
    "start release --ready --input version=0.2.0",
)
"""Command lines that record something, or look whether they could; each with `--json`."""
EDITS = (
    ("commitments/2026/11/acr-globex-7qhd.yaml", "due: 2026-11-25", "due: 2026-12-10"),
    ("commitments/2026/11/globex-usage-report-k3f9.yaml", "how: call", "how: mail"),
    ("commitments/2026/11/globex-outage-facts-t5bn.yaml", "what: List", "what: Write down"),
    ("processes/annual-customer-review.yaml", "- id: notice", "- id: notify"),
    (
        "commitments/2026/11/globex-credit-note-h6ra.yaml",
        "log:\n",
        "log:\n  - {at: 2026-11-23T09:00Z, by: fin, event: closed, result: kept, next: [k3f9]}\n",
    ),
)
"""What is changed in the files: findings, and things to review."""
BROKEN = "what: Pick the venue\noutcom: We know how many chairs to order\ndue: 2026-02-30\n"


@pytest.fixture(scope="module")
def as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example ledger with its history."""
    folder = tmp_path_factory.mktemp("json") / "acme"
    assert run("init", "--example", str(folder)).code == 0
    return folder


@pytest.fixture(scope="module")
def edited(as_made: Path) -> Path:
    """The same with changes that no commit holds, one of which cannot be read."""
    for path, old, new in EDITS:
        text = (as_made / path).read_text("utf-8")
        assert old in text
        (as_made / path).write_text(text.replace(old, new, 1), "utf-8")
    (as_made / "commitments" / "broken.yaml").write_text(BROKEN, "utf-8")
    return as_made


def _wrong(folder: Path, words: str, option: str) -> list[str]:
    ran = run(*words.split(), *option.split(), cwd=folder, env=Made(folder).environ)
    assert ran.out, f"{words} ended with {ran.code}: {ran.err}"
    document = json.loads(ran.out)
    schema = document.pop("schema")
    return [*misfits(document, DOCUMENTS[schema], schema)]


@pytest.mark.parametrize("words", RECORDING)
def test_what_a_verb_prints_is_what_the_page_says(words: str, as_made: Path) -> None:
    assert _wrong(as_made, words, "--json") == []


@pytest.mark.parametrize("words", READING)
def test_what_a_report_prints_is_what_the_page_says(words: str, edited: Path) -> None:
    assert _wrong(edited, words, "--format json") == []


def test_every_document_of_a_report_is_on_the_page() -> None:
    elsewhere = {"nextstep.baseline/1", "nextstep.export/1"}
    sources = (ROOT / "src").rglob("*.py")
    schema = re.compile(r'"(nextstep\.[a-z]+/\d+)"')
    said = {one for path in sources for one in schema.findall(path.read_text("utf-8"))}
    assert said - elsewhere == DOCUMENTS.keys()


def test_a_value_that_is_not_of_its_type_is_found() -> None:
    assert [*misfits([1, "x"], tuple[str, ...], "at")] == ["at[0]: 1 is no text"]
    assert [*misfits(["x"], tuple[str, int], "at")] == ["at: 1 value, not 2"]
    assert [*misfits({"id": "x", "odd": 1}, NewRecord, "at")] == [
        "at: no `path`",
        "at.odd is not told of",
    ]
    assert words_of(tuple[str, int]) == "pair (text; number)"
