r"""Run what the pages show in a terminal; write what it says now, or with --check compare.

    python docs/console_blocks.py README.md docs/how-to/check-in-ci.md            write
    python docs/console_blocks.py --check docs/tutorial/first-ledger.md           compare
    python docs/console_blocks.py --list docs/how-to/*.md                         what is not run

Every `console` block is run, command by command, in a terminal of 100 columns without colour, on both
sides: what a command asks is answered by the lines of the block that begin with `>`. A page works in a
copy of the project's own ledger, named `acme`; one that says `<!-- folder: empty -->` works in an empty
folder, one that says `<!-- folder: example -->` in the example with its history. In the answer a line
`...` stands for any lines, and a commit's id for any other; the ids of new files are drawn, and stand for
those that the page shows (drawn_ids.py).

What stands above a block, each on a line of its own:

    <!-- now: 2026-11-23T09:10:00Z -->    from this block on it is that time, for git too
    <!-- in: FOLDER -->        the commands are typed in that folder of the page's own
    <!-- file: PATH -->        the block is written to that file
    <!-- editor: A => B -->    what is done when the block opens the editor: B for A, where `\n` ends a
                               line; one for each time that it opens
    <!-- not run: WHY -->      the block shows commands that are not run
"""

from __future__ import annotations

import atexit
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from drawn_ids import DrawnIds
from running import Program, in_a_fork, plain_words

ROOT = Path(__file__).resolve().parents[1]
ELSEWHERE = {
    "python3 -m venv ": ".ci/run runs it, from nothing",
    ".ci/run": "it runs all of this",
}
"""How the commands begin that are run by something else, and by what."""

