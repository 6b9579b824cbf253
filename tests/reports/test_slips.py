"""Which dates slipped: moves before and after they were due, and never a count by person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from nextstep.diagnostics.errors import NextstepError
from nextstep.model.calendar import Calendar
from nextstep.render.listing import Origin
from nextstep.render.page import Page, Reading
from nextstep.render.row_words import Speech
from nextstep.render.slips_words import slips_page
from nextstep.reports.filters import Scope
from nextstep.reports.slips import SlipsReport, SlipsWanted, checked_step, slips_report
from nextstep.reports.slips_carried import meeting_of
from tests.reports.ledgers import TODAY, ledger_of, standing_of
from tests.trail_facts import history_of, in_the_file

RUN = """\
title: Offer
process: offer
started: 2026-11-02
steps:
  - {id: write/one, do: Write it, who: ana, due: 2026-11-20}
  - {id: read, do: Read it, who: bo, due: 2026-11-30}
log:
  - {at: 2026-11-17T10:00Z, by: ana, event: moved, step: write/one, from: 2026-11-16, to: 2026-11-20, why: "The figures are late"}
  - {at: 2026-11-18T10:00Z, by: bo, event: moved, step: read, from: 2026-11-23, to: 2026-11-30, why: "the  figures are late"}
"""
ANAS = """\
what: Send the offer
who: ana
due: 2026-11-25
log:
  - {at: 2026-08-03T10:00Z, by: ana, event: agreed}
  - {at: 2026-08-17T10:00Z, by: ana, event: moved, from: 2026-08-18, to: 2026-11-20}
  - {at: 2026-11-19T10:00Z, by: ana, event: moved, from: 2026-11-20, to: 2026-11-25, why: "ill"}
"""
UNDONE = """\
what: Read the offer
who: bo
due: 2026-11-20
log:
  - {at: 2026-11-17T10:00Z, by: bo, event: moved, from: 2026-11-20, to: 2026-11-25}
  - {at: 2026-11-17T10:05Z, by: bo, event: undone, of: 2026-11-17T10:00Z}
