"""What people type for a date: read as everybody reads it, or refused with what to write."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.dates.now import Now, now_at, now_on
from nextstep.dates.problem import DateProblem
from nextstep.dates.typed import parse_typed
from nextstep.model.calendar import Calendar
from nextstep.model.time import Due

SUNDAY = date(2026, 11, 22)
THANKSGIVING = Calendar(timezone="UTC", closed=frozenset({date(2026, 11, 26)}))

CONTRADICTED = {("next monday", "2013-02-23")}
"""Rows of the vectors that cannot be right: a Monday that is said to be a Saturday."""


def typed(text: str, today: date = SUNDAY, calendar: Calendar = THANKSGIVING) -> Due:
    return parse_typed(text, now_on(today, "UTC"), calendar)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-27", "2026-11-27"),
        ("2026-W48", "2026-11-27"),
        ("2026w48", "2026-11-27"),
        ("2026-W48-3", "2026-11-25"),
        ("today", "2026-11-22"),
        ("tomorrow", "2026-11-23"),
        ("the day after tomorrow", "2026-11-24"),
        ("fri", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("fri.", "2026-11-27"),
        ("on fri", "2026-11-27"),
        ("by friday", "2026-11-27"),
        ("sun", "2026-11-29"),
        ("this sun", "2026-11-22"),
        ("next tue", "2026-11-24"),
        ("tue next week", "2026-11-24"),
        ("3bd", "2026-11-25"),
        ("4bd", "2026-11-27"),
        ("in 4 working days", "2026-11-27"),
        ("2w", "2026-12-06"),
        ("in a week", "2026-11-29"),
        ("in 10 days", "2026-12-02"),
        ("a month from today", "2026-12-22"),
        ("in a quarter", "2027-02-22"),
        ("the 15th", "2026-12-15"),
        ("the 22nd", "2026-12-22"),
        ("the 31st", "2026-12-31"),
        ("tue the 15th", "2026-12-15"),
        ("the 3rd of next month", "2026-12-03"),
        ("3 march", "2027-03-03"),
        ("March 3rd", "2027-03-03"),
        ("Wed, 3 March", "2027-03-03"),
        ("22 nov", "2026-11-22"),
        ("3 march 2028", "2028-03-03"),
        ("29 feb", "2028-02-29"),
        ("last day of february", "2027-02-28"),
        ("eow next week", "2026-11-27"),
        ("end of next week", "2026-11-27"),
        ("eom", "2026-11-30"),
        ("end of the month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("eoq", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("end of next year", "2027-12-31"),
    ],
)
def test_a_day_is_read_as_people_mean_it_on_a_sunday(text: str, day: str) -> None:
    assert typed(text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("today", "end"), [("2026-11-23", "2026-11-27"), ("2026-11-27", "2026-11-27")]
)
def test_the_end_of_the_week_is_its_last_day_that_is_worked(today: str, end: str) -> None:
    assert typed("eow", date.fromisoformat(today)) == date.fromisoformat(end)


def test_the_end_of_a_week_whose_friday_is_closed_is_thursday() -> None:
    closed = Calendar(timezone="UTC", closed=frozenset({date(2026, 11, 27)}))
    assert typed("eow", date(2026, 11, 23), closed) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("fri 17:00", "2026-11-27T17:00"),
        ("tomorrow at 9:05", "2026-11-23T09:05"),
        ("2026-11-27 17:00", "2026-11-27T17:00"),
        ("2026-11-27T17:00", "2026-11-27T17:00"),
    ],
)
def test_an_hour_goes_with_a_day(text: str, due: str) -> None:
    assert typed(text) == datetime.fromisoformat(due)


def test_hours_count_from_now_in_the_ledgers_zone() -> None:
    now = now_at(datetime(2026, 11, 22, 10, 20, 44, tzinfo=UTC), "Europe/Berlin")
    assert parse_typed("2h", now, Calendar(timezone="Europe/Berlin")) == datetime.fromisoformat(
        "2026-11-22T13:20"
    )


def test_asap_and_none_are_said_on_purpose() -> None:
    assert (typed("asap"), typed("none")) == ("asap", "none")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5", "write `the 5th` for the day of a month, 5d or 5bd"),
        ("1/12/2026", "write 2026-12-01 or 2026-01-12"),
        ("1.3.2026", "write 2026-03-01 or 2026-01-03"),
        ("may", "write a day of it, such as 15 may"),
        ("2026", "write a day of it, such as 2026-06-30"),
        ("2026-2-3", "write 2026-02-03"),
        ("2026-02-30", "write 2026-02-28, or the day that is meant"),
        ("31 feb 2027", "write 2027-02-28, or the day that is meant"),
        ("10:30", "write both, such as 2026-11-27T10:30"),
        ("30.11.", "write 30 november"),
        ("11/30", "write 30 november"),
        ("3.12", "write 3 december or 12 march"),
        ("29-2", "write 29 february"),
        ("tomorow", "write `tomorrow` if that is meant"),
        ("Wednesay", "write `wednesday` if that is meant"),
        ("end of nxt month", "write `end of next month` if that is meant"),
        ("mon 15 dec", "write 2026-12-15, or the day that is meant"),
        ("eow", "write `eow next week`, or a day"),
        ("2h", "give --today an hour, or write a day"),
    ],
)
def test_what_could_mean_two_days_is_refused_with_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(DateProblem) as problem:
        typed(text)
    assert problem.value.hint == hint


@pytest.mark.parametrize(
    "text",
    ["", "soon", "next week", "last fri", "fri 3pm", "noon", "1e3", "٣", "31.11.", "nxt week"],
)
def test_anything_else_is_refused_with_what_can_be_written(text: str) -> None:
    with pytest.raises(DateProblem) as problem:
        typed(text)
    assert "3bd, the 15th" in problem.value.hint


@pytest.mark.parametrize("text", ["30.11.", "3.12", "tomorow", "end of nxt month", "in 2 weaks"])
def test_what_is_proposed_instead_is_a_date(text: str) -> None:
    with pytest.raises(DateProblem) as problem:
        typed(text)
    meant = problem.value.hint.removeprefix("write ").removesuffix(" if that is meant")
    for one in meant.split(" or "):
        assert isinstance(typed(one.strip("`")), date)


def test_a_weekday_of_this_week_that_is_over_is_refused() -> None:
    with pytest.raises(DateProblem) as problem:
        typed("this mon", date(2026, 11, 25))
    assert problem.value.hint == "write mon for the one that comes"


def test_no_phrase_that_others_read_is_read_as_another_day(facts: Path) -> None:
    right, wrong, refused = 0, set(), 0
    for line in (facts / "vectors" / "due_text_from_duckling.ndjson").read_text().splitlines():
        row = json.loads(line)
        if row["grain"] != "Day":
            continue
        try:
            day = typed(row["text"], datetime.fromisoformat(row["reference"]).date())
        except DateProblem:
            refused += 1
            continue
        if str(day) == row["date"]:
            right += 1
        else:
            wrong.add((row["text"], row["date"]))
    print(f"{right} right, {refused} refused, {len(wrong - CONTRADICTED)} wrong")
    assert wrong == CONTRADICTED
    assert (right, refused) == (71, 72)


@given(st.text(max_size=30), st.dates())
def test_any_text_is_a_date_or_refused(text: str, today: date) -> None:
    try:
        answer = str(typed(text, today))
    except DateProblem as problem:
        answer = problem.hint
    assert answer


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_always_ahead_by_a_week_at_most(today: date, weekday: int) -> None:
    name = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[weekday]
    day = typed(name, today)
    assert isinstance(day, date)
    assert day.weekday() == weekday
    assert timedelta(0) < day - today <= timedelta(7)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_day_written_out_is_itself_whatever_today_is(day: date) -> None:
    now: Now = now_on(SUNDAY, "UTC")
    assert parse_typed(day.isoformat(), now, THANKSGIVING) == day
