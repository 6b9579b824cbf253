"""Commands that read run no program and change no file, in a repository made to have them do so."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from nextstep.cli import app
from tests.commands import run
from tests.repositories import Hostile, hostile_repository

COMMANDS = (
    ("due",),
    ("due", "--as-of", "HEAD"),
    ("list", "--state", "all"),
    ("list", "--processes"),
    ("show", "k3f9"),
    ("show", "k3f9", "--as-of", "HEAD", "--format", "json"),
    ("who",),
    ("who", "dev", "--as-of", "2026-11-20"),
    ("checklist", "k3f9", "--as-of", "HEAD"),
    ("check",),
    ("audit", "--anchor", "1234567"),
    ("check", "--against", "HEAD"),
    ("review", "HEAD"),
    ("review", "main..", "--format", "markdown"),
    ("digest",),
    ("digest", "--each", "--as-of", "HEAD"),
    ("calendar", "--who", "all", "--closed"),
    ("export", "trail", "--as-of", "HEAD"),
    ("trail",),
    ("trail", "k3f9", "--as-of", "HEAD"),
    ("trail", "--between", "..HEAD"),
    ("slips",),
    ("explain", "NS301"),
    ("doctor",),
    ("doctor", "--format", "json"),
)


@pytest.fixture(params=[False, True], ids=["hooks in .git", "hooks in the tree"])
def hostile(request: pytest.FixtureRequest, tmp_path: Path) -> Hostile:
    return hostile_repository(tmp_path, hooks_path=request.param)


def test_every_command_that_reads_an_earlier_day_is_tried() -> None:
    commands = {name: import_module(module).command for name, module in app.COMMANDS.items()}
    reading = {name for name, one in commands.items() if "as_of" in signature(one).parameters}
    assert reading <= {words[0] for words in COMMANDS}


@pytest.mark.parametrize(
    ("hostile", "folder"),
    [(False, "."), (True, "commitments/2026")],
    ids=["hooks in .git, from the top", "hooks in the tree, from a folder below"],
    indirect=["hostile"],
)
def test_reading_commands_run_nothing_and_change_nothing(hostile: Hostile, folder: str) -> None:
    """Filters, hooks, pagers, aliases, monitors, included files, an embedded repository."""
    before = hostile.state()
    for words in COMMANDS:
        ran = run(*words, cwd=hostile.path / folder, env=hostile.environ)
        assert ran.code in {0, 1, 65}, (words, ran.err)
        assert hostile.fired == [], words
    assert hostile.state() == before


def test_the_embedded_repository_is_not_read_from_within(hostile: Hostile) -> None:
    before = hostile.state()
    for words in (("due",), ("doctor",), ("who",)):
        ran = run(*words, cwd=hostile.path / "commitments" / "embedded", env=hostile.environ)
        assert ran.code in {0, 2, 65}, (words, ran.err)
    assert hostile.fired == []
    assert hostile.state() == before


def test_doctor_lists_what_git_would_run(hostile: Hostile) -> None:
    out = run("doctor", "--format", "json", cwd=hostile.path, env=hostile.environ).out
    for setting in (
        "core.fsmonitor",
        "core.pager",
        "filter.bad.clean",
        "diff.bad.textconv",
        "include.path",
        "alias.due",
        "credential.helper",
    ):
        assert f"{setting} = " in out
    assert "post-index-change" in out
    assert "git obeys these in this repository, nextstep does not" in out
    assert "commitments/embedded is a bare repository" in out
