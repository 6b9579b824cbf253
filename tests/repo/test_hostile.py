"""Reading a hostile repository runs nothing of it and changes nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.committed import listing_of
from nextstep.files.disk import read_tree
from nextstep.repo.hazards import hazards
from nextstep.repo.identity import who
from nextstep.repo.place import find_ledger
from nextstep.repo.state import ask
from nextstep.repo.trees import read_revision
from tests.repositories import Hostile, Made, hostile_repository


def _everything(hostile: Hostile, start: Path) -> None:
    """Call every function that reads."""
    place = find_ledger(str(start), environ=hostile.environ)
    read_tree(place.root)
    facts = ask(place, hostile.environ).facts()
    who(place, hostile.environ)
    assert facts.repository is not None, facts.reason
    hazards(place, facts.repository, hostile.environ)
    for revision in ("HEAD", "main", "2026-11-20"):
        listing_of(read_revision(place, revision, zone=UTC, environ=hostile.environ))
    with pytest.raises(NextstepError):
        read_revision(place, "1" * 40, zone=UTC, environ=hostile.environ)


@pytest.mark.parametrize("hooks_path", [False, True])
def test_reading_runs_no_program_and_changes_no_file(tmp_path: Path, *, hooks_path: bool) -> None:
    hostile = hostile_repository(tmp_path, hooks_path=hooks_path)
    before = hostile.state()
    _everything(hostile, hostile.path)
    assert hostile.fired == []
    assert hostile.state() == before


def test_an_embedded_bare_repository_is_an_ordinary_folder(tmp_path: Path) -> None:
    hostile = hostile_repository(tmp_path)
    inside = hostile.path / "commitments" / "embedded"
    assert find_ledger(str(inside), environ=hostile.environ).root == str(hostile.path)
    _everything(hostile, inside)
    assert hostile.fired == []


def test_the_git_folder_itself_is_inside_its_work_tree(tmp_path: Path) -> None:
    hostile = hostile_repository(tmp_path)
    _everything(hostile, hostile.path / ".git")
    assert hostile.fired == []


def _plain(hostile: Hostile, *command: str) -> None:
    subprocess.run(
        ["git", *command],
        cwd=hostile.path,
        env=hostile.environ,
        capture_output=True,
        check=False,
        timeout=100,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["diff"],
        ["-c", "core.fsmonitor=false", "diff", "HEAD"],
        ["-c", "core.fsmonitor=false", "-c", "diff.external=", "log", "-p", "--textconv"],
        ["cat-file", "-p", "1" * 40],
    ],
    ids=" ".join,
)
def test_plain_git_does_run_the_program_there(tmp_path: Path, command: list[str]) -> None:
    """The trap is armed: without this, the tests above would prove nothing."""
    hostile = hostile_repository(tmp_path)
    _plain(hostile, *command)
    assert hostile.fired


def test_a_git_in_the_repository_is_not_taken_for_git(tmp_path: Path) -> None:
    hostile = hostile_repository(tmp_path)
    (hostile.path / "git").symlink_to(hostile.program)
    hostile.environ["PATH"] = f".:{hostile.environ['PATH']}"
    before = hostile.state()
    _everything(hostile, hostile.path)
    assert hostile.fired == []
    assert hostile.state() == before


def test_a_work_tree_that_points_away_is_not_followed(tmp_path: Path) -> None:
    hostile = hostile_repository(tmp_path)
    away = tmp_path / "away"
    away.mkdir()
    hostile.git("config", "core.worktree", str(away))
    place = find_ledger(str(hostile.path), environ=hostile.environ)
    assert place.toplevel == str(hostile.path)
    _everything(hostile, hostile.path)
    assert hostile.fired == []


def _program_settings(hostile: Made) -> set[str]:
    place = find_ledger(str(hostile.path), environ=hostile.environ)
    repository = ask(place, hostile.environ).facts().repository
    assert repository is not None
    return {found.where for found in hazards(place, repository, hostile.environ)}


def test_what_the_repository_would_run_is_told(tmp_path: Path) -> None:
    hostile = hostile_repository(tmp_path, hooks_path=True)
    assert _program_settings(hostile) >= {
        "core.fsmonitor",
        "core.hookspath",
        "core.pager",
        "core.editor",
        "core.sshcommand",
        "filter.bad.clean",
        "filter.bad.smudge",
        "diff.external",
        "diff.bad.textconv",
        "gpg.program",
        "alias.due",
        "credential.helper",
        "protocol.ext.allow",
        "include.path",
        "hooks/post-index-change",
    }


def test_a_repository_as_git_makes_it_has_nothing_to_tell(
    tmp_path: Path, ledger: Callable[[Path], Made]
) -> None:
    assert _program_settings(ledger(tmp_path / "plain")) == set()
