"""An editor with the YAML language server completes, explains and underlines by our schemas.

Run with `nox -s outside`. yaml-language-server comes from npm (`npm install yaml-language-server`,
and NODE_PATH names the folder `node_modules`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nextstep.files.editor_schemas import modeline
from nextstep.files.load import load
from nextstep.model.source import Source
from nextstep.rules.catalogue import ALL_RULES
from tests.commands import run
from tests.outside.language_server import LanguageServer
from tests.repositories import write

pytestmark = pytest.mark.outside

ROOT = Path(__file__).resolve().parents[2]
BY_FOLDER = {
    ".nextstep/schemas/commitments.json": "commitments/**/*.yaml",
    ".nextstep/schemas/process.json": "processes/**/*.yaml",
    ".nextstep/schemas/settings.json": "nextstep.yaml",
}


def server(folder: Path, schemas: dict[str, str]) -> LanguageServer:
    node = shutil.which("node")
    place = Path(os.environ.get("NODE_PATH", "")) / "yaml-language-server/bin/yaml-language-server"
    if node is None or not place.is_file():
        pytest.skip("yaml-language-server is not installed, or NODE_PATH does not name its folder")
    yaml = {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "schemas": {str(folder / name): pattern for name, pattern in schemas.items()},
    }
    return LanguageServer([node, str(place), "--stdio"], folder, {"yaml": yaml})


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor") / "ledger"
    assert run("init", str(folder), "--no-git").code == 0
    return folder


@pytest.fixture(scope="module")
def editor(ledger: Path) -> Iterator[LanguageServer]:
    running = server(ledger, {})
    yield running
    running.stop()


def put(ledger: Path, path: str, text: str, kind: str) -> Path:
    write(ledger, {path: modeline(path, kind) + text})
    return ledger / path


def examples() -> list[tuple[str, str]]:
    """Return path and text of every file of the example ledger and good example of a rule."""
    own = [ROOT / "nextstep.yaml", *ROOT.glob("processes/**/*.yaml")]
    own += ROOT.glob("commitments/**/*.yaml")
    found = [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in own]
    for rule in ALL_RULES:
        found += [(path, text) for path, text in rule.good.files.items() if isinstance(text, str)]
    found = [(path, text) for path, text in found if path.endswith(".yaml")]
    return [(path, text) for path, text in found if not load(Source(path, text.encode())).findings]


def kind_of(path: str, text: str) -> str:
    if path.startswith("processes/"):
        return "process"
    if path == "nextstep.yaml":
        return "settings"
    return "run" if "\nsteps:" in f"\n{text}" else "commitment"


def test_what_init_writes_is_followed_by_its_own_line(ledger: Path, editor: LanguageServer) -> None:
    for path in ledger.rglob("*.yaml"):
        assert editor.problems(path) == [], path
    settings = ledger / "nextstep.yaml"
    assert "The zone in which days begin" in editor.hover(settings, 4, 2)


def test_a_wrong_key_and_a_wrong_word_are_underlined(ledger: Path, editor: LanguageServer) -> None:
    path = put(ledger, "commitments/a.yaml", "what: Send it\ndeu: 2026-11-27\n", "commitment")
    assert editor.problems(path) == [(3, "Property deu is not allowed.")]
    log = "what: a\nlog:\n  - {at: 2026-11-12T15:10Z, by: dev, event: agred}\n"
    path = put(ledger, "commitments/b.yaml", log, "commitment")
    ((line, words),) = editor.problems(path)
    assert line == 4
    assert words.startswith('Value is not accepted. Valid values: "proposed", "agreed"')
    dated = put(ledger, "commitments/c.yaml", "what: a\ndue: 27 Nov\n", "commitment")
    assert [line for line, _ in editor.problems(dated)] == [3]
    step = "title: Move\nsteps:\n  - {id: pack, do: Pack, blind: yes}\n"
    path = put(ledger, "commitments/d.yaml", step, "run")
    assert editor.problems(path) == [(4, "Write true or false.")]


def test_nothing_is_underlined_in_any_example(ledger: Path, editor: LanguageServer) -> None:
    copies = []
    for number, (path, text) in enumerate(examples()):
        folder = "processes" if path.startswith("processes/") else "commitments"
        copy = f"{folder}/examples/{number}.yaml"
        copies.append(put(ledger, copy, text, kind_of(path, text)))
    assert len(copies) > 100
    told = editor.all_problems(copies)
    assert {path: words for path, words in told.items() if words} == {}


def test_fields_and_words_are_completed(ledger: Path, editor: LanguageServer) -> None:
    text = "what: Send it\n\n"
    path = put(ledger, "commitments/e.yaml", text, "commitment")
    editor.problems(path)
    assert {"who", "with", "outcome", "due", "log"} <= editor.completions(path, 3, 1)
    text = "title: Offer\nstate: \nsteps:\n  - id: write\n    handoff:\n      \n"
    path = put(ledger, "processes/f.yaml", text, "process")
    editor.problems(path)
    assert {"draft", "active", "retired"} <= editor.completions(path, 3, 8)
    assert {"to", "must_include", "accept_within"} <= editor.completions(path, 7, 7)
    text = "what: a\nlog:\n  - at: 2026-11-12T15:10Z\n    by: dev\n    event: closed\n    \n"
    path = put(ledger, "commitments/g.yaml", text, "commitment")
    editor.problems(path)
    offered = editor.completions(path, 7, 5)
    assert {"result", "outcome", "learned"} <= offered
    assert "agreed_by" not in offered


def test_each_field_is_explained_with_an_example(ledger: Path, editor: LanguageServer) -> None:
    text = "title: Offer\npromise: {text: Soon, due: 5bd after start}\nprovides: An offer\n"
    path = put(ledger, "processes/h.yaml", text, "process")
    editor.problems(path)
    shown = editor.hover(path, 4, 3)
    assert "What the customer gets" in shown
    assert "A review document that the customer recognises as their year" in shown
    assert "The date that keeps it" in editor.hover(path, 3, 24)


def test_the_settings_of_an_editor_do_for_files_without_the_line(tmp_path: Path) -> None:
    """One schema serves a folder in which each file is a commitment or a run."""
    folder = tmp_path / "ledger"
    files = {
        "commitments/2026/11/a.yaml": "what: Send it\nwhoo: dev\n",
        "commitments/2026/11/b.yaml": "title: Move\nsteps:\n  - {id: pack, do: Pack, dew: x}\n",
        "processes/c.yaml": "titel: Offer\n",
        "nextstep.yaml": "peeple: {}\n",
    }
    write(folder, files)
    assert run("schema", "--write", cwd=folder).code == 0
    running = server(folder, BY_FOLDER)
    try:
        told = {path: running.problems(folder / path) for path in files}
    finally:
        running.stop()
    assert told["commitments/2026/11/a.yaml"] == [(2, "Property whoo is not allowed.")]
    assert told["commitments/2026/11/b.yaml"] == [(3, "Property dew is not allowed.")]
    assert (1, "Property titel is not allowed.") in told["processes/c.yaml"]
    assert told["nextstep.yaml"] == [(1, "Property peeple is not allowed.")]
