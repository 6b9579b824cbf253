"""The weeks that a report looks back on."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nextstep.dates.periods import Period, typed_week, week_before, week_of
from nextstep.dates.problem import DateProblem

MONDAY = date(2026, 11, 23)


def test_the_week_before_a_monday_ended_yesterday() -> None:
    week = week_before(MONDAY)
    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week.words(MONDAY) == "Week 47, Mon 16 Nov to Sun 22 Nov"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 1, 1), "2026-W53"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 11, 29), "2026-W48"),
    ],
)
def test_a_week_at_the_end_of_a_year_has_the_year_of_its_thursday(day: date, name: str) -> None:
    assert week_of(day).name == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("2026-W47", "2026-W47"),
        ("2026-w7", "2026-W07"),
        ("W47", "2026-W47"),
        ("48", "2026-W48"),
        ("w50", "2025-W50"),
        ("this", "2026-W48"),
        (" Last ", "2026-W47"),
    ],
)
def test_a_week_may_be_typed_with_or_without_its_year(typed: str, name: str) -> None:
    assert typed_week(typed, MONDAY).name == name


def test_in_january_the_last_week_of_the_year_has_its_number_alone() -> None:
    assert typed_week("W53", date(2027, 1, 4)).name == "2026-W53"
    assert typed_week("W53", date(2026, 12, 28)).name == "2026-W53"
    assert typed_week("W52", date(2026, 1, 5)).name == "2025-W52"


@pytest.mark.parametrize(
    "typed", ["", "0", "54", "2027-W53", "w53", "next", "2026-11-20", "4\uff17"]
)
def test_what_is_no_week_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(DateProblem) as caught:
        typed_week(typed, MONDAY)
    assert caught.value.hint == "write 2026-W47, W47, this or last"


def test_an_instant_is_in_a_period_by_the_days_of_the_zone() -> None:
    week = week_before(MONDAY)
    sunday_night = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert week.holds(sunday_night, "America/New_York")
    assert not week.holds(sunday_night, "UTC")
    assert not week.holds(None, "UTC")


def test_days_that_are_no_week_are_named_by_both_ends() -> None:
    days = Period(date(2025, 12, 30), date(2026, 1, 2))
    assert days.name == "2025-12-30/2026-01-02"
    assert days.words(MONDAY) == "Tue 30 Dec 2025 to Fri 2 Jan"
