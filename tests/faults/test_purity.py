"""The same files and the same moment give the same bytes, whoever asks and wherever."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import load_ledger
from tests.commands import LEDGERS, Ran, run, run_each
from tests.faults.every_output import outputs
from tests.repositories import make, write

ROOT = Path(__file__).resolve().parents[2]
HANDLE = {"desk": "ink-price", "own": "acr-globex"}
COMMANDS = [
    *("due --all", "due --all --format text", "due --all --format json"),
    *("due --all --format markdown", "due --who all --overdue --format ids"),
    *("list --state all", "list --state all --format text", "list --state all --format json"),
    *("list --state all --format markdown", "list --state all --format ids"),
    *("list --kind step --format json", "list --kind plan --format json"),
    *("list --processes --format json", "list --processes --format text"),
    *("show ID", "show ID --format json", "show ID --format markdown"),
    *("who", "who --format text", "who --format json", "who --format markdown"),
    *("check", "check --format json", "check --format concise", "check --format github"),
    *("explain", "explain --format json", "explain NS301", "explain NS301 --format json"),
]


REPORTS = [one for one in COMMANDS if "json" in one and not one.startswith("explain")]


def _copied(name: str, folder: Path) -> Path:
    """Return a copy of the press's ledger, or of the project's own, in a repository of its own."""
    ledger = make(folder / name)
    source = LEDGERS / "desk" if name == "desk" else ROOT
    for part in ("nextstep.yaml", "processes", "commitments"):
        if (source / part).is_dir():
            shutil.copytree(source / part, ledger.path / part)
        elif (source / part).exists():
            shutil.copy(source / part, ledger.path / part)
    settings = ledger.path / "nextstep.yaml"
    if "timezone:" not in settings.read_text():
        settings.write_text(f"timezone: UTC\n{settings.read_text()}")
    ledger.commit({})
    return ledger.path


@pytest.fixture(scope="module", params=["desk", "own"])
def ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name: str = request.param
    return _copied(name, tmp_path_factory.mktemp("pure"))


@pytest.fixture(scope="module")
def elsewhere(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Ran]:
    """What each command says to somebody else, in another place and language."""
    env = {
        "HOME": str(tmp_path_factory.mktemp("home")),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C.UTF-8",
        "LANG": "de_DE.UTF-8",
        "PYTHONHASHSEED": "7",
        "USER": "somebody",
        "TERM": "xterm-256color",
    }
    lines = [_words(command, ledger) for command in COMMANDS]
    return dict(zip(COMMANDS, run_each(lines, cwd=ledger, env=env), strict=True))


@pytest.mark.parametrize("command", COMMANDS)
def test_who_asks_and_where_changes_nothing(
    command: str, ledger: Path, elsewhere: Mapping[str, Ran]
) -> None:
    once = run(*_words(command, ledger), cwd=ledger)
    assert elsewhere[command] == once
    assert "Traceback" not in once.err


@pytest.mark.parametrize("name", ["desk", "own"])
def test_where_a_file_lies_on_the_disk_changes_nothing(name: str, tmp_path: Path) -> None:
    """Written in another order, in a folder elsewhere, with other times and rights."""
    first = _copied(name, tmp_path / "a")
    second = tmp_path / "b" / name
    files = [path for path in first.rglob("*") if path.is_file() and ".git" not in path.parts]
    random.Random(7).shuffle(files)
    for path in files:
        place = second / path.relative_to(first)
        write(place.parent, {place.name: path.read_bytes()})
        place.chmod(0o600)
        os.utime(place, (1, 1))
    for command in ("due --all --format json", "list --state all --format json", "check", "who"):
        told, again = (run(*command.split(), cwd=folder) for folder in (first, second))
        assert _without_commit(told.out) == _without_commit(again.out), command


def test_the_order_in_which_files_are_found_changes_no_output() -> None:
    sources = list(read_tree(str(ROOT)).sources)
    expected = outputs(load_ledger(Listing(tuple(sources), ()), root="acme"))
    for seed in range(20 if "NEXTSTEP_FUZZ_EXAMPLES" in os.environ else 1):
        random.Random(seed).shuffle(sources)
        shuffled = outputs(load_ledger(Listing(tuple(sources), ()), root="acme"))
        assert shuffled == expected


@pytest.mark.parametrize(
    "command", ["due --format json", "check --format json", "who --format json"]
)
def test_columns_count_for_a_person_alone(command: str, ledger: Path) -> None:
    wide, narrow = (run(*command.split(), cwd=ledger, env={"COLUMNS": n}) for n in ("200", "1"))
    assert wide == narrow


def test_a_commit_and_the_same_work_tree_say_the_same(ledger: Path) -> None:
    for command in (
        "due --all --format json",
        "list --state all --format json",
        "show ID --format json",
    ):
        words = _words(command, ledger)
        now, then = run(*words, cwd=ledger), run(*words, "--as-of", "HEAD", cwd=ledger)
        assert now == then


@pytest.mark.parametrize("command", REPORTS)
def test_json_is_sorted_and_ends_in_a_line(command: str, ledger: Path) -> None:
    out = run(*_words(command, ledger), cwd=ledger).out
    report = json.loads(out)
    assert out == json.dumps(report, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert report["schema"].startswith("nextstep.")
    assert report["schema"].endswith("/1")


def _words(command: str, ledger: Path) -> list[str]:
    return command.replace("ID", HANDLE[ledger.name]).split()


def _without_commit(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if '"commit":' not in line)
