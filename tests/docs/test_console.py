"""What the pages show in a terminal is what a terminal shows."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.commands import Ran
from tests.docs.reading_pages import PAGES, ROOT, name_of

SHOWS_A_COMMAND = re.compile(r"^ *\$ |^ *`{3,}console", re.MULTILINE)
WITH_CONSOLE = [page for page in PAGES if SHOWS_A_COMMAND.search(page.read_text("utf-8"))]
CALENDAR = "docs/how-to/see-it-in-your-calendar.md"
KHAL, TODOMAN = "khal is a program of others", "todoman is a program of others"
NOT_RUN = {
    ("README.md", "python3 -m venv", ".ci/run runs it, from nothing"),
    (".github/CONTRIBUTING.md", ".ci/run", "it runs all of this"),
    ("docs/how-to/complete-in-your-shell.md", "nextstep show <TAB>", "the shell shows it at a key"),
    ("docs/how-to/audit.md", "nextstep audit --anchor", "the ids are those of one ledger"),
    (CALENDAR, "nextstep calendar --closed", KHAL),
    (CALENDAR, "khal import", KHAL),
    (CALENDAR, "nextstep calendar --as todos", TODOMAN),
    (CALENDAR, "todo list", TODOMAN),
    (
        "docs/how-to/query-many-ledgers.md",
        "nextstep export events steps clones/*",
        "the folders are made up; a test makes such tables",
    ),
}
"""Every command that a page shows and that is not run: where, how it begins, and why."""


def run(*words: str | Path) -> Ran:
    """Run the script that reads pages, here: the example is then made once for all of them."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out:
        patch.syspath_prepend(str(ROOT / "docs"))
        runner: Any = import_module("console_blocks")
        code = runner.main([str(word) for word in words])
    return Ran(code, out.getvalue(), "")


def page_of(folder: Path, block: str) -> Path:
    page = folder / "page.md"
    page.write_text(f"<!-- folder: empty -->\n\n{block}", "utf-8")
    return page


def test_pages_that_show_commands_are_found() -> None:
    assert len(WITH_CONSOLE) >= 8


@pytest.mark.parametrize("page", WITH_CONSOLE, ids=name_of)
def test_console_blocks_show_what_the_program_prints(page: Path) -> None:
    done = run("--check", page)
    assert done.code == 0, done.out


def test_every_command_that_is_not_run_says_why_and_no_other_is_left_out() -> None:
    done = run("--list", *PAGES)
    assert done.code == 0, done.out
    lines = done.out.splitlines()
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
    assert run("--check", page).code == 0


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
    assert run("--check", page_of(tmp_path, block)).code == 1


def test_questions_are_answered_by_what_the_page_shows(tmp_path: Path) -> None:
    asks = "printf 'Who?\\n> '; read who; printf 'When?\\n> '; read day; echo $who, $day"
    block = f"```console\n$ {asks}\nWho?\n> dev\nWhen?\n> fri\ndev, fri\n```\n"
    assert run("--check", page_of(tmp_path, block)).code == 0
    short = f"```console\n$ {asks}\nWho?\n> dev\n```\n"
    assert run("--check", page_of(tmp_path, short)).code == 1


def test_the_editor_does_what_stands_above_the_block(tmp_path: Path) -> None:
    block = (
        "<!-- file: list.txt -->\n```text\none\n```\n\n<!-- editor: one => two\\nthree -->\n"
        "```console\n$ $EDITOR list.txt && cat list.txt\ntwo\nthree\n```\n"
    )
    assert run("--check", page_of(tmp_path, block)).code == 0


DRAWN = "id=kept-$(tr -dc 2-9 < /dev/urandom | head -c 3)z && mkdir -p commitments"
MAKES_A_FILE = f'{DRAWN} && touch commitments/$id.yaml && echo "made $id, $id"'


def test_the_page_shows_one_id_for_the_one_that_was_drawn(tmp_path: Path) -> None:
    block = (
        f"```console\n$ {MAKES_A_FILE}\nmade kept-k3f9, kept-k3f9\n"
        "$ ls commitments/kept-k3f9.yaml\ncommitments/kept-k3f9.yaml\n```\n\n"
        "<!-- file: commitments/kept-k3f9.yaml -->\n```yaml\nfollows: kept-k3f9\n```\n\n"
        "```console\n$ cat commitments/*\nfollows: kept-k3f9\n```\n"
    )
    done = run("--check", page_of(tmp_path, block))
    assert done.code == 0, done.out


@pytest.mark.parametrize(
    "shown",
    [
        "made kept-k3f9, kept-q4dn",
        "made sent-k3f9, sent-k3f9",
        "made kept-k3f9, kept-k3f9\n$ ls commitments\nkept-q4dn.yaml",
        "made kept-k3f9, kept-k3f9\n$ touch commitments/kept-q4dn.yaml; ls commitments\nkept-k3f9.yaml",
    ],
)
def test_an_id_that_is_another_one_or_none_is_found(shown: str, tmp_path: Path) -> None:
    assert run("--check", page_of(tmp_path, f"```console\n$ {MAKES_A_FILE}\n{shown}\n```\n")).code


def test_a_page_can_say_what_time_it_is_and_in_which_folder_it_works(tmp_path: Path) -> None:
    commands = {
        "mkdir one && echo $NEXTSTEP_TODAY": "",
        "basename $PWD && echo $NEXTSTEP_TODAY $GIT_COMMITTER_DATE": (
            "one\n2026-11-23T10:10+01:00 2026-11-23T10:10+01:00\n"
        ),
        "basename $PWD && echo $NEXTSTEP_TODAY": "acme\n2026-11-23T10:10+01:00\n",
    }
    above = ("", "<!-- now: 2026-11-23T10:10+01:00 -->\n<!-- in: one -->\n", "")
    blocks = (f"```console\n$ {command}\n{said}```\n" for command, said in commands.items())
    block = "\n".join(f"{one}{other}" for one, other in zip(above, blocks, strict=True))
    done = run("--check", page_of(tmp_path, block))
    assert done.code == 0, done.out


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
    assert done.code == 1
    assert "nobody says why" in done.out
    said = run("--list", page_of(tmp_path, f"<!-- not run: it is an example -->\n{block}"))
    assert said.code == 0
