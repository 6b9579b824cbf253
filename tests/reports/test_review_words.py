"""What a review says of proposals and of what was undone."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.model.calendar import Calendar
from nextstep.render.listing import Origin
from nextstep.render.page import Reading
from nextstep.render.review_page import review_page
from nextstep.render.row_words import Speech
from nextstep.reports.review import Review, Side, Version, review
from tests.reports.ledgers import TODAY, standing_of

HEAD = "what: Send Lena the offer\nwho: dev\nwith: [lena]\noutcome: She decides\ndue: {}\nlog:\n"
PROPOSED = "  - {at: 2026-11-12T10:00Z, by: lena, event: proposed}\n"
AGREED = "  - {at: 2026-11-13T10:00Z, by: dev, event: agreed}\n"
MOVED = (
    "  - {{at: 2026-11-17T{}, by: dev, event: moved, from: 2026-11-13, to: 2026-11-27, why: ill}}\n"
)
SPEECH = Speech(today=TODAY, calendar=Calendar(timezone="UTC"), reader=None, you=False)


def reviewed(before: Mapping[str, str], after: Mapping[str, str]) -> Review:
    """The review of what one ledger became."""
    old, new = (
        Version(
            side=Side(commit=None, revision=name), standing=standing_of(dict(files)), findings=()
        )
        for name, files in (("old", before), ("new", after))
    )
    return review(old, new, is_shared=True)


def said(before: str | None, after: str) -> list[str]:
    """The title of a review of one commitment, and its lines."""
    name = "offer-k3f9"
    found = reviewed({} if before is None else {name: before}, {name: after})
    shown = review_page(found, Reading(speech=SPEECH, origin=Origin("test", "0" * 40)))
    items = (item for block in shown.blocks for item in block.items)
    return [shown.title, *(f"{item.handle} {item.title}".strip() for item in items)]


def test_a_new_proposal_is_nobodys_promise_yet_and_is_not_late() -> None:
    assert said(None, HEAD.format("2026-11-20") + PROPOSED) == [
        "Your work tree changes 1 proposal.",
        "proposed Send Lena the offer",
        "dev, with lena, by Fri 20 Nov, so that she decides",
        "it is nobody's promise until dev agrees",
    ]


def test_a_proposal_that_is_agreed_is_a_promise() -> None:
    text = HEAD.format("2026-11-27") + PROPOSED
    assert said(text, text + AGREED) == [
        "Your work tree changes 1 promise.",
        "agreed Send Lena the offer: agreed by dev",
    ]


def test_a_proposal_that_is_moved_after_its_day_was_no_slip() -> None:
    text = HEAD.format("2026-11-27") + PROPOSED
    assert said(HEAD.format("2026-11-13") + PROPOSED, text + MOVED.format("09:00Z"))[1] == (
        "moved Send Lena the offer: from Fri 13 Nov to Fri 27 Nov, for the first time. By dev: ill"
    )


def test_a_promise_and_a_proposal_are_counted_apart() -> None:
    new = {
        "offer-k3f9": HEAD.format("2026-11-27") + PROPOSED,
        "room-7qhd": HEAD.format("2026-11-27") + AGREED,
    }
    found = reviewed({}, new)
    assert (found.promises, found.proposals) == (2, 1)
    shown = review_page(found, Reading(speech=SPEECH, origin=Origin("test", "0" * 40)))
    assert shown.title == "Your work tree changes 1 promise and 1 proposal."


def test_of_an_event_that_was_undone_it_is_said_which() -> None:
    before = HEAD.format("2026-11-27") + AGREED + MOVED.format("09:00Z")
    undone = "  - {at: 2026-11-18T09:00Z, by: lena, event: undone, of: 2026-11-17T09:00Z}\n"
    after = HEAD.format("2026-11-13") + AGREED + MOVED.format("09:00Z") + undone
    assert said(before, after)[1:3] == [
        "moved Send Lena the offer: from Fri 27 Nov to Fri 13 Nov: a move was taken back.",
        'noted Send Lena the offer: lena undid "moved" of Tue 17 Nov by dev',
    ]


def test_of_a_line_with_another_time_both_times_are_said() -> None:
    text = HEAD.format("2026-11-27") + AGREED
    assert said(text, text.replace("13T10:00Z", "13T11:30Z"))[1] == (
        'log Send Lena the offer: its log says "agreed by dev" (Fri 13 Nov 11:30), '
        'and said "agreed by dev" (Fri 13 Nov 10:00)'
    )


def test_of_a_line_with_a_value_that_its_words_do_not_tell_the_field_is_named() -> None:
    head = (
        "title: Offer\nowner: dev\ncustomer: {who: buyers, kind: external}\nprovides: An offer\n"
        "steps:\n  - {id: write, do: Write it, who: dev, due: 2bd after start, done_when: There}\n"
        "log:\n"
    )
    line = "  - {{at: 2026-11-13T10:00Z, by: dev, event: confirmed, version: {}}}\n".format
    old, new = (head + line(version) for version in ("5ac746e7688b", "d5369f19f80d"))
    found = reviewed({"processes/offer": old}, {"processes/offer": new})
    shown = review_page(found, Reading(speech=SPEECH, origin=Origin("test", "0" * 40)))
    titles = [item.title for block in shown.blocks for item in block.items]
    assert 'Offer: its log says "dev confirmed that it is right" with another version' in titles


def test_of_a_line_with_other_words_both_are_said() -> None:
    text = HEAD.format("2026-11-27") + AGREED.replace("agreed}", "agreed, how: call}")
    assert said(text, text.replace("how: call", "how: mail"))[1] == (
        'log Send Lena the offer: its log says "agreed by dev (mail)", '
        'and said "agreed by dev (call)"'
    )


def test_a_new_promise_that_was_moved_before_it_came_says_so() -> None:
    assert said(None, HEAD.format("2026-11-27") + AGREED + MOVED.format("09:00Z"))[1] == (
        "new Send Lena the offer: dev, with lena, by Fri 27 Nov, moved once already, "
        "so that she decides"
    )
