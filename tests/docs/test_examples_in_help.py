"""Every example in a help text works on the project's own ledger."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nextstep.cli.app import COMMANDS, application
from tests.docs.reading_pages import ROOT

ANSWERS = {0, 1, 65}
"""Done, or something was found; any other exit code says that the example does not work."""


def examples_of(command: str) -> list[str]:
    """Return the command lines of a help text's examples, without what is said of each."""
    (registered,) = application([command]).registered_commands
    text = (registered.callback.__doc__ or "") if registered.callback else ""
    block = text.partition("EXAMPLES\n")[2]
    lines = (re.split(r"\s{2,}", line.strip())[0] for line in block.splitlines())
    return [line for line in lines if line.startswith("nextstep")]


def test_every_command_that_takes_an_argument_or_a_choice_has_examples() -> None:
    assert [name for name in COMMANDS if not examples_of(name)] == ["doctor"]


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A copy of the project's ledger, in a repository that dev of it commits to."""
    place = tmp_path / "acme"
    place.mkdir()
    for name in ("processes", "commitments"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy(ROOT / "nextstep.yaml", place)
    for words in (
        ["init", "-q", "-b", "main"],
        ["config", "user.name", "Devika Rao"],
        ["config", "user.email", "dev@acme.example"],
        ["add", "."],
        ["commit", "-q", "-m", "Begin"],
    ):
        subprocess.run(["git", *words], cwd=place, check=True)
    return place


@pytest.mark.parametrize("command", [name for name in COMMANDS if examples_of(name)])
def test_the_examples_of_a_command_work(command: str, acme: Path) -> None:
    for line in examples_of(command):
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=acme,
            env={
                "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
                "HOME": str(acme.parent),
                "NEXTSTEP_TODAY": "2026-11-23",
                "EDITOR": "true",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in ANSWERS, f"{line}\n{done.stderr}"
