"""Many who write in one clone: `python tests/gates/writing_at_once.py [PROCESSES] [VERBS] [RUNS]`.

Each process records so many things with mixed verbs, one after another, while another loop makes
plain commits of its own with `git commit`. Afterwards every commit is looked at. Prints for each
run how many were acknowledged, how long one took, and what was found wrong; exits with 1 when fewer
than 99 % were acknowledged, when one that was acknowledged is not in the history, or when a commit
of a verb holds a path that its message does not name.

One thing is counted and not held against the program: two `git commit` at a time share one file for
their messages, so that each may get the words of the other, and a plain one that has read an old
index commits what stood in it. Those commits are told as mixed up by git.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.forked import Fork
from tests.recording import team
from tests.repositories import Made

RECORDS = 12
ENOUGH = 0.99
FOREIGN = "notes/foreign.txt"


def offer(number: int) -> tuple[str, str]:
    """Return the path and the text of a commitment that all of them write to."""
    path = f"commitments/2026/11/offer-{number:02}-{number:04}.yaml"
    return path, f"what: Offer {number}\n\nwho: dev\nwith: [lena]\noutcome: A yes\n\ndue: asap\n"


def words_of(chance: random.Random, mark: str, number: int) -> list[str]:
    """Return one command; ``mark`` stands in what it writes, and nobody else takes its date."""
    id_ = f"offer-{chance.randrange(RECORDS):02}"
    day = str(date(2027, 1, 1) + timedelta(days=number))
    verbs = [
        ["note", id_, mark],
        ["move", id_, day, "--why", mark, "--agreed-by", "lena"],
        ["block", id_, "--why", mark, "--on", "lena"],
        ["add", mark, "--who", "dev", "--with", "lena", "--so", "It is there", "--due", day],
    ]
    return chance.choice(verbs)


class Told:
    """What was acknowledged: the mark, the commit that was named, the paths; and how long."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.acknowledged: dict[str, tuple[str, list[str]]] = {}
        self.refused: list[str] = []
        self.seconds: list[float] = []


def writer(made: Made, number: int, count: int, out: Path) -> None:
    """Record so many things; runs in a process of its own and writes down what was told."""
    chance = random.Random(number)
    lines = []
    for turn in range(count):
        mark = f"mark {number:03}x{turn:03}"
        began = time.monotonic()
        words = words_of(chance, mark, number * count + turn)
        ran = Fork(made.path, *words, "--json", env=made.environ).end()
        lines.append([mark, ran.code, ran.out, ran.err, time.monotonic() - began])
    out.write_text(json.dumps(lines))


def foreign(made: Made, stop: Path) -> None:
    """Make plain commits of a file of its own, as long as nobody says stop."""
    turn = 0
    while not stop.exists():
        turn += 1
        made.write({FOREIGN: f"{turn}\n"})
        for command in (["add", FOREIGN], ["commit", "--quiet", "--message=foreign"]):
            subprocess.run(
                ["git", *command], cwd=made.path, env=made.environ, capture_output=True, check=False
            )


def forked(work: object, *given: object) -> int:
    """Run a function in a process of its own and return the process."""
    process = os.fork()
    if process == 0:
        code = 1
        try:
            work(*given)  # type: ignore[operator]
            code = 0
        finally:
            os._exit(code)
    return process


def measured(folder: Path, processes: int, count: int) -> tuple[Made, Told]:
    """Let them all write, and return what they were told."""
    made = team(folder / "team", dict(map(offer, range(RECORDS))))
    stop = folder / "stop"
    other = forked(foreign, made, stop)
    outs = [folder / f"{number}.json" for number in range(processes)]
    writers = [forked(writer, made, number, count, out) for number, out in enumerate(outs)]
    for process in writers:
        os.waitpid(process, 0)
    stop.touch()
    os.waitpid(other, 0)
    told = Told()
    for out in outs:
        for mark, code, answer, err, seconds in json.loads(out.read_text()):
            told.seconds.append(seconds)
            if code == 0:
                recorded = json.loads(answer)
                told.acknowledged[mark] = (recorded["commit"], recorded["paths"])
            else:
                told.refused.append(f"{code} {err.strip()}")
    return made, told


