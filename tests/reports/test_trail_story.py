"""The story of one record: what happened to it, what witnesses it, and how its date went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from msgspec.structs import replace

from nextstep.model.calendar import Calendar
from nextstep.model.events import Event, EventValue, instant_text
from nextstep.render.listing import Origin
from nextstep.render.page import Page, Reading
from nextstep.render.row_words import Speech
from nextstep.render.trail_story_words import story_page
from nextstep.reports.standing import Standing
from nextstep.reports.trail_story import Story, Topic, trail_story
from nextstep.trail.facts import Fact, Trail
from tests.reports.ledgers import TODAY, standing_of
from tests.trail_facts import history_of, in_the_file, witness

OFFER = """\
what: Send Lena the offer
who: ana
with: [lena]
outcome: She decides
due: 2026-11-20
log:
  - {at: 2026-11-12T10:00Z, by: ana, event: agreed, how: call}
  - {at: 2026-11-17T10:00Z, by: ana, event: moved, from: 2026-11-18, to: 2026-11-20, agreed_by: lena, why: "the figures are late"}
"""
TWICE = """\
what: Send Lena the offer
who: ana
due: 2026-11-25
log:
  - {at: 2026-11-12T10:00Z, by: ana, event: agreed}
  - {at: 2026-11-17T10:00Z, by: ana, event: moved, from: 2026-11-18, to: 2026-11-20, why: "late"}
  - {at: 2026-11-23T10:00Z, by: ana, event: moved, from: 2026-11-20, to: 2026-11-25, why: "ill"}
