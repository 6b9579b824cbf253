"""Days that are over, as people type them: every row of the grammar, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from nextstep.dates.now import now_on
from nextstep.dates.past import parse_past
from nextstep.dates.problem import DateProblem
from nextstep.model.calendar import Calendar

NOW = now_on(date(2026, 11, 23), "UTC")
"""A Monday."""


def past(text: str, *, last: bool = False) -> date:
    return parse_past(text, NOW, Calendar(timezone="UTC"), last=last)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-02", "2026-11-02"),
        ("2027-01-01", "2027-01-01"),
        ("today", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("fri", "2026-11-20"),
        ("last Friday", "2026-11-20"),
        ("mon", "2026-11-16"),
        ("sunday", "2026-11-22"),
        ("thurs", "2026-11-19"),
        ("30d", "2026-10-24"),
        ("2w", "2026-11-09"),
        ("5bd", "2026-11-16"),
        ("1mo", "2026-10-23"),
        ("1y", "2025-11-23"),
        ("3 weeks ago", "2026-11-02"),
        ("a month ago", "2026-10-23"),
        ("2 working days ago", "2026-11-19"),
        ("3 march 2026", "2026-03-03"),
    ],
)
def test_a_day_in_the_past(text: str, day: str) -> None:
    assert past(text).isoformat() == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-W45", "2026-11-02", "2026-11-08"),
    ],
)
def test_a_week_or_a_month_begins_and_ends(text: str, first: str, last: str) -> None:
    assert past(text).isoformat() == first
    assert past(text, last=True).isoformat() == last


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tomorrow", "`tomorrow` is 2026-11-24, which is still to come"),
        ("next tue", "`next tue` is 2026-12-01, which is still to come"),
        ("3 march", "`3 march` is 2027-03-03, which is still to come"),
        ("2026-13", "`2026-13` is no time there is"),
        ("2026-W60", "`2026-W60` is no time there is"),
        ("9999y", "the day is before the year 1 or after the year 9999"),
        ("asap", "`asap` is no whole day"),
        ("2h", "`2h` counts from the hour it is, and only a day is known"),
        ("monthly", "`monthly` is not a day"),
        ("", "no date was written"),
    ],
)
def test_what_means_no_day_that_is_over_is_refused(text: str, message: str) -> None:
    with pytest.raises(DateProblem) as refused:
        past(text)
    assert message in refused.value.message
    assert refused.value.hint
