"""What the pages show in a terminal is what a terminal shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.reading_pages import PAGES, ROOT, name_of

RUNNER = ROOT / "docs" / "console_blocks.py"
SHOWS_A_COMMAND = re.compile(r"^ *\$ |^ *`{3,}console", re.MULTILINE)
WITH_CONSOLE = [page for page in PAGES if SHOWS_A_COMMAND.search(page.read_text("utf-8"))]
NOT_RUN = {
    ("README.md", "python3 -m venv", ".ci/run runs it, from nothing"),
    (".github/CONTRIBUTING.md", ".ci/run", "it runs all of this"),
    ("docs/how-to/complete-in-your-shell.md", "nextstep show <TAB>", "the shell shows it at a key"),
}
"""Every command that a page shows and that is not run: where, how it begins, and why."""


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, RUNNER, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def page_of(folder: Path, block: str) -> Path:
    page = folder / "page.md"
    page.write_text(f"<!-- folder: empty -->\n\n{block}", "utf-8")
    return page


def test_pages_that_show_commands_are_found() -> None:
    assert len(WITH_CONSOLE) >= 8


@pytest.mark.parametrize("page", WITH_CONSOLE, ids=name_of)
def test_console_blocks_show_what_the_program_prints(page: Path) -> None:
    done = run("--check", page)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_that_is_not_run_says_why_and_no_other_is_left_out() -> None:
    done = run("--list", *PAGES)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    matched = set()
    for line in lines:
        here = [
            one
            for one in NOT_RUN
            if line.startswith(f"{ROOT / one[0]}: `{one[1]}") and line.endswith(f"run: {one[2]}")
        ]
        assert here, line
        matched.add(here[0])
    assert matched == NOT_RUN


def test_the_program_stands_in_a_terminal_of_100_columns(tmp_path: Path) -> None:
    sides = "test -t 0 && test -t 1 && test -t 2 && stty size"
    page = page_of(tmp_path, f"```console\n$ {sides}\n40 100\n```\n")
    assert run("--check", page).returncode == 0


@pytest.mark.parametrize(
    "block",
    [
        "```console\n$ echo yes\nno\n```\n",
        "```console\n$ echo yes\n```\n",
        "```console\n$ echo yes\nyes\nand more\n```\n",
        "```console\n$ echo yes; echo and more\nyes\n```\n",
        "```console\n$ true\n$ echo yes\nno\n```\n",
    ],
)
def test_a_page_that_shows_something_else_is_found(block: str, tmp_path: Path) -> None:
    assert run("--check", page_of(tmp_path, block)).returncode == 1


def test_questions_are_answered_by_what_the_page_shows(tmp_path: Path) -> None:
    asks = "printf 'Who?\\n> '; read who; printf 'When?\\n> '; read day; echo $who, $day"
    block = f"```console\n$ {asks}\nWho?\n> dev\nWhen?\n> fri\ndev, fri\n```\n"
    assert run("--check", page_of(tmp_path, block)).returncode == 0
    short = f"```console\n$ {asks}\nWho?\n> dev\n```\n"
    assert run("--check", page_of(tmp_path, short)).returncode == 1


def test_the_editor_does_what_stands_above_the_block(tmp_path: Path) -> None:
    block = (
        "<!-- file: list.txt -->\n```text\none\n```\n\n<!-- editor: one => two\\nthree -->\n"
        "```console\n$ $EDITOR list.txt && cat list.txt\ntwo\nthree\n```\n"
    )
    assert run("--check", page_of(tmp_path, block)).returncode == 0


@pytest.mark.parametrize(
    "block",
    [
        "```\n$ nextstep due\n```\n",
        "```bash\n$ nextstep due\n```\n",
        "   ```console\n   $ nextstep due\n   ```\n",
        "```console\n  $ nextstep due\n```\n",
    ],
)
def test_a_command_that_is_shown_and_not_run_is_found(block: str, tmp_path: Path) -> None:
    done = run("--list", page_of(tmp_path, block))
    assert done.returncode == 1
    assert "nobody says why" in done.stdout
    said = run("--list", page_of(tmp_path, f"<!-- not run: it is an example -->\n{block}"))
    assert said.returncode == 0
