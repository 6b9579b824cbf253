"""What `list` finds: filters add up, and any state can be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from nextstep.reports.filters import Scope
from nextstep.reports.list import ListReport, Wanted, Way, list_report
from nextstep.reports.processes import processes_report
from tests.reports.ledgers import standing_of
from tests.reports.test_due import ACCEPTED, OFFERED, run_file

FILES = {
    "late-aaa2": "what: Send the offer\nwho: bo\nwith: [ana]\noutcome: She decides\ndue: 2026-11-20\n",
    "later-bbb2": "what: Send the SAMPLE\nwho: ana\nwith: [bo]\ndue: 2026-12-20\npart_of: growth\n",
    "undated-ccc2": "what: Read it\nwho: cy\npart_of: growth\n",
    "stuck-ddd2": "what: Mend it\nwho: cy\nlog:\n  - {at: 2026-11-18T08:00Z, by: cy, event: blocked, why: ill}\n",
    "over-eee2": "what: Old offer\nwho: bo\nwith: [ana]\nlog:\n"
    "  - {at: 2026-11-18T08:00Z, by: bo, event: closed, result: kept, outcome: done, nothing_further: it is over}\n",
    **run_file(OFFERED.format(day=20), ACCEPTED),
}


def listed(wanted: Mapping[str, Any]) -> list[str]:
    return handles(list_report(standing_of(FILES), Wanted(**wanted)))


def handles(report: ListReport) -> list[str]:
    return [row.handle for group in report.groups for row in group.rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["aaa2", "7qhd", "bbb2", "ddd2", "ccc2"]),
        ({"states": ("all",)}, ["aaa2", "7qhd", "bbb2", "eee2", "ddd2", "ccc2"]),
        ({"states": ("closed",)}, ["eee2"]),
        ({"states": ("blocked",)}, ["ddd2"]),
        ({"who": "bo"}, ["aaa2", "7qhd proof"]),
        ({"who": "ana"}, ["7qhd bring", "bbb2"]),
        ({"kinds": ("run",)}, ["7qhd"]),
        ({"kinds": ("step",), "states": ("all",)}, ["7qhd set", "7qhd proof", "7qhd bring"]),
        ({"kinds": ("plan",)}, ["growth"]),
        ({"text": "sample"}, ["bbb2"]),
        ({"text": "decides"}, ["aaa2"]),
        ({"text": "send  the"}, []),
        ({"text": "offer", "states": ("all",)}, ["aaa2", "eee2"]),
        ({"customer": "river books"}, ["7qhd"]),
        ({"overdue": True}, ["aaa2"]),
        ({"due_to": date(2026, 12, 1)}, ["aaa2", "7qhd"]),
        ({"due_from": date(2026, 12, 2)}, ["bbb2"]),
        ({"scope": Scope(part_of="growth")}, ["bbb2", "ccc2"]),
        ({"scope": Scope(role="setter"), "states": ("all",)}, ["7qhd set"]),
        ({"scope": Scope(part_of="growth"), "who": "cy"}, ["ccc2"]),
    ],
)
def test_filters_add_up(wanted: dict[str, Any], found: list[str]) -> None:
    assert listed(wanted) == found


def test_a_pair_is_shown_in_both_directions() -> None:
    report = list_report(standing_of(FILES), Wanted(pair=("bo", "ana")))
    assert ways(report)[:2] == [(Way("bo", "ana"), ["aaa2"]), (Way("ana", "bo"), ["bbb2"])]


def ways(report: ListReport) -> list[tuple[Way | None, list[str]]]:
    return [(group.way, [row.handle for row in group.rows]) for group in report.groups]


def test_a_pair_sees_what_one_of_them_asks_the_other_about() -> None:
    """The partner asks how it went, and is with it as much as whoever it was agreed with."""
    files = {
        "named-aaa2": "what: Send the offer\nwho: bo\nwith: [ana]\npartner: cy\ndue: 2026-11-20\n",
        "usual-bbb2": "what: Send the sample\nwho: ana\ndue: 2026-12-20\n",
        "both-ccc2": "what: Call\nwho: bo\nwith: [cy]\ndue: 2026-12-21\n",
        "other-ddd2": "what: Write\nwho: bo\npartner: ana\ndue: 2026-12-21\n",
    }
    states = standing_of(files, settings="people: {ana: {partner: bo}, bo: {}, cy: {}}\n")
    report = list_report(states, Wanted(pair=("cy", "bo")))
    assert ways(report) == [(Way("bo", "cy"), ["ccc2"]), (Way("bo", "cy", asked=True), ["aaa2"])]
    report = list_report(states, Wanted(pair=("ana", "bo")))
    assert ways(report) == [
        (Way("bo", "ana"), ["aaa2"]),
        (Way("ana", "bo", asked=True), ["bbb2"]),
        (Way("bo", "ana", asked=True), ["ddd2"]),
    ]
    report = list_report(states, Wanted(pair=(None, "cy")))
    assert (Way(None, "cy", asked=True), ["aaa2"]) in ways(report)


def test_the_owner_of_a_run_asks_about_its_steps() -> None:
    report = list_report(standing_of(run_file()), Wanted(pair=("cy", "ana")))
    assert [group.way for group in report.groups if group.way and group.way.asked] == [
        Way("cy", "ana", asked=True)
    ]


def test_a_pair_sees_the_work_that_passes_between_them_in_a_run() -> None:
    report = list_report(standing_of(run_file()), Wanted(pair=("cy", "bo")))
    assert handles(report) == ["7qhd set"]


def test_what_is_over_is_counted_when_it_is_left_out() -> None:
    assert list_report(standing_of(FILES), Wanted()).over == 1
    assert list_report(standing_of(FILES), Wanted(states=("all",))).over == 0


def test_a_plan_says_how_much_of_it_is_open_and_when_it_is_due_next() -> None:
    report = list_report(standing_of(FILES), Wanted(kinds=("plan",)))
    (row,) = report.groups[0].rows
    assert (row.open_parts, row.parts, row.due, row.who) == (
        2,
        2,
        date(2026, 12, 20),
        ("ana", "cy"),
    )


def test_a_run_counts_in_its_plan() -> None:
    run = (
        "title: Offer\nstarted: 2026-11-02\nowner: dev\npart_of: growth\nsteps:\n"
        "  - {id: write, do: Write it, who: dev, due: 2026-11-20}\n"
    )
    report = list_report(standing_of({**FILES, "run-9wte": run}), Wanted(kinds=("plan",)))
    (row,) = report.groups[0].rows
    assert (row.open_parts, row.parts, row.who, row.overdue) == (3, 3, ("ana", "cy", "dev"), True)


PROCESS = "title: {title}\nstate: {state}\nowner: {owner}\ncustomer: x\nprovides: y\nsteps: [{{id: a, mark: b, due: asap}}]\n"
PROCESSES = {
    "processes/one": PROCESS.format(title="First", state="active", owner="ana"),
    "processes/two": PROCESS.format(title="Second", state="retired", owner="bo"),
}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["one", "two"]),
        (Wanted(states=("active",)), ["one"]),
        (Wanted(who="bo"), ["two"]),
        (Wanted(text="FIRST"), ["one"]),
    ],
)
def test_processes_are_listed_with_their_state_and_owner(wanted: Wanted, found: list[str]) -> None:
    report = processes_report(standing_of(PROCESSES), wanted)
    assert [row.id for row in report.rows] == found
    assert all(
        (row.state, row.owner) in {("active", "ana"), ("retired", "bo")} for row in report.rows
    )
