"""The files that a forge or a hook takes as they are: they can be read, and what they run is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from nextstep.cli.app import COMMANDS, application
from tests.cli.reviewed import AFTER, BEFORE
from tests.docs.reading_pages import ROOT
from tests.repositories import Made, make

READY = sorted((ROOT / "docs" / "how-to" / "files").iterdir())
ACTION = ROOT / ".github" / "actions" / "review" / "action.yml"
STARTS_ANOTHER = {"review.github.yml", "nextstep-digest.service", "nextstep-digest.timer"}
"""Ready files that name no command of ours, but another of these files that does."""
_COMMAND = re.compile(r"(?:^|[\s/\"])nextstep\"?((?: +-C +\S+)?) +(\w+)([^\n|>;)&]*)", re.MULTILINE)
_OPTION = re.compile(r"(?<!\S)\"?(--[a-z][a-z-]*)")
_GH = """\
#!/bin/sh
echo "$@" >>"$RUNNER_TEMP/gh"
case "$*" in *--paginate*) echo "$KNOWN" ;; esac
exit "${GH_FAILS:-0}"
"""


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _told(path: Path) -> Iterator[str]:
    """Yield the texts of a file: of YAML each by itself."""
    if path.suffix in {".yml", ".yaml"}:
        yield from _texts(_read(path))
    else:
        yield path.read_text("utf-8")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in _texts(one))


@pytest.fixture(scope="module")
def options() -> dict[str, set[str]]:
    """The options of each command, as they are typed."""
    whole: Any = typer.main.get_command(application())
    return {
        name: {word for one in command.params for word in [*one.opts, *one.secondary_opts]}
        for name, command in whole.commands.items()
    }


@pytest.mark.parametrize("path", [*READY, ACTION], ids=lambda path: path.name)
def test_every_command_and_option_in_a_ready_file_is_there(
    path: Path, options: dict[str, set[str]]
) -> None:
    found = []
    for text in _told(path):
        for line in text.replace("\\\n", " ").splitlines():
            found += [(one[2], _OPTION.findall(one[3])) for one in _COMMAND.finditer(line)]
    assert found or path.name in STARTS_ANOTHER
    for command, spelt in found:
        assert command in COMMANDS
        assert set(spelt) <= options[command], (command, spelt)


@pytest.mark.parametrize(
    ("schema", "ending"), [("github-workflows", "*.github.yml"), ("gitlab-ci", "*.gitlab-ci.yml")]
)
def test_a_ready_file_is_what_the_forge_says_it_takes(schema: str, ending: str) -> None:
    paths = [path for path in READY if path.match(ending)]
    assert len(paths) == 2
    options = ["--no-cache", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *options, *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_actions_of_others_are_named_by_a_commit() -> None:
    workflows = [*(ROOT / ".github" / "workflows").iterdir(), *READY]
    used = [
        line.strip()
        for path in workflows
        for line in path.read_text("utf-8").splitlines()
        if "uses:" in line
    ]
    assert len(used) >= 6
    for line in used:
        assert re.fullmatch(r"- uses: [\w./-]+@[0-9a-f]{40}  # \S+", line), line


class _Job:
    """A job that runs steps of the action as GitHub's runner does, in bash."""

    def __init__(self, folder: Path, work_tree: Path) -> None:
        self.temp = folder / "runner"
        bin_ = self.temp / "nextstep" / "bin"
        bin_.mkdir(parents=True)
        started = f'#!/bin/sh\nexec "{sys.executable}" -m nextstep "$@"\n'
        self._program(bin_ / "nextstep", started)
        self._program(bin_ / "gh", _GH)
        self.steps = {one["name"]: one for one in _read(ACTION)["runs"]["steps"]}
        self.work_tree = work_tree
        self.env = {
            "PATH": f"{bin_}:{os.environ['PATH']}",
            "HOME": str(folder),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "NEXTSTEP_TODAY": "2026-11-23",
            "AGAINST": "HEAD^1",
            "LEDGER": ".",
            "FAIL_ON": "error",
            "FORMAT": "github",
            "NUMBER": "7",
            "REPOSITORY": "acme/ledger",
            "REPORT": str(self.temp / "nextstep-review.md"),
            "KNOWN": "",
        }
        self.summary = folder / "summary"

    def _program(self, path: Path, text: str) -> None:
        path.write_text(text)
        path.chmod(0o755)

    def run(self, name: str, **env: str) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", self.steps[name]["run"]],
            cwd=self.work_tree,
            env=self.env | env,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def said_to_github(self) -> list[str]:
        told = (self.temp / "gh").read_text().splitlines()
        (self.temp / "gh").unlink()
        return told


@pytest.fixture
def job(tmp_path: Path) -> _Job:
    """A job in a clone of two commits, as a pull request is checked out."""
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    made = make(tmp_path / "acme")
    made.commit(BEFORE)
    for path, text in AFTER.items():
        if text is None:
            (made.path / path).unlink()
        else:
            made.write({path: text})
    made.commit({})
    clone: Made = made.clone(tmp_path / "clone", "--depth=2")
    return _Job(tmp_path, clone.path)


def test_the_action_reviews_comments_once_and_fails_on_errors(job: _Job) -> None:
    assert job.run("Review") == (0, "")
    summary = job.summary.read_text("utf-8")
    assert summary.startswith(
        "<!-- nextstep:review -->\n### This pull request changes 6 promises, 1 proposal"
    )
    comments = "repos/acme/ledger/issues/7/comments"
    assert job.run("Comment") == (0, "")
    asked, written = job.said_to_github()
    assert asked.startswith(f"api --paginate {comments} --jq ")
    assert written == f"api --silent --method POST {comments} --field body=@{job.env['REPORT']}"
    assert job.run("Comment", KNOWN="42\n43") == (0, "")
    assert "--method PATCH repos/acme/ledger/issues/comments/42 " in job.said_to_github()[1]
    code, said = job.run("Check")
    assert code == 1
    assert "::error file=commitments/2026/11/credit-note-h6ra.yaml,line=4" in said
    assert job.run("Check", FAIL_ON="never")[0] == 0


def test_the_action_says_what_it_needs(job: _Job) -> None:
    code, said = job.run("Review", AGAINST="HEAD~2")
    assert (code, "fetch-depth: 2" in said) == (1, True)
    assert job.run("Review", AGAINST="--output=/x")[0] == 1
    assert not job.summary.exists()


def test_the_action_is_silent_where_nothing_changes(job: _Job) -> None:
    assert job.run("Review", AGAINST="HEAD") == (0, "")
    assert "changes no promise and no process" in job.summary.read_text("utf-8")
    assert job.run("Comment", AGAINST="HEAD") == (0, "")
    assert len(job.said_to_github()) == 1


def test_a_token_that_may_not_write_is_no_failure(job: _Job) -> None:
    code, said = job.run("Comment", GH_FAILS="1")
    assert code == 0
    assert "::notice::The token may not write here" in said
