"""What a branch is compared with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nextstep.repo.bases import default_branch, merge_base
from nextstep.repo.place import Place, find_ledger
from tests.repositories import RECORD, Made

Maker = Callable[[Path], Made]


def _place(made: Made) -> Place:
    return find_ledger(str(made.path), environ=made.environ)


def test_the_base_is_where_two_branches_went_apart(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "acme")
    start = made.git("rev-parse", "HEAD")
    made.git("checkout", "--quiet", "-b", "topic")
    topic = made.commit({"commitments/one.yaml": RECORD})
    made.git("checkout", "--quiet", "main")
    main = made.commit({"commitments/two.yaml": RECORD})
    assert merge_base(_place(made), main, topic, made.environ) == start
    assert merge_base(_place(made), start, topic, made.environ) == start


def test_branches_of_two_beginnings_have_no_base(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "acme")
    main = made.git("rev-parse", "HEAD")
    made.git("checkout", "--quiet", "--orphan", "other")
    assert merge_base(_place(made), main, made.commit({"one": ""}), made.environ) is None


def test_a_shallow_clone_knows_no_base_before_its_border(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "acme")
    made.git("checkout", "--quiet", "-b", "topic")
    topic = made.commit({"commitments/one.yaml": RECORD})
    made.git("checkout", "--quiet", "main")
    main = made.commit({"commitments/two.yaml": RECORD})
    clone = made.clone(tmp_path / "clone", "--depth=1", "--no-single-branch")
    assert merge_base(_place(clone), main, topic, clone.environ) is None


def test_the_branch_of_the_remote_comes_before_the_local_one(tmp_path: Path, ledger: Maker) -> None:
    made = ledger(tmp_path / "acme")
    assert default_branch(_place(made), made.environ) == "main"
    clone = made.clone(tmp_path / "clone")
    assert default_branch(_place(clone), clone.environ) == "origin/HEAD"
    clone.git("remote", "set-head", "origin", "--delete")
    assert default_branch(_place(clone), clone.environ) == "origin/main"
    made.git("branch", "--move", "trunk")
    assert default_branch(_place(made), made.environ) is None
