"""What holds for any text, any day and any calendar."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nextstep.dates.conditions import holds, names_of, parse_condition
from nextstep.dates.days import parse_day, parse_due, parse_instant, parse_length
from nextstep.dates.expressions import parse, resolve
from nextstep.dates.problem import DateProblem
from nextstep.dates.recurrence import occurrences, parse_recurrence
from nextstep.dates.rule_words import condition_words
from nextstep.dates.workdays import (
    add_days,
    add_months,
    add_working_days,
    is_working_day,
    month_length,
    working_days_between,
)
from nextstep.model.calendar import Calendar
from nextstep.model.conditions import And, Compare, Condition, Listed, Literal, Name, Not, Or
from nextstep.model.time import Anchor, Day, Length

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
CALENDARS = st.builds(
    Calendar,
    timezone=st.sampled_from(["UTC", "Europe/Berlin", "America/Santiago", "Pacific/Kiritimati"]),
    workweek=st.frozensets(st.integers(0, 6), min_size=1),
    closed=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=20),
)
COUNTS = st.integers(-60, 60)

# Pieces of the grammars, so that chance comes near to what is understood.
WORDS = st.sampled_from(
    "start meeting_date collect.due a/b 3bd 24h 30min 2mo 9999y 0d after before of week month end "
    "earlier later or and asap none fri monday 2 53 0 2026-11-27 2026-02-30 2026-11-27T17:00 every "
    "day weeks year quarter on the 1st 31st last friday weekday for until times march 29 other not "
    "in == != < <= > ( ) [ ] , 'x' \" 1.5 -3 FREQ=DAILY ; INTERVAL=2 BYDAY=MO = $ \x00 \ud800 ² ٣ 10:30".split(
        " "
    )
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(WORDS, max_size=9).map(" ".join),
    st.lists(WORDS, max_size=9).map("".join),
    st.from_regex(r"[0-9]{1,5}[-/.T: ][0-9]{1,2}[-/.:T][0-9]{1,4}([T ][0-9:.+Z-]{0,14})?"),
)
PLAINS = st.recursive(
    st.none() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["by", "at", "not_on", "roll", "grace", "ends", "when"]) | TEXTS, inner
        )
    ),
    max_leaves=8,
)
CONDITIONS = st.lists(
    st.sampled_from(
        [*"ab", "1", "2.0", "'x'", "2026-11-27", *"==|<|in|not|and|or|(|)|[1, b]".split("|")]
    ),
    max_size=12,
).map(" ".join)

VALUES: st.SearchStrategy[Name | Literal] = st.one_of(
    st.sampled_from([Name("tier"), Name("in_time"), Literal("-3"), Literal("2026-11-27")]),
    st.builds(Literal, st.sampled_from("' \" x") | st.text(max_size=5), st.just(True)),
)
LISTS = st.lists(VALUES, min_size=1, max_size=3).map(lambda items: Listed(tuple(items)))
TREES: st.SearchStrategy[Condition] = st.recursive(
    st.builds(Compare, st.sampled_from(["==", "!="]), VALUES, VALUES)
    | st.builds(Compare, st.sampled_from(["in", "not in"]), VALUES, LISTS),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    "read",
    [parse_day, parse_due, parse_instant, parse_length, parse_condition, parse_recurrence, parse],
)
@given(text=TEXTS)
@example(text="9" * 5000)
@example(text="(" * 500)
@example(text="not " * 200)
@example(text="9999-12-31T24:00")
@example(text="0001-01-01T00:00+23:59")
@example(text="9999-W53-7")
@example(text="0000-W01-1")
@example(text="every year on feb")
@example(text="every month on the 99th last")
def test_any_text_is_read_or_refused_with_words(read: Callable[[str], object], text: str) -> None:
    problem = problem_of(read, text)
    if problem is not None:
        assert problem.kind
        assert problem.message
        assert problem.hint
        assert len(problem.message) < 200


def problem_of(read: Callable[[Any], object], text: object) -> DateProblem | None:
    try:
        read(text)
    except DateProblem as problem:
        return problem
    return None


@given(plain=PLAINS)
def test_any_plain_value_is_read_or_refused_at_a_place_it_has(plain: object) -> None:
    problem = problem_of(parse, plain)
    place = plain
    for key in problem.keys if problem else ():
        if isinstance(place, list):
            assert isinstance(key, int)
            place = place[key]
        else:
            assert isinstance(place, dict)
            place = place[key]


@given(plain=PLAINS, day=DAYS | st.just(date.max) | st.just(date.min), calendar=CALENDARS)
@example(plain="1d after start", day=date.max, calendar=Calendar())
@example(plain={"by": "start", "ends": "anywhere-on-earth"}, day=date.max, calendar=Calendar())
@example(
    plain={"by": "start", "at": "00:00"},
    day=date.min,
    calendar=Calendar(timezone="Pacific/Kiritimati"),
)
def test_what_is_read_comes_to_the_same_day_each_time(
    plain: object, day: date, calendar: Calendar
) -> None:
    try:
        expression = parse(plain)
    except DateProblem:
        return

    def answer(anchor: Anchor) -> Day:
        return day if anchor.event == "finished" else datetime(2026, 3, 29, 0, 30, tzinfo=UTC)

    def once() -> object:
        try:
            return resolve(
                expression,
                anchor=answer,
                inputs={"a": "1", "start": "x"},
                calendar=calendar,
                cycle_start=day,
            )
        except DateProblem as problem:
            return problem.kind, problem.message

    assert once() == once()


@given(text=CONDITIONS, inputs=st.dictionaries(st.sampled_from("ab"), TEXTS))
def test_a_condition_is_weighed_without_a_crash_and_is_open_only_for_an_unknown_input(
    text: str, inputs: dict[str, str]
) -> None:
    with contextlib.suppress(DateProblem):
        condition = parse_condition(text)
        answer = holds(condition, inputs)
        assert answer is not None or not inputs.keys() >= set(names_of(condition))


@given(condition=TREES)
def test_a_condition_in_words_is_read_as_the_same_condition(condition: Condition) -> None:
    assert parse_condition(condition_words(condition)) == condition


@given(day=DAYS, count=COUNTS, calendar=CALENDARS)
def test_counting_working_days_ends_on_a_working_day(
    day: date, count: int, calendar: Calendar
) -> None:
    assert is_working_day(add_working_days(day, count, calendar), calendar)


@given(day=DAYS, count=COUNTS, more=st.integers(1, 30), calendar=CALENDARS)
def test_more_working_days_are_later(day: date, count: int, more: int, calendar: Calendar) -> None:
    assume(count != 0 and count + more != 0)  # zero working days may move on to the next one
    nearer, farther = (add_working_days(day, n, calendar) for n in (count, count + more))
    assert nearer < farther


@given(day=DAYS, later=st.integers(0, 90), count=st.integers(1, 60), calendar=CALENDARS)
def test_counting_from_a_later_day_is_never_earlier(
    day: date, later: int, count: int, calendar: Calendar
) -> None:
    other = day + timedelta(days=later)
    assert add_working_days(day, count, calendar) <= add_working_days(other, count, calendar)


@given(day=DAYS, count=COUNTS, calendar=CALENDARS)
def test_counting_back_from_a_working_day_returns_to_it(
    day: date, count: int, calendar: Calendar
) -> None:
    worked = add_working_days(day, 0, calendar)
    assert add_working_days(add_working_days(worked, count, calendar), -count, calendar) == worked


@given(day=DAYS, count=st.integers(1, 60), calendar=CALENDARS)
def test_the_working_days_between_are_those_that_were_counted(
    day: date, count: int, calendar: Calendar
) -> None:
    later = add_working_days(day, count, calendar)
    assert working_days_between(day, later, calendar) == count
    assert working_days_between(later, day, calendar) == -count


@given(day=DAYS, other=DAYS, calendar=CALENDARS)
def test_working_days_between_are_those_that_a_walk_finds(
    day: date, other: date, calendar: Calendar
) -> None:
    first, last = min(day, other), min(max(day, other), min(day, other) + timedelta(days=400))
    walked = sum(
        is_working_day(first + timedelta(days=number), calendar)
        for number in range(1, (last - first).days + 1)
    )
    assert working_days_between(first, last, calendar) == walked


@given(day=DAYS, months=st.integers(-600, 600))
def test_a_month_away_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int
) -> None:
    away = add_months(day, months)
    assert (away.year * 12 + away.month) - (day.year * 12 + day.month) == months
    assert away.day == min(day.day, month_length(away.year, away.month))


@given(day=DAYS)
def test_the_length_of_a_month_is_that_of_the_calendar(day: date) -> None:
    last = day.replace(day=month_length(day.year, day.month))
    assert (last + timedelta(days=1)).day == 1


@given(day=DAYS, count=st.integers(-50, 50))
def test_years_are_twelve_months_each(day: date, count: int) -> None:
    years, months = Length(count, "y"), Length(12 * count, "mo")
    assert add_days(day, years, Calendar()) == add_days(day, months, Calendar())


@given(
    text=st.sampled_from(
        "every day|every weekday|every friday|every 2 weeks on mon and thu|every month|every year|"
        "every quarter|every month on the 31st|every month on the last friday|"
        "first monday of the quarter|every year on 29 feb".split("|")
    ),
    start=DAYS,
)
def test_each_time_is_later_than_the_one_before_and_none_before_the_start(
    text: str, start: date
) -> None:
    found = list(islice(occurrences(parse_recurrence(text), start), 40))
    assert len(found) == 40
    assert found == sorted(set(found))
    assert found[0] >= start


@given(start=DAYS, months=st.integers(1, 40))
def test_every_month_comes_in_every_month(start: date, months: int) -> None:
    day = add_months(start, months)
    before = add_months(day.replace(day=1), 0) - timedelta(days=1)
    found = occurrences(parse_recurrence("every month"), start)
    assert next(one for one in found if one > before) == day