_LINES, _COLUMNS = 40, 100
_LONGEST = 60
"""Seconds of silence after which a command is stopped."""
_COMMIT = re.compile(r"\b(?:[0-9a-f]{7}|[0-9a-f]{40})\b")
_FENCE = re.compile(
    r"(?P<above>(?:^<!-- [^\n]* -->\n+)*)^(?P<indent> *)(?P<fence>`{3,})(?P<language>\w*)[^\n]*\n"
    r"(?P<text>.*?)^(?P=indent)(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
_SAID_ABOVE = re.compile(r"<!-- (now|in|file|editor|not run): (.+?) -->")
_COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_ASKS = re.compile(rb"(?:^|\n)> \Z")
_PASTING = re.compile(rb"\x1b\[\?2004[hl]\r?")
"""Written by the line editor around each question: whether pasted text is marked as such."""
_EDITOR = """\
import sys
from pathlib import Path

edits, file = Path.home() / "edits", Path(sys.argv[-1])
first, _, left = edits.read_text("utf-8").partition("\\n")
old, _, new = first.replace("\\\\n", "\\n").partition(" => ")
text = file.read_text("utf-8")
if text.count(old) != 1:
    sys.exit(f"{old!r} stands {text.count(old)} times in what is edited")
file.write_text(text.replace(old, new), "utf-8")
edits.write_text(left, "utf-8")
"""
"""What a person does in an editor: the first edit of the list, which is then gone."""


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
    ids, now = DrawnIds(folder), ""
    for block in _FENCE.finditer(text):
        above = [(kind, ids.as_drawn(said)) for kind, said in _SAID_ABOVE.findall(block["above"])]
        now = dict(above).get("now", now)
        place = folder / dict(above).get("in", "")
        for name in (said for kind, said in above if kind == "file"):
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(ids.as_drawn(block["text"]), "utf-8")
        edits = [said for kind, said in above if kind == "editor"]
        for found in _run_in(block):
            start, end = (block.start("text") + at for at in found.span(2))
            said = in_terminal(
                ids.as_drawn(found[1]),
                place,
                environment=environment_of(folder, now),
                typed=_typed(ids.as_drawn(found[2])),
                edits=edits,
            )
            yield Answer(found[1], found[2], ids.as_shown(said, found[2]), start, end)


def not_run(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a page that is shown and not run, with the reason; empty for none."""
    for block in _FENCE.finditer(text):
        shown = re.findall(r"^ *\$ (.+)$", block["text"], re.MULTILINE)
        why = dict(_SAID_ABOVE.findall(block["above"])).get("not run", "")
        run = [found[1] for found in _run_in(block)]
        for command in shown:
            if command not in run:
                yield command, why or _elsewhere(command)


def _run_in(block: re.Match[str]) -> list[re.Match[str]]:
    """Return the commands of a block that are run."""
    if block["language"] != "console" or block["indent"] or "<!-- not run:" in block["above"]:
        return []
    return [one for one in _COMMAND.finditer(block["text"]) if not _elsewhere(one[1])]


def _elsewhere(command: str) -> str:
    return next((why for begin, why in ELSEWHERE.items() if command.startswith(begin)), "")


def _typed(shown: str) -> list[str]:
    """Return the answers to questions that stand in what a page shows."""
    return [line[1:].strip() for line in shown.splitlines() if line.startswith(">")]


def make_folder(text: str, folder: Path) -> None:
    """Make the folder that a page works in."""
    folder.mkdir()
    if "<!-- folder: empty -->" in text:
        return
    if "<!-- folder: example -->" in text:
        shutil.copytree(_example(), folder, dirs_exist_ok=True)
        return
    for name in ("processes", "commitments"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nextstep.yaml", folder)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=folder, env=environment_of(folder), check=True)


@cache
def _example() -> Path:
    """Return the example with its history, made once for all pages."""
    place = Path(tempfile.mkdtemp(prefix="nextstep-example-")).resolve()
    atexit.register(shutil.rmtree, place)
    folder = place / "acme"
    ran = in_a_fork(["init", "--example", str(folder)], None, environment_of(folder))
    if ran.code:
        raise RuntimeError(ran.err)
    return folder


def in_terminal(
    command: str,
    folder: Path,
    *,
    environment: dict[str, str],
    typed: list[str],
    edits: list[str],
) -> str:
    """Run a line of a shell in a terminal and return everything that stands there afterwards.

    Each question is answered by the next of the lines ``typed``; then by the end of the input. The
    editor does the next of the ``edits``, each ``A => B``.
    """
    Path(environment["HOME"], "edits").write_text("".join(f"{one}\n" for one in edits))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
    child = _started(command, folder, environment, theirs)
    os.close(theirs)
    said, asked, left = b"", 0, list(typed)
    while part := _read(ours, child):
        said = _PASTING.sub(b"", said + part).replace(b"\r\n", b"\n")
        if len(said) > asked and _ASKS.search(said):
            asked = len(said)  # what comes in pieces is still the same question
            os.write(ours, f"{left.pop(0)}\n".encode() if left else b"\x04")
    os.close(ours)
    child.wait()
    return "\n".join(line.rstrip() for line in said.decode().split("\n"))


def _started(
    command: str, folder: Path, environment: dict[str, str], terminal: int
) -> Program | subprocess.Popen[bytes]:
    """Start a command on a terminal, in a shell where it needs one."""
    words = plain_words(command)
    if words is not None:
        return Program(words, folder, environment, terminal)
    return subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )


def _read(terminal: int, child: Program | subprocess.Popen[bytes]) -> bytes:
    """Return what comes next; nothing at the end, or where a command says nothing for too long."""
    if not select.select([terminal], [], [], _LONGEST)[0]:
        os.killpg(child.pid, signal.SIGKILL)
        return b"\n(stopped: it said nothing for a minute)\n"
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed; macOS gives an empty answer
        return b""


def environment_of(folder: Path, now: str = "") -> dict[str, str]:
    """Return the environment of who types on a page, with a home beside the folder."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    person = "[user]\n\tname = Devika Rao\n\temail = dev@acme.example\n"
    plain = "[init]\n\tdefaultBranch = main\n[color]\n\tui = never\n[core]\n\tpager = cat\n"
    (home / ".gitconfig").write_text(person + plain, "utf-8")
    editor = home / "editor"
    editor.write_text(f"#!{sys.executable}\n{_EDITOR}", "utf-8")
    editor.chmod(0o755)
    beside = str(Path(sys.executable).parent)
    day = now or "2026-11-20T12:00:00Z"
    return {
        **({"NEXTSTEP_TODAY": now} if now else {}),
        "PATH": os.pathsep.join([beside, os.environ.get("PATH", os.defpath)]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "Europe/Berlin",
        "TERM": "xterm-256color",
        "NO_COLOR": "1",
        "EDITOR": str(editor),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": day,
        "GIT_COMMITTER_DATE": day,
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
    }


def main(arguments: list[str]) -> int:
    """Write, compare or look through the pages named."""
    what = arguments[0] if arguments[:1] in (["--check"], ["--list"]) else ""
    wrong = 0
    for page in [Path(name) for name in arguments[bool(what) :]]:
        text = page.read_text("utf-8")
        if what == "--list":
            for command, why in not_run(text):
                print(f"{page}: `{command}` is not run: {why or 'nobody says why'}")
                wrong += not why
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve() / "acme"
            make_folder(text, folder)
            others = [one for one in answers(text, folder) if not one.agrees]
        wrong += len(others)
        if what:
            for one in others:
                print(f"{page}: `{one.command}` says\n{one.said}")
            continue
        for one in reversed(others):
            text = text[: one.start] + one.said.rstrip("\n") + "\n" + text[one.end :]
        page.write_text(text, "utf-8")
    return 1 if what and wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
