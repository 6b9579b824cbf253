"""Every example in a help text works on the project's own ledger."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from nextstep.cli.app import COMMANDS, application
from tests.commands import run
from tests.docs.reading_pages import ROOT
from tests.repositories import Made, make

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


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's ledger, in a repository that dev of it commits to."""
    made = make(tmp_path_factory.mktemp("begun") / "acme")
    for name in ("processes", "commitments"):
        shutil.copytree(ROOT / name, made.path / name)
    shutil.copy(ROOT / "nextstep.yaml", made.path)
    made.git("config", "user.name", "Devika Rao")
    made.git("config", "user.email", "dev@acme.example")
    made.commit({})
    return made.path


@pytest.fixture
def acme(begun: Path, tmp_path: Path) -> Made:
    """That repository, copied for one test."""
    shutil.copytree(begun, tmp_path / "acme")
    return Made(tmp_path / "acme")


@pytest.mark.parametrize("command", [name for name in COMMANDS if examples_of(name)])
def test_the_examples_of_a_command_work(command: str, acme: Made) -> None:
    for line in examples_of(command):
        program, *words = _as_a_shell_reads(line, acme)
        assert program == "nextstep"
        ran = run(*words, cwd=acme.path, env={**acme.environ, "EDITOR": "true"})
        assert ran.code in ANSWERS, f"{line}\n{ran.err}"


def _as_a_shell_reads(line: str, here: Made) -> list[str]:
    """Return the words of a line up to the file for the answer; `*` is the one ledger there is."""
    words = shlex.split(line.partition(" > ")[0])
    return [word.replace("*", here.path.name) for word in words]
