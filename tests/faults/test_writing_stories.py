"""What is rare in any order of verbs: each story is gone through in real git beside the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.promise_model import Promise, Thing
from tests.faults.promise_place import Place
from tests.faults.promise_verbs import RHYTHM
from tests.faults.test_writing_states import fact


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
