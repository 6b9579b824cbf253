"""The time expression: every form with its day, every refused form with its words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nextstep.dates.expressions import (
    Resolved,
    anchors_of,
    names_of,
    parse,
    resolve,
    uses_cycle,
)
from nextstep.dates.phrases import FORMS
from nextstep.dates.problem import DateProblem
from nextstep.model.calendar import Calendar
from nextstep.model.time import Anchor, Day, DueWord, Length

ISO = "write the day as YYYY-MM-DD, such as 2026-11-27"
ADD_AT = 'add `at` with the hour to count from, such as `at: "09:00"`, or count in days'

BERLIN = Calendar(
    timezone="Europe/Berlin",
    closed=frozenset({date(2026, 11, 26)}),
    known=(date(2026, 1, 1), date(2027, 12, 31)),
)
KNOWN: dict[str, Day] = {
    "start": date(2026, 11, 9),  # a Monday
    "meeting_date": date(2026, 12, 15),  # a Tuesday
    "report": date(2026, 1, 31),
    "leap": date(2028, 2, 29),
    "call": datetime(2026, 11, 9, 23, 30, tzinfo=UTC),  # already the 10th in Berlin
    "visit": datetime(2026, 11, 9, 10, 0),  # noqa: DTZ001 - a clock time of the ledger's zone
    "opening": date(2026, 11, 21),
    "collect": datetime(2026, 11, 13, 16, 0, tzinfo=UTC),
    "collect.due": date(2026, 11, 16),
    "collect/finance.offered": datetime(2026, 11, 12, 8, 0, tzinfo=UTC),
    "far": date(2028, 1, 3),
    "last": date.max,
}
INPUTS = {"severity": "1", "tier": "standard"}


def come_to(plain: object, calendar: Calendar = BERLIN) -> Resolved:
    return resolve(
        parse(plain),
        anchor=lambda anchor: KNOWN.get(str(anchor)),
        inputs=INPUTS,
        calendar=calendar,
        cycle_start=date(2026, 11, 11),  # a Wednesday
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("2026-11-27T17:00", datetime(2026, 11, 27, 16, 0, tzinfo=UTC)),
        ("2026-11-27T17:00Z", datetime(2026, 11, 27, 17, 0, tzinfo=UTC)),
        ("asap", DueWord.ASAP),
        ("none", DueWord.NONE),
        ("meeting_date", date(2026, 12, 15)),
        ("start", date(2026, 11, 9)),
        ("collect", datetime(2026, 11, 13, 16, 0, tzinfo=UTC)),
        ("collect.due", date(2026, 11, 16)),
        ("3d after start", date(2026, 11, 12)),
        ("3d before start", date(2026, 11, 6)),
        ("0d after start", date(2026, 11, 9)),
        ("2w after start", date(2026, 11, 23)),
        ("5bd after start", date(2026, 11, 16)),
        ("5bd before meeting_date", date(2026, 12, 8)),
        ("1bd after opening", date(2026, 11, 23)),  # from Saturday
        ("1bd before opening", date(2026, 11, 20)),
        ("0bd after opening", date(2026, 11, 23)),
        ("4bd after opening", date(2026, 11, 27)),  # over a closed Thursday
        ("1mo after start", date(2026, 12, 9)),
        ("1mo after report", date(2026, 2, 28)),
        ("1y after leap", date(2029, 2, 28)),
        ("4y after leap", date(2032, 2, 29)),
        ("2mo before meeting_date", date(2026, 10, 15)),
        ("24h after call", datetime(2026, 11, 10, 23, 30, tzinfo=UTC)),
        ("30min after call", datetime(2026, 11, 10, 0, 0, tzinfo=UTC)),
        ("2h before visit", datetime(2026, 11, 9, 7, 0, tzinfo=UTC)),
        ("1d after call", date(2026, 11, 11)),
        ("1d after visit", date(2026, 11, 10)),
        ("1bd after collect/finance.offered", date(2026, 11, 13)),
        ("mon of week 1", date(2026, 11, 9)),  # before the cycle's first day, in its week
        ("wed of week 1", date(2026, 11, 11)),
        ("Friday of week 2", date(2026, 11, 20)),
        ("sun of week 1", date(2026, 11, 15)),
        ("end of month of start", date(2026, 11, 30)),
        ("end of month of leap", date(2028, 2, 29)),
        ("end of month of call", date(2026, 11, 30)),
        ("earlier of 3d after start or meeting_date", date(2026, 11, 12)),
        ("earlier of 2026-12-01 or meeting_date", date(2026, 12, 1)),
        ("later of 3d after start and end of month of start", date(2026, 11, 30)),
        ("later of fri of week 1 and collect.due", date(2026, 11, 16)),
        # an instant comes before the end of the day on which it falls
        ("earlier of 2026-11-13 or collect", datetime(2026, 11, 13, 16, 0, tzinfo=UTC)),
        ("later of 2026-11-13 and collect", date(2026, 11, 13)),
        ("  3d   after  start ", date(2026, 11, 12)),
    ],
)
def test_a_text_comes_to_a_day(text: str, day: object) -> None:
    resolved = come_to(text)
    assert resolved.day == day
    assert type(resolved.day) is type(day)
    assert resolved.missing == ()


@pytest.mark.parametrize(
    ("plain", "day"),
    [
        ({"by": "3d after start"}, date(2026, 11, 12)),
        ({"by": "asap"}, DueWord.ASAP),
        ({"by": "3d after start", "at": "17:00"}, datetime(2026, 11, 12, 16, 0, tzinfo=UTC)),
        ({"by": "3d after start", "at": "17:00 UTC"}, datetime(2026, 11, 12, 17, 0, tzinfo=UTC)),
        (
            {"by": "start", "at": "17:00 America/New_York"},
            datetime(2026, 11, 9, 22, 0, tzinfo=UTC),
        ),
        ({"by": "call", "at": "17:00"}, datetime(2026, 11, 10, 16, 0, tzinfo=UTC)),
        ({"by": "24h after start", "at": "09:00"}, datetime(2026, 11, 10, 8, 0, tzinfo=UTC)),
        ({"by": "meeting_date", "not_on": ["tue"]}, date(2026, 12, 16)),
        ({"by": "meeting_date", "not_on": "tue", "roll": "before"}, date(2026, 12, 14)),
        ({"by": "opening", "not_on": ["closed"]}, date(2026, 11, 23)),
        ({"by": "opening", "not_on": ["closed"], "roll": "before"}, date(2026, 11, 20)),
        ({"by": "2026-11-26", "not_on": ["closed", "fri"]}, date(2026, 11, 30)),
        (
            {"by": "meeting_date", "not_on": ["tue"], "at": "09:00 UTC"},
            datetime(2026, 12, 16, 9, 0, tzinfo=UTC),
        ),
        (
            {"by": "24h after call", "not_on": ["wed"]},
            datetime(2026, 11, 11, 23, 30, tzinfo=UTC),
        ),
        (
            {"by": "start", "ends": "anywhere-on-earth"},
            datetime(2026, 11, 10, 12, 0, tzinfo=UTC),
        ),
        (
            [{"when": "severity == '1'", "by": "3d after start"}, {"by": "5bd after start"}],
            date(2026, 11, 12),
        ),
        (
            [{"when": "severity == '2'", "by": "3d after start"}, {"by": "5bd after start"}],
            date(2026, 11, 16),
        ),
        (
            [{"when": "severity == '1'", "by": "start", "at": "09:00 UTC"}],
            datetime(2026, 11, 9, 9, 0, tzinfo=UTC),
        ),
        ([{"when": "tier != 'standard'", "by": "start"}, {"by": "none"}], DueWord.NONE),
    ],
)
def test_a_mapping_and_a_list_of_cases_come_to_a_day(plain: object, day: object) -> None:
    resolved = come_to(plain)
    assert resolved.day == day
    assert type(resolved.day) is type(day)


@pytest.mark.parametrize(
    ("plain", "missing"),
    [
        ("3d after approve", ("approve",)),
        ("compile.done", ("compile.done",)),
        ("earlier of start or approve", ("approve",)),
        ("later of compile.due and approve", ("compile.due", "approve")),
        ({"by": "approve", "at": "09:00"}, ("approve",)),
        ([{"when": "country == 'de' and severity == 1", "by": "start"}], ("country",)),
        ([{"when": "severity == 1", "by": "2d after approve"}, {"by": "start"}], ("approve",)),
    ],
)
def test_a_day_is_not_known_while_something_is_missing(
    plain: object, missing: tuple[str, ...]
) -> None:
    resolved = come_to(plain)
    assert (resolved.day, resolved.missing) == (None, missing)


def test_a_week_of_a_cycle_is_missing_while_the_cycle_has_not_begun() -> None:
    week = parse("fri of week 2")
    resolved = resolve(week, anchor=KNOWN.get, inputs={}, calendar=BERLIN, cycle_start=None)  # type: ignore[arg-type]
    assert (resolved.day, resolved.missing) == (None, ("cycle",))
    assert uses_cycle(week)
    assert not uses_cycle(parse("3d after start"))


def test_a_list_where_no_case_holds_has_no_day_and_says_so() -> None:
    resolved = come_to([{"when": "severity == '3'", "by": "start"}])
    assert resolved == Resolved(day=None, notes=("none of the cases holds",))


@pytest.mark.parametrize(
    ("plain", "notes"),
    [
        ("1mo after start", ()),
        ("1mo after report", ("2026-02-28 is the last day of a month without a day 31",)),
        ("1y after leap", ("2029-02-28 is the last day of a month without a day 29",)),
        (
            {"by": "2026-03-29", "at": "02:30"},
            (
                "2026-03-29 02:30 does not exist in Europe/Berlin: clocks go forward, so 03:30 is meant",
            ),
        ),
        (
            "2026-10-25T02:30",
            ("2026-10-25 02:30 happens twice in Europe/Berlin: the first of the two is meant",),
        ),
        ({"by": "24h after call", "at": "09:00"}, ("`at` is not used, call has its own hour",)),
        ("5bd after start", ()),
        (
            "5bd before far",
            ("public holidays are written out from 2026-01-01 to 2027-12-31 only",),
        ),
        ("5d before far", ()),
    ],
)
def test_what_was_done_to_a_day_is_said(plain: object, notes: tuple[str, ...]) -> None:
    assert come_to(plain).notes == notes


def test_a_grace_is_handed_on() -> None:
    assert come_to({"by": "start", "grace": "1bd"}).grace == Length(1, "bd")
    assert come_to([{"by": "start", "grace": "2d"}]).grace == Length(2, "d")
    assert come_to("start").grace is None


def test_what_an_expression_counts_from_and_asks_for_can_be_listed() -> None:
    expression = parse(
        [
            {"when": "tier == 'x' and size > 3", "by": "earlier of 3d after a.done or b"},
            {"when": "tier == 'y'", "by": "end of month of c/one", "at": "09:00"},
            {"by": "3d after b"},
        ]
    )
    assert anchors_of(expression) == (Anchor("a", "done"), Anchor("b"), Anchor("c/one"))
    assert names_of(expression) == ("tier", "size")
    assert anchors_of(parse("2026-11-27")) == ()
    assert names_of(parse("start")) == ()


@pytest.mark.parametrize(
    ("text", "kind", "message", "hint"),
    [
        (
            "2026-02-30",
            "no-day",
            "`2026-02-30` is not a day, February 2026 has 28 days",
            "write 2026-02-28, or the day that is meant",
        ),
        ("2026-2-3", "not-a-date", "`2026-2-3` is not how a day is written", "write 2026-02-03"),
        ("5", "not-a-date", "`5` does not say which day", ISO),
        (
            "10:30",
            "not-a-date",
            "`10:30` is a time without a day",
            "write both, such as 2026-11-27T10:30",
        ),
        ("fri", "not-a-date", "`fri` means another day tomorrow", ISO),
        ("next friday", "not-a-date", "`next friday` means another day tomorrow", ISO),
        ("ASAP", "not-a-date", "`ASAP` is written in small letters", "write asap"),
        (
            "5bd",
            "not-an-expression",
            "`5bd` does not say from when",
            "write `5bd after start`",
        ),
        (
            "3 days after start",
            "not-a-length",
            "`3days` is not a length",
            "write `3d after start`",
        ),
        (
            "3 working days before kick off",
            "not-a-length",
            "`3workingdays` is not a length",
            "write `3bd before kick-off`",
        ),
        (
            "3d after kick off",
            "not-an-expression",
            "`3d after kick off` is not understood as a day",
            "write `3d after kick-off`",
        ),
        (
            "3m after start",
            "not-a-length",
            "`3m` could be minutes or months",
            "write 3min or 3mo",
        ),
        (
            "3d after 2026-11-27",
            "not-an-expression",
            "`2026-11-27` is a day already, there is nothing to count from",
            "write the day that is meant",
        ),
        ("3d after monday", "not-a-date", "`monday` means another day tomorrow", ISO),
        (
            "start + 5bd",
            "not-an-expression",
            "`start + 5bd` is not understood as a day",
            "write the length first: `5bd after start`",
        ),
        (
            "in 2 weeks",
            "not-an-expression",
            "`in 2 weeks` is not understood as a day",
            "write from when it counts: `2w after start`",
        ),
        (
            "5bd from start",
            "not-an-expression",
            "`5bd from start` is not understood as a day",
            "write the length first: `5bd after start`",
        ),
        (
            "fri of week 0",
            "not-an-expression",
            "`fri of week 0` is not understood as a day",
            "write the week as a number from 1 on: `fri of week 1`",
        ),
        (
            "day of week 3",
            "not-an-expression",
            "`day of week 3` is not understood as a day",
            "write a weekday first: `fri of week 3`",
        ),
        (
            "friday week 3",
            "not-an-expression",
            "`friday week 3` is not understood as a day",
            "write `friday of week 3`",
        ),
        (
            "week 3",
            "not-an-expression",
            "`week 3` is not understood as a day",
            "write a weekday of it: `fri of week 3`",
        ),
        (
            "end of month",
            "not-an-expression",
            "`end of month` is not understood as a day",
            "write the month of what: `end of month of start`",
        ),
        (
            "earlier of a and b",
            "not-an-expression",
            "`earlier of a and b` is not understood as a day",
            "write `earlier of a or b`",
        ),
        (
            "later of a or b",
            "not-an-expression",
            "`later of a or b` is not understood as a day",
            "write `later of a and b`",
        ),
        (
            "later of a and b and c",
            "not-an-expression",
            "`later of a and b and c` is not understood as a day",
            "write two days joined by `and`: `later of A and B`",
        ),
        (
            "earlier of a or later of b and c",
            "not-an-expression",
            "`earlier of a or later of b and c` is not understood as a day",
            "write two days joined by `or`: `earlier of A or B`",
        ),
        (
            "earlier of a or asap",
            "not-an-expression",
            "`asap` is not understood as a day",
            "write `asap` alone, or a day",
        ),
        (
            "due",
            "not-an-expression",
            "`due` is not understood as a day",
            "write the step it is about: `STEP.due`",
        ),
        ("owner", "not-an-expression", "`owner` is not understood as a day", FORMS),
        (
            "start.due",
            "not-an-expression",
            "`start.due` is not understood as a day",
            "write `start`",
        ),
        (
            "collect.finished",
            "not-an-expression",
            "`collect.finished` is not understood as a day",
            "write `collect` for when it is finished, or collect.due, .done, .offered, .accepted",
        ),
        ("a/", "not-an-expression", "`a/` is not understood as a day", FORMS),
        (
            "when it is ready",
            "not-an-expression",
            "`when it is ready` is not understood as a day",
            FORMS,
        ),
        ("", "not-an-expression", "`` is not understood as a day", FORMS),
        (
            "24h after start",
            "hours-from-a-day",
            "24h are counted from `start`, which is a day without an hour",
            ADD_AT,
        ),
        (
            "earlier of call or 90min after start",
            "hours-from-a-day",
            "90min are counted from `start`, which is a day without an hour",
            ADD_AT,
        ),
    ],
)
def test_a_text_that_is_not_in_the_grammar_is_refused(
    text: str, kind: str, message: str, hint: str
) -> None:
    with pytest.raises(DateProblem) as caught:
        parse(text)
    problem = caught.value
    assert (problem.kind, problem.message, problem.hint) == (kind, message, hint)


@pytest.mark.parametrize(
    ("plain", "keys", "message", "hint"),
    [
        (None, (), "nothing is written where a day is meant", FORMS),
        ({}, (), "`by` is missing", "add `by` with the day, such as `by: 3bd after start`"),
        (
            {"byy": "start"},
            ("byy",),
            "`byy` is not said about a day",
            "write one of by, at, not_on, roll, grace, ends",
        ),
        ({"by": "5"}, ("by",), "`5` does not say which day", ISO),
        ({"by": ["start"]}, ("by",), "`by` is one text", "write `by:` with a text behind it"),
        (
            {"by": "4h after start", "grace": "1d"},
            ("by",),
            "4h are counted from `start`, which is a day without an hour",
            ADD_AT,
        ),
        (
            {"by": "start", "at": "24:00"},
            ("at",),
            "`24:00` is not a time of day",
            "write hours and minutes, 00:00 to 23:59, such as 17:00 or `17:00 Europe/Berlin`",
        ),
        (
            {"by": "start", "at": "5pm"},
            ("at",),
            "`5pm` is not a time of day",
            "write hours and minutes, 00:00 to 23:59, such as 17:00 or `17:00 Europe/Berlin`",
        ),
        (
            {"by": "start", "at": "17:00 CET"},
            ("at",),
            "`CET` is not a time zone",
            "write a place such as Europe/Berlin, or UTC",
        ),
        (
            {"by": "start", "not_on": ["fri", "holiday"]},
            ("not_on", 1),
            "`holiday` is neither a weekday nor `closed`",
            "write weekdays and `closed`, such as [fri, closed]",
        ),
        (
            {"by": "start", "not_on": "weekend"},
            ("not_on",),
            "`weekend` is neither a weekday nor `closed`",
            "write weekdays and `closed`, such as [fri, closed]",
        ),
        (
            {"by": "start", "not_on": "mon tue wed thu fri sat sun".split()},
            ("not_on",),
            "`not_on` leaves no day",
            "leave one weekday out",
        ),
        (
            {"by": "start", "not_on": "fri", "roll": "forward"},
            ("roll",),
            "`forward` is not known for `roll`",
            "write `before` or `after`",
        ),
        (
            {"by": "start", "roll": "before"},
            ("roll",),
            "`roll` has nothing to move away from",
            "add `not_on`",
        ),
        (
            {"by": "start", "grace": "a day"},
            ("grace",),
            "`a day` is not a length",
            "write a number and one of min, h, d, bd, w, mo, y, such as 3bd",
        ),
        (
            {"by": "start", "ends": "midnight"},
            ("ends",),
            "`midnight` is not known for `ends`",
            "write `anywhere-on-earth`",
        ),
        (
            {"by": "start", "ends": "anywhere-on-earth", "at": "17:00"},
            ("ends",),
            "`ends` needs a day without an hour",
            "leave `ends` out",
        ),
        (
            {"by": "asap", "grace": "1d"},
            ("grace",),
            "`grace` needs a day, and `asap` is none",
            "leave `grace` out",
        ),
        ([], (), "the list has no cases", "write a case such as {when: ..., by: 3d after start}"),
        (
            ["start"],
            (0,),
            "a case is written as a mapping",
            "write {when: ..., by: 3d after start}",
        ),
        (
            [{"by": "start"}, {"by": "2d after start"}],
            (0,),
            "the cases after this one are never reached, it has no `when`",
            "add `when`, or move it to the end",
        ),
        (
            [{"when": "a = 1", "by": "start"}],
            (0, "when"),
            "`=` is not used here",
            "write == to compare",
        ),
        (
            [{"when": "a == 1", "by": "start"}, {"by": "3 days after start"}],
            (1, "by"),
            "`3days` is not a length",
            "write `3d after start`",
        ),
        (
            [{"when": "a == 1", "due": "start"}],
            (0, "due"),
            "`due` is not said about a day",
            "write one of when, by, at, not_on, roll, grace, ends",
        ),
    ],
)
def test_a_mapping_or_a_list_that_is_not_understood_is_refused_at_its_place(
    plain: object, keys: tuple[object, ...], message: str, hint: str
) -> None:
    with pytest.raises(DateProblem) as caught:
        parse(plain)
    problem = caught.value
    assert (problem.keys, problem.message, problem.hint) == (keys, message, hint)


def test_hours_from_a_day_without_an_hour_are_a_problem() -> None:
    with pytest.raises(DateProblem) as caught:
        come_to("4h after meeting_date")
    assert caught.value.kind == "hours-from-a-day"
    assert caught.value.message == (
        "4h are counted from `meeting_date`, which is 2026-12-15, a day without an hour"
    )
    assert caught.value.hint == ADD_AT


@pytest.mark.parametrize(
    "plain", ["9999y after start", "9999y before start", "9999y after call", "9999mo after last"]
)
def test_a_day_outside_the_years_is_a_problem(plain: str) -> None:
    with pytest.raises(DateProblem) as caught:
        come_to(plain)
    assert caught.value.kind == "no-day"


def test_a_day_that_may_never_be_is_a_problem() -> None:
    never = Calendar(workweek=frozenset({0}), timezone="UTC")
    with pytest.raises(DateProblem) as caught:
        come_to({"by": "start", "not_on": ["mon", "closed"]}, never)
    assert caught.value.message == "`not_on` leaves no day in the 3660 days next to 2036-11-16"
