"""What the pages show in a terminal is what a terminal shows.

Every `console` block is run, line by line, in a terminal of 100 columns without colour. A page works
in a copy of the project's own ledger, named `acme`; one that says `<!-- folder: empty -->` works in an
empty folder. A block under `<!-- file: PATH -->` is written to that file first. In the answer, a line
`...` stands for any lines, and a commit's id for any other.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.reading_pages import PAGES, ROOT, blocks, name_of

# Setting up is run by .ci/run, from nothing; so is .ci/run itself.
_ELSEWHERE = ("python3 -m venv ", ".ci/run")
_COMMIT = re.compile(r"\b[0-9a-f]{7}\b")
_WITH_CONSOLE = [page for page in PAGES if any(one.language == "console" for one in blocks(page))]


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder that a page works in."""
    place = tmp_path / "acme"
    place.mkdir()
    if "<!-- folder: empty -->" in request.getfixturevalue("page").read_text("utf-8"):
        return place
    for name in ("processes", "commitments"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy(ROOT / "nextstep.yaml", place)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=place, env=_environment(place), check=True)
    return place


@pytest.mark.parametrize("page", _WITH_CONSOLE, ids=name_of)
def test_console_blocks_show_what_the_program_prints(page: Path, folder: Path) -> None:
    for block in blocks(page):
        if block.file:
            target = folder / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, "utf-8")
        if block.language != "console":
            continue
        for command, expected in _sessions(block.text):
            if command.startswith(_ELSEWHERE):
                continue
            said = _in_terminal(command, folder)
            assert _same(expected, said), f"$ {command}\n{said}"


def _sessions(text: str) -> list[tuple[str, str]]:
    """Return each command of a block with the answer that is shown below it."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not parts[0].strip(), "a console block begins with `$ `"
    return [(command, answer) for command, _, answer in (one.partition("\n") for one in parts[1:])]


def _same(expected: str, said: str) -> bool:
    """Return whether an answer is as shown; a line `...` stands for any lines."""
    shown = _COMMIT.sub("0000000", expected).rstrip() + "\n"
    pattern = r"(?:.*\n)*?".join(
        re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)
    )
    return re.fullmatch(pattern, _COMMIT.sub("0000000", said).rstrip() + "\n") is not None


def _in_terminal(command: str, folder: Path) -> str:
    """Run a line of a shell in a terminal and return everything that was said."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while part := _read(ours):
        said += part
    os.close(ours)
    child.wait()
    lines = said.decode().replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed; macOS gives an empty answer
        return b""


def _environment(folder: Path) -> dict[str, str]:
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Devika Rao\n\temail = dev@acme.example\n[init]\n\tdefaultBranch = main\n",
        "utf-8",
    )
    beside = str(Path(sys.executable).parent)
    day = "2026-11-20T12:00:00Z"
    return {
        "PATH": os.pathsep.join([beside, os.environ.get("PATH", os.defpath)]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_DATE": day,
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
    }
