"""`nextstep init --example`: an invented company, with a history that git can tell."""

from __future__ import annotations

import os
import resource
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.example.files import example_files
from nextstep.files.disk import read_tree
from nextstep.files.ledger import load_ledger
from nextstep.render.example_words import Planted, Told, example_page
from nextstep.render.page_text import page_text
from nextstep.render.terminal import Screen
from tests.commands import Ran, run
from tests.goldens import compare, unused
from tests.repositories import Made, hostile_repository, make, state_of

GOLDEN = [f"init/example-{columns}.txt" for columns in (60, 80, 120)]
SECONDS = 5.0


def plant(folder: Path, *words: str, env: dict[str, str] | None = None) -> Ran:
    folder.mkdir(exist_ok=True)
    return run("init", "--example", *words, cwd=folder, env=env)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """What is said where the example is made; it does not take long."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = plant(tmp_path_factory.getbasetemp() / "planted", "acme")
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (ran.code, ran.err) == (0, "")
    spent = (now.ru_utime + now.ru_stime) - (used.ru_utime + used.ru_stime)
    assert spent < SECONDS, f"it took {spent:.1f} seconds of work"
    return ran


@pytest.fixture(scope="module")
def planted(said: Ran, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The example with its history."""
    assert said.code == 0
    return Made(tmp_path_factory.getbasetemp() / "planted" / "acme")


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if ".git" not in path.relative_to(folder).parts
    }


def test_the_folder_and_the_last_commit_hold_the_example_byte_for_byte(planted: Made) -> None:
    assert files_in(planted.path) == example_files()
    assert planted.git("status", "--porcelain") == ""
    assert planted.git("ls-files").splitlines() == sorted(example_files())


