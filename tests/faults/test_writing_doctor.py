"""What `nextstep doctor` says of a recording that did not come to its end."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.commands import Ran
from tests.faults.writing import MOVE, OFFER, hook, ledger, record
from tests.repositories import Made


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return ledger(tmp_path / "team")


def doctor(made: Made, *words: str) -> Ran:
    return record(made, "doctor", *words, COLUMNS="100")


def test_words_that_were_not_recorded_are_listed_with_what_to_do(made: Made) -> None:
    hook(made, "pre-commit", "exit 1")
    record(made, *MOVE)
    (path,) = (made.path / ".git/nextstep/rescue").iterdir()
    out = doctor(made).out
    assert "!     kept words   typed and not recorded: nextstep move k3f9 2026-12-01" in out
    assert "-> look into it, record it again, then remove it:" in out
    assert str(path) in out.replace("\n", "").replace(" ", "")
    for number in range(4):
        (path.parent / f"{number}.txt").write_text("$ nextstep note k3f9 x\n")
    assert "2 more of them" in doctor(made).out
    for one in path.parent.iterdir():
        one.unlink()
    assert "kept words" not in doctor(made).out


def test_words_outside_a_repository_are_listed_too(made: Made, tmp_path: Path) -> None:
    (made.path / ".git").rename(tmp_path / "gone")
    folder = tmp_path / "state/nextstep/rescue"
    folder.mkdir(parents=True)
    (folder / "1.txt").write_text("$ nextstep note k3f9 x\n")
    out = record(made, "doctor", XDG_STATE_HOME=str(tmp_path / "state"), COLUMNS="100").out
    assert "typed and not recorded: nextstep note k3f9 x" in out


def test_a_lock_and_a_merge_are_in_the_way(made: Made) -> None:
    lock = made.path / ".git/index.lock"
    lock.touch()
    (made.path / ".git/MERGE_HEAD").write_text(made.git("rev-parse", "HEAD"))
    out = " ".join(doctor(made).out.split())
    assert "a merge is in progress: nothing can be recorded until it ends" in out
    assert "is there: a git is running, or one was killed" in out
    assert "if no git is running, remove that file" in out
    assert lock.exists()


def test_half_written_files_are_swept_a_day_later_when_it_is_asked(made: Made) -> None:
    folder = (made.path / OFFER).parent
    old, young = folder / ".nextstep-1-0123abcd.tmp", folder / ".nextstep-2-0123abcd.tmp"
    others = folder / ".nextstep-notes.tmp", folder / "offer.yaml~"
    for path in (old, young, *others):
        path.write_text("half")
        os.utime(path, (time.time() - 90_000,) * 2)  # noqa: TID251 - of the disk, not of the ledger
    os.utime(young)
    out = doctor(made).out
    assert "3 files that a crash left half-written, which nothing reads" in out
    assert "nextstep doctor --sweep" in out
    assert old.exists()
    assert "1 file of a crash removed" in doctor(made, "--sweep").out
    assert not old.exists()
    assert young.exists()
    assert all(path.exists() for path in others)
