"""Run what the pages show in a terminal; write what it says now, or with --check compare.

    python docs/console_blocks.py README.md docs/how-to/check-in-ci.md            write
    python docs/console_blocks.py --check docs/tutorial/first-ledger.md           compare

Every `console` block is run, command by command, in a terminal of 100 columns without colour. A page
works in a copy of the project's own ledger, named `acme`; one that says `<!-- folder: empty -->` works
in an empty folder, one that says `<!-- folder: example -->` in the example with its history. A block
under `<!-- file: PATH -->` is written to that file first. In the answer a line `...` stands for any
lines, and a commit's id for any other.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
# Setting up is run by .ci/run, from nothing; so is .ci/run itself.
ELSEWHERE = ("python3 -m venv ", ".ci/run")
_COMMIT = re.compile(r"\b[0-9a-f]{7}\b")
_FENCE = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n+)?^(?P<fence>`{3,})(?P<language>\w*)\n"
    r"(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


class Answer(NamedTuple):
    """A command of a page: what the page shows below it, what it says, and where that stands."""

    command: str
    shown: str
    said: str
    start: int
    end: int

    @property
    def agrees(self) -> bool:
        """Whether the page shows what was said; a line `...` stands for any lines."""
        shown = _COMMIT.sub("0000000", self.shown).rstrip() + "\n"
        pattern = r"(?:.*\n)*?".join(
            re.escape(part) for part in re.split(r"^\.\.\.\n", shown, flags=re.MULTILINE)
        )
        said = _COMMIT.sub("0000000", self.said).rstrip() + "\n"
        return re.fullmatch(pattern, said) is not None


def answers(text: str, folder: Path) -> Iterator[Answer]:
    """Run the console blocks of a page in a folder, in order."""
    for block in _FENCE.finditer(text):
        if block["file"]:
            target = folder / block["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block["text"], "utf-8")
        if block["language"] != "console":
            continue
        for found in re.finditer(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block["text"], re.MULTILINE):
            if not found[1].startswith(ELSEWHERE):
                start, end = (block.start("text") + place for place in found.span(2))
                yield Answer(found[1], found[2], in_terminal(found[1], folder), start, end)


def make_folder(text: str, folder: Path) -> None:
    """Make the folder that a page works in."""
    folder.mkdir()
    if "<!-- folder: empty -->" in text:
        return
    if "<!-- folder: example -->" in text:
        subprocess.run(
            [sys.executable, "-m", "nextstep", "init", "--example", folder],
            env=_environment(folder),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return
    for name in ("processes", "commitments"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nextstep.yaml", folder)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=folder, env=_environment(folder), check=True)


def in_terminal(command: str, folder: Path) -> str:
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
    person = "[user]\n\tname = Devika Rao\n\temail = dev@acme.example\n"
    (home / ".gitconfig").write_text(f"{person}[init]\n\tdefaultBranch = main\n", "utf-8")
    beside = str(Path(sys.executable).parent)
    day = "2026-11-20T12:00:00Z"
    return {
        "PATH": os.pathsep.join([beside, os.environ.get("PATH", os.defpath)]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "Europe/Berlin",
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "NO_COLOR": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_DATE": day,
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
    }


def main(arguments: list[str]) -> int:
    """Write or compare the pages named."""
    check = arguments[:1] == ["--check"]
    wrong = 0
    for page in [Path(name) for name in arguments[check:]]:
        text = page.read_text("utf-8")
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve() / "acme"
            make_folder(text, folder)
            others = [one for one in answers(text, folder) if not one.agrees]
        wrong += len(others)
        if check:
            for one in others:
                print(f"{page}: `{one.command}` says\n{one.said}")
            continue
        for one in reversed(others):
            text = text[: one.start] + one.said.strip("\n") + "\n" + text[one.end :]
        page.write_text(text, "utf-8")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