"""
COMMITMENT = Topic(kind="commitment", id="offer-k3f9")
SPEECH = Speech(today=TODAY, calendar=Calendar(timezone="UTC"), reader=None, you=False)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def told(
    file: str, *more: Fact, without: Iterable[int] = (), topic: Topic = COMMITMENT, **known: object
) -> tuple[Story, Standing]:
    """The story of a file whose log was committed line by line, and of more facts."""
    standing = standing_of({"offer-k3f9": file} if file else {})
    trail = history_of(standing.ledger)
    kept = [one for place, one in enumerate(trail.facts) if place not in without]
    facts = sorted((*kept, *more), key=lambda one: one.witness.order)
    trail = replace(trail, facts=tuple(facts), **known)
    return trail_story(trail, standing, topic), standing


def page(story: Story) -> Page:
    return story_page(story, Reading(speech=SPEECH, origin=Origin("test", "0" * 40)))


def lines(story: Story) -> list[str]:
    """Every line of the story: the day, what happened, what counts, what is to be known."""
    (block, *_) = page(story).blocks
    return [
        " | ".join(filter(None, (item.handle, item.title, item.when, *item.details)))
        for item in block.items
    ]


def summary(story: Story) -> str:
    foot = page(story).foot
    assert foot is not None
    return foot.text


def test_a_story_says_with_whom_for_when_and_where_it_stands_today() -> None:
    story, _ = told(OFFER)
    assert lines(story) == [
        "Thu 12 Nov | agreed by ana with lena (call), due Wed 18 Nov",
        (
            "Tue 17 Nov | moved from Wed 18 Nov to Fri 20 Nov by ana, agreed by lena: "
            "the figures are late | before it was due"
        ),
        "Mon 23 Nov | open, was due Fri 20 Nov, 1 working day ago",
    ]
    assert summary(story) == (
        "2 events in 2 commits, both by the person they name. "
        "First date Wed 18 Nov, now 2 days later, moved once."
    )


def test_a_move_after_the_day_was_over_says_so() -> None:
    story, _ = told(TWICE)
    assert lines(story)[2].endswith("| after it was due")
    assert summary(story) == (
        "3 events in 3 commits, all by the person they name. "
        "First date Wed 18 Nov, now 7 days later, moved twice, once after it was due."
    )


def test_what_was_undone_is_told_and_not_counted() -> None:
    undone = TWICE.replace("due: 2026-11-25", "due: 2026-11-20") + (
        "  - {at: 2026-11-23T10:05Z, by: ana, event: undone, of: 2026-11-23T10:00Z}\n"
    )
    story, _ = told(undone)
    assert "undone since" in lines(story)[2]
    assert summary(story) == (
        "4 events in 4 commits, all by the person they name, 1 undone since. "
        "First date Wed 18 Nov, now 2 days later, moved once."
    )


def test_what_only_the_file_tells_says_that_no_reason_was_given() -> None:
    moved = in_the_file(
        "offer-k3f9",
        "moved",
        "bo",
        at(18),
        order=5,
        values={"from": "2026-11-18", "to": "2026-11-20"},
    )
    story, _ = told(OFFER, moved, without=[1])
    assert lines(story)[1] == (
        "Wed 18 Nov | moved from Wed 18 Nov to Fri 20 Nov by bo | in the file only, no reason given"
    )
    assert "1 in the file only" in summary(story)


def test_what_only_the_log_claims_says_so() -> None:
    story, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    claimed = replace(facts[1], seen=False)
    story = trail_story(Trail(facts=(facts[0], claimed), tip="0", commits=2), standing, COMMITMENT)
    assert lines(story)[1].endswith("| in the log only, the file shows no such change")
    assert "1 in the log only" in summary(story)


def test_a_date_changed_by_hand_and_told_later_was_moved_once() -> None:
    by_hand = in_the_file(
        "offer-k3f9",
        "moved",
        "ana",
        at(16),
        order=1,
        values={"from": "2026-11-18", "to": "2026-11-20"},
    )
    story, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    later = replace(facts[1], seen=False, witness=witness(2, "ana", at(17)))
    trail = Trail(facts=(facts[0], by_hand, later), tip="0", commits=3)
    story = trail_story(trail, standing, COMMITMENT)
    assert len(story.entries) == 3
    assert story.dates is not None
    assert story.dates.moved == 1


def test_events_of_a_squash_are_each_told_with_the_one_commit() -> None:
    story, standing = told(TWICE)
    one = witness(9, "ana", at(23))
    facts = tuple(replace(fact, witness=one) for fact in history_of(standing.ledger).facts)
    story = trail_story(Trail(facts=facts, tip="0", commits=1), standing, COMMITMENT)
    assert all("| 3 events in one commit, 0000009" in line for line in lines(story)[:3])
    assert summary(story).startswith("3 events in 1 commit, all by the person they name.")


def test_what_one_command_records_is_no_squash() -> None:
    closed = OFFER + (
        "  - {at: 2026-11-20T09:00:00.000Z, by: ana, event: done}\n"
        "  - {at: 2026-11-20T09:00:00.001Z, by: ana, event: closed, result: kept, nothing_further: no}\n"
    )
    story, standing = told(closed)
    facts = history_of(standing.ledger).facts
    both = witness(2, "ana", at(20, 9))
    facts = (*facts[:2], replace(facts[2], witness=both), replace(facts[3], witness=both))
    story = trail_story(Trail(facts=facts, tip="0", commits=3), standing, COMMITMENT)
    assert not any("in one commit" in line for line in lines(story))
    assert "Fri 20 Nov | done by ana | in time" in lines(story)


def test_work_that_came_late_says_how_late() -> None:
    late = OFFER + "  - {at: 2026-11-23T09:00Z, by: ana, event: done}\n"
    story, _ = told(late)
    assert "Mon 23 Nov | done by ana | 1 working day after it was due" in lines(story)


def test_merges_that_make_or_drop_something_are_named() -> None:
    made = in_the_file(
        "offer-k3f9",
        "changed",
        "bo",
        at(19),
        order=3,
        how="made in a merge",
        values={"field": "outcome", "from": "She decides", "to": "She signs"},
    )
    dropped = in_the_file(
        "offer-k3f9",
        "moved",
        "bo",
        at(20),
        order=4,
        how="dropped by a merge",
        values={"from": "2026-11-20", "to": "2026-11-18"},
    )
    story, _ = told(OFFER, made, dropped)
    assert lines(story)[2:4] == [
        (
            'Thu 19 Nov | bo changed outcome from "She decides" to "She signs" | '
            "in the file only, no reason given | made in merge 0000003 itself"
        ),
        "Fri 20 Nov | merge 0000004 put the date back from Fri 20 Nov to Wed 18 Nov (merged by bo)",
    ]
    assert story.dates is not None
    assert story.dates.moved == 1


def test_of_somebody_without_an_address_nobody_says_who_committed_it() -> None:
    _, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    anybody = [replace(one, witness=witness(3, "mallory", at(17))) for one in facts]
    trail = Trail(facts=tuple(anybody), tip="0", commits=1)
    said = summary(trail_story(trail, standing, COMMITMENT))
    assert "by somebody without an address in nextstep.yaml" in said
    assert "person" not in said


def test_what_somebody_else_committed_says_who() -> None:
    story, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    facts = (facts[0], replace(facts[1], recorded_by="bo"))
    story = trail_story(Trail(facts=facts, tip="0", commits=2), standing, COMMITMENT)
    assert lines(story)[1].endswith("| committed by bo")
    assert "1 written down by somebody else than who acted" in summary(story)


def test_the_order_is_that_of_the_log_whatever_a_clock_said() -> None:
    """A commit of 1970 is told where it stands in the graph, a line of the log at its moment."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    changed = in_the_file("offer-k3f9", "edited", "bo", epoch, order=1, values={"field": "partner"})
    story, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    second = replace(facts[1], witness=witness(2, "ana", at(17)))
    story = trail_story(
        Trail(facts=(facts[0], changed, second), tip="0", commits=3), standing, COMMITMENT
    )
    assert [one.event for one in story.entries] == ["agreed", "edited", "moved"]


