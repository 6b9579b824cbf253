"""What is rare in any order of verbs: each story is gone through in real git beside the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.promise_model import Promise, Thing
from tests.faults.promise_place import Place
from tests.faults.promise_roads import fact
from tests.faults.promise_verbs import RHYTHM


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.remove()


def begin(place: Place, who: str, **more: str) -> None:
    """Let somebody promise something to lena."""
    new = Promise(what="A thing", who=who, with_=("lena",), due="2026-12-01", **more)  # type: ignore[arg-type]
    place.add(new, who, *(["--repeat", RHYTHM] if new.repeat else []))


def go_through(place: Place, *acts: tuple[Any, ...]) -> None:
    """Do one thing after the other; after each the files say what the model says."""
    for row, by, *more in acts:
        place.try_it(place.act(row, "t0", by, **(more[0] if more else {})))
        place.agree_with_the_files()


def test_nobody_accepts_what_they_offered_to_a_role_of_theirs(place: Place) -> None:
    begin(place, "raj")
    go_through(place, ("offer, to a role", "raj"), ("accept", "raj"), ("accept", "mia"))
    assert place.things["t0"].now.who == "mia"


def test_who_had_it_before_stays_with_it_when_a_later_hand_over_is_taken_back(
    place: Place,
) -> None:
    begin(place, "dev")
    for giver, receiver in (("dev", "mia"), ("mia", "dev"), ("dev", "mia")):
        go_through(place, ("offer", giver, {"person": receiver}), ("accept", receiver))
    go_through(place, ("undo", "mia"))
    assert place.things["t0"].now.with_ == ("lena", "dev", "mia")


def test_what_nobody_had_is_nobodys_again_when_who_took_it_takes_that_back(place: Place) -> None:
    proposed = fact("proposed", "mia")
    free = Thing(begun=Promise(what="A thing", due="2026-12-01"), log=(proposed,))
    place.begin_with({"t0": free})
    go_through(place, ("agree", "raj"), ("undo", "raj"))
    assert place.things["t0"].now.who == ""
    go_through(place, ("undo", "raj"), ("undo", "lena"))
    assert place.things["t0"].now.who == "raj"


def test_what_nobody_has_yet_may_be_put_into_other_words_by_anybody(place: Place) -> None:
    free = Thing(begun=Promise(what="A thing", with_=("lena",)), log=(fact("proposed", "mia"),))
    place.begin_with({"t0": free})
    go_through(place, ("change what", "raj"), ("change who", "dev", {"person": "mia"}))
    assert place.things["t0"].now.who == "mia"


def test_what_anybody_did_while_nobody_had_it_stays_possible_once_somebody_has_it(
    place: Place,
) -> None:
    free = Thing(begun=Promise(what="A thing", due="2026-12-01"), log=(fact("noted", "mia"),))
    place.begin_with({"t0": free})
    go_through(place, ("move", "raj"), ("offer", "lena", {"person": "mia"}), ("accept", "mia"))
    assert place.things["t0"].now.who == "mia"
    go_through(place, ("undo", "mia"), ("return", "lena"), ("agree", "raj"))
    assert place.things["t0"].now.who == "raj"


def test_only_who_has_part_in_it_opens_it_again_whoever_asks_by_the_settings(place: Place) -> None:
    begin(place, "dev")
    go_through(place, ("done, kept", "dev"), ("reopen", "raj"), ("reopen", "mia"))
    assert place.things["t0"].now.stage == "open"


def test_what_comes_again_is_opened_once_however_often_it_is_closed(place: Place) -> None:
    begin(place, "dev", repeat=RHYTHM)
    go_through(place, ("done, kept", "dev"), ("reopen", "lena"), ("done, missed", "dev"))
    assert len(place.things) == 2
    go_through(place, ("undo, mine", "dev"), ("undo, mine", "dev"), ("undo, mine", "dev"))


def test_one_date_is_asked_about_once_also_when_it_is_taken_back_and_again(place: Place) -> None:
    begin(place, "dev")
    go_through(
        place,
        ("move", "dev", {"day": "2026-11-20"}),
        ("ask", "mia"),
        ("ask", "mia"),
        ("move", "dev", {"day": "2026-11-23"}),
        ("ask, all", "mia"),
        ("ask", "lena"),
        ("undo, at", "lena", {"place": 3}),
    )


def test_words_changed_by_hand_have_an_event_once_the_log_tells_of_words(place: Place) -> None:
    proposed = fact("proposed", "mia")
    begun = Promise(what="A thing", who="dev", with_=("lena",), due="2026-12-01")
    place.begin_with({"t0": Thing(begun=begun, log=(proposed,))})
    go_through(place, ("edit, the words", "raj", {"person": "raj"}))
    assert len(place.things["t0"].log) == 1
    go_through(
        place,
        ("change what", "lena", {"person": "mia"}),
        ("edit, the words", "raj"),
    )
    assert place.visited["edit, the words", "proposed", False] == 1
    go_through(
        place,
        ("edit, the words", "dev"),
        ("edit, who", "lena", {"person": "mia"}),
        ("undo", "lena"),
        ("undo, at", "dev", {"place": 2}),
    )
    assert place.things["t0"].now.what == "other mia"


def test_a_date_written_by_hand_where_there_was_none_has_an_event_only_after_another(
    place: Place,
) -> None:
    begun = Promise(what="A thing", who="dev", with_=("lena",))
    place.begin_with({"t0": Thing(begun=begun, log=(fact("agreed"),))})
    go_through(
        place,
        ("edit, the date", "raj", {"day": "2026-12-09"}),
        ("move, no date", "dev"),
        ("fmt, the date", "raj", {"day": "2026-12-17"}),
        ("fmt, the date", "dev", {"day": "2026-12-17", "typist": "mia"}),
        ("undo", "mia"),
    )
    assert [one.kind for one in place.things["t0"].log] == ["agreed", "moved", "moved", "undone"]


def test_what_is_done_to_one_of_a_row_that_comes_again_leaves_the_others(place: Place) -> None:
    begin(place, "dev", repeat=RHYTHM)

    def go_on(name: str, *acts: tuple[str, str]) -> None:
        for row, by in acts:
            place.try_it(place.act(row, name, by, day="2026-12-17"))
            place.agree_with_the_files()

    go_on("t0", ("move", "dev"), ("done, kept", "dev"))
    assert place.things["t1"].now.due == "2026-12-15"
    go_on("t0", ("undo", "dev"), ("done, partly", "dev"), ("undo", "dev"))
    assert len(place.things) == 2
    go_on("t1", ("fmt, the date", "dev"), ("drop", "dev"))
    go_on("t0", ("done, missed", "dev"))
    assert place.things["t2"].now.due == "2026-12-15"
    go_on("t2", ("move", "dev"), ("done, later", "dev"), ("done, kept", "dev"))
    assert place.things["t3"].now.due == "2026-12-29"
    go_on("t2", ("undo", "dev"), ("reopen", "lena"), ("drop", "dev"), ("undo", "dev"))
    go_on("t2", ("done, kept", "dev"))
    assert len(place.things) == 4


def test_nobody_agrees_with_themselves_to_move_what_they_proposed_to_others(place: Place) -> None:
    begun = Promise(what="A thing", who="raj", with_=("dev",))
    place.begin_with({"t0": Thing(begun=begun, log=(fact("proposed", "mia"),))})
    go_through(
        place,
        ("move, agreed", "mia", {"person": "mia"}),
        ("move, agreed", "mia", {"person": "raj"}),
    )
    assert [one.kind for one in place.things["t0"].log] == ["proposed", "moved"]