"""
FILES = {"offer-run-7qhd": RUN, "send-k3f9": ANAS, "read-9wte": UNDONE}
SINCE = date(2026, 8, 25)


def slips(files: Mapping[str, str] = FILES, **wanted: object) -> SlipsReport:
    standing = standing_of(files)
    asked = SlipsWanted(**{"since": SINCE, **wanted})  # type: ignore[arg-type]
    return slips_report(history_of(standing.ledger), standing, asked)


def page(report: SlipsReport) -> Page:
    speech = Speech(today=TODAY, calendar=Calendar(timezone="UTC"), reader=None, you=False)
    return slips_page(report, Reading(speech=speech, origin=Origin("test", "0" * 40)))


def block(report: SlipsReport, heading: str) -> list[str]:
    """The lines of a block: what to type, the words, the date, the details."""
    items = (item for part in page(report).blocks if part.heading == heading for item in part.items)
    return [
        " | ".join(filter(None, (item.handle, item.title, item.when, *item.details)))
        for item in items
    ]


def test_moving_before_is_planning_and_after_is_a_slip() -> None:
    report = slips()
    assert page(report).title == "3 dates moved 3 times, once after they were due"
    assert block(report, "MOVED AFTER IT WAS DUE") == [
        (
            "7qhd write/one | ana: Write it | from Mon 16 Nov, now 4 days later (4 working days) | "
            "Offer | moved once, after it was due | was due Fri 20 Nov, 1 working day ago"
        ),
        "moved on Tue 17 Nov, after it was due, to Fri 20 Nov by ana: The figures are late",
    ]
    assert [one.split(" | ")[0] for one in block(report, "MOVED IN TIME")][::2] == [
        "k3f9",
        "7qhd read",
    ]


def test_a_row_tells_of_every_move_and_which_of_them_were_in_the_days_asked_for() -> None:
    (row, *_) = block(slips(who="ana", you=True), "MOVED IN TIME")
    assert "from Tue 18 Aug, now 99 days later (71 working days)" in row
    assert "moved twice (1 of them in these days)" in row
    report = slips()
    assert report.earlier == 1
    assert page(report).foot is not None
    assert page(report).foot.command == "nextstep slips --since 2026-08-17"  # type: ignore[union-attr]


def test_a_slip_names_the_file_of_its_record() -> None:
    for slip in slips().slips:
        assert slip.path.endswith(f"{slip.id}.yaml")


def test_a_move_that_was_undone_is_no_slip() -> None:
    assert "read-9wte" not in {one.id for one in slips().slips}


def test_moves_are_counted_by_process_step_and_reason() -> None:
    report = slips()
    assert block(report, "BY PROCESS AND STEP") == [
        (
            "offer | 2 dates moved twice, once after they were due | "
            "read once | write once, after it was due"
        ),
        "no process | 1 date moved once",
    ]
    assert block(report, "BY REASON") == [
        "twice | The figures are late, once after it was due",
        "once each | 1 other reason",
    ]


def test_a_move_without_a_reason_is_counted_as_that() -> None:
    assert block(slips(since=None), "BY REASON")[1] == "once | no reason given"


def test_nothing_is_counted_up_of_somebody_else() -> None:
    report = slips(who="ana")
    assert {one.id for one in report.slips} == {"send-k3f9", "offer-run-7qhd"}
    assert report.tallies is None
    shown = page(report)
    assert shown.title == "Dates that were moved"
    assert [part.heading for part in shown.blocks] == ["MOVED AFTER IT WAS DUE", "MOVED IN TIME"]


def test_of_oneself_it_is() -> None:
    report = slips(who="ana", you=True)
    assert report.tallies is not None
    assert page(report).title == "2 dates moved twice, once after they were due"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"scope": Scope(process="offer")}, ["7qhd write/one", "7qhd read"]),
        ({"step": "write"}, ["7qhd write/one"]),
        ({"since": date(2026, 11, 18)}, ["k3f9", "7qhd read"]),
        ({"until": date(2026, 11, 17)}, ["7qhd write/one"]),
        ({"scope": Scope(part_of="growth")}, []),
    ],
)
def test_filters_add_up(wanted: Mapping[str, Any], found: list[str]) -> None:
    assert [one.handle for one in slips(**wanted).slips] == found


def test_a_step_that_is_nowhere_is_refused_with_the_nearest() -> None:
    with pytest.raises(NextstepError) as refused:
        checked_step(ledger_of(FILES), "writ")
    assert refused.value.hint == "did you mean `write`?"
    assert checked_step(ledger_of(FILES), "write/one") == "write"


def with_what_is_gone(*, readable: bool = True, **wanted: object) -> SlipsReport:
    """The slips of a ledger from which a record was deleted that had belonged to a plan."""
    standing = standing_of(FILES)
    moved = in_the_file(
        "old-2mmx",
        "moved",
        "cy",
        datetime(2026, 11, 4, 10, tzinfo=UTC),
        order=0,
        values={"from": "2026-11-02", "to": "2026-11-09"},
        late=True,
    )
    deleted = in_the_file(
        "old-2mmx",
        "deleted",
        "cy",
        datetime(2026, 11, 5, 10, tzinfo=UTC),
        order=1,
        values={"part_of": "growth"} if readable else {},
    )
    deleted = deleted if readable else replace(deleted, what="")
    trail = history_of(standing.ledger)
    trail = replace(trail, facts=(moved, deleted, *trail.facts))
    asked = SlipsWanted(**{"since": SINCE, **wanted})  # type: ignore[arg-type]
    return slips_report(trail, standing, asked)


def test_what_is_gone_is_told_with_its_moves() -> None:
    assert block(with_what_is_gone(), "MOVED AFTER IT WAS DUE")[2:] == [
        (
            "old-2mmx | Send Lena the offer | from Mon 2 Nov, now 7 days later (5 working days) | "
            "moved once, after it was due | its file is gone"
        ),
        "moved on Wed 4 Nov, after it was due, to Mon 9 Nov by cy, in the file only, no reason given",
    ]


def test_what_is_gone_is_among_the_slips_of_what_it_belonged_to() -> None:
    found = with_what_is_gone(scope=Scope(part_of="growth"))
    assert [one.id for one in found.slips] == ["old-2mmx"]
    assert page(found).alarms == ()


def test_moves_of_what_is_gone_that_cannot_be_placed_are_counted() -> None:
    found = with_what_is_gone(readable=False, scope=Scope(part_of="growth"))
    assert found.slips == ()
    (alarm,) = page(found).alarms
    assert alarm.text == (
        "1 move of records that are gone cannot be placed: no file says any more what they belong to"
    )
    assert alarm.command == "nextstep slips"


def commitment(day: str, source: str, *, who: str = "ana", over: str = "") -> str:
    return (
        f"what: Do it\nwho: {who}\noutcome: It is done\ndue: 2026-12-01\nsource: {source}\nlog:\n"
        f"  - {{at: {day}T10:00Z, by: {who}, event: agreed}}\n{over}"
    )


OVER = "  - {at: 2026-11-12T10:00Z, by: ana, event: closed, result: kept, nothing_further: it is over}\n"
MEETINGS = {
    "first-aaa2": commitment("2026-11-02", "Ops meeting, 2 November"),
    "next-day-bbb2": commitment("2026-11-03", "Ops meeting, 2 November"),
    "over-ccc2": commitment("2026-11-02", "Ops meeting, 2 November", over=OVER),
    "second-ddd2": commitment("2026-11-09", "ops meeting 9 November", who="bo"),
    "third-eee2": commitment("2026-11-16", "Ops meeting (16.11.)", who="bo"),
    "mail-fff2": commitment("2026-11-04", "mail from Lena"),
}


def test_what_is_open_at_the_next_meeting_is_carried_over() -> None:
    report = slips(MEETINGS)
    assert block(report, "CARRIED OVER") == [
        (
            "aaa2 | ana: Do it | due Tue 1 Dec, in 8 days | from Ops meeting, open since Mon 2 Nov | "
            "2 later days with new next steps from there: Mon 9 Nov, Mon 16 Nov"
        ),
        (
            "bbb2 | ana: Do it | due Tue 1 Dec, in 8 days | from Ops meeting, open since Tue 3 Nov | "
            "2 later days with new next steps from there: Mon 9 Nov, Mon 16 Nov"
        ),
        (
            "ddd2 | bo: Do it | due Tue 1 Dec, in 8 days | from ops meeting, open since Mon 9 Nov | "
            "1 later day with new next steps from there: Mon 16 Nov"
        ),
    ]
    assert [one.id for one in slips(MEETINGS, who="bo").carried] == ["second-ddd2"]


def test_a_meeting_with_a_number_in_its_name_is_one_each_day() -> None:
    report = slips(
        {
            "first-aaa2": commitment("2026-11-02", "1:1 with Mia"),
            "second-bbb2": commitment("2026-11-09", "1:1 with Mia"),
        }
    )
    (carried,) = report.carried
    assert (carried.id, carried.meeting) == ("first-aaa2", "1:1 with Mia")


@pytest.mark.parametrize(
    ("source", "meeting"),
    [
        ("operations meeting, 9 November", ("operations meeting", True)),
        ("9 November 2026: operations meeting", ("operations meeting", True)),
        ("Friday round, 2026-11-13", ("Friday round", True)),
        ("ops 2026-W46", ("ops", True)),
        ("Globex account review", ("Globex account review", False)),
        ("Review of the plan", ("Review of the plan", False)),
        ("Monday", ("Monday", False)),
        ("9 November", ("9 November", False)),
        ("1:1 with Mia", ("1:1 with Mia", False)),
        ("1:1 with Mia, 9 November", ("1:1 with Mia", True)),
        ("9 November: 1:1 with Mia", ("1:1 with Mia", True)),
        ("Q4 planning", ("Q4 planning", False)),
        ("Sprint 14", ("Sprint 14", False)),
        ("release 1.2", ("release 1.2", False)),
        ("ops, 16.11.2026, 10:00", ("ops", True)),
        ("ops 16/11", ("ops", True)),
        ("ops on Mon 16", ("ops", True)),
        ("ops, Thu 9th of Nov. 2026 at 10am", ("ops", True)),
        ("ops, week 47", ("ops", True)),
        ("2026-11-13T10:00Z ops", ("ops", True)),
    ],
)
def test_a_meeting_has_a_name_without_its_date(source: str, meeting: tuple[str, bool]) -> None:
    assert meeting_of(source) == meeting