def test_changes_of_one_field_follow_each_other_after_a_rebase() -> None:
    """The author's date of the later one is older: first it was the 18th, and never the 25th."""
    agreed = OFFER[: OFFER.index("  - {at: 2026-11-17")]
    dates = {"field": "due", "from": "2026-11-18", "to": "2026-11-25"}
    first = in_the_file("offer-k3f9", "moved", "bo", at(14), order=5, values=dates)
    dates = {"field": "due", "from": "2026-11-25", "to": "2026-11-20"}
    rebased = in_the_file("offer-k3f9", "moved", "ana", at(13), order=6, values=dates)
    story, _ = told(agreed, first, rebased)
    assert [one.by for one in story.entries] == ["ana", "bo", "ana"]
    assert story.dates is not None
    assert (story.dates.first, story.dates.days) == (date(2026, 11, 18), 2)


def test_a_record_that_is_gone_is_told_from_history_alone() -> None:
    first: Mapping[str, EventValue] = {"with": ("lena",), "due": date(2026, 11, 18)}
    begun = in_the_file("offer-k3f9", "agreed", "ana", at(10), order=0, values=first)
    deleted = in_the_file("offer-k3f9", "deleted", "bo", at(20), order=1, values={})
    story, _ = told("", begun, deleted, topic=replace(COMMITMENT, gone=True))
    assert lines(story) == [
        "Tue 10 Nov | written down by ana with lena, due Wed 18 Nov",
        "Fri 20 Nov | bo deleted the file",
    ]
    shown = page(story)
    assert shown.head[1:] == ("trail of offer-k3f9", "deleted")
    assert shown.title == "Send Lena the offer"


def test_lines_that_no_commit_holds_yet_are_counted() -> None:
    story, _ = told(OFFER, without=[1])
    assert [one.text for one in page(story).alarms] == ["1 line of the log is not committed yet"]


def test_a_shallow_clone_and_doubts_are_said() -> None:
    story, _ = told(OFFER, first="0" * 40, doubts=("1 commit is replaced by another",))
    said = [(one.text, one.command) for one in page(story).alarms]
    assert said == [
        (
            "history before commit 0000000 (Thu 12 Nov) is not here: this clone is shallow",
            "git fetch --unshallow",
        ),
        ("1 commit is replaced by another", "nextstep audit"),
    ]


def test_votes_at_a_blind_gate_stay_hidden_until_all_are_in() -> None:
    run = """\
title: Award
started: 2026-11-09
people: {judge: ana}
steps:
  - {id: vote, approve: papers/offer.md, who: [ana, bo], need: all, blind: true, due: 2026-11-27}
log:
  - {at: 2026-11-20T10:00Z, by: ana, event: approved, step: vote}
"""
    story, _ = told(run, topic=Topic(kind="run", id="offer-k3f9"))
    assert story.entries == ()


