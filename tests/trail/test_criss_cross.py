"""In a criss-cross history merges that only join their sides are silent, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.files.disk import Listing
from nextstep.files.ledger import load_ledger
from nextstep.repo.place import place_of
from nextstep.trail.facts import Fact
from nextstep.trail.reading import read_trail
from tests.trail.criss_cross import Crossing
from tests.trail.made_history import Story, sides


def of_merges(story: Story, folder: Path) -> list[Fact]:
    """The facts that a trail tells of merges."""
    made = story.write(folder)
    ledger = load_ledger(Listing((), ()), root=str(folder))
    trail = read_trail(place_of(str(folder)), made.environ, ledger=ledger)
    return [one for one in trail.facts if one.witness.how != "commit"]


def test_what_one_side_took_back_after_both_were_joined_is_not_dropped_by_a_merge(
    tmp_path: Path,
) -> None:
    """Both bases changed the record. Neither is what the sides began with; what they made of it is."""
    text = "what: Send\n\ndue: 2026-11-{}\n\npartner: {}\n".format
    story = Story()
    root = story.commit({"offer": text(20, "ana")})
    ours = story.commit({"offer": text(24, "ana")}, root)
    theirs = story.commit({"offer": text(20, "bo")}, root)
    joined = story.commit({"offer": text(24, "bo")}, ours, theirs)
    crossed = story.commit({"offer": text(24, "bo")}, theirs, ours)
    back = story.commit({"offer": text(20, "bo")}, joined)
    story.commit({"offer": text(20, "bo")}, back, crossed)
    assert sides(story.read(tmp_path / "read")) == [
        ("offer", [text(24, "ana"), text(20, "bo")], text(20, "ana"), text(24, "bo")),
        ("offer", [text(20, "bo"), text(24, "ana")], text(20, "ana"), text(24, "bo")),
    ]
    assert of_merges(story, tmp_path / "told") == []


@pytest.mark.parametrize("seed", [3, 102, 115, 147])
def test_merges_that_take_each_other_in_tell_nothing(tmp_path: Path, seed: int) -> None:
    crossing = Crossing(seed).lived()
    assert crossing.criss
    assert of_merges(crossing.story, tmp_path / "told") == []
