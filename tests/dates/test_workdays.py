"""Working days, overdue, and days in words."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nextstep.dates.days import parse_due, parse_instant, parse_length
from nextstep.dates.now import now_at, now_on
from nextstep.dates.problem import DateProblem
from nextstep.dates.words import day_words, distance
from nextstep.dates.workdays import (
    add_months,
    add_working_days,
    is_past,
    is_working_day,
    local_day,
    working_days_between,
)
from nextstep.dates.zones import clock_note, find_zone, moment
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.calendar import Calendar

PLAIN = Calendar()
THANKSGIVING = Calendar(timezone="Europe/Berlin", closed=frozenset({date(2026, 11, 26)}))
MONDAY = date(2026, 11, 23)


def test_working_days_are_those_of_the_outside_oracle(facts: Path) -> None:
    vectors = facts / "vectors"
    calendars = {
        name: Calendar(
            closed=frozenset(
                date.fromisoformat(day)
                for day in json.loads((vectors / f"holidays_{name}.json").read_text())
            )
        )
        for name in ("DE-BY", "GB-ENG", "US")
    }
    calendars["NONE"] = PLAIN
    with (vectors / "business_days_numpy.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    right = sum(
        add_working_days(
            date.fromisoformat(row["start"]), int(row["business_days"]), calendars[row["calendar"]]
        )
        == date.fromisoformat(row["result"])
        for row in rows
    )
    assert (right, len(rows)) == (240, 240)


def test_a_week_may_be_worked_from_sunday_to_thursday() -> None:
    gulf = Calendar(workweek=frozenset({6, 0, 1, 2, 3}))
    assert not is_working_day(date(2026, 11, 27), gulf)
    assert is_working_day(date(2026, 11, 29), gulf)
    assert add_working_days(date(2026, 11, 26), 1, gulf) == date(2026, 11, 29)


def test_a_calendar_without_working_days_says_so() -> None:
    with pytest.raises(DateProblem, match="there is no working day in the 3660 days next to"):
        add_working_days(MONDAY, 1, Calendar(workweek=frozenset()))


def test_counting_past_the_last_year_says_so() -> None:
    for count in (1, 9999):
        with pytest.raises(DateProblem, match="after the year 9999"):
            add_working_days(date.max, count, PLAIN)
        with pytest.raises(DateProblem, match="after the year 9999"):
            add_months(date.max, count)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-11-20", "2026-11-23", 1),  # Friday to Monday
        ("2026-11-21", "2026-11-27", 4),  # Thursday is closed
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-21", "2026-11-22", 0),
        ("2026-11-27", "2026-11-21", -4),
    ],
)
def test_working_days_between_leave_out_the_first_day(first: str, last: str, count: int) -> None:
    found = working_days_between(date.fromisoformat(first), date.fromisoformat(last), THANKSGIVING)
    assert found == count


@pytest.mark.parametrize(
    ("due", "grace", "last_good", "first_late"),
    [
        ("2026-11-27", None, "2026-11-27", "2026-11-28"),
        ("2026-11-25", "1bd", "2026-11-27", "2026-11-28"),  # Thursday is closed
        ("2026-11-27", "2w", "2026-12-11", "2026-12-12"),
        ("2026-11-30", "1mo", "2026-12-30", "2026-12-31"),
        ("2026-11-27", "9999y", "9999-12-31", None),
    ],
)
def test_a_day_is_overdue_on_the_day_after_it_and_its_grace(
    due: str, grace: str | None, last_good: str, first_late: str | None
) -> None:
    length = parse_length(grace) if grace else None

    def past(day: str) -> bool:
        now = now_on(date.fromisoformat(day), "Europe/Berlin")
        return is_past(parse_due(due), now, grace=length, calendar=THANKSGIVING)

    assert not past(last_good)
    assert first_late is None or past(first_late)


@pytest.mark.parametrize(
    ("due", "grace", "last_good", "first_late"),
    [
        ("2026-11-27T17:00Z", None, "2026-11-27T17:00Z", "2026-11-27T17:00:01Z"),
        ("2026-11-27T17:00", None, "2026-11-27T16:00Z", "2026-11-27T16:00:01Z"),
        ("2026-11-27T17:00", "90min", "2026-11-27T17:30Z", "2026-11-27T17:31Z"),
        ("2026-11-27T17:00", "1bd", "2026-11-30T16:00Z", "2026-11-30T16:01Z"),
        ("2026-11-27", "2h", "2026-11-28T01:00Z", "2026-11-28T01:01Z"),
        ("2026-11-27", None, "2026-11-27T22:59Z", "2026-11-27T23:00Z"),
    ],
)
def test_an_instant_is_overdue_after_it_and_its_grace(
    due: str, grace: str | None, last_good: str, first_late: str
) -> None:
    length = parse_length(grace) if grace else None

    def past(instant: str) -> bool:
        now = now_at(parse_instant(instant), "Europe/Berlin")
        return is_past(parse_due(due), now, grace=length, calendar=THANKSGIVING)

    assert not past(last_good)
    assert past(first_late)


def test_on_a_day_without_an_hour_no_hour_of_it_has_passed() -> None:
    due = parse_due("2026-11-23T00:01")
    for day, past in ((MONDAY, False), (MONDAY + timedelta(days=1), True)):
        assert is_past(due, now_on(day, "UTC"), grace=None, calendar=PLAIN) is past


@pytest.mark.parametrize("grace", ["9999h", "9999y", "1bd"])
def test_a_grace_that_goes_past_the_last_year_never_ends(grace: str) -> None:
    now = now_at(parse_instant("9999-12-31T23:59:59Z"), "UTC")
    due = parse_due("9999-12-31T23:59")
    assert not is_past(due, now, grace=parse_length(grace), calendar=PLAIN)


@pytest.mark.parametrize("word", ["asap", "none"])
def test_a_word_is_never_overdue(word: str) -> None:
    now = now_on(date.max, "UTC")
    assert not is_past(parse_due(word), now, grace=None, calendar=PLAIN)


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("Pacific/Kiritimati", "2026-11-24"),
        ("Asia/Tokyo", "2026-11-23"),
        ("Europe/Berlin", "2026-11-23"),
        ("UTC", "2026-11-23"),
        ("America/Los_Angeles", "2026-11-23"),
        ("Pacific/Pago_Pago", "2026-11-22"),
    ],
)
def test_the_zone_of_the_ledger_decides_what_day_it_is(zone: str, today: str) -> None:
    instant = parse_instant("2026-11-23T10:30Z")
    assert now_at(instant, zone).today == local_day(instant, zone) == date.fromisoformat(today)


@pytest.mark.parametrize("name", ["Foo/Bar", "CET", "../etc/passwd", "Europe", "/", "Europe/", ""])
def test_a_zone_that_does_not_exist_is_refused(name: str) -> None:
    assert find_zone(name) is None
    with pytest.raises(NextstepError) as caught:
        now_on(MONDAY, name)
    assert caught.value.message == f"`{name}` is not a time zone"
    assert caught.value.hint == "write a place such as Europe/Berlin, or UTC"


def test_an_hour_that_clocks_skip_is_moved_on_and_said() -> None:
    skipped = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 - a clock time of Berlin
    assert moment(skipped, "Europe/Berlin") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert clock_note(skipped, "Europe/Berlin") == (
        "2026-03-29 02:30 does not exist in Europe/Berlin: clocks go forward, so 03:30 is meant"
    )


def test_an_hour_that_comes_twice_is_the_first_and_said() -> None:
    twice = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - a clock time of Berlin
    assert moment(twice, "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert clock_note(twice, "Europe/Berlin") == (
        "2026-10-25 02:30 happens twice in Europe/Berlin: the first of the two is meant"
    )


def test_a_day_whose_midnight_is_skipped_is_a_day_like_any_other() -> None:
    santiago = Calendar(timezone="America/Santiago")
    day = date(2026, 9, 6)
    assert now_on(day, "America/Santiago").today == day
    assert local_day(now_on(day, "America/Santiago").instant, "America/Santiago") == day
    assert not is_past(day, now_on(day, "America/Santiago"), grace=None, calendar=santiago)


@pytest.mark.parametrize(
    ("day", "words", "away"),
    [
        ("2026-11-23", "Mon 23 Nov", "today"),
        ("2026-11-24", "Tue 24 Nov", "tomorrow"),
        ("2026-11-25", "Wed 25 Nov", "in 2 days"),
        ("2026-11-22", "Sun 22 Nov", "yesterday"),
        ("2026-11-21", "Sat 21 Nov", "1 working day ago"),
        ("2026-11-20", "Fri 20 Nov", "1 working day ago"),
        ("2025-11-24", "Mon 24 Nov 2025", "260 working days ago"),
        ("2027-01-01", "Fri 1 Jan 2027", "in 39 days"),
    ],
)
def test_a_day_is_said_with_its_weekday_and_distance(day: str, words: str, away: str) -> None:
    assert day_words(date.fromisoformat(day), MONDAY) == words
    assert distance(date.fromisoformat(day), MONDAY, THANKSGIVING) == away


def test_days_without_a_working_day_between_are_counted_as_days() -> None:
    assert distance(date(2026, 11, 27), date(2026, 11, 29), PLAIN) == "2 days ago"