def test_a_step_has_a_story_of_its_own() -> None:
    run = """\
title: Award
started: 2026-11-09
steps:
  - {id: write, do: Write it, who: ana, due: 2026-11-20}
  - {id: read, do: Read it, who: bo, due: 2026-11-23}
log:
  - {at: 2026-11-17T10:00Z, by: ana, event: moved, step: write, from: 2026-11-18, to: 2026-11-20}
  - {at: 2026-11-18T10:00Z, by: bo, event: moved, step: read, from: 2026-11-20, to: 2026-11-23}
"""
    started = replace(
        in_the_file("offer-k3f9", "started", "ana", at(9), order=-1, values={}), kind="run"
    )
    story, _ = told(run, started, topic=Topic(kind="step", id="offer-k3f9", step="write"))
    assert [one.step for one in story.entries] == ["write"]
    assert story.handle == "k3f9 write"
    assert "First date Wed 18 Nov, now 2 days later, moved once." in summary(story)
    whole, _ = told(run, started, topic=Topic(kind="run", id="offer-k3f9"))
    assert lines(whole)[1].startswith("Tue 17 Nov | write: moved from Wed 18 Nov to Fri 20 Nov")
    assert "Dates were moved twice." in summary(whole)


def test_a_line_that_left_the_log_and_came_back_is_told_and_counted_once() -> None:
    story, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    values = {"fields": ("why",), "from": (("why", "ill"),), "to": (("why", "late"),)}
    about = [
        replace(facts[1], event=event, at=at(18), by="bo", witness=witness(place, "bo", at(18)))
        for place, event in enumerate(("unlogged", "relogged", "rewritten"), 3)
    ]
    about = [replace(one, after_due=None, values={}) for one in about]
    about[2] = replace(about[2], values=values)
    trail = Trail(facts=(*facts, *about), tip="0", commits=5)
    story = trail_story(trail, standing, COMMITMENT)
    line = "Tue 17 Nov, moved from Wed 18 Nov to Fri 20 Nov by ana, agreed by lena: the figures are late"
    assert lines(story)[2:5] == [
        f"Wed 18 Nov | bo took a line out of the log: {line}",
        f"Wed 18 Nov | bo put a line of the log back: {line}",
        f"Wed 18 Nov | bo rewrote a line of the log, why: {line}",
    ]
    assert story.dates is not None
    assert story.dates.moved == 1


def rewritten(facts: tuple[Fact, ...], line: int, minute: int, order: int) -> Fact:
    """One of the facts of a story as a line whose moment somebody changed."""
    old = facts[line].logged
    assert old is not None
    new = Event(old.at.replace(minute=minute), old.by, old.event, old.step, old.values, old.index)
    told = (("at", instant_text(old.at)),), (("at", instant_text(new.at)),)
    values = {"fields": ("at",), "from": told[0], "to": told[1]}
    made = witness(order, "bo", at(20))
    return replace(
        facts[line],
        event="rewritten",
        at=at(20),
        by="bo",
        logged=new,
        values=values,
        after_due=None,
        witness=made,
    )


def test_a_move_whose_line_was_written_anew_is_counted_once_and_the_rewriting_told() -> None:
    _, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    trail = Trail(facts=(*facts, rewritten(facts, 1, 30, 5)), tip="0", commits=5)
    story = trail_story(trail, standing, COMMITMENT)
    assert lines(story)[2] == (
        "Fri 20 Nov | bo rewrote a line of the log, its time, which was Tue 17 Nov 10:00: "
        "Tue 17 Nov 10:30, moved from Wed 18 Nov to Fri 20 Nov by ana, agreed by lena: "
        "the figures are late"
    )
    assert "moved once." in summary(story)


def test_what_was_undone_after_its_line_was_written_anew_does_not_count() -> None:
    undone = OFFER.replace(
        "10:00Z, by: ana, event: moved", "10:30Z, by: ana, event: moved"
    ).replace("due: 2026-11-20", "due: 2026-11-18")
    undone += "  - {at: 2026-11-20T11:00Z, by: ana, event: undone, of: 2026-11-17T10:30Z}\n"
    _, standing = told(undone)
    _, before = told(OFFER)
    first, moved = history_of(before.ledger).facts
    anew = rewritten((first, moved), 1, 30, 5)
    last = history_of(standing.ledger).facts[-1]
    trail = Trail(facts=(first, moved, anew, last), tip="0", commits=5)
    story = trail_story(trail, standing, COMMITMENT)
    assert "| undone since" in lines(story)[1]
    assert "never moved" in summary(story)


