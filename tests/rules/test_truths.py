"""A condition is called decided only where no input decides otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.dates.comparing import holds
from nextstep.dates.conditions import parse_condition
from nextstep.dates.problem import DateProblem
from nextstep.rules.truths import always_or_never, never_together


@pytest.mark.parametrize(
    "text",
    [
        "tier == 'a' and tier == 'b'",
        "tier in ['a', 'b'] and tier not in ['b', 'a']",
        "tier == 'a' and not tier in ['a']",
        "seats > 50 and seats < 10",
        "seats > 50 and seats <= 50",
        "seats == 3 and seats != 3.0",
        "seats == '3' and seats == 4",
        "day > 2026-11-27 and day < 2026-11-20",
        "day > 2026-11-26 and day < 2026-11-27",
        "not (tier == 'a' or tier != 'a')",
        "tier == 'a' and (seats < 3 and seats > 3)",
        "1 > 2",
    ],
)
def test_a_condition_that_excludes_itself_never_holds(text: str) -> None:
    assert always_or_never(parse_condition(text)) is False


@pytest.mark.parametrize(
    "text",
    [
        "tier == 'a' or tier != 'a'",
        "tier != 'a' or tier != 'b'",
        "seats > 10 or seats < 50",
        "seats >= 10 or seats < 10",
        "day <= 2026-11-27 or day > 2026-11-27",
        "not (seats > 50 and seats < 10)",
        "1 < 2",
    ],
)
def test_a_condition_that_takes_everything_always_holds(text: str) -> None:
    assert always_or_never(parse_condition(text)) is True


@pytest.mark.parametrize(
    "text",
    [
        "tier == 'a'",
        "tier == 'a' or tier == 'b'",
        "seats > 10 and seats < 50",
        "seats > 5 and seats < 6",  # 5.5
        "seats == 1 and seats != '1'",  # 1.0 is as much, in other signs
        "tier == 'a' and region == 'b'",
        "day > 2026-11-25 and day < 2026-11-27",
        "tier == region and tier != region",  # two inputs are not compared here
        "at > 2026-11-27T10:00 and at < 2026-11-27T09:00",  # nor instants
        "tier != 'something else'",
        "seats > 12345678901234567 and seats < 1",  # nor numbers of that size
        " or ".join(f"n{number} == 'x'" for number in range(13)),  # nor so many at once
    ],
)
def test_a_condition_that_depends_on_an_input_is_left_alone(text: str) -> None:
    assert always_or_never(parse_condition(text)) is None


def test_two_conditions_exclude_each_other_only_if_each_can_hold() -> None:
    small, large = parse_condition("tier == 'small'"), parse_condition("tier == 'large'")
    nothing = parse_condition("tier == 'a' and tier == 'b'")
    assert never_together(small, large)
    assert not never_together(small, parse_condition("seats > 3"))
    assert not never_together(small, nothing)
    assert not never_together(small, None)
    assert not never_together(None, None)


VALUES = ["'a'", "'b'", "1", "'1'", "1.0", "2", "10", "2026-11-26", "2026-11-27", "'2026-11-27'"]
COMPARES = st.one_of(
    st.builds(
        "{} {} {}".format,
        st.sampled_from("xy"),
        st.sampled_from(["==", "!="]),
        st.sampled_from(VALUES),
    ),
    st.builds(
        "{} {} {}".format,
        st.sampled_from("xy"),
        st.sampled_from(["<", "<=", ">", ">="]),
        st.sampled_from(["1", "2", "10", "2026-11-26", "2026-11-27"]),
    ),
    st.builds(
        "{} {} [{}, {}]".format,
        st.sampled_from("xy"),
        st.sampled_from(["in", "not in"]),
        st.sampled_from(VALUES),
        st.sampled_from(VALUES),
    ),
)
CONDITIONS = st.recursive(
    COMPARES,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=5,
)
INPUTS = st.one_of(
    st.sampled_from(["a", "b", "c", "", "1", "1.00", "1.5", "3", "-4", "9.99", "11"]),
    st.dates().map(str),
    st.integers(-20, 20).map(str),
    st.sampled_from(["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-27T10:00"]),
)


@given(CONDITIONS, INPUTS, INPUTS)
def test_what_is_called_decided_is_so_for_every_input(text: str, x: str, y: str) -> None:
    condition = parse_condition(text)
    verdict = always_or_never(condition)
    try:
        answer = holds(condition, {"x": x, "y": y})
    except DateProblem:
        return
    if verdict is not None:
        assert answer is verdict
