"""A history that is given becomes exactly the commits that were given."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from nextstep.repo.invented import Invented, Signed, plant
from tests.repositories import Made, environment

BERLIN = timezone(timedelta(hours=1))
LENA = Signed("Lena Fischer", "lena@globex.example", datetime(2026, 11, 12, 9, 30, tzinfo=BERLIN))
DEV = Signed("Dev Räo", "dev@acme.example", datetime(2026, 11, 13, 8, 0, tzinfo=BERLIN))


def commit(*parents: int, files: dict[str, bytes], message: str = "x\n") -> Invented:
    return Invented(parents=parents, author=LENA, committer=DEV, message=message, files=files)


HISTORY = (
    commit(files={"a.yaml": b"one\n", "odd name.md": b"no line end"}, message="Begin\n\nWith ä.\n"),
    commit(0, files={"a.yaml": b"two\n", "odd name.md": b"no line end"}),
    commit(0, files={"a.yaml": b"one\n", "b/c.yaml": b"\xff\x00\n"}),
    commit(1, 2, files={"a.yaml": b"two\n", "b/c.yaml": b"\xff\x00\n"}),
)


def made_of(folder: Path, history: tuple[Invented, ...] = HISTORY) -> Made:
    folder.mkdir()
    plant(str(folder), history, ("Dev", "dev@acme.example"), environment(folder.parent / "home"))
    return Made(folder)


def test_people_dates_and_words_are_as_given(tmp_path: Path) -> None:
    made = made_of(tmp_path / "new")
    first = made.git("rev-list", "--max-parents=0", "HEAD")
    assert made.git("log", "-1", "--format=%an|%ae|%aI|%cn|%ce|%cI|%B", first) == (
        "Lena Fischer|lena@globex.example|2026-11-12T09:30:00+01:00|"
        "Dev Räo|dev@acme.example|2026-11-13T08:00:00+01:00|Begin\n\nWith ä."
    )


def test_a_merge_has_its_parents_in_order_and_its_own_files(tmp_path: Path) -> None:
    made = made_of(tmp_path / "new")
    assert made.git("rev-list", "--count", "HEAD") == "4"
    assert made.git("show", "HEAD^1:a.yaml") == "two"
    assert made.git("ls-tree", "-r", "--name-only", "HEAD^2").splitlines() == ["a.yaml", "b/c.yaml"]
    assert made.git("ls-tree", "-r", "--name-only", "HEAD").splitlines() == ["a.yaml", "b/c.yaml"]
    assert (made.path / "b" / "c.yaml").read_bytes() == b"\xff\x00\n"
    assert not (made.path / "odd name.md").exists()
    assert made.git("fsck", "--strict") == ""


def test_the_same_history_has_the_same_ids(tmp_path: Path) -> None:
    one, other = made_of(tmp_path / "one"), made_of(tmp_path / "other")
    assert one.git("rev-parse", "HEAD") == other.git("rev-parse", "HEAD")