def test_a_line_taken_out_and_written_again_with_another_minute_is_one_move() -> None:
    _, standing = told(OFFER)
    first, moved = history_of(standing.ledger).facts
    out = replace(moved, event="unlogged", witness=witness(3, "bo", at(18)), values={})
    line = moved.logged
    assert line is not None
    later = Event(line.at.replace(minute=30), line.by, line.event, line.step, line.values, 1)
    again = replace(moved, logged=later, at=later.at, seen=False, witness=witness(4, "bo", at(19)))
    story = trail_story(
        Trail(facts=(first, moved, out, again), tip="0", commits=5), standing, COMMITMENT
    )
    assert "moved once." in summary(story)
    twice = trail_story(
        Trail(facts=(first, moved, again), tip="0", commits=5), standing, COMMITMENT
    )
    assert "moved twice" in summary(twice)


def test_the_first_line_says_with_whom_it_was_agreed_then_and_not_now() -> None:
    """Who gave the promise away joined those that it is with."""
    passed = OFFER.replace("who: ana\nwith: [lena]", "who: bo\nwith: [lena, ana]")
    _, standing = told(passed)
    first, *rest = history_of(standing.ledger).facts
    first = replace(first, values={**first.values, "with": ("lena",)})
    story = trail_story(Trail(facts=(first, *rest), tip="0", commits=2), standing, COMMITMENT)
    assert lines(story)[0] == "Thu 12 Nov | agreed by ana with lena (call), due Wed 18 Nov"


def cut_off(*, moved: bool) -> Story:
    """The story of a promise of which only the log knows how it began, and the 15th is known."""
    _, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    facts = tuple(replace(one, border=True, seen=False, values=one.logged.values) for one in facts)  # type: ignore[union-attr]
    trail = Trail(facts=facts if moved else facts[:1], tip="0", commits=2, first="0" * 40)
    return trail_story(trail, standing, COMMITMENT)


def test_of_a_promise_that_is_older_than_what_is_here_nobody_says_that_it_never_moved() -> None:
    story = cut_off(moved=False)
    assert summary(story).endswith("Due Fri 20 Nov, no move of it known since Thu 12 Nov.")
    assert lines(story)[0] == "Thu 12 Nov | agreed by ana (call) | from before what is here"


def test_nor_that_it_moved_only_as_often_as_is_known() -> None:
    assert summary(cut_off(moved=True)).endswith(
        "First known date Wed 18 Nov, now 2 days later, moved once as far as is known."
    )


def test_what_happened_to_a_promise_of_which_the_beginning_is_not_here() -> None:
    """Its folder came from elsewhere, and nothing was in its log."""
    edited = in_the_file(
        "offer-k3f9", "edited", "bo", at(19), order=3, values={"fields": ("with",)}
    )
    _, standing = told(OFFER)
    trail = Trail(facts=(edited,), tip="0", commits=4)
    assert summary(trail_story(trail, standing, COMMITMENT)).endswith(
        "Due Fri 20 Nov, no move of it known since Thu 19 Nov."
    )


def test_a_first_date_that_no_line_says_is_not_made_up() -> None:
    story, standing = told(OFFER)
    first, moved = history_of(standing.ledger).facts
    moved = replace(moved, values={"to": date(2026, 11, 20)})
    story = trail_story(Trail(facts=(first, moved), tip="0", commits=2), standing, COMMITMENT)
    assert lines(story)[0] == "Thu 12 Nov | agreed by ana with lena (call)"
    assert summary(story).endswith("Now due Fri 20 Nov, moved once.")


def test_of_a_file_whose_history_is_not_here_it_is_not_said_that_no_commit_tells_of_it() -> None:
    _, standing = told(OFFER)
    nothing = Trail(facts=(), tip="0", commits=2, first="0" * 40)
    lead = [item.title for item in page(trail_story(nothing, standing, COMMITMENT)).lead]
    assert lead == ["No commit that is here tells of it."]


