"""A merge is silent where it takes what its sides made, and tells its own doing where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trail.made_history import FOLDER, Story, merged, path, read, sides, ways

MOVED = "commitments/2026/12/offer.yaml"


def test_a_clean_merge_of_other_records_is_silent(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0", "room": "0", "hall": "0"})
    side = story.commit({"offer": "1"}, base)
    side = story.commit({"offer": "2", "new": "n"}, side)
    side = story.commit({"hall": None}, side)
    main = story.commit({"room": "1"}, base)
    story.commit({"offer": "2", "new": "n", "hall": None}, main, side)
    history = story.read(tmp_path / "a")
    assert sides(history) == []
    assert (6, "offer", "1", "2") not in ways(history)
    assert [way[1:] for way in ways(history) if way[1] == "offer"] == [
        ("offer", None, "0"),
        ("offer", "0", "1"),
        ("offer", "1", "2"),
    ]


def test_what_both_sides_changed_goes_along_with_its_sides(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "a\n"})
    side = story.commit({"offer": "a\nside\n"}, base)
    main = story.commit({"offer": "a\nmain\n"}, base)
    story.commit({"offer": "a\nmain\nside\n"}, main, side)
    assert sides(story.read(tmp_path / "a")) == [
        ("offer", ["a\nmain\n", "a\nside\n"], "a\n", "a\nmain\nside\n")
    ]


def test_the_same_change_on_both_sides_is_silent(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0", "room": "0"})
    side = story.commit({"offer": "1", "room": None}, base)
    main = story.commit({"offer": "1", "room": None}, base)
    story.commit({}, main, side)
    assert sides(story.read(tmp_path / "a")) == []


def test_a_change_made_only_inside_a_merge_is_told(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0", "room": "0"})
    side = story.commit({"room": "1"}, base)
    main = story.commit({"hall": "h"}, base)
    story.commit(
        {"room": "1", "offer": "evil", "new": "n"},
        main,
        side,
        by="Mia <mia@example.org>",
    )
    history = story.read(tmp_path / "a")
    assert sides(history) == [("new", [None, None], None, "n"), ("offer", ["0", "0"], "0", "evil")]
    evil = merged(history)[1]
    assert (evil.before, evil.witness.how, evil.witness.author.name) == (
        b"0",
        "made in a merge",
        "Mia",
    )
    assert len(evil.witness.parents) == len(evil.parents)


def test_a_merge_that_takes_our_side_drops_theirs(tmp_path: Path) -> None:
    """As `git merge -s ours`: nothing differs from the first parent, and a change is gone."""
    story = Story()
    base = story.commit({"offer": "0", "room": "0"})
    side = story.commit({"offer": "1", "new": "n", "room": None}, base)
    main = story.commit({"hall": "h"}, base)
    story.commit({}, main, side)
    assert sides(story.read(tmp_path / "a")) == [
        ("new", [None, "n"], None, None),
        ("offer", ["0", "1"], "0", "0"),
        ("room", ["0", None], "0", "0"),
    ]


def test_a_merge_that_takes_their_side_drops_ours(tmp_path: Path) -> None:
    """As `git merge -X theirs`, or `-s ours` seen from the other branch."""
    story = Story()
    base = story.commit({"offer": "0"})
    side = story.commit({"room": "1"}, base)
    main = story.commit({"offer": "1", "new": "n"}, base)
    story.commit({"offer": "0", "new": None, "room": "1"}, main, side)
    assert sides(story.read(tmp_path / "a")) == [
        ("new", ["n", None], None, None),
        ("offer", ["1", "0"], "0", "0"),
    ]


def test_of_two_dates_the_one_that_lost_is_known(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "due: 1"})
    side = story.commit({"offer": "due: 2"}, base)
    main = story.commit({"offer": "due: 3"}, base)
    story.commit({"offer": "due: 2"}, main, side)
    assert sides(story.read(tmp_path / "a")) == [
        ("offer", ["due: 3", "due: 2"], "due: 1", "due: 2")
    ]


def test_a_record_deleted_on_one_side_and_changed_on_the_other_is_told(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0", "room": "0"})
    side = story.commit({"offer": None, "room": "1"}, base)
    main = story.commit({"offer": "1", "room": None}, base)
    story.commit({"offer": None, "room": "1"}, main, side)
    assert sides(story.read(tmp_path / "a")) == [
        ("offer", ["1", None], "0", None),
        ("room", [None, "1"], "0", "1"),
    ]


def test_a_record_moved_on_one_side_and_changed_on_the_other_is_silent(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0", "room": "0"})
    side = story.commit({"offer": None, MOVED: "0", "room": None, "hall": "0"}, base)
    main = story.commit({"offer": "1", "room": "1"}, base)
    story.commit({"offer": None, MOVED: "1", "room": None, "hall": "1"}, main, side)
    assert sides(story.read(tmp_path / "a")) == []


def test_a_record_moved_and_changed_on_both_sides_is_one_record(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0"})
    side = story.commit({"offer": None, MOVED: "0"}, base)
    side = story.commit({MOVED: "0\nside"}, side)
    main = story.commit({"offer": "0\nmain"}, base)
    story.commit({"offer": None, MOVED: "0\nmain\nside"}, main, side)
    history = story.read(tmp_path / "a")
    assert sides(history) == [("offer", ["0\nmain", "0\nside"], "0", "0\nmain\nside")]
    assert (merged(history)[0].was_path, merged(history)[0].path) == (MOVED, MOVED)


def test_a_record_that_changed_its_id_on_one_side_is_one_record(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0"})
    side = story.commit({"offer": None, "proposal": "0"}, base)
    side = story.commit({"proposal": "0\nside"}, side)
    main = story.commit({"offer": "0\nmain"}, base)
    story.commit({"offer": None, "proposal": "0\nmain"}, main, side)
    assert sides(story.read(tmp_path / "a")) == [
        ("proposal", ["0\nmain", "0\nside"], "0", "0\nmain")
    ]


def test_a_move_and_a_new_id_inside_a_merge_are_told(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0", "room": "0"})
    side = story.commit({"hall": "h"}, base)
    main = story.commit({"offer": "1"}, base)
    story.commit({"hall": "h", "offer": None, MOVED: "1", "room": None, "chamber": "0"}, main, side)
    made = story.write(tmp_path / "a")
    room, offer = merged(read(made))
    assert (offer.id, offer.was_path, offer.path) == ("offer", path("offer"), MOVED)
    assert (room.before_id, room.id, room.before, room.after) == ("room", "chamber", b"0", b"0")
    assert ways(read(made, only="chamber")) == [(1, "room", None, "0")]
    assert [one.id for one in merged(read(made, only="chamber"))] == ["chamber"]


def test_an_octopus_merge_is_silent_where_it_is_clean(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"a": "0", "b": "0", "c": "0", "d": "0"})
    one = story.commit({"a": "1", "d": "1"}, base)
    two = story.commit({"b": "1", "d": "1"}, base)
    three = story.commit({"c": "1"}, base)
    story.commit({"b": "1", "c": "1"}, one, two, three)
    assert sides(story.read(tmp_path / "a")) == []


def test_an_octopus_merge_tells_what_it_made_and_dropped(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"a": "0", "b": "0", "c": "0", "d": "0"})
    one = story.commit({"a": "1"}, base)
    two = story.commit({"b": "1"}, base)
    three = story.commit({"c": "1"}, base)
    story.commit({"b": "1", "d": "evil"}, one, two, three)
    assert sides(story.read(tmp_path / "a")) == [
        ("c", ["0", "0", "1"], "0", "0"),
        ("d", ["0", "0", "0"], "0", "evil"),
    ]


def _criss_cross(story: Story) -> tuple[int, int]:
    base = story.commit({"a": "0", "b": "0"})
    left = story.commit({"a": "1"}, base)
    right = story.commit({"b": "1"}, base)
    return story.commit({"b": "1"}, left, right), story.commit({"a": "1"}, right, left)


def test_a_criss_cross_merge_is_silent_where_it_is_clean(tmp_path: Path) -> None:
    story = Story()
    left, right = _criss_cross(story)
    left = story.commit({"a": "2"}, left)
    right = story.commit({"b": "2"}, right)
    story.commit({"b": "2"}, left, right)
    assert sides(story.read(tmp_path / "a")) == []


def test_a_criss_cross_merge_tells_what_it_dropped(tmp_path: Path) -> None:
    story = Story()
    left, right = _criss_cross(story)
    right = story.commit({"b": "2"}, right)
    story.commit({}, left, right)
    assert sides(story.read(tmp_path / "a")) == [("b", ["1", "2"], "1", "1")]


def test_what_a_merge_on_a_branch_dropped_is_told_once(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0", "room": "0"})
    main = story.commit({"offer": "1"}, base)
    side = story.commit({"room": "1"}, base)
    side = story.commit({}, side, main)
    side = story.commit({"room": "2"}, side)
    story.commit({"offer": "0", "room": "2"}, main, side)
    history = story.read(tmp_path / "a")
    assert [
        (one.witness.order + 1, *rest)
        for one, rest in zip(merged(history), sides(history), strict=True)
    ] == [(4, "offer", ["0", "1"], "0", "0")]


def test_branches_that_follow_the_main_line_are_silent(tmp_path: Path) -> None:
    story = Story()
    main = story.commit({"offer": "0", "room": "0"})
    side = main
    for number in range(4):
        main = story.commit({"offer": f"main {number}"}, main)
        side = story.commit({"room": f"side {number}"}, side)
        side = story.commit({"offer": f"main {number}"}, side, main)
    main = story.commit({"hall": "h"}, main)
    story.commit({"room": "side 3"}, main, side)
    assert sides(story.read(tmp_path / "a")) == []


def test_histories_without_a_common_beginning_are_merged_silently(tmp_path: Path) -> None:
    """As an orphan branch, or another repository that was fetched and merged."""
    story = Story()
    one = story.commit({"offer": "0"})
    two = story.commit({"room": "0"})
    two = story.commit({"room": "1"}, two)
    story.commit({"room": "1"}, one, two)
    history = story.read(tmp_path / "a")
    assert sides(history) == []
    assert [way[1:] for way in ways(history)] == [
        ("offer", None, "0"),
        ("room", None, "0"),
        ("room", "0", "1"),
    ]


def test_histories_that_both_hold_a_record_have_no_base_for_it(tmp_path: Path) -> None:
    story = Story()
    one = story.commit({"offer": "one"})
    two = story.commit({"offer": "two"})
    story.commit({"offer": "both"}, one, two)
    history = story.read(tmp_path / "a")
    assert sides(history) == [("offer", ["one", "two"], None, "both")]
    assert merged(history)[0].base_known


def test_a_merge_of_a_commit_that_is_there_already_says_nothing(tmp_path: Path) -> None:
    story = Story()
    one = story.commit({"offer": "0"})
    two = story.commit({"offer": "1"}, one)
    story.commit({}, two, one)
    assert sides(story.read(tmp_path / "a")) == []


def test_a_change_in_a_merge_of_what_is_there_already_is_told(tmp_path: Path) -> None:
    story = Story()
    one = story.commit({"offer": "0"})
    two = story.commit({"offer": "1"}, one)
    story.commit({"offer": "2"}, two, one)
    assert sides(story.read(tmp_path / "a")) == [("offer", ["1", "0"], "0", "2")]


def test_two_files_of_one_id_are_told_apart(tmp_path: Path) -> None:
    story = Story()
    base = story.commit({"offer": "0", MOVED: "0"})
    side = story.commit({"offer": "1"}, base)
    main = story.commit({MOVED: "1"}, base)
    story.commit({}, main, side)
    dropped = merged(story.read(tmp_path / "a"))
    assert [(one.path, one.parents, one.after) for one in dropped] == [
        (f"{FOLDER}/offer.yaml", (b"0", b"1"), b"0")
    ]


@pytest.mark.parametrize("only", ["offer", "room"])
def test_the_merges_of_one_record_are_those_of_all(tmp_path: Path, only: str) -> None:
    story = Story()
    base = story.commit({"offer": "0", "room": "0"})
    side = story.commit({"offer": "1", "room": "1"}, base)
    main = story.commit({"offer": "2"}, base)
    story.commit({"room": "1"}, main, side)
    made = story.write(tmp_path / "a")
    every = [one for one in read(made).passages() if one.id == only]
    assert list(read(made, only=only).passages()) == every