def test_git_finds_nothing_wrong_with_it(planted: Made) -> None:
    assert planted.git("fsck", "--strict", "--no-dangling") == ""
    assert planted.git("rev-parse", "--abbrev-ref", "HEAD") == "main"
    assert planted.git("for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_its_graph_has_branches_that_came_back(planted: Made) -> None:
    graph = planted.git("log", "--graph", "--format=%s").splitlines()
    assert len(planted.git("rev-list", "--merges", "HEAD").splitlines()) >= 5
    assert sum("|\\" in line for line in graph) >= 5


def test_reports_speak_to_dev_in_this_repository_alone(planted: Made) -> None:
    said = run("due", "--format", "text", cwd=planted.path, env={"COLUMNS": "100"})
    assert said.out.startswith("Mon 23 Nov 2026 · dev · 4 need you, 1 to accept")
    assert planted.git("config", "--local", "user.email") == "dev@acme.example"
    assert planted.git("config", "--local", "user.name") == "Devika Rao"


def test_an_earlier_day_is_what_the_files_said_then(planted: Made) -> None:
    words = ["show", "k3f9", "--format", "text", "--as-of"]
    then = run(*words, "2026-11-16", cwd=planted.path, today="2026-11-16").out
    assert "due Wed 18 Nov, in 2 days" in then
    assert "moved" not in then
    now = run(*words, "2026-11-23", cwd=planted.path).out
    assert "was due Fri 20 Nov, 1 working day ago, moved once" in now


@pytest.fixture(scope="module")
def counted(planted: Made) -> Planted:
    """What there is to say of what was made, counted by git and in the files."""
    days = planted.git("log", "--reverse", "--format=%cs").split()
    ledger = load_ledger(read_tree(str(planted.path)), root="acme")
    return Planted(
        root="/home/dev/acme",
        shown="acme",
        today=date(2026, 11, 23),
        processes=len(ledger.processes),
        commitments=len(ledger.commitments),
        runs=len(ledger.runs),
        reader=("Devika Rao", "dev@acme.example"),
        told=Told(
            commits=len(days),
            merges=len(planted.git("rev-list", "--merges", "HEAD").split()),
            people=len(set(planted.git("log", "--format=%ae").split())),
            first=date.fromisoformat(days[0]),
            last=date.fromisoformat(days[-1]),
        ),
        git_trouble="",
        around=None,
        elsewhere=None,
    )


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_it_says_what_it_made_and_how_to_look(columns: int, counted: Planted) -> None:
    text = page_text(example_page(counted), Screen(width=columns))
    assert all(len(line) <= columns for line in text.splitlines())
    compare(f"init/example-{columns}.txt", text)


def test_the_program_says_just_that(said: Ran, planted: Made, counted: Planted) -> None:
    page = example_page(replace(counted, root=str(planted.path)))
    assert said.out == page_text(page, Screen(width=80))


def test_no_golden_file_is_left_over() -> None:
    assert unused("init", GOLDEN) == set()


def test_without_git_the_files_come_without_a_history(tmp_path: Path) -> None:
    ran = plant(tmp_path, "acme", env={"PATH": str(tmp_path)})
    assert ran.code == 0
    assert "It has no history: git is not installed" in ran.out
    assert "git log" not in ran.out
    assert files_in(tmp_path / "acme") == example_files()
    assert not (tmp_path / "acme" / ".git").exists()


def test_no_git_is_heeded(tmp_path: Path) -> None:
    ran = plant(tmp_path, "acme", "--no-git")
    assert (ran.code, "It has no history, as asked." in ran.out) == (0, True)
    assert not (tmp_path / "acme" / ".git").exists()


def test_a_folder_that_looks_like_an_option_can_be_gone_into(tmp_path: Path) -> None:
    ran = plant(tmp_path, "--no-git", "--", "-x")
    assert ran.code == 0
    assert "cd -- -x" in ran.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["full"], "there is something in `full`"),
        (["file"], "`file` is not a folder"),
        (["new", "--holidays", "US"], "the example has its own closed days"),
        ([".git/x"], "is inside a git repository's own files"),
    ],
)
def test_it_says_where_it_cannot_be(words: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    before = state_of(tmp_path)
    ran = plant(tmp_path, *words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert state_of(tmp_path) == before


def test_a_git_that_fails_leaves_no_half_of_a_repository(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    git = shutil.which("git")
    (programs / "git").write_text(
        f'#!/bin/sh\ncase "$*" in *fast-import*) echo full >&2; exit 9;; esac\nexec {git} "$@"\n'
    )
    (programs / "git").chmod(0o755)
    env = {"PATH": f"{programs}:{os.environ['PATH']}"}
    ran = plant(tmp_path, "acme", env=env)
    assert ran.code == 2
    assert "`git fast-import` failed: full" in ran.err
    assert list((tmp_path / "acme").iterdir()) == []


class Odd(Struct, frozen=True):
    """The example made in an odd place, and what was said."""

    made: Made
    said: Ran
    outer: Path
    fired: list[str]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Odd:
    """Made in the folder we are in, inside a repository, by somebody with hostile settings."""
    folder = tmp_path_factory.mktemp("odd")
    hostile = hostile_repository(folder, hooks_path=True)
    settings = folder / "gitconfig"
    settings.write_text(
        "[core]\n\tautocrlf = true\n\teol = crlf\n"
        f"\thooksPath = {hostile.path}/hooks\n\tattributesFile = {folder}/attributes\n"
        f"\tfsmonitor = {hostile.program}\n"
        f"[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = {hostile.program}\n"
        f'[filter "bad"]\n\tsmudge = {hostile.program}\n\tclean = {hostile.program}\n'
        f"[init]\n\tdefaultBranch = trunk\n\ttemplateDir = {hostile.path}\n"
    )
    (folder / "attributes").write_text("* filter=bad text eol=crlf\n")
    env = {"GIT_CONFIG_GLOBAL": str(settings), "GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere"}
    env |= {"TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "GIT_COMMITTER_DATE": "2001-01-01T00:00Z"}
    outer = make(folder / "outer").path
    ran = plant(outer / "here", env=env)
    assert ran.code == 0
    return Odd(Made(outer / "here"), ran, outer, hostile.fired)


def test_nothing_of_the_user_runs_and_no_setting_bends_the_files(odd: Odd) -> None:
    assert odd.fired == []
    assert files_in(odd.made.path) == example_files()


def test_the_same_example_has_the_same_ids(odd: Odd, planted: Made) -> None:
    assert odd.made.git("rev-parse", "HEAD") == planted.git("rev-parse", "HEAD")


def test_without_a_folder_it_comes_into_the_one_that_we_are_in(odd: Odd) -> None:
    assert "cd " not in odd.said.out


def test_inside_another_repository_it_says_that_it_is_one_of_its_own(odd: Odd) -> None:
    said = " ".join(odd.said.out.split())
    assert f"It is a repository of its own inside the one in {odd.outer}" in said
