"""Print the one set-up line of the README that contains a word.

The README promises two lines: one shows what is due, one runs the tests. The checks run those very
lines, so that they cannot go stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"


def setup_lines(text: str) -> list[str]:
    """Return the lines of the README's console blocks that make a virtual environment."""
    lines = (line.strip().removeprefix("$ ") for line in text.splitlines())
    return [line for line in lines if line.startswith("python3 -m venv ")]


def main(word: str) -> int:
    """Print the line; exit code 1 unless there is exactly one."""
    found = [line for line in setup_lines(README.read_text("utf-8")) if word in line]
    if len(found) != 1:
        print(f"the README has {len(found)} set-up lines with `{word}`, not one", file=sys.stderr)
        return 1
    print(found[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
