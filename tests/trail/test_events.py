"""What is told of one version after another, with contents and witnesses made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from nextstep.trail.facts import Fact
from nextstep.trail.versions import Passage
from tests.trail.told_life import AGREED, DEV, LENA, SAM, START, Life, moved, offer, told

RUN = """title: Move
inputs: {{tier: {tier}}}
people: {{mover: {mover}}}
steps:
  - {{id: pack, do: Pack, who: {mover}, role: mover, due: {pack}}}
  - {{id: carry, do: Carry, who: cy, after: [pack], rule: 2d after pack{carry}}}
"""


def test_a_file_without_a_log_was_agreed_by_who_wrote_it() -> None:
    (fact,) = Life().next(offer("2026-11-27"), LENA)
    assert (fact.event, fact.by, fact.logged, fact.at) == ("agreed", "lena", None, START)
    assert fact.values == {"due": date(2026, 11, 27), "who": "dev", "with": ("lena",)}
    assert (fact.kind, fact.what) == ("commitment", "Send Lena the offer")


@pytest.mark.parametrize(
    ("by", "name"), [(DEV, "dev"), (LENA, "lena"), (SAM, "Sam Stone (mailmap)"), (("", ""), None)]
)
def test_the_author_changed_it_and_never_the_merge_button(
    by: tuple[str, str], name: str | None
) -> None:
    life = Life()
    life.next(offer("2026-11-20"))
    (fact,) = life.next(offer("2026-11-27"), by)
    assert fact.by == (name or "somebody without a name")
    assert fact.values == {"field": "due", "from": date(2026, 11, 20), "to": date(2026, 11, 27)}
    assert (fact.event, fact.logged, fact.recorded_by) == ("moved", None, None)


def test_a_squashed_branch_shows_each_of_its_events_witnessed_by_one_commit() -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    done = "  - {at: 2026-11-19T08:00Z, by: dev, event: done}\n"
    lines = [AGREED, moved("2026-11-20", 1), moved("2026-11-24", 2, ", from: 2026-11-20"), done]
    asked = "  - {at: 2026-11-18T08:00Z, by: lena, event: asked}\n"
    facts = life.next(offer("2026-11-24", *lines, asked), LENA)
    assert told(facts) == [
        ("moved", "dev", True, True),
        ("moved", "dev", True, True),
        ("asked", "lena", True, True),
        ("done", "dev", True, True),
    ]
    assert {fact.witness.commit for fact in facts} == {f"{2:040x}"}
    assert [fact.recorded_by for fact in facts] == ["lena", "lena", None, "lena"]


def test_who_wrote_it_down_is_named_by_the_line_else_by_the_commit() -> None:
    life = Life()
    by = [
        life.next(offer("asap", AGREED), SAM)[0].recorded_by,
        life.next(offer("asap", AGREED, moved("none", 1)), LENA)[0].recorded_by,
        life.next(offer("asap", AGREED, moved("none", 1), moved("asap", 2)), DEV)[0].recorded_by,
    ]
    assert by == [None, "lena", None]
    line = moved("asap", 3, ", recorded_by: mia")
    (fact,) = life.next(offer("asap", AGREED, moved("none", 1), moved("asap", 2), line), LENA)
    assert fact.recorded_by == "mia"


def test_a_line_about_a_date_that_did_not_change_is_claimed_only() -> None:
    life = Life()
    life.next(offer("2026-11-20", AGREED))
    (claimed,) = life.next(offer("2026-11-20", AGREED, moved("2026-11-24")))
    assert (claimed.event, claimed.seen) == ("moved", False)
    wrong, by_hand = life.next(
        offer("2026-11-30", AGREED, moved("2026-11-24"), moved("2026-11-25", 1))
    )
    assert (wrong.event, wrong.logged is not None, wrong.seen) == ("moved", True, False)
    assert (by_hand.event, by_hand.logged) == ("moved", None)
    assert by_hand.values["to"] == date(2026, 11, 30)


def test_a_move_says_from_when_although_its_line_does_not() -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    (fact,) = life.next(offer("2026-11-24", AGREED, moved("2026-11-24")))
    assert fact.values["from"] == date(2026, 11, 18)
    assert fact.logged is not None
    assert "from" not in fact.logged.values


@pytest.mark.parametrize(
    ("due", "at", "zone", "after"),
    [
        ("2026-11-20", "2026-11-20T23:30:00Z", "UTC", False),
        ("2026-11-20", "2026-11-20T23:30:00Z", "Europe/Berlin", True),
        ("2026-11-20", "2026-11-21T02:00:00Z", "America/New_York", False),
        ("2026-11-20T17:00", "2026-11-20T16:30:00Z", "UTC", False),
        ("2026-11-20T17:00", "2026-11-20T16:30:00Z", "Europe/Berlin", True),
        ("asap", "2026-11-21T02:00:00Z", "UTC", None),
    ],
)
def test_a_date_was_over_when_its_day_was_in_the_zone_of_the_ledger(
    due: str, at: str, zone: str, *, after: bool | None
) -> None:
    life = Life(zone=zone)
    life.next(offer(due))
    line = f"  - {{at: {at}, by: dev, event: moved, from: {due}, to: 2027-01-05}}\n"
    (logged,) = life.next(offer("2027-01-05", line))
    assert logged.after_due is after
    life = Life(zone=zone)
    life.next(offer(due))
    (by_hand,) = life.next(offer("2027-01-05"), at=datetime.fromisoformat(at))
    assert by_hand.after_due is after


def test_a_commit_without_a_moment_that_a_calendar_knows_is_told_without_one() -> None:
    life = Life()
    life.next(offer("2026-11-20"), at=None)
    (fact,) = life.next(offer("2027-01-05"), at=None)
    assert (fact.at, fact.after_due) == (None, None)


def test_lines_that_are_taken_out_put_back_and_reworded_are_told_of_who_did_it() -> None:
    life = Life()
    line = moved("2026-11-20", 1, ", why: ill")
    life.next(offer("2026-11-20", AGREED, line))
    (out,) = life.next(offer("2026-11-20", AGREED), LENA)
    assert (out.event, out.by, out.values) == ("unlogged", "lena", {})
    assert out.logged is not None
    assert (out.logged.by, out.logged.event) == ("dev", "moved")
    (back,) = life.next(offer("2026-11-20", AGREED, line), SAM)
    assert (back.event, back.by, back.logged) == ("relogged", "Sam Stone (mailmap)", out.logged)
    (other,) = life.next(offer("2026-11-20", AGREED, line.replace("ill", "away")), LENA)
    assert (other.event, other.by) == ("rewritten", "lena")
    assert other.values == {"fields": ("why",), "from": (("why", "ill"),), "to": (("why", "away"),)}


def test_a_line_that_comes_by_two_branches_is_told_once() -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    base = life.last
    assert len(life.next(offer("2026-11-20", AGREED, moved("2026-11-20")))) == 1
    life.last = base
    assert life.next(offer("2026-11-20", AGREED, moved("2026-11-20"))) == []


def test_a_date_that_cannot_be_read_is_not_a_date_that_was_moved() -> None:
    life = Life()
    life.next(offer("2026-11-20", AGREED))
    assert life.next(offer("20 November", AGREED)) == []
    (fact,) = life.next(offer("2026-11-27", AGREED))
    assert (fact.event, fact.values["from"]) == ("moved", date(2026, 11, 20))


def test_a_file_that_cannot_be_read_is_told_once_and_then_compared_with_what_it_was() -> None:
    life = Life()
    life.next(offer("2026-11-20", AGREED))
    (unread,) = life.next("<<<<<<< ours\n" + offer("2026-11-20", AGREED))
    assert (unread.event, unread.what) == ("unread", "Send Lena the offer")
    assert life.next("<<<<<<< ours\n" + offer("2026-11-22", AGREED)) == []
    (fact,) = life.next(offer("2026-11-27", AGREED))
    assert (fact.event, fact.values["from"]) == ("moved", date(2026, 11, 20))


def test_a_file_that_could_never_be_read_begins_when_it_can() -> None:
    life = Life()
    assert [fact.event for fact in life.next("what: [\n")] == ["unread"]
    assert [fact.event for fact in life.next(offer("2026-11-20"))] == ["agreed"]


def test_a_file_that_is_no_file_any_more_is_unread() -> None:
    life = Life()
    life.next(offer("2026-11-20", AGREED))
    path = life.path
    gone = Passage(
        id="offer-k3f9",
        kind="commitments",
        path=path,
        was_path=path,
        before=life.last,
        after=None,
        unread="link",
        witness=life.witness(DEV, START),
    )
    assert [fact.event for fact in life.teller.facts_of(gone, "offer")] == ["unread"]
    life.last = None
    (fact,) = life.next(offer("2026-11-27", AGREED), was_path=path)
    assert (fact.event, fact.values["from"]) == ("moved", date(2026, 11, 20))


def test_what_is_deleted_and_written_anew_is_compared_with_what_it_was() -> None:
    life = Life()
    life.next(offer("2026-11-20", AGREED, moved("2026-11-20")))
    (deleted,) = life.next(None, LENA)
    assert (deleted.event, deleted.by, deleted.what) == ("deleted", "lena", "Send Lena the offer")
    facts = life.next(offer("2026-12-24", AGREED))
    assert told(facts) == [
        ("recreated", "dev", False, True),
        ("unlogged", "dev", True, True),
        ("moved", "dev", False, True),
    ]


def test_another_folder_or_name_is_told_with_both_paths() -> None:
    life = Life()
    life.next(offer("2026-11-20"))
    old, life.path = life.path, "commitments/2026/12/offer-k3f9.yaml"
    (fact,) = life.next(offer("2026-11-20"), was_path=old)
    assert (fact.event, fact.values) == ("renamed", {"from": old, "to": life.path})


def test_at_the_border_of_a_shallow_clone_nobody_has_seen_anything() -> None:
    facts = Life().next(offer("2026-11-20", AGREED, moved("2026-11-20")), LENA, border=True)
    assert told(facts) == [("agreed", "dev", True, False), ("moved", "dev", True, False)]
    assert [fact.recorded_by for fact in facts] == [None, None]
    assert Life().next(offer("2026-11-20"), border=True) == []


def test_what_is_only_on_a_remote_is_neither_unread_nor_news_of_the_next_commit() -> None:
    life = Life()
    life.next(offer("2026-11-20", AGREED))
    there = {"path": life.path, "unread": "elsewhere"}
    assert list(life.teller.facts_of(_between(life, **there), "offer")) == []
    facts = life.next(offer("2026-11-20", AGREED, moved("2026-11-20")), SAM, border=True)
    assert told(facts) == [("moved", "dev", True, False)]
    assert [(fact.border, fact.recorded_by) for fact in facts] == [(True, None)]


def _between(life: Life, **more: Any) -> Passage:
    """Return a passage that leads to a content which nobody can read."""
    return Passage(
        id="offer-k3f9",
        kind="commitments",
        was_path=life.path,
        before=life.last,
        after=None,
        witness=life.witness(SAM, START),
        **more,
    )


def test_fields_that_no_event_is_about_are_edited() -> None:
    life = Life()
    life.next(offer("2026-11-20"))
    (fact,) = life.next(offer("2026-11-20").replace("[lena]", "[mia]") + "partner: mia\n")
    assert fact.event == "edited"
    assert fact.values == {
        "fields": ("with", "partner"),
        "from": (("with", "lena"),),
        "to": (("with", "mia"), ("partner", "mia")),
    }


def test_to_accept_a_promise_changes_who_has_it_and_with_whom() -> None:
    life = Life()
    life.next(offer("2026-11-20", AGREED))
    offered = "  - {at: 2026-11-13T09:00Z, by: dev, event: offered, to: mia}\n"
    accepted = "  - {at: 2026-11-14T09:00Z, by: mia, event: accepted}\n"
    handed = offer("2026-11-20", AGREED, offered, accepted).replace("who: dev", "who: mia")
    facts = life.next(handed.replace("[lena]", "[lena, dev]"))
    assert told(facts) == [("offered", "dev", True, True), ("accepted", "mia", True, True)]
    undone = "  - {at: 2026-11-15T09:00Z, by: mia, event: undone, of: 2026-11-14T09:00Z}\n"
    facts = life.next(offer("2026-11-20", AGREED, offered, accepted, undone))
    assert told(facts) == [("undone", "mia", True, True)]


def test_a_move_that_is_undone_and_one_that_counts_again_explain_the_date() -> None:
    life = Life()
    line = moved("2026-11-24", 1, ", from: 2026-11-20")
    undone = "  - {at: 2026-11-18T09:00Z, by: dev, event: undone, of: 2026-11-17T09:01Z}\n"
    again = "  - {at: 2026-11-19T09:00Z, by: dev, event: undone, of: 2026-11-18T09:00Z}\n"
    life.next(offer("2026-11-24", AGREED, line))
    assert told(life.next(offer("2026-11-20", AGREED, line, undone))) == [
        ("undone", "dev", True, True)
    ]
    facts = life.next(offer("2026-11-24", AGREED, line, undone, again))
    assert told(facts) == [("undone", "dev", True, True)]
    more = undone.replace("18T", "20T").replace("of: 2026-11-17T09:01Z", "of: 2026-11-19T09:00Z")
    facts = life.next(offer("2026-11-30", AGREED, line, undone, again, more))
    assert told(facts) == [("undone", "dev", True, False), ("moved", "dev", False, True)]


def _run(life: Life, lines: str = "", **said: str) -> list[Fact]:
    usual: Mapping[str, str] = {"tier": "small", "mover": "bo", "pack": "2026-11-20", "carry": ""}
    return life.next(RUN.format(**{**usual, **said}) + (f"log:\n{lines}" if lines else ""))


def test_a_run_is_started_and_its_steps_are_moved_with_and_without_a_line() -> None:
    life = Life()
    (started,) = _run(life)
    assert (started.event, started.kind, started.logged) == ("started", "run", None)
    line = "  - {at: 2026-11-17T09:00Z, by: dev, event: moved, step: pack, to: 2026-11-24}\n"
    (fact,) = _run(life, line, pack="2026-11-24")
    assert (fact.event, fact.step, fact.seen) == ("moved", "pack", True)
    (fact,) = _run(life, line, pack="2026-11-30")
    assert (fact.event, fact.step, fact.logged) == ("moved", "pack", None)
    assert fact.values["field"] == "steps.pack.due"


def test_a_date_that_becomes_known_because_a_step_is_done_was_not_moved() -> None:
    life = Life()
    _run(life)
    line = "  - {at: 2026-11-19T09:00Z, by: bo, event: done, step: pack}\n"
    assert [fact.event for fact in _run(life, line, carry=", due: 2026-11-21")] == ["done"]
    (fact,) = _run(life, line, carry=", due: 2026-11-30")
    assert (fact.event, fact.step) == ("moved", "carry")


def test_who_plays_a_role_has_its_steps() -> None:
    life = Life()
    _run(life)
    line = "  - {at: 2026-11-19T09:00Z, by: bo, event: changed, field: people.mover, to: mia}\n"
    assert told(_run(life, line, mover="mia")) == [("changed", "bo", True, True)]
    changed, step = _run(life, line, mover="cy")
    assert (changed.event, changed.values["field"]) == ("changed", "people.mover")
    assert (step.event, step.step, step.values["field"]) == ("changed", "pack", "steps.pack.who")


def test_a_process_is_written_and_edited() -> None:
    life = Life("processes/offer.yaml")
    text = "title: Offer\nowner: dev\nreview: {every: 6mo, last: 2026-05-20}\n"
    (written,) = life.next(text)
    assert (written.event, written.kind, written.what) == ("written", "process", "Offer")
    (edited,) = life.next(text.replace("dev", "lena"))
    assert (edited.event, edited.values["fields"]) == ("edited", ("owner",))
    line = "log:\n  - {at: 2026-11-19T09:00Z, by: lena, event: confirmed}\n"
    facts = life.next(text.replace("dev", "lena").replace("05-20", "11-19") + line)
    assert [fact.event for fact in facts] == ["confirmed"]


def test_a_merge_is_told_for_what_no_side_had_and_for_what_it_dropped() -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    base = life.last
    note = "  - {at: 2026-11-16T09:00Z, by: lena, event: noted, text: hello}\n"
    ours = offer("2026-11-18", AGREED, note)
    theirs = offer("2026-11-20", AGREED, moved("2026-11-20"))
    for text in (ours, theirs):
        life.last = base
        assert len(life.next(text)) == 1
    sides: dict[str, Any] = {"parents": (ours.encode(), theirs.encode()), "base": base}

    def merged(text: str) -> list[tuple[object, ...]]:
        facts = life.next(text, LENA, how="made in a merge", **sides)
        return [(one.event, one.by, one.logged is not None, one.witness.how) for one in facts]

    both = offer("2026-11-20", AGREED, note, moved("2026-11-20"))
    assert merged(both) == []
    assert merged(both.replace("11-20\n", "11-30\n")) == [
        ("moved", "lena", False, "made in a merge")
    ]
    assert merged(ours) == [
        ("unlogged", "lena", True, "dropped by a merge"),
        ("moved", "lena", False, "dropped by a merge"),
    ]
    assert merged(both.replace(AGREED, "")) == [("unlogged", "lena", True, "made in a merge")]


def test_a_line_that_a_merge_put_back_does_not_explain_what_it_dropped() -> None:
    life = Life()
    line = "  - {at: 2026-11-13T09:00Z, by: dev, event: changed, field: outcome, to: A yes}\n"
    other = "  - {at: 2026-11-14T09:00Z, by: dev, event: changed, field: outcome, to: A no}\n"
    life.next(offer("2026-11-18", AGREED))
    ours = offer("2026-11-18", AGREED, line) + "outcome: A yes\n"
    life.next(ours)
    base = life.last
    theirs = offer("2026-11-18", AGREED, other) + "outcome: A no\n"
    life.next(theirs)
    sides: dict[str, Any] = {"parents": (base, theirs.encode()), "base": base}
    facts = life.next(ours, LENA, how="made in a merge", **sides)
    assert [(one.event, one.witness.how) for one in facts] == [
        ("relogged", "dropped by a merge"),
        ("unlogged", "dropped by a merge"),
        ("changed", "dropped by a merge"),
    ]


def test_a_merge_may_take_the_side_that_came_back_to_the_old_date() -> None:
    life = Life()
    life.next(offer("2026-11-18", AGREED))
    base = life.last
    back = [moved("2026-11-20", 1), moved("2026-11-18", 2)]
    ours = offer("2026-11-24", AGREED, moved("2026-11-24", 3))
    for theirs, taken_back in (
        (offer("2026-11-18", AGREED, *back), []),
        (offer("2026-11-30", AGREED, *back, moved("2026-11-30", 4)), ["dropped by a merge"]),
    ):
        for text in (ours, theirs):
            life.last = base
            life.next(text)
        lines = "".join(line for line in (moved("2026-11-24", 3), moved("2026-11-30", 4)))
        both = offer("2026-11-18", AGREED, *back, lines if taken_back else lines[: len(lines) // 2])
        sides: dict[str, Any] = {"parents": (ours.encode(), theirs.encode()), "base": base}
        facts = life.next(both, LENA, how="made in a merge", **sides)
        assert [one.witness.how for one in facts] == taken_back
        assert all(one.event == "moved" for one in facts)
