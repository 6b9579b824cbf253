"""How a command ends is told by its exit code, the same for every command."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands import PROGRAM, run
from tests.repositories import make, write

LATE = "what: Send Lena the offer\nwho: dev\noutcome: She can decide\ndue: 2026-11-20\n"
LEDGERS = {
    "good": {"commitments/offer.yaml": LATE},
    "empty": {"nextstep.yaml": "timezone: UTC\n"},
    "warned": {"commitments/offer.yaml": "what: Send Lena the offer\n"},
    "wrong": {"commitments/offer.yaml": f"{LATE}after: [gone]\n"},
    "unread": {"commitments/offer.yaml": LATE, "commitments/broken.yaml": "what: @x\n"},
    "none": {"readme.md": "nothing\n"},
}
ENDS = [
    # the ledger, the command, the exit code
    ("good", "", 0),
    ("good", "due", 0),
    ("good", "due --overdue", 0),
    ("empty", "due", 0),
    ("empty", "due --exit-code", 0),
    ("empty", "list", 0),
    ("empty", "check", 0),
    ("empty", "who", 0),
    ("good", "list --text nothing", 0),
    ("good", "show offer", 0),
    ("good", "check", 0),
    ("good", "doctor", 0),
    ("good", "explain", 0),
    ("none", "explain NS301", 0),
    ("good", "--help", 0),
    ("none", "due --help", 0),
    ("good", "due --exit-code", 1),
    ("good", "due --exit-code --today 2026-11-20", 0),
    ("warned", "check", 0),
    ("warned", "check --fail-on warning", 1),
    ("warned", "check --fail-on warning --exit-zero", 0),
    ("wrong", "check", 1),
    ("wrong", "check --exit-zero", 0),
    ("wrong", "due", 0),
    ("unread", "check", 1),
    ("unread", "check --exit-zero", 0),
    ("unread", "due", 65),
    ("unread", "due --exit-code", 65),
    ("unread", "due --overdue", 65),
    ("unread", "list", 65),
    ("unread", "list --format ids", 65),
    ("unread", "list --processes", 65),
    ("unread", "show offer", 65),
    ("unread", "who", 65),
    ("unread", "who dev", 65),
    ("none", "due", 2),
    ("none", "list", 2),
    ("none", "check", 2),
    ("none", "show offer", 2),
    ("none", "who", 2),
    ("good", "nothing", 2),
    ("good", "due --nothing", 2),
    ("good", "due --format nothing", 2),
    ("good", "due --who nobody", 2),
    ("good", "due --within soon", 2),
    ("good", "due --within 1h", 2),
    ("good", "due --within 99999999y", 2),
    ("good", "due --today 2026-02-30", 2),
    ("good", "due --as-of HEAD", 2),
    ("good", "list --state nothing", 2),
    ("good", "list --due-before 2026-02-30", 2),
    ("good", "list --due-after 9999-12-31", 2),
    ("good", "list --due-before 0001-01-01", 2),
    ("good", "show", 2),
    ("good", "show nothing", 2),
    ("good", "show offer write", 2),
    ("good", "who nobody", 2),
    ("good", "explain NS999", 2),
    ("good", "check gone.yaml", 2),
    ("good", "check ..", 2),
    ("good", "check --fail-on nothing", 2),
    ("good", "check --baseline gone.json", 2),
    ("good", "check --write-baseline gone/known.json", 2),
    ("good", "-C gone due", 2),
    ("good", "--color nothing due", 2),
]


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ends")
    for name, files in LEDGERS.items():
        write(folder / name, files)
    return folder


@pytest.mark.parametrize(("ledger", "command", "code"), ENDS)
def test_the_exit_code_tells_how_it_went(
    ledger: str, command: str, code: int, ledgers: Path
) -> None:
    ended = run(*command.split(), cwd=ledgers / ledger)
    assert ended.code == code, ended.err
    if code == 2:
        first, hint, *more = [*ended.err.split("\n"), ""][:-1]
        assert first.startswith("nextstep: ")
        assert hint.startswith("  ") or not hint
        assert not any(more)
        assert ended.out == ""
    elif "ids" in command:
        assert ended.err == "! commitments/broken.yaml could not be read: nextstep check\n"
    else:
        assert ended.err == ""


def test_a_bare_repository_without_a_commit_cannot_be_read(tmp_path: Path) -> None:
    repository = make(tmp_path / "bare.git", "--bare")
    for command in ("due", "list", "check"):
        assert run(command, cwd=repository.path).code == 2


@pytest.mark.parametrize("command", ["due", "check"])
def test_an_interrupted_command_ends_with_130_and_without_a_word(
    command: str, tmp_path: Path
) -> None:
    write(tmp_path, {"commitments/offer.yaml": LATE})
    site = tmp_path / "site"
    pause = (
        "import signal\nimport sys\nimport time\nimport nextstep.files.disk as disk\n\n"
        # a job in the background is started with interrupts ignored, and hands that on
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n\n\n"
        "def read_tree(root):\n    sys.stderr.write('ready')\n    sys.stderr.flush()\n"
        "    time.sleep(60)\n\n\ndisk.read_tree = read_tree\n"
    )
    write(site, {"sitecustomize.py": pause})
    with subprocess.Popen(
        [*PROGRAM, "-C", str(tmp_path), command],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(site)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.read(5) == b"ready"
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=100)
    assert (process.returncode, out, err) == (130, b"", b"")
