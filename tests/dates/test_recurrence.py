"""How often something comes again: rules, words, clamping, and what is refused."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pytest

from nextstep.dates.problem import DateProblem
from nextstep.dates.recurrence import occurrences, parse_recurrence
from nextstep.dates.recurrence_refusals import FORMS
from tests.timing import cost_of

START = date(2026, 1, 5)  # a Monday


def vectors(path: Path) -> Iterator[tuple[str, datetime, list[datetime], bool]]:
    """Yield the rule, the start, the dates that are expected, and whether some are left out."""
    for line in path.read_text().splitlines():
        row = json.loads(line)
        start, rule = row["rule"].split("\n")
        yield (
            rule.removeprefix("RRULE:"),
            datetime.fromisoformat(start.removeprefix("DTSTART:")),
            [datetime.fromisoformat(text) for text in row["expected"]],
            row.get("ellipsis", False),
        )


def test_every_rule_of_dateutil_comes_through_the_field(facts: Path) -> None:
    rows = list(vectors(facts / "vectors" / "rrule_from_dateutil.ndjson"))
    wrong = [
        rule
        for rule, start, expected, _ in rows
        if list(islice(occurrences(parse_recurrence(rule), start), len(expected) + 1)) != expected
    ]
    assert (len(rows), wrong) == (238, [])


def test_every_example_of_rfc_5545_comes_through_the_field(facts: Path) -> None:
    rows = list(vectors(facts / "vectors" / "rrule_rfc5545_via_dateutil.ndjson"))
    wrong = [
        rule for rule, start, expected, gaps in rows if not _as_printed(rule, start, expected, gaps)
    ]
    assert (len(rows), wrong) == (35, [])


def _as_printed(rule: str, start: datetime, expected: list[datetime], gaps: bool) -> bool:  # noqa: FBT001
    """Whether the dates are those of the text; with gaps it prints groups, first and last."""
    ends = "COUNT" in rule or "UNTIL" in rule
    stop = None if ends else 1000 if gaps else len(expected)
    found = list(islice(occurrences(parse_recurrence(rule), start), stop))
    if not gaps:
        return found == expected
    inside = set(expected) <= set(found) and expected == sorted(expected)
    return inside and found[0] == expected[0] and (not ends or found[-1] == expected[-1])


def test_the_phrases_of_another_library_are_right_or_refused_but_never_wrong(facts: Path) -> None:
    right: list[str] = []
    refused: list[str] = []
    wrong: list[str] = []
    with (facts / "vectors" / "recurrence_text_from_rrulejs.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            try:
                said = parse_recurrence(row["text"])
            except DateProblem:
                refused.append(row["text"])
                continue
            meant = parse_recurrence(row["rrule"])
            starts = (datetime(2006, 1, 5, 9), datetime(2006, 12, 25, 9))  # noqa: DTZ001
            same = all(
                list(islice(occurrences(said, start), 60))
                == list(islice(occurrences(meant, start), 60))
                for start in starts
            )
            (right if same else wrong).append(row["text"])
    assert (len(right), len(refused), wrong) == (18, 5, []), f"{right=} {refused=} {wrong=}"
    assert refused == [
        "Every day at 10, 12 and 17",
        "Every week on Sunday at 10, 12 and 17",
        "Every hour",
        "Every 4 hours",
        "Every week until January 1, 2007",
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("every day", "2026-01-05 2026-01-06 2026-01-07"),
        ("every 10 days", "2026-01-05 2026-01-15 2026-01-25"),
        ("every weekday", "2026-01-05 2026-01-06 2026-01-07 2026-01-08 2026-01-09 2026-01-12"),
        ("every friday", "2026-01-09 2026-01-16"),
        ("every Mon and Thu", "2026-01-05 2026-01-08 2026-01-12"),
        ("every tue, wed and fri", "2026-01-06 2026-01-07 2026-01-09 2026-01-13"),
        ("every other friday", "2026-01-09 2026-01-23"),
        ("every 2 weeks", "2026-01-05 2026-01-19"),
        ("every other week", "2026-01-05 2026-01-19"),
        ("every week on thursday", "2026-01-08 2026-01-15"),
        ("every 2 weeks on mon and fri", "2026-01-05 2026-01-09 2026-01-19 2026-01-23"),
        ("every month", "2026-01-05 2026-02-05"),
        ("every 6 months", "2026-01-05 2026-07-05"),
        ("every month on the 15th", "2026-01-15 2026-02-15"),
        ("every month on the 1st", "2026-02-01 2026-03-01"),
        ("every month on the tenth", "2026-01-10 2026-02-10"),
        ("every month on the 31st", "2026-01-31 2026-02-28 2026-03-31 2026-04-30"),
        ("every month on the 30th", "2026-01-30 2026-02-28 2026-03-30"),
        ("every 2 months on the 2nd", "2026-03-02 2026-05-02"),
        ("every month on the last day", "2026-01-31 2026-02-28 2026-03-31"),
        ("every month on the 2nd last day", "2026-01-30 2026-02-27"),
        ("every month on the 15th and the last day", "2026-01-15 2026-01-31 2026-02-15 2026-02-28"),
        ("every month on the 1st, 10th and 20th", "2026-01-10 2026-01-20 2026-02-01"),
        ("first and third monday of the month", "2026-01-05 2026-01-19 2026-02-02"),
        ("every month on the first friday and last monday", "2026-01-26 2026-02-06 2026-02-23"),
        ("every month on the last friday", "2026-01-30 2026-02-27"),
        ("every month on the first monday", "2026-01-05 2026-02-02"),
        ("every month on the 2nd last tuesday", "2026-01-20 2026-02-17"),
        ("every month on the last weekday", "2026-01-30 2026-02-27 2026-03-31"),
        ("every month on the 1st weekday", "2026-02-02 2026-03-02 2026-04-01"),
        ("last friday of the month", "2026-01-30 2026-02-27"),
        ("the last friday of every month", "2026-01-30 2026-02-27"),
        ("every last friday of the month", "2026-01-30 2026-02-27"),
        ("first monday of quarter", "2026-01-05 2026-04-06 2026-07-06 2026-10-05"),
        ("last friday of the quarter", "2026-03-27 2026-06-26"),
        ("first day of the quarter", "2026-04-01 2026-07-01"),
        ("last day of the quarter", "2026-03-31 2026-06-30"),
        ("every quarter on the last weekday", "2026-03-31 2026-06-30"),
        ("every quarter", "2026-01-05 2026-04-05"),
        ("every 2 quarters", "2026-01-05 2026-07-05"),
        ("every year", "2026-01-05 2027-01-05"),
        ("every year on 15 march", "2026-03-15 2027-03-15"),
        ("every year on march 15", "2026-03-15 2027-03-15"),
        ("every year on the 15th of mar", "2026-03-15 2027-03-15"),
        ("every year on 29 feb", "2026-02-28 2027-02-28 2028-02-29"),
        ("every year on the 1st friday", "2027-01-01 2028-01-07 2029-01-05"),
        ("first friday of the year", "2027-01-01 2028-01-07 2029-01-05"),
        ("every friday for 2 times", "2026-01-09 2026-01-16 |"),
        ("every friday until 2026-01-16", "2026-01-09 2026-01-16 |"),
        ("every day until 2026-01-06", "2026-01-05 2026-01-06 |"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-30 2026-02-27"),
        ("RRULE:freq=monthly;bymonthday=31", "2026-01-31 2026-03-31 2026-05-31"),
        ("FREQ=DAILY;UNTIL=20260106", "2026-01-05 2026-01-06 |"),
        ("FREQ=DAILY;UNTIL=20260106T120000Z", "2026-01-05 2026-01-06 |"),
        ("FREQ=DAILY;BYHOUR=9,17", "2026-01-05 2026-01-06 2026-01-07"),
    ],
)
def test_a_rhythm_comes_on_these_days(text: str, days: str) -> None:
    expected = days.split()
    ended = expected[-1] == "|"
    found = list(islice(occurrences(parse_recurrence(text), START), 3 if ended else len(expected)))
    assert [day.isoformat() for day in found] == [day for day in expected if day != "|"]
    assert all(type(day) is date for day in found)


@pytest.mark.parametrize(
    ("text", "start", "days"),
    [
        ("every month", "2026-01-31", "2026-01-31 2026-02-28 2026-03-31 2026-04-30"),
        ("every month", "2026-01-29", "2026-01-29 2026-02-28 2026-03-29"),
        ("every quarter", "2025-11-30", "2025-11-30 2026-02-28 2026-05-30"),
        ("every year", "2028-02-29", "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29"),
        ("every year", "2026-12-31", "2026-12-31 2027-12-31"),
        ("FREQ=MONTHLY", "2026-01-31", "2026-01-31 2026-03-31 2026-05-31"),
        ("FREQ=YEARLY", "2028-02-29", "2028-02-29 2032-02-29"),
    ],
)
def test_words_clamp_to_a_shorter_month_and_rules_leave_it_out(
    text: str, start: str, days: str
) -> None:
    found = occurrences(parse_recurrence(text), date.fromisoformat(start))
    expected = days.split()
    assert [day.isoformat() for day in islice(found, len(expected))] == expected


def test_hours_need_an_hour_to_start_from() -> None:
    hourly = parse_recurrence("FREQ=HOURLY")
    assert hourly.is_within_a_day
    assert not parse_recurrence("every day").is_within_a_day
    with pytest.raises(DateProblem) as caught:
        next(occurrences(hourly, START))
    assert caught.value.message == (
        "`FREQ=HOURLY` comes again within a day, and 2026-01-05 has no hour"
    )


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
        "FREQ=WEEKLY;BYMONTH=2;BYYEARDAY=300",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;BYMONTH=2;BYYEARDAY=300",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=7",
        "FREQ=MINUTELY;BYSETPOS=2",
        "FREQ=SECONDLY;BYSETPOS=2",
        "FREQ=SECONDLY;INTERVAL=60;BYSECOND=7",
        "FREQ=YEARLY;BYEASTER=250;BYMONTH=1",
    ],
)
def test_a_rule_that_never_comes_says_so_before_long(rule: str) -> None:
    def ask() -> None:
        with pytest.raises(DateProblem) as caught:
            next(occurrences(parse_recurrence(rule), datetime(2026, 1, 5, 9)))  # noqa: DTZ001
        assert caught.value.message == f"`{rule}` never comes, as far as can be seen"

    assert cost_of(ask, enough=5).seconds < 5


def test_a_rule_that_comes_once_in_decades_is_found() -> None:
    leap_monday = parse_recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO")
    assert next(occurrences(leap_monday, START)) == date(2044, 2, 29)


INTERVALS = "write INTERVAL= with a number from 1 to 100000"
EXAMPLE = "write a rule such as FREQ=MONTHLY;BYDAY=-1FR, or words such as `every friday`"
FREQUENCIES = "write FREQ= with YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY"
OF_ONE_KIND = (
    "name several days of one kind: `the 15th and the last day`, up to the 28th, or "
    "`the first and third monday`"
)
NO_HOURS = "leave the hours out: days come again, such as `every day` or `every week on sunday`"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("FREQ=FORTNIGHTLY", "the rule has no FREQ that is known", FREQUENCIES),
        ("INTERVAL=2", "the rule has no FREQ that is known", FREQUENCIES),
        ("FREQ=DAILY;INTERVAL=0", "`INTERVAL=0` is not between 1 and 100000", INTERVALS),
        ("FREQ=DAILY;INTERVAL=1,2", "`INTERVAL=1,2` is not between 1 and 100000", INTERVALS),
        (
            "FREQ=DAILY;INTERVAL=" + "9" * 30,
            f"`INTERVAL={'9' * 30}` is not between 1 and 100000",
            INTERVALS,
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "`BYMONTHDAY=32` is not between 1 and 31, or -31 to -1",
            "write BYMONTHDAY= with a number from 1 to 31, or -31 to -1",
        ),
        (
            "FREQ=DAILY;BYSECOND=60",
            "`BYSECOND=60` is not between 0 and 59",
            "write BYSECOND= with a number from 0 to 59",
        ),
        (
            "FREQ=MONTHLY;BYDAY=6MO",
            "`6MO` is not a weekday of a rule",
            "write MO, TU, WE, TH, FR, SA, SU, with a number as in -1FR if wanted",
        ),
        (
            "FREQ=WEEKLY;BYDAY=FRI",
            "`FRI` is not a weekday of a rule",
            "write MO, TU, WE, TH, FR, SA, SU, with a number as in -1FR if wanted",
        ),
        (
            "FREQ=WEEKLY;WKST=X",
            "WKST=X is not a weekday",
            "write one of MO, TU, WE, TH, FR, SA, SU",
        ),
        (
            "FREQ=DAILY;UNTIL=20260230",
            "UNTIL=20260230 is not a day",
            "write the day as UNTIL=20261127",
        ),
        (
            "FREQ=DAILY;UNTIL=2026-11-27",
            "UNTIL=2026-11-27 is not a day",
            "write the day as UNTIL=20261127",
        ),
        (
            "FREQ=DAILY;COUNT=2;UNTIL=20261127",
            "the rule has both COUNT and UNTIL",
            "leave one of them out",
        ),
        ("FREQ=DAILY;FREQ=DAILY", "`FREQ` is there twice", "leave one of them out"),
        ("FREQ=DAILY;BYWEEK=2", "`BYWEEK=2` is not a part of a rule", EXAMPLE),
        ("FREQ=DAILY;COUNT=", "`COUNT=` is not a part of a rule", EXAMPLE),
        (
            "DTSTART=20260105;FREQ=DAILY",
            "`DTSTART=20260105` is not part of a rule",
            "leave it out: `due` is the start",
        ),
        ("", "no rhythm is written", FORMS),
        ("every", "`every` does not say how often", FORMS),
        ("weekly", "`weekly` does not say how often", "write `every week`"),
        (
            "monthly on the 15th",
            "`monthly on the 15th` does not say how often",
            "write `every month on the 15th`",
        ),
        ("fortnightly", "`fortnightly` does not say how often", "write `every 2 weeks`"),
        (
            "biweekly",
            "`biweekly` does not say how often",
            "write `every 2 weeks`, or two days such as `every mon and thu`",
        ),
        ("friday", "`friday` does not say how often", "write `every friday`"),
        ("fridays", "`fridays` does not say how often", "write `every friday`"),
        ("every hour", "`every hour` does not say how often", NO_HOURS),
        ("every day at 10", "`every day at 10` does not say how often", NO_HOURS),
        (
            "every working day",
            "`every working day` does not say how often",
            "write `every weekday`; closed days are not left out",
        ),
        (
            "every 2nd friday",
            "`every 2nd friday` does not say how often",
            "write `every 2 weeks on friday`, or `every month on the 2nd friday`",
        ),
        (
            "every month on the 5th friday",
            "`every month on the 5th friday` does not say how often",
            "write `every month on the last friday`: not every month has a fifth",
        ),
        (
            "every month on the 32nd",
            "`every month on the 32nd` does not say how often",
            "write a day of the month from the 1st to the 31st, or the last day",
        ),
        (
            "every month on the 15th and the 31st",
            "`every month on the 15th and the 31st` does not say how often",
            OF_ONE_KIND,
        ),
        (
            "every month on the last friday and the 15th",
            "`every month on the last friday and the 15th` does not say how often",
            OF_ONE_KIND,
        ),
        (
            "every month on the last",
            "`every month on the last` does not say how often",
            "write of what it is the last: `the last day`, `the last friday`",
        ),
        (
            "every quarter on the 31st",
            "`every quarter on the 31st` does not say how often",
            "write a day of the quarter up to the 28th, or the last day",
        ),
        (
            "every year on 31 june",
            "`every year on 31 june` does not say how often",
            "write a day of the month, 1 to 30: `every year on 15 june`",
        ),
        (
            "every year on the 4th",
            "`every year on the 4th` does not say how often",
            "write `every year on the 1st friday`, or `every year on 15 march`",
        ),
        (
            "last friday of the sprint",
            "`last friday of the sprint` does not say how often",
            "write the period behind `of`: month, quarter or year",
        ),
        (
            "every week on the 15th",
            "`every week on the 15th` does not say how often",
            "write weekdays behind `on`: `every week on mon and thu`",
        ),
        ("every 0 days", "`every 0 days` does not say how often", "write a number from 1 to 999"),
        (
            "every day for 0 times",
            "`every day for 0 times` does not say how often",
            "write a number from 1 to 999",
        ),
        (
            "every day until 2027-02-30",
            "`2027-02-30` is not a day, February 2027 has 28 days",
            "write until 2027-02-28, or the day that is meant",
        ),
        ("when it rains", "`when it rains` does not say how often", FORMS),
        (
            "every friday " * 30,
            "the rhythm is longer than 300 characters",
            "write it such as `every 2 weeks on friday`",
        ),
    ],
)
def test_a_rhythm_that_is_not_understood_is_refused_with_what_to_write(
    text: str, message: str, hint: str
) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_recurrence(text)
    problem = caught.value
    assert problem.kind == "not-a-recurrence"
    assert (problem.message, problem.hint) == (message, hint)
