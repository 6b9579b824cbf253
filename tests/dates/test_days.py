"""One spelling for days, instants and lengths; everything else is refused with what to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from nextstep.dates.days import parse_day, parse_due, parse_instant, parse_length
from nextstep.dates.problem import DateProblem
from nextstep.model.time import DueWord, Length
from tests.timing import cost_of

ISO = "write the day as YYYY-MM-DD, such as 2026-11-27"
DUE = f"{ISO}, with a time as 2026-11-27T17:00, or `asap`"
LENGTH = "write a number and one of min, h, d, bd, w, mo, y, such as 3bd"
MOMENT = "write the moment with its zone, such as 2026-11-27T17:00Z"


def refusal(parse: Callable[[str], object], text: str) -> tuple[str, str, str]:
    with pytest.raises(DateProblem) as caught:
        parse(text)
    return caught.value.kind, caught.value.message, caught.value.hint


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("2028-02-29", date(2028, 2, 29)),
        ("0001-01-01", date.min),
        ("9999-12-31", date.max),
        ("2026-11-27T17:00", datetime(2026, 11, 27, 17, 0)),  # noqa: DTZ001 - the ledger's zone
        ("2026-11-27T17:00Z", datetime(2026, 11, 27, 17, 0, tzinfo=UTC)),
        (
            "2026-11-27T17:00+01:00",
            datetime(2026, 11, 27, 17, 0, tzinfo=timezone(timedelta(hours=1))),
        ),
        ("asap", DueWord.ASAP),
        ("none", DueWord.NONE),
    ],
)
def test_a_due_is_a_day_an_instant_or_a_word(text: str, due: object) -> None:
    assert parse_due(text) == due
    assert type(parse_due(text)) is type(due)


@pytest.mark.parametrize(
    ("text", "kind", "message", "hint"),
    [
        (
            "2026-02-30",
            "no-day",
            "`2026-02-30` is not a day, February 2026 has 28 days",
            "write 2026-02-28, or the day that is meant",
        ),
        (
            "2025-02-29",
            "no-day",
            "`2025-02-29` is not a day, February 2025 has 28 days",
            "write 2025-02-28, or the day that is meant",
        ),
        (
            "2026-11-00",
            "no-day",
            "`2026-11-00` is not a day, November 2026 has 30 days",
            "write 2026-11-01, or the day that is meant",
        ),
        (
            "2026-13-01",
            "no-day",
            "`2026-13-01` is not a day, a year has 12 months",
            "write the month as 01 to 12",
        ),
        ("0000-01-01", "no-day", "`0000-01-01` is not a day, there is no year 0", ISO),
        ("10000-01-01", "no-day", "`10000-01-01` is not a day, years have four digits", ISO),
        ("2026-2-3", "not-a-date", "`2026-2-3` is not how a day is written", "write 2026-02-03"),
        (
            "2026/03/01",
            "not-a-date",
            "`2026/03/01` is not how a day is written",
            "write 2026-03-01",
        ),
        ("2026.3.1", "not-a-date", "`2026.3.1` is not how a day is written", "write 2026-03-01"),
        ("20261127", "not-a-date", "`20261127` is not how a day is written", "write 2026-11-27"),
        (
            "2026-2-30",
            "no-day",
            "`2026-2-30` is not a day, February 2026 has 28 days",
            "write 2026-02-28, or the day that is meant",
        ),
        (
            "02/03/2026",
            "not-a-date",
            "`02/03/2026` can be 2 March or 3 February",
            "write 2026-03-02 or 2026-02-03",
        ),
        (
            "1.3.2026",
            "not-a-date",
            "`1.3.2026` can be 1 March or 3 January",
            "write 2026-03-01 or 2026-01-03",
        ),
        (
            "25/03/2026",
            "not-a-date",
            "`25/03/2026` is not how a day is written",
            "write 2026-03-25",
        ),
        (
            "03/03/2026",
            "not-a-date",
            "`03/03/2026` is not how a day is written",
            "write 2026-03-03",
        ),
        ("31/31/2026", "no-day", "`31/31/2026` is not a day", ISO),
        ("2026-W48-5", "not-a-date", "`2026-W48-5` is the day of a week", "write 2026-11-27"),
        (
            "2026-W48",
            "not-a-date",
            "`2026-W48` is a whole week",
            "write a day of it, 2026-11-23 to 2026-11-29",
        ),
        ("2026-W54", "no-day", "`2026-W54` is not a week of that year", ISO),
        (
            "2026-11",
            "not-a-date",
            "`2026-11` is a whole month",
            "write a day of it, such as 2026-11-30",
        ),
        ("5", "not-a-date", "`5` does not say which day", ISO),
        ("31", "not-a-date", "`31` does not say which day", ISO),
        ("2026", "not-a-date", "`2026` does not say which day", ISO),
        ("1/12", "not-a-date", "`1/12` does not say which day", ISO),
        (
            "10:30",
            "not-a-date",
            "`10:30` is a time without a day",
            "write both, such as 2026-11-27T10:30",
        ),
        ("tomorrow", "not-a-date", "`tomorrow` means another day tomorrow", ISO),
        ("next Friday", "not-a-date", "`next Friday` means another day tomorrow", ISO),
        (
            "27 nov 2026",
            "not-a-date",
            "`27 nov 2026` is not how a day is written",
            "write 2026-11-27",
        ),
        (
            "November 27, 2026",
            "not-a-date",
            "`November 27, 2026` is not how a day is written",
            "write 2026-11-27",
        ),
        ("27 November", "not-a-date", "`27 November` does not say which year", ISO),
        ("may", "not-a-date", "`may` is not a day", ISO),
        ("", "not-a-date", "nothing is written where a day is meant", ISO),
        (" 2026-11-27", "not-a-date", "` 2026-11-27` has spaces around it", "write 2026-11-27"),
        ("２０２６-11-27", "not-a-date", "`２０２６-11-27` is not a day", ISO),  # noqa: RUF001
        (
            "2026-11-27T10:00",
            "not-a-date",
            "`2026-11-27T10:00` has a time of day, and only a day is meant",
            "write 2026-11-27",
        ),
        (
            "2026-02-30T10:00",
            "no-day",
            "`2026-02-30` is not a day, February 2026 has 28 days",
            "write 2026-02-28, or the day that is meant",
        ),
        ("x" * 99, "not-a-date", "`" + "x" * 57 + "...` is not a day", ISO),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_write(
    text: str, kind: str, message: str, hint: str
) -> None:
    assert refusal(parse_day, text) == (kind, message, hint)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "2026-11-27T24:00",
            "`2026-11-27T24:00` is not a time, a day has no hour 24",
            "write 2026-11-28T00:00",
        ),
        (
            "2026-11-27T25:00",
            "`2026-11-27T25:00` is not a time, hours go from 00 to 23",
            "write an hour up to 23",
        ),
        (
            "2026-11-27T10:60",
            "`2026-11-27T10:60` is not a time, minutes go from 00 to 59",
            "write a minute up to 59",
        ),
        (
            "2026-11-27T10:00:60",
            "`2026-11-27T10:00:60` is not a time, seconds go from 00 to 59",
            "write 2026-11-27T10:00:59",
        ),
        (
            "2026-11-27 10:00",
            "`2026-11-27 10:00` is not how a moment is written",
            "write 2026-11-27T10:00",
        ),
        (
            "2026-11-27T9:00",
            "`2026-11-27T9:00` is not how a moment is written",
            "write 2026-11-27T09:00",
        ),
        (
            "2026-11-27T10:00 CET",
            "`2026-11-27T10:00 CET` does not end in a zone",
            "write Z for UTC, or an offset such as +01:00",
        ),
        ("ASAP", "`ASAP` is written in small letters", "write asap"),
        ("None", "`None` is written in small letters", "write none"),
        ("TBD", "`TBD` is not a day", DUE),
        ("5", "`5` does not say which day", ISO),
    ],
)
def test_what_is_no_due_is_refused_with_what_to_write(text: str, message: str, hint: str) -> None:
    assert refusal(parse_due, text) == ("not-a-date", message, hint)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-12T15:10Z", datetime(2026, 11, 12, 15, 10, tzinfo=UTC)),
        ("2026-11-12T15:10:07Z", datetime(2026, 11, 12, 15, 10, 7, tzinfo=UTC)),
        ("2026-11-12T15:10:07.250Z", datetime(2026, 11, 12, 15, 10, 7, 250_000, tzinfo=UTC)),
        ("2026-11-12T15:10+01:00", datetime(2026, 11, 12, 14, 10, tzinfo=UTC)),
        ("2026-11-12T00:10:07.1-05:30", datetime(2026, 11, 12, 5, 40, 7, 100_000, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_into_utc(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant
    assert parse_instant(text).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "2026-11-12T15:10",
            "`2026-11-12T15:10` does not say in which zone",
            "write 2026-11-12T15:10Z if that is UTC",
        ),
        (
            "2026-11-12",
            "`2026-11-12` is a day, and a moment is meant",
            "write 2026-11-12T09:00Z",
        ),
        (
            "2026-11-12T24:00Z",
            "`2026-11-12T24:00Z` is not a time, a day has no hour 24",
            "write 2026-11-13T00:00Z",
        ),
        (
            "2026-11-12 15:10",
            "`2026-11-12 15:10` is not how a moment is written",
            "write 2026-11-12T15:10Z",
        ),
        (
            "2026-11-12T15:10:00,5Z",
            "`2026-11-12T15:10:00,5Z` is not how a moment is written",
            "write 2026-11-12T15:10:00Z",
        ),
        (
            "2026-11-12T15:10+25:00",
            "`2026-11-12T15:10+25:00` does not end in a zone",
            "write Z for UTC, or an offset such as +01:00",
        ),
        ("10:30", "`10:30` is a time without a day", MOMENT),
        ("yesterday", "`yesterday` means another day tomorrow", MOMENT),
        ("2026-W48-5T10:15Z", "`2026-W48-5T10:15Z` is not a moment", MOMENT),
        ("0001-01-01T00:00+14:00", "`0001-01-01T00:00+14:00` is not a moment", MOMENT),
    ],
)
def test_what_is_no_instant_is_refused_with_what_to_write(
    text: str, message: str, hint: str
) -> None:
    assert refusal(parse_instant, text) == ("not-an-instant", message, hint)


def test_an_instant_on_a_day_that_does_not_exist_names_the_day() -> None:
    kind, message, _ = refusal(parse_instant, "2026-02-30T10:00Z")
    assert (kind, message) == ("no-day", "`2026-02-30` is not a day, February 2026 has 28 days")


@pytest.mark.parametrize("unit", ["min", "h", "d", "bd", "w", "mo", "y"])
def test_a_length_is_a_number_and_a_unit(unit: str) -> None:
    assert parse_length(f"12{unit}") == Length(12, unit)
    assert str(parse_length(f"12{unit}")) == f"12{unit}"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("3 days", "`3 days` is not a length", "write 3d"),
        ("3 working days", "`3 working days` is not a length", "write 3bd"),
        ("2weeks", "`2weeks` is not a length", "write 2w"),
        ("3Bd", "`3Bd` is not a length", "write 3bd"),
        ("3m", "`3m` could be minutes or months", "write 3min or 3mo"),
        ("3", "`3` does not say of what", "write 3d for days, 3bd for working days"),
        ("10000d", "`10000d` is too long", "write a number below 10000"),
        (
            "-3d",
            "`-3d` is not a length",
            "write the number without a sign, and `before` or `after` behind it",
        ),
        (
            "1.5d",
            "`1.5d` is not a length",
            "write a whole number of a smaller unit, such as 36h",
        ),
        ("P3D", "`P3D` is not a length", LENGTH),
        ("soon", "`soon` is not a length", LENGTH),
        ("", "`` is not a length", LENGTH),
        ("٣d", "`٣d` is not a length", LENGTH),
    ],
)
def test_what_is_no_length_is_refused_with_what_to_write(
    text: str, message: str, hint: str
) -> None:
    assert refusal(parse_length, text) == ("not-a-length", message, hint)


def test_ten_thousand_different_dues_are_read_in_far_less_than_a_second() -> None:
    texts = [(date(1990, 1, 1) + timedelta(days=number)).isoformat() for number in range(10_000)]
    best = cost_of(lambda: [parse_due(text) for text in texts], enough=0.2).seconds
    assert best < 0.2, f"{best * 1000:.1f} ms; about 6 ms on a machine with nothing else to do"


def test_reading_many_dues_keeps_the_words_and_the_memory() -> None:
    from nextstep.dates import days

    for number in range(20_000):
        parse_due((date(1900, 1, 1) + timedelta(days=number)).isoformat())
    assert len(days._dues) <= days._CACHED
    assert parse_due("asap") is DueWord.ASAP
