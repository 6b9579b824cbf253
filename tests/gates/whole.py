"""All heavy checks, whole, on two cores: `python tests/gates/whole.py [NAME ...]`.

Those that need one core run two at a time, the others alone after them. Each one's words come when
it ends, with how long it took; without names all of them run. Exits with 1 when one fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
CHANCE = {"NEXTSTEP_FUZZ_EXAMPLES": "10000", "HYPOTHESIS_PROFILE": "chance"}


class Gate(NamedTuple):
    """One check: the words after `python`, whether it takes both cores, its settings."""

    words: tuple[str, ...]
    alone: bool = False
    settings: dict[str, str] | None = None


def laws() -> tuple[str, ...]:
    """Return the tests of which chance, or a larger number, makes more than a short check."""
    words = ("NEXTSTEP_FUZZ_EXAMPLES", "from hypothesis")
    return tuple(
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if any(word in path.read_text("utf-8") for word in words)
    )


def gates() -> dict[str, Gate]:
    """Return all of them by name, those that take longest first."""
    return {
        "inputs": Gate(("tests/gates/fuzz_load.py", "500000", "1")),
        "more inputs": Gate(("tests/gates/fuzz_load.py", "500000", "2")),
        "killed writers": Gate(("tests/gates/killed_writers.py", "1000")),
        "known histories": Gate(("tests/gates/known_histories.py", "1000")),
        "laws": Gate(
            ("-m", "pytest", "-q", "-n2", "--dist=worksteal", "-p", "no:cacheprovider", *laws()),
            True,
            CHANCE,
        ),
        "many writers": Gate(("tests/gates/writing_at_once.py", "16", "50"), True),
    }


def passed(name: str, gate: Gate) -> bool:
    """Run one, print what it says, return whether it is as it must be."""
    began = time.monotonic()
    ran = subprocess.run(
        [sys.executable, *gate.words],
        cwd=ROOT,
        env=os.environ | (gate.settings or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    took = time.monotonic() - began
    how = "good" if ran.returncode == 0 else f"ended with {ran.returncode}"
    print(f"== {name}: {how}, {took / 60:.1f} minutes\n{ran.stdout.rstrip()}", flush=True)
    return ran.returncode == 0


def main(names: list[str]) -> int:
    """Run those that are named, else all; return the exit code."""
    known = gates()
    if unknown := [name for name in names if name not in known]:
        print(f"no such gate: {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    wanted = {name: gate for name, gate in known.items() if not names or name in names}
    began = time.monotonic()
    beside = {name: gate for name, gate in wanted.items() if not gate.alone}
    with ThreadPoolExecutor(max_workers=2) as two:
        good = list(two.map(passed, beside, beside.values()))
    good += [passed(name, gate) for name, gate in wanted.items() if gate.alone]
    minutes = (time.monotonic() - began) / 60
    print(f"== {sum(good)} of {len(good)} gates hold, {minutes:.1f} minutes")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
