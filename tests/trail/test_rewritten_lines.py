"""A line of the log that says the same of another moment is that line, written anew."""

from __future__ import annotations

from typing import Any

from tests.trail.told_life import AGREED, LENA, Life, moved, offer

SINCE = ", from: 2026-11-18"
LINE = moved("2026-11-20", 1, SINCE)


def begun() -> Life:
    """A promise that was moved once, with its line."""
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    life.next(offer("2026-11-20", AGREED, LINE))
    return life


def test_the_same_move_of_another_minute_is_a_line_that_was_rewritten() -> None:
    (fact,) = begun().next(offer("2026-11-20", AGREED, moved("2026-11-20", 30, SINCE)), LENA)
    assert (fact.event, fact.by) == ("rewritten", "lena")
    assert fact.values == {
        "fields": ("at",),
        "from": (("at", "2026-11-17T09:01:00.000Z"),),
        "to": (("at", "2026-11-17T09:30:00.000Z"),),
    }
    assert fact.logged is not None
    assert fact.logged.at.minute == 30


def test_a_move_may_have_another_reason_as_well() -> None:
    other = moved("2026-11-20", 30, f"{SINCE}, why: ill")
    (fact,) = begun().next(offer("2026-11-20", AGREED, other))
    assert (fact.event, fact.values["fields"]) == ("rewritten", ("at", "why"))


def test_another_move_or_another_person_is_another_line() -> None:
    for other in (
        moved("2026-11-20", 30, ", from: 2026-11-19"),
        moved("2026-11-20", 30, SINCE, by="lena"),
    ):
        facts = begun().next(offer("2026-11-20", AGREED, other))
        assert [(one.event, one.seen) for one in facts] == [("moved", False), ("unlogged", True)]


def test_other_lines_are_the_same_if_all_they_say_is() -> None:
    life = Life()
    noted = "  - {at: 2026-11-16T09:00Z, by: dev, event: noted, text: hello}\n"
    life.next(offer("2026-11-20", AGREED, noted))
    (fact,) = life.next(offer("2026-11-20", AGREED, noted.replace("09:00", "10:00")))
    assert (fact.event, fact.values["fields"]) == ("rewritten", ("at",))
    facts = life.next(offer("2026-11-20", AGREED, noted.replace("hello", "hi")))
    assert [one.event for one in facts] == ["noted", "unlogged"]


def test_of_two_lines_that_say_the_same_each_is_written_anew() -> None:
    life = Life()
    noted = "  - {{at: 2026-11-{}T09:00Z, by: lena, event: noted, text: hello}}\n".format
    life.next(offer("2026-11-20", AGREED, noted(14), noted(15)))
    facts = life.next(offer("2026-11-20", AGREED, noted(24), noted(25)))
    texts = [(one.event, one.values["from"], one.values["to"]) for one in facts]
    assert texts == [
        (
            "rewritten",
            (("at", f"2026-11-{old}T09:00:00.000Z"),),
            (("at", f"2026-11-{new}T09:00:00.000Z"),),
        )
        for old, new in ((14, 24), (15, 25))
    ]


def test_lines_that_say_nothing_more_and_signatures_are_told_apart() -> None:
    for event in ("asked", "accepted, back: I have it"):
        life = Life()
        line = f"  - {{{{at: 2026-11-{{}}T09:00Z, by: lena, event: {event}}}}}\n".format
        life.next(offer("2026-11-20", AGREED, line(14)))
        facts = life.next(offer("2026-11-20", AGREED, line(15)))
        assert [one.event for one in facts] == [event.partition(",")[0], "unlogged"]


def test_a_merge_that_drops_a_rewriting_says_so() -> None:
    life = begun()
    base = life.last
    theirs = offer("2026-11-20", AGREED, moved("2026-11-20", 30, SINCE))
    assert [one.event for one in life.next(theirs)] == ["rewritten"]
    sides: dict[str, Any] = {"parents": (base, theirs.encode()), "base": base}
    ours = offer("2026-11-20", AGREED, LINE)
    (fact,) = life.next(ours, how="made in a merge", **sides)
    assert (fact.event, fact.witness.how) == ("rewritten", "dropped by a merge")
    assert fact.values["to"] == (("at", "2026-11-17T09:01:00.000Z"),)


def test_a_merge_that_writes_a_line_anew_says_so() -> None:
    life = begun()
    sides: dict[str, Any] = {"parents": (life.last, life.last), "base": life.last}
    other = offer("2026-11-20", AGREED, moved("2026-11-20", 45, SINCE))
    (fact,) = life.next(other, how="made in a merge", **sides)
    assert (fact.event, fact.witness.how) == ("rewritten", "made in a merge")


def test_what_a_dropped_side_took_out_and_wrote_is_told_apart() -> None:
    life = begun()
    noted = "  - {{at: 2026-11-{}T09:00Z, by: lena, event: noted, text: hello}}\n".format
    life.next(offer("2026-11-20", AGREED, LINE, noted(18)))
    base = life.last
    life.next(offer("2026-11-20", AGREED, LINE))
    theirs = offer("2026-11-20", AGREED, LINE, noted(19))
    life.next(theirs)
    sides: dict[str, Any] = {"parents": (base, theirs.encode()), "base": base}
    facts = life.next((base or b"").decode(), how="made in a merge", **sides)
    assert [(one.event, one.witness.how) for one in facts] == [
        ("relogged", "dropped by a merge"),
        ("unlogged", "dropped by a merge"),
    ]


def test_a_line_comes_back_in_its_old_words_after_it_was_written_anew_and_taken_out() -> None:
    life = begun()
    base = life.last
    life.next(offer("2026-11-20", AGREED, moved("2026-11-20", 30, SINCE)))
    theirs = offer("2026-11-20", AGREED)
    assert [one.event for one in life.next(theirs)] == ["unlogged"]
    sides: dict[str, Any] = {"parents": (base, theirs.encode()), "base": base}
    (fact,) = life.next((base or b"").decode(), how="made in a merge", **sides)
    assert (fact.event, fact.witness.how) == ("relogged", "dropped by a merge")
    assert fact.logged is not None
    assert fact.logged.at.minute == 1
