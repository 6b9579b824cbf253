"""What happened day by day: filters add up, and nothing that fits is left out without a word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from nextstep.dates.now import now_on
from nextstep.model.calendar import Calendar
from nextstep.render.listing import Origin
from nextstep.render.page import Page, Reading
from nextstep.render.row_words import Speech
from nextstep.render.trail_list_words import trail_page
from nextstep.reports.filters import Scope
from nextstep.reports.standing import standing
from nextstep.reports.trail import Asked, TrailReport, trail_report
from nextstep.trail.facts import Fact
from tests.reports.ledgers import TODAY, ledger_of
from tests.trail_facts import history_of, in_the_file

FILES = {
    "offer-k3f9": """\
what: Send Lena the offer
who: ana
part_of: growth
log:
  - {at: 2026-10-12T10:00Z, by: ana, event: agreed}
  - {at: 2026-11-17T10:00Z, by: ana, event: moved, from: 2026-11-18, to: 2026-11-20, why: "ill"}
  - {at: 2026-11-20T16:00Z, by: bo, event: noted, text: "Lena called", recorded_by: cy}
""",
    "run-7qhd": """\
title: Offer
for: Globex
process: offer
started: 2026-11-02
steps:
  - {id: write, do: Write it, who: ana, due: 2026-11-20}
log:
  - {at: 2026-11-18T10:00Z, by: ana, event: blocked, step: write, why: "no figures"}
  - {at: 2026-11-18T11:00Z, by: ana, event: unblocked, step: write}
""",
}
ZONE = "Asia/Tokyo"


def report(*more: Fact, **asked: object) -> TrailReport:
    ledger = ledger_of(
        FILES, settings=f"timezone: {ZONE}\npeople: {{ana: {{}}, bo: {{}}, cy: {{}}}}\n"
    )
    trail = history_of(ledger)
    trail = replace(trail, facts=(*trail.facts, *more))
    wanted = Asked(**asked)  # type: ignore[arg-type]
    return trail_report(trail, standing(ledger, now_on(TODAY, ZONE)), wanted)


def page(found: TrailReport) -> Page:
    speech = Speech(today=TODAY, calendar=Calendar(timezone=ZONE), reader=None, you=False)
    return trail_page(found, Reading(speech=speech, origin=Origin("test", "0" * 40)))


def events(found: TrailReport) -> list[str]:
    return [one.event for one in found.entries]


def gone(event: str, day: int, order: int) -> Fact:
    at = datetime(2026, 11, day, 10, tzinfo=UTC)
    return in_the_file("old-2mmx", event, "cy", at, order=order, values={})


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["noted", "unblocked", "blocked", "moved", "agreed"]),
        ({"who": "bo"}, ["noted"]),
        ({"who": "cy"}, ["noted"]),
        ({"events": ("moved", "agreed")}, ["moved", "agreed"]),
        ({"scope": Scope(process="offer")}, ["unblocked", "blocked"]),
        ({"scope": Scope(part_of="growth")}, ["noted", "moved", "agreed"]),
        ({"since": date(2026, 11, 18)}, ["noted", "unblocked", "blocked"]),
        ({"until": date(2026, 11, 17)}, ["moved", "agreed"]),
        ({"id": "run-7qhd", "step": "write"}, ["unblocked", "blocked"]),
        ({"who": "ana", "events": ("noted",)}, []),
    ],
)
def test_filters_add_up_and_the_newest_is_first(asked: Mapping[str, Any], found: list[str]) -> None:
    assert events(report(**asked)) == found


def test_an_event_is_on_the_day_of_the_ledgers_zone() -> None:
    """Four in the afternoon in UTC is the next day in Tokyo."""
    shown = page(report())
    assert [part.heading for part in shown.blocks] == [
        "Sat 21 Nov",
        "Wed 18 Nov",
        "Tue 17 Nov",
        "Mon 12 Oct",
    ]
    assert events(report(since=date(2026, 11, 21))) == ["noted"]


def test_what_several_rows_are_about_is_said_once() -> None:
    (_, day, *_) = page(report()).blocks
    assert [(item.title, item.details) for item in day.items] == [
        ("write: ana goes on", ("Write it", "Offer for Globex")),
        ("write: ana needs help: no figures", ()),
    ]


def test_what_is_earlier_is_counted_with_the_command_that_shows_it() -> None:
    found = report(since=date(2026, 11, 18), who="ana")
    foot = page(found).foot
    assert foot is not None
    assert foot.text == "Not shown: 2 earlier."
    assert foot.command == "nextstep trail --who ana --since 2026-10-12"


def test_what_has_no_day_is_shown_where_no_days_are_asked_for_and_counted_else() -> None:
    undated = replace(gone("deleted", 20, 9), at=None)
    assert page(report(undated)).blocks[-1].heading == "No day is known"
    found = report(undated, since=date(2026, 11, 1))
    assert "deleted" not in events(found)
    foot = page(found).foot
    assert foot is not None
    assert "1 of which no day is known" in foot.text


def test_what_is_gone_belongs_where_its_last_version_did() -> None:
    """The file itself said it when it was deleted."""
    last = replace(gone("deleted", 20, 9), values={"part_of": "growth"})
    found = report(gone("agreed", 10, 8), last, scope=Scope(part_of="growth"))
    assert events(found) == ["noted", "deleted", "moved", "agreed", "agreed"]
    assert page(found).alarms == ()
    elsewhere = report(gone("agreed", 10, 8), last, scope=Scope(process="offer"))
    assert "deleted" not in events(elsewhere)
    assert page(elsewhere).alarms == ()


def test_events_of_what_is_gone_that_cannot_be_placed_are_counted() -> None:
    """The last version of its file could never be read."""
    last = replace(gone("deleted", 20, 9), what="")
    found = report(gone("unread", 10, 8), last, scope=Scope(process="offer"))
    assert "deleted" not in events(found)
    (alarm,) = page(found).alarms
    assert alarm.text.startswith("2 events of records that are gone cannot be placed")
    assert alarm.command == "nextstep trail"


def test_of_somebody_else_events_are_seen_and_not_counted() -> None:
    assert page(report(who="ana")).title == "What happened"
    assert page(report(who="ana", you=True)).title == "4 events"


def test_who_asks_for_nothing_that_happened_is_told_so() -> None:
    assert page(report(who="bo", events=("closed",))).title == "Nothing of it happened."
    found = report(since=date(2026, 11, 22))
    assert page(found).title == "Nothing of it happened since Sun 22 Nov."
