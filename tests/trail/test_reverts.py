"""A date that becomes what it was while the line of its move leaves the log is moved back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.trail.told_life import AGREED, LENA, Life, moved, offer

LINE = moved("2026-11-20", 1, ", from: 2026-11-18")
FURTHER = moved("2026-11-25", 2, ", from: 2026-11-20")
UNDONE = "  - {at: 2026-11-18T09:00Z, by: dev, event: undone, of: 2026-11-17T09:01Z}\n"


@pytest.mark.parametrize(
    ("last", "back", "taken"),
    [
        (offer("2026-11-20", AGREED, LINE), offer("2026-11-18", AGREED), 1),
        (offer("2026-11-25", AGREED, LINE, FURTHER), offer("2026-11-20", AGREED, LINE), 1),
        (offer("2026-11-25", AGREED, LINE, FURTHER), offer("2026-11-18", AGREED), 2),
        (offer("2026-11-18", AGREED, LINE, UNDONE), offer("2026-11-20", AGREED, LINE), 1),
    ],
    ids=["one move", "the last of two", "two at once", "what took a move back"],
)
def test_a_date_goes_back_with_the_lines_that_moved_it(last: str, back: str, taken: int) -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    life.next(last)
    *out, change = life.next(back, LENA)
    assert [one.event for one in out] == ["unlogged"] * taken
    assert (change.event, change.by, change.logged) == ("moved", "lena", None)
    assert change.reverts == tuple(one.logged.canonical for one in out if one.logged)


@pytest.mark.parametrize(
    "back",
    [
        offer("2026-11-19", AGREED),
        offer("2026-11-18", AGREED, LINE),
        offer("2026-11-18", AGREED, moved("2026-11-20", 30, ", from: 2026-11-18")),
        offer("2026-11-20", AGREED),
    ],
    ids=["another date", "the line stays", "the line has another minute", "only the line goes"],
)
def test_any_other_change_of_a_date_is_a_move_of_its_own(back: str) -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    life.next(offer("2026-11-20", AGREED, LINE))
    facts = life.next(back)
    assert facts
    assert not any(one.reverts for one in facts)


def test_a_line_that_does_not_say_what_was_there_before_takes_nothing_back() -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    life.next(offer("2026-11-20", AGREED, moved("2026-11-20")))
    assert not any(one.reverts for one in life.next(offer("2026-11-18", AGREED)))


def test_who_has_it_goes_back_with_the_line_of_who_accepted_it() -> None:
    given = "  - {at: 2026-11-16T09:00Z, by: dev, event: offered, to: lena}\n"
    taken = "  - {at: 2026-11-17T09:00Z, by: lena, event: accepted}\n"
    life = Life()
    life.next(offer("2026-11-18", given))
    hers = offer("2026-11-18", given, taken).replace("who: dev", "who: lena")
    life.next(hers.replace("with: [lena]", "with: [dev]"))
    changed = [one for one in life.next(offer("2026-11-18", given)) if one.event == "changed"]
    assert [(one.values["field"], len(one.reverts)) for one in changed] == [("who", 1)]


def test_a_date_that_a_merge_put_back_is_told_of_the_merge() -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    base = life.last
    theirs = offer("2026-11-20", AGREED, LINE)
    life.next(theirs)
    sides: dict[str, Any] = {"parents": (base, theirs.encode()), "base": base}
    facts = life.next((base or b"").decode(), how="made in a merge", **sides)
    assert {one.witness.how for one in facts} == {"dropped by a merge"}
    assert not any(one.reverts for one in facts)
