"""Recording that is killed at random times: `python tests/gates/killed_writers.py [KILLS] [SEED]`.

Each time a verb is killed with SIGKILL somewhere between its first step and its end. Every file must
be whole afterwards, old or new, what was recorded before must still be there, and the next command
must work. Prints where the kills fell; exits with 1 at the first file that is torn or lost.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.load import load
from nextstep.model.source import Source
from tests.faults.writing import OFFER, ROOM, ledger, record, start, status
from tests.repositories import Made

LONGEST = 0.08
PATIENCE = 60.0
QUIET = 5
"""So many looks in a row find no lock."""


def verb(chance: random.Random, number: int) -> list[str]:
    """Return one command, which says its number."""
    day = str(date(2027, 1, 1) + timedelta(days=number))
    return chance.choice(
        [
            ["note", "k3f9", f"kill {number:05}"],
            ["move", "k3f9", "7qhd", day, "--why", f"kill {number:05}", "--agreed-by", "lena"],
            ["add", f"kill {number:05}", "--so", "x", "--with", "lena", "--due", day],
        ]
    )


def torn(made: Made) -> list[str]:
    """Return the files that are not whole."""
    found = []
    for path in made.path.glob("commitments/**/*.yaml"):
        loaded = load(Source(str(path.relative_to(made.path)), path.read_bytes()))
        errors = [one.message for one in loaded.findings if one.severity is Severity.ERROR]
        if loaded.record is None or errors:
            found.append(f"{path.name}: {errors}")
    return found


def until_begun(made: Made, pid: int) -> None:
    """Wait until the words are safe, from when on something can be lost; or until it has ended."""
    ended = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while not any(map(size_of, kept_in(made))) and os.waitid(os.P_PID, pid, ended) is None:
        time.sleep(0.001)


def size_of(path: Path) -> int:
    """Return the size of a file, 0 for one that is gone by now."""
    return path.stat().st_size if path.exists() else 0


def kept_in(made: Made) -> list[Path]:
    """Return the files with words that are kept."""
    return list(made.path.glob(".git/nextstep/rescue/*.txt"))


def everything(made: Made) -> str:
    """Return all the places in which typed words may be."""
    files = [*kept_in(made), *made.path.glob("commitments/**/*.yaml")]
    return "".join([*(path.read_text() for path in files), made.git("log", "-2", "--format=%B")])


def settled(made: Made) -> None:
    """Wait until the git of a killed verb has ended: nobody can tell it to."""
    end = time.monotonic() + PATIENCE
    while any(f"{made.path}" in command for command in commands_of_git()):
        if time.monotonic() > end:
            message = "the git of a killed verb does not end"
            raise AssertionError(message)
        time.sleep(0.005)


def commands_of_git() -> list[str]:
    """Return the command lines of every git that runs on this machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if words[0].endswith("git"):
            found.append(" ".join(words))
    return found


def main(kills: int, seed: int) -> int:
    """Kill so many verbs; return the exit code."""
    chance = random.Random(seed)
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="nextstep-killed-") as name:
        made = ledger(Path(name) / "team")
        for number in range(kills):
            history = (made.path / OFFER).read_text()
            head = made.git("rev-parse", "HEAD")
            running = start(made, *verb(chance, number), "--with-edits")
            until_begun(made, running.pid)
            time.sleep(chance.uniform(0, LONGEST))
            os.kill(running.pid, signal.SIGKILL)
            ran = running.end()
            settled(made)
            if f"kill {number:05}" not in everything(made):
                print(f"kill {number} of seed {seed}: the words are lost: {ran}")
                return 1
            if wrong := torn(made):
                print(f"kill {number} of seed {seed}: {wrong}")
                return 1
            lines = set((made.path / OFFER).read_text().splitlines())
            events = (line for line in history.splitlines() if " - {at:" in line)
            lost = [line for line in events if line not in lines]
            if lost:
                print(f"kill {number} of seed {seed}: lost {lost}")
                return 1
            changed = status(made) != ""
            new = made.git("rev-parse", "HEAD") != head
            ends[end_of(ran.code, new=new, changed=changed)] += 1
            clean(made)
        after = record(made, "note", "7qhd", "the end", "--with-edits")
        made.git("fsck", "--strict", "--no-dangling")
    print(f"{kills} kills: 0 torn files, {dict(ends)}, then {after.code}: {after.err.strip()}")
    return 0 if after.code == 0 else 1


def end_of(code: int, *, new: bool, changed: bool) -> str:
    """Return how far a verb had come."""
    if code == 0:
        return "ended before"
    if new:
        return "committed"
    return "written" if changed else "old"


def clean(made: Made) -> None:
    """Commit or remove what a killed verb left, as somebody would; keep the files few."""
    for path in (*kept_in(made), *made.path.glob("commitments/**/.nextstep-*")):
        path.unlink()
    kept = {OFFER, ROOM}
    for path in made.path.glob("commitments/**/*.yaml"):
        if str(path.relative_to(made.path)) not in kept:
            path.unlink()
    if (made.path / OFFER).stat().st_size > 20_000:
        lines = (made.path / OFFER).read_text().splitlines(keepends=True)
        made.write({OFFER: "".join(line for line in lines if " - {at:" not in line[:10])})
    unlocked(made)
    made.git("add", "--all")
    made.git("commit", "--quiet", "--allow-empty", "--message=tidy")


def unlocked(made: Made) -> None:
    """Wait until no git holds the index: one that was just being started is not seen as running."""
    end = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < QUIET:
        settled(made)
        quiet = 0 if (made.path / ".git/index.lock").exists() else quiet + 1
        if time.monotonic() > end:
            message = "the lock of the index stays"
            raise AssertionError(message)
        time.sleep(0.01)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(numbers + [1000, 1][len(numbers) :])))
