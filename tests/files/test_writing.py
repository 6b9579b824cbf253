"""A file is written in full or not at all, and nothing beside it changes."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.writing import TEMPORARY, ChangedMeanwhile, create, put, replace
from nextstep.repo.leftovers import leftovers

PATH = "commitments/2026/offer.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "commitments/2026").mkdir(parents=True)
    (tmp_path / PATH).write_bytes(b"old")
    return tmp_path


def refused(root: Path, *, before: bytes = b"old") -> NextstepError:
    """Return why the file is not replaced; it and its folder are then as they were."""
    with pytest.raises(NextstepError) as caught:
        replace(str(root), PATH, b"new", before=before)
    assert not [path for path in root.rglob("*") if path.name.startswith(TEMPORARY)]
    return caught.value


def test_a_file_keeps_its_mode(root: Path) -> None:
    for mode in (0o600, 0o644, 0o755, 0o666):
        (root / PATH).chmod(mode)
        replace(str(root), PATH, b"new", before=(root / PATH).read_bytes())
        assert (root / PATH).stat().st_mode & 0o7777 == mode
    assert (root / PATH).read_bytes() == b"new"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_a_file_keeps_its_owner(root: Path) -> None:
    os.chown(root / PATH, 1234, 5678)
    (root / PATH).chmod(0o640)
    replace(str(root), PATH, b"new", before=b"old")
    there = (root / PATH).stat()
    assert (there.st_uid, there.st_gid, there.st_mode & 0o7777) == (1234, 5678, 0o640)


def test_a_file_that_somebody_else_changed_is_a_conflict(root: Path) -> None:
    error = refused(root, before=b"older")
    assert isinstance(error, ChangedMeanwhile)
    assert error.message == f"{PATH} was changed meanwhile"
    assert error.exit_code == 4
    assert (root / PATH).read_bytes() == b"old"


def test_a_file_that_is_gone_is_not_made_again(root: Path) -> None:
    (root / PATH).unlink()
    assert "could not be written: No such file or directory" in refused(root).message
    assert not (root / PATH).exists()


@pytest.mark.parametrize("what", ["link", "folder link", "second name", "pipe"])
def test_what_a_rename_would_part_is_left(root: Path, what: str) -> None:
    file, folder = root / PATH, (root / PATH).parent
    if what == "link":
        file.rename(root / "elsewhere.yaml")
        file.symlink_to(root / "elsewhere.yaml")
    elif what == "folder link":
        folder.rename(root / "elsewhere")
        folder.symlink_to(root / "elsewhere")
    elif what == "second name":
        (root / "second.yaml").hardlink_to(file)
    else:
        file.unlink()
        os.mkfifo(file)
    before = {path: path.lstat() for path in root.rglob("*")}
    assert refused(root).hint
    assert {path: path.lstat() for path in root.rglob("*")}.keys() == before.keys()
    for path, there in before.items():
        now = path.lstat()
        assert (now.st_ino, now.st_mode, now.st_size) == (
            there.st_ino,
            there.st_mode,
            there.st_size,
        )


def test_what_was_asked_for_in_a_file_keeps_what_the_file_was(tmp_path: Path) -> None:
    """Its mode stays, and a link that leads to it; a new one is as any program makes it."""
    before = os.umask(0o027)
    try:
        put(str(tmp_path / "new"), b"text")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o7777 == 0o640
    (tmp_path / "new").chmod(0o604)
    (tmp_path / "link").symlink_to("new")
    put(str(tmp_path / "link"), b"longer text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new").read_bytes() == b"longer text"
    assert (tmp_path / "new").stat().st_mode & 0o7777 == 0o604
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link", "new"]


@pytest.mark.parametrize("what", ["folder", "pipe", "no folder"])
def test_what_cannot_hold_an_answer_stays(tmp_path: Path, what: str) -> None:
    place = tmp_path / "gone" / "x" if what == "no folder" else tmp_path / "x"
    if what == "folder":
        place.mkdir()
    if what == "pipe":
        os.mkfifo(place)
    before = [(one.name, one.lstat().st_ino) for one in tmp_path.iterdir()]
    with pytest.raises(OSError, match=r"not a regular file|No such file or directory"):
        put(str(place), b"text")
    assert [(one.name, one.lstat().st_ino) for one in tmp_path.iterdir()] == before


def test_a_kill_at_any_moment_leaves_one_text_or_the_other(root: Path) -> None:
    texts = [b"a" * 100_000, b"b" * 100_000]
    (root / PATH).write_bytes(texts[0])
    chance = random.Random(11)
    for _ in range(15):
        child = os.fork()
        if child == 0:
            write_until_killed(str(root), texts)
        time.sleep(chance.uniform(0.001, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert (root / PATH).read_bytes() in texts


def write_until_killed(root: str, texts: list[bytes]) -> None:
    try:
        for at in range(1_000_000):
            before = Path(root, PATH).read_bytes()
            replace(root, PATH, texts[at % 2], before=before)
    finally:
        os._exit(1)


def test_what_a_kill_leaves_is_found_by_its_name(root: Path) -> None:
    left = root / "commitments/2026" / f"{TEMPORARY}123-abc.tmp"
    left.write_bytes(b"half")
    assert leftovers(str(root), None).files == (f"commitments/2026/{left.name}",)


def put_below(root: str, path: str, data: bytes) -> None:
    try:
        put(os.path.join(root, path), data)
    except OSError as error:
        message = f"could not be written: {error.strerror}"
        raise NextstepError(message) from None


@pytest.mark.parametrize("make", [create, lambda *given: replace(*given, before=b"old"), put_below])
def test_a_disk_that_is_full_changes_nothing(
    root: Path, make: Callable[[str, str, bytes], object]
) -> None:
    was, heard = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, was[1]))
    path = PATH if make is not create else "commitments/2026/new.yaml"
    try:
        with pytest.raises(NextstepError, match="could not be written: File too large"):
            make(str(root), path, b"x" * (1 << 17))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
        signal.signal(signal.SIGXFSZ, heard)
    assert [one.name for one in (root / "commitments/2026").iterdir()] == ["offer.yaml"]
    assert (root / PATH).read_bytes() == b"old"
