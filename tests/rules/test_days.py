"""Days and time frames that cannot work are found; today decides about warnings alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import Struct

from nextstep.diagnostics.diagnostic import Severity
from tests.rules.ledgers import TODAY, codes, findings

PLACE = "commitments/2026/11/offer-k3f9.yaml"
RUN = "commitments/2026/11/review-globex.yaml"
PROCESS = "processes/review.yaml"
CALENDAR = (
    "calendar:\n  closed: [2026-12-25]\n"
    "  holidays: {country: DE, from: 2026-01-01, to: 2026-12-31}\n"
)


def offer(due: str, *events: str, more: str = "") -> str:
    log = "".join(f"  - {{{event}}}\n" for event in events)
    text = f"what: Send the offer\nwho: dev\noutcome: They decide\ndue: {due}\n{more}"
    return text + (f"log:\n{log}" if log else "")


def process(*steps: str, order: str = "given") -> dict[str, str]:
    return {
        PROCESS: "title: Review\nowner: ana\ncustomer: {who: the sales team, kind: internal}\n"
        f"provides: A page\ninputs: [meeting_date]\nroles: [writer]\norder: {order}\nsteps:\n"
        + "".join(f"  - {{{step}}}\n" for step in steps)
    }


def step(id_: str, due: str, more: str = "") -> str:
    return f"id: {id_}, do: Do it, who: writer, due: {due}, done_when: There{more}"


def run(steps: str, inputs: str = "{}", log: str = "") -> dict[str, str]:
    return {
        RUN: f"title: Review\nowner: ana\nstarted: 2026-11-16\ninputs: {inputs}\nsteps:\n{steps}{log}"
    }


class Case(Struct, frozen=True):
    """A ledger, and the one finding in it: code, line and a part of its message or hint."""

    files: dict[str, str]
    code: str
    line: int
    says: str


CASES = {
    "two dates from each other": Case(
        process(step("a", "1bd before b.due"), step("b", "1bd after a.due"), order="free"),
        "NS310",
        9,
        "`a` from `b` from `a`",
    ),
    "a date from itself": Case(process(step("a", "1bd after a.due")), "NS310", 9, "`a` from `a`"),
    "a date from a step that waits for it": Case(
        process(step("a", "1bd before b"), step("b", "1bd after a")),
        "NS311",
        9,
        "`b` waits for `a`",
    ),
    "a date from its own end": Case(process(step("a", "1bd after a")), "NS311", 9, "itself"),
    "a beginning after a later step": Case(
        process(step("a", "1bd after start", ", not_before: b"), step("b", "1bd after a")),
        "NS311",
        9,
        "`b` waits for `a`",
    ),
    "an acceptance that nobody gives": Case(
        process(step("a", "1bd after start"), step("b", "1bd after a.accepted")),
        "NS312",
        10,
        "no hand-off",
    ),
    "a mark that somebody is to do": Case(
        process("id: m, mark: The meeting, due: meeting_date", step("b", "1bd after m.done")),
        "NS312",
        10,
        "`m` is a mark",
    ),
    "a date that was never set": Case(
        process(step("a", "none"), step("b", "1bd after a.due")), "NS312", 10, "has no date"
    ),
    "a date that is as soon as possible": Case(
        process(step("a", "asap"), step("b", "1bd after a.due")), "NS312", 10, "has no date"
    ),
    "a date on a closed day, open again": Case(
        {
            "nextstep.yaml": CALENDAR,
            PLACE: offer(
                "2026-12-25",
                "at: 2026-11-16T09:00Z, by: dev, event: done",
                'at: 2026-11-17T09:00Z, by: dev, event: reopened, why: "wrong year"',
            ),
        },
        "NS320",
        4,
        "closed day",
    ),
    "a date beyond the holidays": Case(
        {"nextstep.yaml": CALENDAR, PLACE: offer("2027-02-01")}, "NS313", 3, "`2026-12-31`"
    ),
    "a date that is known and not written": Case(
        run("  - {id: a, do: Do it, who: max, rule: 3bd after start}\n"),
        "NS314",
        6,
        "write due: 2026-11-19",
    ),
    "hours from an input without an hour": Case(
        run(
            "  - {id: a, do: Do it, who: max, rule: 4h before meeting_date}\n",
            "{meeting_date: 2026-12-15}",
        ),
        "NS315",
        6,
        "a day without an hour",
    ),
    "a day to begin that cannot be counted": Case(
        run(
            "  - {id: a, do: Do it, who: max, due: 2026-11-30, not_before: 4h after meeting_date}\n",
            "{meeting_date: 2026-12-15}",
        ),
        "NS315",
        6,
        "a day without an hour",
    ),
    "a condition over words that have no order": Case(
        run(
            "  - {id: a, do: Do it, who: max, due: 2026-11-30, when: tier > 5}\n",
            "{tier: small}",
        ),
        "NS323",
        6,
        "`small` cannot be compared by `>`",
    ),
    "cases of which none holds": Case(
        run(
            "  - {id: a, do: Do it, who: max, rule: [{when: tier == 'big', by: 2bd after start}]}\n",
            "{tier: small}",
        ),
        "NS315",
        6,
        "none of the cases holds",
    ),
    "an input that is no day": Case(
        run(
            "  - {id: a, do: Do it, who: max, rule: 2bd before meeting_date}\n",
            "{meeting_date: soon}",
        ),
        "NS316",
        4,
        "`soon` is not a day",
    ),
    "due before it was agreed": Case(
        {PLACE: offer("2026-11-02", "at: 2026-11-12T15:10Z, by: dev, event: agreed")},
        "NS317",
        4,
        "2026-11-12",
    ),
    "first due before it was agreed": Case(
        {
            PLACE: offer(
                "2026-11-27",
                "at: 2026-11-12T15:10Z, by: dev, event: agreed",
                "at: 2026-11-13T15:10Z, by: dev, event: moved, from: 2025-11-20, to: 2026-11-27",
            )
        },
        "NS317",
        7,
        "`2025-11-20`",
    ),
    "a step due before the run": Case(
        run("  - {id: a, do: Do it, who: max, rule: asap, due: 2025-11-20}\n"),
        "NS317",
        6,
        "`2025-11-20`",
    ),
    "an event two days ahead": Case(
        {PLACE: offer("2026-11-27", "at: 2026-11-26T00:00Z, by: dev, event: noted, text: x")},
        "NS318",
        6,
        "`noted`",
    ),
    "an event before the run": Case(
        run(
            "  - {id: a, do: Do it, who: max, rule: asap, due: asap}\n",
            log="log:\n  - {at: 2026-11-12T09:00Z, by: max, event: done, step: a}\n",
        ),
        "NS319",
        8,
        "2026-11-16",
    ),
    "due on a closed day": Case(
        {"nextstep.yaml": CALENDAR, PLACE: offer("2026-12-25")}, "NS320", 4, "closed day"
    ),
    "a step due before what it waits for": Case(
        run(
            "  - {id: a, do: Do it, who: max, rule: asap, due: 2026-12-10}\n"
            "  - {id: b, do: Do it, who: max, after: [a], rule: asap, due: 2026-12-04}\n"
        ),
        "NS321",
        7,
        "`a`, which comes first, on 2026-12-10",
    ),
    "a mark of a run without the date that ends it": Case(
        run("  - {id: fair, mark: The fair opens}\n"), "NS112", 6, "mark `fair` does not say due"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_day_that_cannot_work_is_found_where_it_stands(case: Case, tmp_path: Path) -> None:
    found = findings(tmp_path, case.files)
    assert codes(found) == [case.code]
    assert found[0].span is not None
    assert found[0].span.line == case.line
    assert case.says in f"{found[0].message} {found[0].hint}"


CLEAN = {
    "a date from the date of a later step": process(
        step("a", "2bd before b.due"), step("b", "meeting_date")
    ),
    "a date from a mark that comes later": process(
        step("a", "2bd before m"), "id: m, mark: The meeting, due: meeting_date"
    ),
    "a step that begins when it is offered": process(
        step("a", "1bd after start", ", handoff: {to: writer, must_include: [all of it]}"),
        step("b", "1bd after a.accepted"),
    ),
    "an event of tomorrow, where the sun rises earlier": {
        PLACE: offer("2026-11-27", "at: 2026-11-24T23:00Z, by: dev, event: noted, text: x")
    },
    "a closed day that is over": {
        "nextstep.yaml": CALENDAR.replace("12-25", "11-20"),
        PLACE: offer("2026-11-20"),
    },
    "a date beyond the holidays of something closed": {
        "nextstep.yaml": CALENDAR,
        PLACE: offer(
            "2027-02-01",
            "at: 2026-11-20T09:00Z, by: dev, event: closed, result: kept, outcome: x, "
            "nothing_further: y",
        ),
    },
    "a day of rest, where no calendar says so": {PLACE: offer("2026-11-28")},
    "a mark of a run with a date": run("  - {id: fair, mark: The fair opens, due: 2026-12-01}\n"),
    "a mark of a run with what its date comes from": run(
        "  - {id: fair, mark: The fair opens, rule: 5bd after start}\n"
    ),
    "a mark without a date that was skipped": run(
        "  - {id: fair, mark: The fair opens}\n  - {id: a, do: Do it, who: max, due: 2026-11-19}\n",
        log="log:\n  - {at: 2026-11-20T09:00Z, by: ana, event: skipped, step: fair, why: no fair}\n",
    ),
    "a mark without a date in a run that was dropped": run(
        "  - {id: fair, mark: The fair opens}\n",
        log="log:\n  - {at: 2026-11-20T09:00Z, by: ana, event: closed, result: dropped, "
        "why: no fair, nothing_further: no fair}\n",
    ),
    "a rule whose anchor is not known yet": run(
        "  - {id: a, do: Do it, who: max, rule: 3bd after start, due: 2026-11-19}\n"
        "  - {id: b, do: Do it, who: max, after: [a], rule: 1bd after a}\n"
    ),
}


@pytest.mark.parametrize("files", CLEAN.values(), ids=CLEAN.keys())
def test_a_day_that_works_is_left_alone(files: dict[str, str], tmp_path: Path) -> None:
    assert findings(tmp_path, files) == ()


def test_many_dates_beyond_the_holidays_are_told_once(tmp_path: Path) -> None:
    files = {"nextstep.yaml": CALENDAR}
    for month in range(1, 9):
        files[f"commitments/2027/offer-{month}.yaml"] = offer(f"2027-0{month}-01")
    found = findings(tmp_path, files)
    assert codes(found) == ["NS313"]
    assert "`offer-1`" in found[0].message


def test_what_depends_on_today_is_a_warning(tmp_path: Path) -> None:
    """The same files, read on every day of two years, never gain an error."""
    files = {
        "nextstep.yaml": CALENDAR,
        PLACE: offer("2026-12-25", "at: 2026-11-12T15:10Z, by: dev, event: agreed"),
        **run("  - {id: a, do: Do it, who: max, rule: 3bd after start, due: 2026-11-19}\n"),
    }
    for weeks in range(-52, 53, 4):
        today: date = TODAY + timedelta(weeks=weeks)
        for one in findings(tmp_path, files, today):
            assert one.severity is Severity.WARNING
