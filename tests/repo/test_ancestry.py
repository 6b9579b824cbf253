"""What the graph of commits vouches for: anchors, the order of dates, contents of a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.ancestry import (
    anchor_of,
    blobs_at,
    blobs_ever_at,
    contents_at,
    parsed_anchor,
    steps_backwards,
)
from nextstep.repo.history_view import View, view_of
from nextstep.repo.place import find_ledger
from tests.repositories import RECORD, Made, make

_PATH = "commitments/2026/11/offer-k3f9.yaml"
_NEXT_WEEK = "2026-11-27T10:00:00+00:00"


def _view(made: Made, tip: str = "HEAD") -> View:
    place = find_ledger(str(made.path), environ=made.environ)
    return view_of(place, tip, made.environ)


def _found(made: Made, typed: str) -> tuple[str, int | None]:
    anchor = anchor_of(_view(made), typed)
    return anchor.found, anchor.counted


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, list[str]]:
    """A ledger of three commits."""
    made = make(tmp_path_factory.mktemp("three") / "ledger")
    texts = (RECORD, f"{RECORD}who: dev\n", f"{RECORD}who: ana\n")
    return made, [made.commit({_PATH: text, "docs/a.md": text}) for text in texts]


@pytest.mark.parametrize("shape", ["{}", "head {}", "head {}, 2 commits", "  HEAD {}, 2 commits "])
def test_an_anchor_holds_where_history_leads_to_it(
    three: tuple[Made, list[str]], shape: str
) -> None:
    made, (_, second, _) = three
    typed = shape.replace("HEAD", "head").format(second[:12])
    assert _found(made, typed) == ("held", 2)


def test_an_anchor_with_another_number_of_commits_is_another_one(
    three: tuple[Made, list[str]],
) -> None:
    made, (_, second, _) = three
    assert _found(made, f"head {second[:9]}, 412 commits") == ("other", 2)


def test_an_anchor_is_left_when_history_was_made_anew(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    made.commit({_PATH: RECORD})
    anchor = made.commit({_PATH: f"{RECORD}who: dev\n"})
    made.git("commit", "--quiet", "--amend", "--message=other", at=_NEXT_WEEK)
    assert _found(made, anchor) == ("left", 2)
    made.git("reflog", "expire", "--expire=now", "--all")
    made.git("gc", "--quiet", "--prune=now")
    assert _found(made, anchor) == ("gone", None)


def test_a_branch_that_is_named_like_an_anchor_is_not_taken_for_it(
    three: tuple[Made, list[str]],
) -> None:
    made, (_, _, third) = three
    made.git("branch", "1234567", third)
    assert _found(made, "1234567") == ("gone", None)


def test_an_anchor_that_a_shallow_clone_does_not_reach_cannot_be_told(
    three: tuple[Made, list[str]], tmp_path: Path
) -> None:
    made, (first, _, third) = three
    clone = made.clone(tmp_path / "clone", "--depth=1")
    assert _found(clone, first)[0] == "unknown"
    assert _found(clone, third)[0] == "held"


def test_a_planted_shallow_file_hides_no_anchor(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    first = made.commit({_PATH: RECORD})
    second = made.commit({_PATH: f"{RECORD}who: dev\n"})
    (made.path / ".git" / "shallow").write_text(f"{second}\n")
    assert _found(made, first) == ("held", 1)


def test_a_replaced_commit_and_a_graft_change_nothing_about_an_anchor(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    first = made.commit({_PATH: RECORD})
    second = made.commit({_PATH: f"{RECORD}who: dev\n"})
    made.git("checkout", "--quiet", "--orphan", "alone")
    alone = made.commit({_PATH: f"{RECORD}who: ana\n"})
    made.git("checkout", "--quiet", "main")
    made.git("replace", second, alone)
    (made.path / ".git" / "info" / "grafts").write_text(f"{second} {alone}\n")
    assert _found(made, first) == ("held", 1)
    assert _found(made, alone) == ("left", 1)


@pytest.mark.parametrize("typed", ["main", "HEAD~1", "81c2f0", "", "head", "81c2f0e, many commits"])
def test_what_names_no_commit_by_its_id_is_no_anchor(typed: str) -> None:
    with pytest.raises(NextstepError, match="is no anchor"):
        parsed_anchor(typed)


def test_the_line_of_a_digest_is_an_anchor() -> None:
    assert parsed_anchor("head 81c2f0e, 1 commit") == ("81c2f0e", 1)
    assert parsed_anchor("81C2F0E, 12,412 commits") == ("81c2f0e", 12412)


def test_a_commit_dated_before_its_parent_is_found(tmp_path: Path) -> None:
    made = make(tmp_path / "ledger")
    late = made.commit({_PATH: RECORD}, at=_NEXT_WEEK)
    early = made.commit({_PATH: f"{RECORD}who: dev\n"})
    made.commit({_PATH: f"{RECORD}who: ana\n"}, at="2026-11-20T09:00:00+00:00")
    found = steps_backwards(_view(made), 86_400)
    assert [(one.commit, one.parent) for one in found] == [(early, late)]


def test_all_contents_of_a_path_are_known(three: tuple[Made, list[str]]) -> None:
    made, commits = three
    contents = (RECORD, f"{RECORD}who: dev\n", f"{RECORD}who: ana\n")
    blobs = [made.git("rev-parse", f"{commit}:docs/a.md") for commit in commits]
    view = _view(made)
    assert blobs_ever_at(view, "docs/a.md") == frozenset(blobs)
    assert blobs_ever_at(_view(made, commits[1]), "docs/a.md") == frozenset(blobs[:2])
    odd = [(commits[0], "docs/a.md"), (commits[0], "docs"), (commits[0], "../x"), ("1" * 40, "x")]
    assert blobs_at(view, odd) == (blobs[0], None, None, None)
    wanted = [(commits[1], "docs/a.md"), (commits[1], "no such"), (commits[0], "docs/a.md")]
    assert contents_at(view, wanted) == {
        wanted[0]: contents[1].encode(),
        wanted[2]: contents[0].encode(),
    }
