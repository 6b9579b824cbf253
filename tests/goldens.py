"""Golden files: what a command prints, kept as plain text below `tests/golden/`.

`NEXTSTEP_UPDATE_GOLDEN=1` rewrites them; read the difference before you commit it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def compare(name: str, text: str) -> None:
    """Assert that a text is what the golden file of this name holds, byte for byte."""
    path = FOLDER / name
    if os.environ.get("NEXTSTEP_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return
    assert path.exists(), f"{path} is missing: NEXTSTEP_UPDATE_GOLDEN=1 writes it"
    assert text == path.read_bytes().decode()


def unused(folder: str, names: Iterable[str]) -> set[str]:
    """Return the golden files of a folder that no test compares."""
    there = {path.relative_to(FOLDER).as_posix() for path in (FOLDER / folder).rglob("*.*")}
    return there - set(names)
