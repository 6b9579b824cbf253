"""Conditions: what can be written, what it means, and what is refused where."""

from __future__ import annotations

import pytest

from nextstep.dates.conditions import DEEPEST, LONGEST, holds, names_of, parse_condition
from nextstep.dates.problem import DateProblem

EXAMPLE = "write a condition such as `tier == 'enterprise'`"
INPUTS = {
    "tier": "enterprise",
    "severity": "2",
    "amount": "10",
    "price": "9.50",
    "version": "1.10",
    "day": "2026-11-27",
    "hour": "2026-11-27T10:00Z",
    "region": "emea",
}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("tier == 'enterprise'", True),
        ('tier == "enterprise"', True),
        ("tier != 'enterprise'", False),
        ("tier == 'Enterprise'", False),
        ("severity <= 2", True),
        ("severity < 2", False),
        ("severity > 1.5", True),
        ("severity >= 3", False),
        ("amount > 9", True),  # as text, 10 would come before 9
        ("amount > price", True),
        ("amount == 10.0", True),
        ("amount == '10.0'", False),
        ("version == '1.1'", False),
        ("version == 1.1", True),
        ("amount > -3", True),
        ("day > 2026-11-26", True),
        ("day > 2026-11-27", False),
        ("hour < 2026-11-27T12:00+01:00", True),
        ("region in ['emea', 'apac']", True),
        ("region in ('emea')", True),
        ("region in {'apac', 'amer',}", False),
        ("region not in ['apac']", True),
        ("severity in [1, 2]", True),
        ("severity in ['1', tier]", False),
        ("'it''s' == 'it''s'", True),
        ("not severity == 1", True),
        ("not (severity == 2 or amount == 10)", False),
        ("severity == 1 or amount == 10 and tier == 'x'", False),
        ("(severity == 2 or amount == 1) and tier == 'enterprise'", True),
        ("tier=='enterprise'and severity<3", True),
        ("unknown == 1", None),
        ("unknown == 1 or severity == 2", True),
        ("unknown == 1 or severity == 1", None),
        ("unknown == 1 and severity == 1", False),
        ("unknown == 1 and severity == 2", None),
        ("not unknown == 1", None),
        ("unknown in [1]", None),
        ("severity in [1, unknown]", None),
        ("severity in [2, unknown]", True),
        ("severity not in [2, unknown]", False),
        ("unknown < 3", None),
    ],
)
def test_a_condition_holds_or_not_or_is_not_known_yet(text: str, answer: bool | None) -> None:  # noqa: FBT001
    assert holds(parse_condition(text), INPUTS) is answer


def test_the_names_of_a_condition_come_once_and_in_order() -> None:
    condition = parse_condition("b == 1 and (a in [c, 'd'] or not b < 2)")
    assert names_of(condition) == ("b", "a", "c")


@pytest.mark.parametrize(
    ("text", "message", "hint", "offset"),
    [
        ("", "the condition is empty", EXAMPLE, 0),
        ("a = 1", "`=` is not used here", "write == to compare", 2),
        ("a === 1", "`===` does not compare", "write one of == != < <= > >=", 2),
        ("a => 1", "`=>` is not used here", "write >=", 2),
        ("a <> 1", "`<>` is not used here", "write !=", 2),
        ("a == 1 && b == 2", "`&&` is not used here", "write and", 7),
        ("a == 1 || b == 2", "`||` is not used here", "write or", 7),
        ("! a == 1", "`!` is not used here", "write not", 0),
        ("a is 1", "`is` does not compare", "write ==", 2),
        ("urgent", "nothing is said about `urgent`", "compare it, such as `urgent == 'yes'`", 6),
        ("a == 1 and", "the condition ends too early", EXAMPLE, 10),
        ("a ==", "the condition ends too early", EXAMPLE, 4),
        ("and a == 1", "a name or a value is missing before `and`", EXAMPLE, 0),
        ("a == == 1", "a name or a value is missing before `==`", EXAMPLE, 5),
        (
            "1 < a < 3",
            "two comparisons follow each other",
            "write two comparisons joined with `and`",
            6,
        ),
        (
            "a == big deal",
            "`deal` is not expected here",
            "write `and` or `or` between two comparisons, and put words in quotes",
            9,
        ),
        ("(a == 1", "a parenthesis is not closed", "write `)` where it ends", 0),
        ("a == 'x", "a quote is not closed", "write ' where the text ends", 5),
        ("a == $x", "`$` is not used in a condition", "put text in quotes", 5),
        ("a == 24h", "`24h` is neither a name nor a number", "write it in quotes: '24h'", 5),
        (
            "a > 2026-02-30",
            "`2026-02-30` is not a day, February 2026 has 28 days",
            "write 2026-02-28, or the day that is meant",
            4,
        ),
        (
            "a > 1/12/2026",
            "`1/12/2026` can be 1 December or 12 January",
            "write 2026-12-01 or 2026-01-12",
            4,
        ),
        (
            "a in b",
            "`in` needs a list",
            "write the values in brackets, such as ['a', 'b']",
            5,
        ),
        ("a in []", "a name or a value is missing before `]`", EXAMPLE, 6),
        (
            "a in ['x' 'y']",
            "the list is not closed",
            "write commas between the values and `]` at the end",
            5,
        ),
        (
            "a < 'gold'",
            "`gold` cannot be compared by `<`",
            "compare two numbers or two days, or use == or !=",
            0,
        ),
        (
            "2026-11-27 >= 3",
            "`3` cannot be compared by `>=`",
            "compare two numbers or two days, or use == or !=",
            0,
        ),
        (
            "(" * (DEEPEST + 1),
            f"the condition is nested more than {DEEPEST} deep",
            "write it with fewer parentheses",
            DEEPEST,
        ),
        (
            "a" * (LONGEST + 1),
            f"the condition is longer than {LONGEST} characters",
            "write it in several steps",
            None,
        ),
    ],
)
def test_what_is_no_condition_is_refused_at_its_place(
    text: str, message: str, hint: str, offset: int | None
) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_condition(text)
    problem = caught.value
    assert problem.kind == "not-a-condition"
    assert (problem.message, problem.hint, problem.offset) == (message, hint, offset)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tier < 3", "`enterprise` cannot be compared by `<`"),
        ("amount > tier", "`enterprise` cannot be compared by `>`"),
        ("day < 3", "`3` cannot be compared by `<`"),
        ("day < hour", "`2026-11-27T10:00Z` cannot be compared by `<`"),
    ],
)
def test_values_without_an_order_are_a_problem_when_they_are_weighed(
    text: str, message: str
) -> None:
    with pytest.raises(DateProblem) as caught:
        holds(parse_condition(text), INPUTS)
    assert (caught.value.kind, caught.value.message) == ("not-a-condition", message)