def wrong_with(made: Made, told: Told) -> list[str]:
    """Return what is not as it was told; empty when nothing is lost."""
    log = made.git("log", "--format=%x01%H%x02%s%x02%B%x02", "--name-only", "HEAD").split("\x01")
    commits = {}
    for entry in log[1:]:
        id_, subject, body, names = entry.split("\x02")
        commits[id_] = (subject, body, names.split())
    tree = set(made.git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0"))
    wrong = []
    for mark, (id_, paths) in told.acknowledged.items():
        if id_ not in commits:
            wrong.append(f"{mark}: commit {id_} is not in the history")
        elif not holds(commits[id_], paths):
            wrong.append(f"{mark}: commit {id_} holds {commits[id_][2]} and not {paths}")
        for where, texts in (
            ("the files", [(made.path / path).read_text() for path in paths]),
            ("HEAD", [made.git("show", f"HEAD:{path}") for path in paths if path in tree]),
        ):
            if not any(mark in text for text in texts):
                wrong.append(f"{mark}: its words are not in {where} of {paths}")
    wrong += [
        f"commit {id_} ({subject}) holds {names}"
        for id_, (subject, body, names) in commits.items()
        if (named := named_in(body)) and FOREIGN not in names and named != stems(names)
    ]
    made.git("fsck", "--strict", "--no-dangling")
    left = made.git("status", "--porcelain", "--untracked-files=all", "--", "commitments")
    return [*wrong, *(f"not committed: {line}" for line in left.splitlines())]


def holds(commit: tuple[str, str, list[str]], paths: list[str]) -> bool:
    """Whether a commit holds what was acknowledged: exactly that, if it is one of ours."""
    _, body, names = commit
    ours = "Nextstep: " in body
    return sorted(names) == sorted(paths) if ours else set(paths) <= set(names)


def named_in(body: str) -> set[str]:
    """Return the ids that a message of ours names; nothing for any other message."""
    return {line.split()[2] for line in body.splitlines() if line.startswith("Nextstep: ")}


def stems(names: list[str]) -> set[str]:
    """Return the ids of files."""
    return {Path(name).stem for name in names}


def mixed_up(made: Made) -> tuple[int, int]:
    """Return how many commits git mixed up: of ours with foreign words, foreign with ours in them.

    The first has files of ours alone and not our words; the second holds the file of the other
    loop, and our words or our files.
    """
    log = made.git("log", "--format=%x01%s%x02%B%x02", "--name-only", "HEAD").split("\x01")[1:]
    ours = theirs = 0
    for entry in log:
        subject, body, held = entry.split("\x02")
        names = held.split()
        if FOREIGN in names:
            theirs += names != [FOREIGN] or bool(named_in(body))
        else:
            ours += bool(names) and subject != "Begin" and not named_in(body)
    return ours, theirs


def once(processes: int, count: int) -> bool:
    """Let so many processes record so many things each; print how it went, return whether well."""
    with tempfile.TemporaryDirectory(prefix="nextstep-at-once-") as name:
        began = time.monotonic()
        made, told = measured(Path(name), processes, count)
        took = time.monotonic() - began
        wrong = wrong_with(made, told)
        ours, theirs = mixed_up(made)
        foreign_ones = int(made.git("rev-list", "--count", "HEAD", "--", FOREIGN))
    total = processes * count
    share = len(told.acknowledged) / total
    print(
        f"{processes} processes x {count} verbs beside {foreign_ones} plain commits: {took:.0f} s, "
        f"{len(told.acknowledged)} of {total} acknowledged ({share:.2%}), {len(wrong)} wrong; "
        f"mixed up by git: {ours} of ours with foreign words, {theirs} foreign with ours; "
        f"one took {statistics.median(told.seconds):.2f} s, the slowest {max(told.seconds):.2f} s",
        flush=True,
    )
    for line in [*wrong, *told.refused][:20]:
        print(f"  {line}", flush=True)
    return share >= ENOUGH and not wrong


def main(processes: int, count: int, runs: int = 1) -> int:
    """Do it so many times; return the exit code."""
    good = sum(once(processes, count) for _ in range(runs))
    if runs > 1:
        print(f"{good} of {runs} runs are as they must be")
    return 0 if good == runs else 1


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(numbers + [16, 50, 1][len(numbers) :])))
