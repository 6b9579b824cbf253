"""What nobody asked about is found on its day, and not before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.rules.ledgers import codes, findings

HEAD = "what: Send Lena the offer\nwho: dev\noutcome: She can decide\ndue: {}\n"
PATH = "commitments/2026/11/offer.yaml"


def judged(
    root: Path, due: str, *events: str, today: date = date(2026, 11, 23), more: str = ""
) -> list[str]:
    log = "log:\n" + "".join(f"  - {{{event}}}\n" for event in events) if events else ""
    return codes(findings(root, {PATH: HEAD.format(due) + more + log}, today))


AGREED = "at: 2026-11-02T09:00Z, by: dev, event: agreed, how: call"


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 11, 19), []),  # three working days after Monday the 16th
        (date(2026, 11, 20), ["NS440"]),
        (date(2026, 11, 22), ["NS440"]),
    ],
)
def test_a_missed_date_may_be_silent_for_three_working_days(
    today: date, found: list[str], tmp_path: Path
) -> None:
    assert judged(tmp_path, "2026-11-16", AGREED, today=today) == found


def test_a_commitment_without_a_log_is_asked_about_as_well(tmp_path: Path) -> None:
    assert judged(tmp_path, "2026-11-16") == ["NS440"]


def test_closed_days_do_not_count_as_silence(tmp_path: Path) -> None:
    calendar = "calendar: {closed: [2026-11-18, 2026-11-19]}\n"
    files = {PATH: HEAD.format("2026-11-16"), "nextstep.yaml": calendar}
    assert codes(findings(tmp_path, files, date(2026, 11, 23))) == []
    assert codes(findings(tmp_path, files, date(2026, 11, 24))) == ["NS440"]


@pytest.mark.parametrize(
    "event",
    [
        "at: 2026-11-16T20:00Z, by: mia, event: asked",
        "at: 2026-11-17T09:00Z, by: mia, event: asked",
        'at: 2026-11-17T09:00Z, by: dev, event: noted, text: "half of it is there"',
        'at: 2026-11-17T09:00Z, by: dev, event: blocked, why: "waits for prices"',
    ],
)
def test_one_word_from_the_day_on_is_follow_up(event: str, tmp_path: Path) -> None:
    assert judged(tmp_path, "2026-11-16", AGREED, event) == []


def test_a_word_before_the_day_is_no_follow_up(tmp_path: Path) -> None:
    early = 'at: 2026-11-13T09:00Z, by: dev, event: noted, text: "on its way"'
    assert judged(tmp_path, "2026-11-16", AGREED, early) == ["NS440"]


def test_a_word_that_was_taken_back_is_no_follow_up(tmp_path: Path) -> None:
    asked = "at: 2026-11-17T09:00Z, by: mia, event: asked"
    undone = 'at: 2026-11-17T09:05Z, by: mia, event: undone, of: 2026-11-17T09:00Z, why: "typo"'
    found = judged(tmp_path, "2026-11-16", AGREED, asked, undone)
    assert found == ["NS440"]


@pytest.mark.parametrize("due", ["asap", "2026-11-23", "2026-12-01"])
def test_what_is_not_overdue_needs_no_follow_up(due: str, tmp_path: Path) -> None:
    assert judged(tmp_path, due, AGREED) == []


def test_what_is_done_is_not_overdue(tmp_path: Path) -> None:
    done = "at: 2026-11-10T09:00Z, by: dev, event: done"
    assert judged(tmp_path, "2026-11-13", AGREED, done) == []


def test_a_date_before_the_agreement_is_a_mistake_and_no_silence(tmp_path: Path) -> None:
    assert judged(tmp_path, "2026-10-13", AGREED) == ["NS317"]


PROPOSED = "at: 2026-11-09T09:00Z, by: lena, event: proposed"


@pytest.mark.parametrize(
    ("due", "today", "found"),
    [
        ("2026-12-11", date(2026, 11, 23), []),  # ten working days
        ("2026-12-11", date(2026, 11, 24), ["NS441"]),
        ("2026-11-12", date(2026, 11, 12), []),
        ("2026-11-12", date(2026, 11, 13), ["NS441"]),
    ],
)
def test_a_proposal_is_answered_within_ten_working_days_or_by_its_day(
    due: str, today: date, found: list[str], tmp_path: Path
) -> None:
    assert judged(tmp_path, due, PROPOSED, today=today) == found


def test_a_proposal_that_was_dropped_is_answered(tmp_path: Path) -> None:
    dropped = 'at: 2026-11-10T09:00Z, by: dev, event: closed, result: dropped, why: "no time"'
    assert judged(tmp_path, "2026-11-12", PROPOSED, dropped) == []


@pytest.mark.parametrize(
    ("due", "today", "found"),
    [
        ("asap", date(2028, 11, 2), []),
        ("asap", date(2028, 11, 3), ["NS442"]),
        ("2029-01-31", date(2028, 11, 3), []),
        ("2026-11-13", date(2029, 1, 1), ["NS442"]),
    ],
)
def test_what_nobody_spoke_of_for_two_years_is_found_once(
    due: str, today: date, found: list[str], tmp_path: Path
) -> None:
    assert judged(tmp_path, due, AGREED, today=today) == found


def test_an_old_proposal_is_found_once(tmp_path: Path) -> None:
    assert judged(tmp_path, "asap", PROPOSED, today=date(2029, 1, 1)) == ["NS442"]


@pytest.mark.parametrize("today", [date.min, date(1, 6, 1), date.max])
def test_the_first_and_the_last_day_there_is_can_be_today(today: date, tmp_path: Path) -> None:
    assert "NS440" not in judged(tmp_path, "2026-11-13", today=date.min)
    judged(tmp_path, "0001-01-01", today=today)


RUN = """\
title: Move the office
owner: ana
started: 2026-11-02
steps:
  - {id: pack, do: Pack the boxes, who: max, rule: 3bd after start, due: 2026-11-05}
  - {id: carry, do: Carry them, who: eva, after: [pack], rule: 1bd after pack.due, due: 2026-11-06}
"""


def of_run(root: Path, log: str = "", today: date = date(2026, 11, 23)) -> list[tuple[str, int]]:
    found = findings(root, {"commitments/2026/11/move.yaml": RUN + log}, today)
    return [(one.code, one.span.line if one.span else 0) for one in found]


def test_the_next_steps_of_a_run_are_asked_about_and_later_ones_not_yet(tmp_path: Path) -> None:
    assert of_run(tmp_path) == [("NS440", 5)]


@pytest.mark.parametrize(
    "event",
    [
        "{at: 2026-11-09T09:00Z, by: ana, event: asked, step: pack}",
        "{at: 2026-11-09T09:00Z, by: ana, event: asked}",
    ],
)
def test_asking_about_a_step_or_about_its_run_is_follow_up(event: str, tmp_path: Path) -> None:
    assert of_run(tmp_path, f"log:\n  - {event}\n") == []


def test_asking_about_another_step_is_no_follow_up(tmp_path: Path) -> None:
    event = "{at: 2026-11-09T09:00Z, by: ana, event: asked, step: carry}"
    assert ("NS440", 5) in of_run(tmp_path, f"log:\n  - {event}\n")


def test_a_run_that_nobody_spoke_of_for_two_years_is_found_once(tmp_path: Path) -> None:
    assert of_run(tmp_path, today=date(2028, 11, 23)) == [("NS442", 1)]


def test_a_log_that_cannot_be_read_is_not_taken_for_silence(tmp_path: Path) -> None:
    assert judged(tmp_path, "2026-11-13", "at: yesterday, by: dev, event: asked") == ["NS303"]
