"""What a record began with is what it said first, and not what later lines had made of it."""

from __future__ import annotations

from datetime import date

import pytest

from nextstep.model.events import EventValue
from tests.trail.told_life import AGREED, Life, moved, offer

OFFERED = "  - {at: 2026-11-13T09:00Z, by: dev, event: offered, to: mia}\n"
ACCEPTED = "  - {at: 2026-11-14T09:00Z, by: mia, event: accepted}\n"
PASSED_ON = offer("2026-11-20", AGREED, OFFERED, ACCEPTED).replace("who: dev", "who: mia")


def beginning(
    text: str, path: str = "commitments/2026/11/offer-k3f9.yaml"
) -> dict[str, EventValue]:
    """What the first fact of a record says that began with this version."""
    return dict(Life(path).next(text)[0].values)


@pytest.mark.parametrize("first", [AGREED, ""])
def test_a_squash_with_moves_began_with_the_date_before_the_first_of_them(first: str) -> None:
    lines = [
        moved("2026-11-24", 2, ", from: 2026-11-20"),
        moved("2026-11-20", 1, ", from: 2026-11-18"),
    ]
    assert beginning(offer("2026-11-24", first, *lines))["due"] == date(2026, 11, 18)


def test_a_move_that_does_not_say_from_when_leaves_the_first_date_unknown() -> None:
    assert "due" not in beginning(offer("2026-11-20", AGREED, moved("2026-11-20")))


def test_a_move_that_was_undone_did_not_change_the_first_date() -> None:
    undone = "  - {at: 2026-11-18T09:00Z, by: dev, event: undone, of: 2026-11-17T09:01Z}\n"
    line = moved("2026-11-24", 1, ", from: 2026-11-20")
    assert beginning(offer("2026-11-20", AGREED, line, undone))["due"] == date(2026, 11, 20)


def test_a_promise_that_was_passed_on_began_with_who_gave_it() -> None:
    first = beginning(PASSED_ON.replace("[lena]", "[lena, dev]"))
    assert (first["who"], first["with"]) == ("dev", ("lena",))


def test_a_promise_passed_on_twice_began_with_the_first_of_all() -> None:
    again = (
        "  - {at: 2026-11-15T09:00Z, by: mia, event: offered, to: sam}\n"
        "  - {at: 2026-11-16T09:00Z, by: sam, event: accepted}\n"
    )
    text = PASSED_ON.replace("who: mia", "who: sam").replace("[lena]", "[lena, dev, mia]")
    first = beginning(text + again)
    assert (first["who"], first["with"]) == ("dev", ("lena",))


def test_a_promise_that_came_back_is_with_whom_it_was() -> None:
    back = "  - {at: 2026-11-15T09:00Z, by: mia, event: undone, of: 2026-11-14T09:00Z}\n"
    first = beginning(offer("2026-11-20", AGREED, OFFERED, ACCEPTED, back))
    assert (first["who"], first["with"]) == ("dev", ("lena",))


def test_who_had_it_first_is_unknown_where_nobody_says_who_offered_it() -> None:
    first = beginning(offer("2026-11-20", AGREED, ACCEPTED).replace("who: dev", "who: mia"))
    assert "who" not in first


def test_who_was_named_before_it_was_agreed_is_who_it_began_with() -> None:
    changed = (
        "  - {at: 2026-11-11T09:00Z, by: dev, event: proposed}\n"
        "  - {at: 2026-11-11T10:00Z, by: dev, event: changed, field: who, from: lena, to: dev}\n"
    )
    assert beginning(offer("2026-11-20", changed, AGREED))["who"] == "lena"


def test_a_promise_with_nobody_else_says_so() -> None:
    alone = offer("2026-11-20", AGREED).replace("with: [lena]\n", "")
    assert beginning(alone)["with"] == ()


def test_a_duty_that_was_accepted_leaves_open_who_had_it_first() -> None:
    text = "title: Offer\nowner: dev\ndeputy: mia\nlog:\n" + OFFERED.replace(
        "to: mia", "to: dev, duty: owner"
    )
    accepted = ACCEPTED.replace("mia", "dev").replace("accepted", "accepted, duty: owner")
    assert beginning(text, "processes/offer.yaml")["owner"] == "dev"
    assert "owner" not in beginning(text + accepted, "processes/offer.yaml")