def test_what_a_merge_kept_or_put_back_is_not_said_of_who_merged() -> None:
    _, standing = told(OFFER)
    facts = history_of(standing.ledger).facts
    merge = witness(5, "bo", at(20), how="dropped by a merge")
    about = [
        replace(facts[1], event=event, at=at(20), by="bo", witness=merge, values={}, after_due=None)
        for event in ("recreated", "relogged")
    ]
    about[0] = replace(about[0], logged=None)
    trail = Trail(facts=(*facts, *about), tip="0", commits=5)
    said = lines(trail_story(trail, standing, COMMITMENT))[2:4]
    assert said[0] == (
        "Fri 20 Nov | merge 0000005 kept the file, which one side had deleted (merged by bo)"
    )
    assert said[1].startswith(
        "Fri 20 Nov | merge 0000005 put back a line of the log that one side had taken out: "
        "Tue 17 Nov, moved from"
    )


def test_a_date_that_was_only_proposed_could_not_be_late() -> None:
    proposed = TWICE.replace("event: agreed", "event: proposed")
    story, _ = told(proposed)
    assert not any("it was due" in line for line in lines(story)[1:3])
    assert summary(story).endswith("First date Wed 18 Nov, now 7 days later, moved twice.")
    agreed = proposed + "  - {at: 2026-11-21T10:00Z, by: ana, event: agreed}\n"
    story, _ = told(agreed)
    assert summary(story).endswith("moved twice, once after it was due.")


def test_the_first_line_says_who_is_to_do_what_somebody_else_proposed() -> None:
    _, standing = told(OFFER.replace("event: agreed", "event: proposed"))
    first, moved = history_of(standing.ledger).facts
    first = replace(first, values={**first.values, "who": "bo"})
    story = trail_story(Trail(facts=(first, moved), tip="0", commits=2), standing, COMMITMENT)
    assert lines(story)[0] == (
        "Thu 12 Nov | proposed by ana for bo with lena (call), due Wed 18 Nov"
    )


def test_dates_of_a_run_that_were_moved_late_are_counted_by_moves() -> None:
    run = """\
title: Award
started: 2026-11-09
steps:
  - {id: write, do: Write it, who: ana, due: 2026-11-25}
log:
  - {at: 2026-11-17T10:00Z, by: ana, event: moved, step: write, from: 2026-11-16, to: 2026-11-20}
  - {at: 2026-11-23T10:00Z, by: ana, event: moved, step: write, from: 2026-11-20, to: 2026-11-25}
"""
    topic = Topic(kind="run", id="offer-k3f9")
    started = replace(
        in_the_file("offer-k3f9", "started", "ana", at(9), order=-1, values={}), kind="run"
    )
    story, _ = told(run, started, topic=topic)
    assert summary(story).endswith("Dates were moved twice, each time after they were due.")
    early = run.replace("from: 2026-11-16", "from: 2026-11-18")
    story, _ = told(early, started, topic=topic)
    assert summary(story).endswith("Dates were moved twice, once after they were due.")


def test_dates_of_two_steps_changed_by_hand_and_told_later_were_moved_twice() -> None:
    run = """\
title: Award
started: 2026-11-09
steps:
  - {id: write, do: Write it, who: ana, due: 2026-11-20}
  - {id: read, do: Read it, who: ana, due: 2026-11-20}
log:
  - {at: 2026-11-17T10:00Z, by: ana, event: moved, step: write, from: 2026-11-18, to: 2026-11-20, why: "ill"}
  - {at: 2026-11-17T10:01Z, by: ana, event: moved, step: read, from: 2026-11-19, to: 2026-11-20, why: "ill"}
"""
    _, standing = told(run)
    facts = history_of(standing.ledger).facts
    later = [replace(one, seen=False, witness=witness(2, "ana", at(17))) for one in facts]
    by_hand = [
        replace(one, logged=None, at=at(16), witness=witness(1, "ana", at(16))) for one in facts
    ]
    trail = Trail(facts=(*by_hand, *later), tip="0", commits=3)
    story = trail_story(trail, standing, Topic(kind="run", id="offer-k3f9"))
    assert "Dates were moved twice" in summary(story)


def test_a_run_that_was_written_down_later_says_when_it_was_started() -> None:
    values: Mapping[str, EventValue] = {"process": "offer", "started": date(2026, 11, 2)}
    started = in_the_file("offer-k3f9", "started", "ana", at(9), order=0, values=values)
    story, _ = told("", replace(started, kind="run"), topic=replace(COMMITMENT, gone=True))
    assert lines(story)[0] == "Mon 9 Nov | written down by ana, started Mon 2 Nov from offer"
