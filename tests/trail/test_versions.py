"""Every version of every record is read, in the order in which history made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trail.made_history import FOLDER, Story, read, told, ways

LOG = "  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}\n"
OTHER = "  - {at: 2026-11-13T09:00Z, by: mia, event: noted, text: called}\n"


def test_each_version_leads_to_the_next(tmp_path: Path) -> None:
    story = Story()
    first = story.commit({"offer": "one", "room": "r"})
    second = story.commit({"offer": "two"}, first)
    story.commit({"offer": None, "room": "s"}, second)
    assert ways(story.read(tmp_path / "a")) == [
        (1, "offer", None, "one"),
        (1, "room", None, "r"),
        (2, "offer", "one", "two"),
        (3, "offer", "two", None),
        (3, "room", "r", "s"),
    ]


def test_the_same_content_is_one_object(tmp_path: Path) -> None:
    story = Story()
    first = story.commit({"offer": "one"})
    second = story.commit({"room": "r"}, first)
    story.commit({"offer": "two"}, second)
    versions = [one for one in told(story.read(tmp_path / "a")) if one.id == "offer"]
    assert versions[0].after is versions[1].before


def test_dates_do_not_decide_the_order(tmp_path: Path) -> None:
    story = Story()
    first = story.commit({"offer": "one"}, when="4070908800 +0000")
    second = story.commit({"offer": "two"}, first, when="0 +0000")
    story.commit({"offer": "three"}, second, when="1795000000 +0000")
    history = story.read(tmp_path / "a")
    assert [way[3] for way in ways(history)] == ["one", "two", "three"]
    years = [one.witness.author.at.year for one in told(history) if one.witness.author.at]
    assert years == [2099, 1970, 2026]


def test_a_file_that_moves_to_another_folder_stays_its_record(tmp_path: Path) -> None:
    story = Story()
    first = story.commit({"offer": "one"})
    story.commit({"offer": None, "commitments/2026/12/offer.yml": "two"}, first)
    moved = told(story.read(tmp_path / "a"))[-1]
    assert (moved.was_path, moved.path) == (f"{FOLDER}/offer.yaml", "commitments/2026/12/offer.yml")
    assert (moved.before, moved.after, moved.before_id) == (b"one", b"two", None)


@pytest.mark.parametrize(
    ("old", "new"),
    [("one", "one"), (f"a: b\nlog:\n{LOG}", f"a: c\nlog:\n{LOG}{OTHER}")],
    ids=["same content", "a shared line of the log"],
)
def test_a_record_under_a_new_id_stays_the_record(tmp_path: Path, old: str, new: str) -> None:
    story = Story()
    first = story.commit({"offer": old, "room": "r"})
    second = story.commit({"offer": None, "proposal": new, "room": None, "hall": "h"}, first)
    story.commit({"proposal": "three"}, second)
    made = story.write(tmp_path / "a")
    history = read(made)
    renamed = next(one for one in told(history) if one.before_id)
    assert (renamed.id, renamed.before_id) == ("proposal", "offer")
    assert (renamed.before, renamed.after) == (old.encode(), new.encode())
    assert [way[1] for way in ways(history)].count("offer") == 1
    assert history.first_id("commitments", "proposal") == "offer"
    assert (2, "room", "r", None) in ways(history)
    assert (2, "hall", None, "h") in ways(history)
    assert [way[3] for way in ways(read(made, only="proposal"))] == [old, new, "three"]


def test_what_was_renamed_away_ends_with_what_it_became(tmp_path: Path) -> None:
    story = Story()
    first = story.commit({"offer": "one"})
    second = story.commit({"offer": None, "proposal": "one"}, first)
    story.commit({"proposal": "two"}, second)
    history = read(story.write(tmp_path / "a"), only="offer")
    assert [(one.id, one.before_id) for one in told(history)] == [
        ("offer", None),
        ("proposal", "offer"),
    ]


def test_of_several_likely_records_the_one_that_shares_most_is_meant(tmp_path: Path) -> None:
    story = Story()
    first = story.commit({"a": f"a: 1\nlog:\n{LOG}", "b": f"b: 1\nlog:\n{LOG}{OTHER}"})
    story.commit(
        {
            "a": None,
            "b": None,
            "c": f"c: 2\nlog:\n{LOG}{OTHER}",
            "d": f"d: 2\nlog:\n{LOG}",
        },
        first,
    )
    renamed = {one.id: one.before_id for one in told(story.read(tmp_path / "a")) if one.before_id}
    assert renamed == {"c": "b", "d": "a"}
