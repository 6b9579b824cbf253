"""`nextstep schema`: what an editor has to know, printed or put beside the files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from nextstep.files.load import load
from nextstep.model.source import Source
from nextstep.rules.catalogue import ALL_RULES
from tests.commands import run
from tests.repositories import RECORD, make, write

NAMES = ["commitment.json", "commitments.json", "process.json", "run.json", "settings.json"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", ["commitment", "run", "process", "settings"])
def test_a_schema_is_printed_anywhere(kind: str, tmp_path: Path) -> None:
    ran = run("schema", kind, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_alone_it_lists_the_kinds_and_says_what_to_put_into_an_editor(tmp_path: Path) -> None:
    said = run("schema", cwd=tmp_path, env={"COLUMNS": "80"}).out
    for words in ("commitment", "run", "process", "settings", "nextstep schema --write"):
        assert words in said
    assert "# yaml-language-server: $schema=../.nextstep/schemas/process.json" in said
    settings = said[said.index('"yaml.schemas"') : said.index("\n\nPut them")]
    assert json.loads(f"{{{settings}}}")["yaml.schemas"] == {
        ".nextstep/schemas/commitments.json": "commitments/**/*.yaml",
        ".nextstep/schemas/process.json": "processes/**/*.yaml",
        ".nextstep/schemas/settings.json": "nextstep.yaml",
    }


def test_a_kind_that_is_none_is_said_with_the_one_that_was_meant(tmp_path: Path) -> None:
    ran = run("schema", "proces", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean process?" in ran.err


def test_they_are_written_beside_the_files_and_mended_when_they_are_old(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    write(made.path, {"commitments/a.yaml": RECORD})
    folder = made.path / ".nextstep" / "schemas"
    ran = run("schema", "--write", cwd=made.path / "commitments")
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    assert ran.out.count("  new  ") == len(NAMES)
    assert "git add .nextstep/schemas" in ran.out
    (folder / "run.json").write_text("{}")
    again = run("schema", "--write", cwd=made.path)
    assert "changed    .nextstep/schemas/run.json" in again.out
    assert again.out.count("as it was") == len(NAMES) - 1
    assert (folder / "run.json").read_text() == run("schema", "run").out
    assert "there already" in run("schema", "--write", cwd=made.path).out


def test_they_go_into_the_folder_that_is_named(tmp_path: Path) -> None:
    assert run("-C", str(tmp_path), "schema", "--write", "editor/schemas").code == 0
    assert sorted(path.name for path in (tmp_path / "editor" / "schemas").iterdir()) == NAMES


def test_what_stands_in_the_way_is_said_and_stays(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".nextstep").symlink_to("elsewhere")
    ran = run("schema", "--write", cwd=tmp_path)
    assert ran.code == 2
    assert ".nextstep is not a folder" in ran.err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_no_reader_takes_them_for_records(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/a.yaml": RECORD})
    before = run("check", "--format", "json", cwd=tmp_path).out
    run("schema", "--write", cwd=tmp_path)
    assert run("check", "--format", "json", cwd=tmp_path).out == before


def test_another_validator_takes_every_example_with_the_published_schemas(tmp_path: Path) -> None:
    """check-jsonschema reads the files and the schemas itself; one schema serves a whole folder."""
    run("schema", "--write", str(tmp_path / "schemas"))
    files: dict[str, list[str]] = {"commitments": [], "process": [], "settings": []}
    for path, text in _examples():
        folder = path.partition("/")[0]
        kind = {"processes": "process", "nextstep.yaml": "settings"}.get(folder, "commitments")
        place = tmp_path / f"{kind}-{len(files[kind])}.yaml"
        place.write_text(text, "utf-8")
        files[kind].append(str(place))
    assert all(len(listed) > 10 for listed in files.values())
    for kind, listed in files.items():
        schema = tmp_path / "schemas" / f"{kind}.json"
        done = subprocess.run(
            [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *listed],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def _examples() -> list[tuple[str, str]]:
    """Return path and text of the example ledger's files, and of every good example of a rule."""
    own = [ROOT / "nextstep.yaml", *ROOT.glob("processes/**/*.yaml")]
    own += ROOT.glob("commitments/**/*.yaml")
    found = [(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in own]
    for rule in ALL_RULES:
        for path, text in rule.good.files.items():
            if path.endswith(".yaml") and isinstance(text, str):
                found.append((path, text))
    return [(path, text) for path, text in found if not load(Source(path, text.encode())).findings]
