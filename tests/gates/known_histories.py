"""Histories of which the truth is known: `python tests/gates/known_histories.py [COUNT] [SEED]`.

Each is a repository of some twenty commits, made by `git fast-import`, in which records are agreed,
moved and handed over, with and without a line in their log; written by three people and a merge
button, by clocks that are wrong; renamed, deleted, written anew and left unreadable; on branches
that are merged cleanly, with changes of the merge itself, with a conflict, or dropped. The trail of
each must be the truth, no fact more and none less. Prints how much was looked at; exits with 1
where something differs, and shows it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.trail.histories import Life, meant, read, truths_of
from tests.trail.lives import Truth


def main(count: int, seed: int, *, most: int = 3) -> int:
    """Look at so many histories and return the exit code."""
    begun = time.monotonic()
    facts: Counter[str] = Counter()
    ways: Counter[str] = Counter()
    commits = wrong = 0
    with tempfile.TemporaryDirectory() as top:
        for number in range(seed, seed + count):
            life = Life(number).lived()
            folder = Path(top, str(number))
            told, truth = truths_of(read(life, folder), folder), meant(life)
            shutil.rmtree(folder)
            commits += len(life.commits)
            ways += life.kinds
            facts += Counter(one.event for one in truth.elements())
            if told != truth:
                wrong += 1
                if wrong <= most:
                    _show(number, truth - told, told - truth)
    seconds = time.monotonic() - begun
    print(f"{count} histories, {commits} commits, {facts.total()} facts, {wrong} differ", end="; ")
    print(f"{1000 * seconds / count:.0f} ms each")
    print("facts:", _listed(facts))
    print("among them:", _listed(ways))
    return int(wrong > 0)


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counted.most_common())


def _show(number: int, lacking: Counter[Truth], added: Counter[Truth]) -> None:
    print(f"seed {number}:")
    for words, some in (("not told", lacking), ("told and not true", added)):
        for one in some.elements():
            print(f"  {words}: {one}")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(given + [1000, 1][len(given) :])))
