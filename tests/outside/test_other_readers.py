"""Programs of other people agree: with what YAML says, and about our scripts.

Run with `nox -s outside`. js-yaml comes from npm (`npm install js-yaml`, and NODE_PATH names the
folder `node_modules`), shellcheck, hledger and bean-check from Debian or the package index.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nextstep.files.syntax import parse
from nextstep.model.source import Source

pytestmark = pytest.mark.outside

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("processes", "commitments")
    for path in (ROOT / folder).rglob("*.yaml")
)
_READ = """
const yaml = require('js-yaml'), fs = require('fs');
const read = (path) => yaml.load(fs.readFileSync(path, 'utf8'), {schema: yaml.FAILSAFE_SCHEMA});
console.log(JSON.stringify(process.argv.slice(1).map(read)));
"""


def _needed(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def test_another_reader_of_yaml_finds_the_same_texts() -> None:
    node = _needed("node")
    done = subprocess.run(
        [node, "-e", _READ, *FILES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if "Cannot find module 'js-yaml'" in done.stderr:
        pytest.skip("js-yaml is not installed, or NODE_PATH does not name it")
    theirs = dict(zip(FILES, json.loads(done.stdout), strict=True))
    for path in FILES:
        document = parse(Source(path, (ROOT / path).read_bytes()))
        assert document.root is not None
        assert _plain(document.root) == theirs[path], path


def _plain(node: Any) -> Any:
    if node.id == "mapping":
        return {key.value: _plain(value) for key, value in node.value}
    if node.id == "sequence":
        return [_plain(value) for value in node.value]
    return node.value


def test_the_shell_script_of_the_checks_has_no_trap() -> None:
    done = subprocess.run(
        [_needed("shellcheck"), ".ci/run"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("bean-check", ["--no-cache", "peers.beancount"]),
        ("hledger", ["-f", "peers.journal", "check"]),
    ],
)
def test_peers_can_read_what_they_are_measured_on(
    program: str, words: list[str], tmp_path: Path
) -> None:
    needed = _needed(program)
    place = tmp_path / "records"
    subprocess.run([sys.executable, ROOT / "bench" / "records.py", "20", place], check=True)
    done = subprocess.run([needed, *words], cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
