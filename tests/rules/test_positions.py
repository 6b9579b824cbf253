"""What is said to be later is later, whatever the weekends, the holidays and the hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.dates.expressions import parse
from nextstep.dates.workdays import add_days, add_hours
from nextstep.dates.zones import end_of_day, local_day, moment
from nextstep.model.calendar import Calendar
from nextstep.model.time import Anchor, Day, Length, Rule
from nextstep.rules.positions import Position, ceilings, exact, floors, is_later

ZONE = "America/New_York"
X = Position("x")


def at(*lengths: str) -> Position:
    place: Position | None = X
    for text in lengths:
        count = int("".join(sign for sign in text if sign in "-0123456789"))
        assert place is not None
        place = place.plus(Length(count, text.lstrip("-0123456789")))
    assert place is not None
    return place


LATER = [
    (("6bd",), ("5bd",)),
    (("3bd", "3bd"), ("5bd",)),
    ((), ("-1bd",)),
    (("-3bd",), ("-5bd",)),
    (("-3d",), ("-5bd",)),
    (("5bd",), ("4d",)),
    (("2w", "1d"), ("2w",)),
    (("2d", "3bd"), ("2bd",)),
    (("1mo",), ("3w",)),
    (("1y",), ("12w",)),
    (("30h",), ("24h",)),
    (("2bd",), ("24h",)),
    (("73h",), ("1d",)),
    (("1h",), ()),
]
NOT_LATER = [
    (("5bd",), ("5bd",)),
    (("5bd",), ("5d",)),  # the same, where every day is worked
    (("7d",), ("5bd",)),  # not over a long holiday
    (("-3bd",), ("-5d",)),
    (("1mo",), ("30d",)),  # not in February
    (("1d",), ("24h",)),
    (("25h",), ("1d",)),  # a day ends at midnight
    (("1bd",), ("1d",)),
    ((), ()),
    ((), ("1d",)),
]


@pytest.mark.parametrize(("one", "other"), LATER)
def test_a_position_is_later_where_it_is_in_every_calendar(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert is_later(at(*one), at(*other))
    assert not is_later(at(*other), at(*one))


@pytest.mark.parametrize(("one", "other"), NOT_LATER)
def test_nothing_is_later_that_need_not_be(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert not is_later(at(*one), at(*other))


def test_what_counts_from_different_days_is_not_compared() -> None:
    assert not is_later(Position("a", (("bd", 9),)), Position("b", (("bd", 1),)))


def test_there_and_back_is_not_counted() -> None:
    assert at("3bd").plus(Length(-2, "bd")) is None
    assert at("-3bd").plus(Length(2, "bd")) is None
    assert X.plus(Length(0, "bd")) is None


def test_an_hour_of_a_day_is_not_compared_by_the_hour() -> None:
    clock = Position("x", (("d", 2),), clock=True)
    assert not is_later(clock, at("26h"))
    assert is_later(at("2d"), at("26h"))


LENGTHS = st.lists(
    st.tuples(st.sampled_from(["min", "h", "d", "bd", "w", "mo", "y"]), st.integers(1, 12)),
    max_size=3,
)
CALENDARS = st.builds(
    Calendar,
    timezone=st.just(ZONE),
    workweek=st.frozensets(st.integers(0, 6), min_size=1),
    closed=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20),
)
INSTANTS = st.builds(
    lambda day, clock: moment(datetime.combine(day, clock), ZONE),
    st.dates(date(2026, 3, 1), date(2027, 6, 1)),
    st.builds(time, st.integers(0, 23), st.sampled_from([0, 30, 59])),
)
WAYS = st.tuples(st.sampled_from([-1, 1]), st.sampled_from([-1, 1]))


def counted(anchor: Day, lengths: list[tuple[str, int]], sign: int, calendar: Calendar) -> Day:
    """Count on the calendar what a position says without one."""
    day = anchor
    for unit, count in lengths:
        length = Length(sign * count, unit)
        if unit in ("min", "h"):
            instant = day if isinstance(day, datetime) else end_of_day(day, ZONE)
            day = add_hours(instant, length)
        else:
            day = add_days(local_day(day, ZONE), length, calendar)
    return day


def last_moment(day: Day) -> datetime:
    return day if isinstance(day, datetime) else end_of_day(day, ZONE)


@given(INSTANTS, LENGTHS, LENGTHS, WAYS, CALENDARS)
def test_what_is_called_later_is_later_on_the_calendar(
    anchor: datetime,
    first: list[tuple[str, int]],
    second: list[tuple[str, int]],
    ways: tuple[int, int],
    calendar: Calendar,
) -> None:
    one_way, other_way = ways
    one = at(*(f"{one_way * count}{unit}" for unit, count in first))
    other = at(*(f"{other_way * count}{unit}" for unit, count in second))
    if is_later(one, other):
        late = counted(anchor, first, one_way, calendar)
        early = counted(anchor, second, other_way, calendar)
        assert last_moment(late) > last_moment(early)


def places(text: object, way: str) -> list[str]:
    def known(anchor: Anchor) -> tuple[Position, ...]:
        return (Position(anchor.name),)

    reading = {"floors": floors, "ceilings": ceilings, "exact": exact}[way]
    return [str(place) for place in reading(Rule(str(text), parse(text)), known)]


def test_of_two_days_only_the_one_that_binds_is_counted() -> None:
    later = "later of 2bd after start and 3w after start"
    earlier = "earlier of 2bd after start or 3w after start"
    assert places(later, "floors") == ["2bd after start", "3w after start"]
    assert places(later, "ceilings") == []
    assert places(earlier, "ceilings") == ["2bd after start", "3w after start"]
    assert places(earlier, "floors") == []
    assert places(earlier, "exact") == []


def test_a_day_that_rolls_bounds_one_side_alone() -> None:
    after = {"by": "3d after start", "not_on": ["fri"]}
    before = {**after, "roll": "before"}
    assert places(after, "floors") == places(before, "ceilings") == ["3d after start"]
    assert places(after, "ceilings") == places(before, "floors") == places(after, "exact") == []


def test_a_day_written_out_is_counted_from_the_calendar() -> None:
    assert places("2026-11-27", "exact") == ["2026-11-27"]
    early, late = (Position(None, (("d", day.toordinal()),)) for day in FIXED)
    assert is_later(late, early)
    assert not is_later(early, late)


FIXED = (date(2026, 11, 26), date(2026, 11, 26) + timedelta(days=1))


@pytest.mark.parametrize(
    "text",
    [
        "fri of week 2",
        "end of month of start",
        "asap",
        "2026-11-27T10:00",
        {"by": "3d after start", "at": "17:00 UTC"},
        {"by": "3d after start", "ends": "anywhere-on-earth"},
        [{"when": "a == 'b'", "by": "3d after start"}],
    ],
)
def test_what_may_be_any_day_has_no_position(text: object) -> None:
    assert places(text, "floors") == places(text, "ceilings") == places(text, "exact") == []
