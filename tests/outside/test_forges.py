"""What is given to forges and hooks, by their own programs. Run with `nox -s forge`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.reviewed import BEFORE, CREDIT, VENUE
from tests.docs.reading_pages import ROOT
from tests.repositories import Made, make

pytestmark = pytest.mark.outside

HERE = Path(sys.executable).parent
HOOKS = ROOT / "docs" / "how-to" / "files" / "pre-commit-config.yaml"


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{HERE}:{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"{name} is not installed: `nox -s forge` does that")
    return found


def test_zizmor_finds_nothing_in_the_action_and_the_workflows() -> None:
    ready = ROOT / "docs" / "how-to" / "files"
    places = [ROOT / ".github", ready / "digest.github.yml", ready / "review.github.yml"]
    options = ["--offline", "--collect=all", "--min-severity=medium", "--no-progress"]
    done = subprocess.run(
        [_program("zizmor"), *options, *map(str, places)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    for name in ("action.yml", "ci.yaml", "digest.github.yml", "review.github.yml"):
        assert f"{name}" in done.stderr


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A repository in which the hooks of the page are installed, with the program of this checkout."""
    pre_commit = _program("pre-commit")
    made = make(tmp_path_factory.mktemp("hooks") / "acme")
    made.environ |= {
        "PATH": f"{Path(pre_commit).parent}:{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(made.path.parent / "pre-commit"),
        "NEXTSTEP_TODAY": "2026-11-23",
        **{name: text for name, text in os.environ.items() if name.startswith("PIP_")},
    }
    hooks = HOOKS.read_text("utf-8").replace("[nextstep-cli]", f"[{ROOT}]")
    made.commit({**BEFORE, ".pre-commit-config.yaml": hooks})
    subprocess.run(
        [pre_commit, "install", "--install-hooks"],
        cwd=made.path,
        env=made.environ,
        check=True,
        capture_output=True,
    )
    return made


def _commit(made: Made) -> tuple[int, str]:
    made.git("add", "--all")
    done = subprocess.run(
        ["git", "-c", "user.name=Dev", "-c", "user.email=dev@acme.example", "commit", "-m", "x"],
        cwd=made.path,
        env=made.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    made.git("reset", "--hard")
    return done.returncode, done.stdout + done.stderr


def test_pre_commit_refuses_a_promise_that_moves_without_a_word(hooked: Made) -> None:
    hooked.write({CREDIT: BEFORE[CREDIT].replace("2026-12-02", "2026-12-21")})
    code, said = _commit(hooked)
    assert (code, "from Wed 2 Dec to Mon 21" in said, "NS509" in said) == (1, True, True)


def test_pre_commit_refuses_a_promise_that_is_deleted(hooked: Made) -> None:
    (hooked.path / VENUE).unlink()
    code, said = _commit(hooked)
    assert (code, "NS503" in said) == (1, True)


def test_pre_commit_lets_everything_else_pass(hooked: Made) -> None:
    hooked.write({"README": "about us\n"})
    assert _commit(hooked)[0] == 0
