"""A ledger to be written to while something is in the way, and what must be true afterwards."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from nextstep.changes.where import Where
from nextstep.cli import only_writer
from nextstep.repo import committing
from tests.commands import Ran
from tests.forked import Fork, run
from tests.recording import team
from tests.repositories import Made

OFFER = "commitments/2026/11/offer-k3f9.yaml"
ROOM = "commitments/2026/11/room-7qhd.yaml"
FILES = {
    OFFER: (
        "what: Send Lena the offer\n\nwho: dev\nwith: [lena]\noutcome: She can decide\n\n"
        "due: 2026-11-27\n"
    ),
    ROOM: "what: Book the room\n\nwho: dev\noutcome: We can meet\n\ndue: 2026-11-30\n",
    "notes.txt": "by hand\n",
}
WHY = "Finance closes on Thursday"
MOVE = ("move", "k3f9", "2026-12-01", "--why", WHY, "--agreed-by", "lena")
ADD = (
    *("add", "Order the paper", "--who", "dev", "--with", "lena"),
    *("--so", "We can print", "--due", "2026-12-02"),
)


def ledger(folder: Path) -> Made:
    """Make a ledger with two commitments of dev, all of it committed."""
    return team(folder, FILES)


def record(
    made: Made,
    *words: str,
    folder: str = "",
    first: Callable[[], object] = lambda: None,
    **env: str,
) -> Ran:
    """Run a verb in the ledger as dev."""
    return run(made.path / folder, *words, env={**made.environ, **env}, first=first)


def start(made: Made, *words: str, first: Callable[[], object] = lambda: None, **env: str) -> Fork:
    """Start a verb in the ledger as dev."""
    return Fork(made.path, *words, env={**made.environ, **env}, first=first)


def text(made: Made, path: str = OFFER) -> str:
    """Return what a file holds."""
    return (made.path / path).read_bytes().decode()


def status(made: Made) -> str:
    """Return what git says of the work tree; empty when all is committed."""
    return made.git("status", "--porcelain", "--untracked-files=all")


def paths(made: Made) -> list[str]:
    """Return the paths of the last commit."""
    return made.git("show", "--format=", "--name-only", "HEAD").splitlines()


def kept(made: Made) -> list[str]:
    """Return the words that are kept for their owner."""
    folder = made.path / ".git/nextstep/rescue"
    found = sorted(folder.iterdir()) if folder.exists() else []
    return [one.read_text() for one in found]


def temporary(made: Made) -> list[str]:
    """Return the temporary files that are left in the work tree."""
    return sorted(str(one.relative_to(made.path)) for one in made.path.rglob(".nextstep-*"))


def impatient() -> None:
    """Wait for others for half a second."""
    vars(only_writer)["Where"] = partial(Where, patience=0.5)


def lingering() -> None:
    """Wait much longer than a moment for who may take a file out again."""
    vars(committing)["_LINGERING"] = 30.0


def refused_untouched(made: Made, ran: Ran, code: int = 2) -> None:
    """See that a move was refused, that the file is as it was, and that the words are kept."""
    assert ran.code == code, (ran.out, ran.err)
    assert ran.out == ""
    assert "due: 2026-11-27" in text(made)
    assert "moved" not in text(made)
    assert temporary(made) == []
    (words,) = kept(made)
    assert WHY in words
    assert "what you typed is kept in " in ran.err


def hook(made: Made, name: str, script: str) -> None:
    """Give the repository a hook."""
    path = made.path / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def owned_by_nobody(folder: Path) -> None:
    """Give a folder and all that is in it to another user."""
    for path in (folder, *folder.rglob("*")):
        os.lchown(path, 65534, 65534)
