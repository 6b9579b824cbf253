"""Weighing a condition: two numbers as numbers, two days as days, everything else as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nextstep.dates.days import day_or_none
from nextstep.dates.problem import DateProblem, shown
from nextstep.model.conditions import And, Compare, Condition, Listed, Literal, Name, Not

_LONGEST_NUMBER = 40

_ORDERS: dict[str, Callable[[float], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


def holds(condition: Condition, inputs: Mapping[str, str]) -> bool | None:
    """Return whether a condition holds; None while that depends on an input not known yet.

    Raise DateProblem where ``<`` and its kin stand between values that have no order.
    """
    if isinstance(condition, Compare):
        return _compared(condition, inputs)
    if isinstance(condition, Not):
        part = holds(condition.part, inputs)
        return None if part is None else not part
    decisive = not isinstance(condition, And)
    open_question = False
    for each in condition.parts:
        part = holds(each, inputs)
        if part is decisive:
            return decisive
        open_question = open_question or part is None
    return None if open_question else not decisive


def check_order(left: Name | Literal, operator: str, right: Name | Literal, offset: int) -> None:
    """Raise DateProblem where a value that is written out can never be put in an order."""
    known = [value.text for value in (left, right) if isinstance(value, Literal)]
    for text in known:
        if not is_number(text) and day_or_none(text) is None:
            raise _no_order(text, operator, offset)
    if len(known) == len((left, right)) and _sign(known[0], known[1]) is None:
        raise _no_order(known[1], operator, offset)


def is_number(text: str) -> bool:
    """Return whether a text is a number: digits, with a sign and a decimal point if wanted."""
    whole, _, part = text.removeprefix("-").removeprefix("+").partition(".")
    digits = whole + part
    return digits.isascii() and digits.isdigit() and bool(whole) and len(text) <= _LONGEST_NUMBER


def _compared(compare: Compare, inputs: Mapping[str, str]) -> bool | None:
    left = _value(compare.left, inputs)
    if isinstance(compare.right, Listed):
        found = _listed(compare.left, compare.right, inputs)
        return None if found is None else found is (compare.op == "in")
    right = _value(compare.right, inputs)
    if left is None or right is None:
        return None
    if compare.op in _ORDERS:
        sign = _sign(left, right)
        if sign is None:
            raise _no_order(right if _sign(left, left) is not None else left, compare.op, None)
        return _ORDERS[compare.op](sign)
    return _equal(compare.left, compare.right, inputs) is (compare.op == "==")


def _listed(left: Name | Literal, listed: Listed, inputs: Mapping[str, str]) -> bool | None:
    answers = [_equal(left, item, inputs) for item in listed.items]
    if True in answers:
        return True
    return None if None in answers else False


def _equal(left: Name | Literal, right: Name | Literal, inputs: Mapping[str, str]) -> bool | None:
    one, other = _value(left, inputs), _value(right, inputs)
    if one is None or other is None:
        return None
    in_quotes = any(isinstance(value, Literal) and value.quoted for value in (left, right))
    sign = None if in_quotes else _sign(one, other)
    return one == other if sign is None else sign == 0


def _value(value: Name | Literal, inputs: Mapping[str, str]) -> str | None:
    return value.text if isinstance(value, Literal) else inputs.get(value.name)


def _sign(one: str, other: str) -> int | None:
    """Return -1, 0 or 1 as the first is less, equal or greater; None where there is no order."""
    if is_number(one) and is_number(other):
        return _number_sign(one, other)
    first, second = day_or_none(one), day_or_none(other)
    if first is None or second is None or type(first) is not type(second):
        return None
    try:
        return (first > second) - (first < second)
    except TypeError:  # one instant has a zone, the other has none
        return None


def _number_sign(one: str, other: str) -> int:
    """Compare decimals exactly, as whole numbers of the smaller of their last places."""
    places = max(len(text.partition(".")[2]) for text in (one, other))
    first, second = (
        int(whole + part.ljust(places, "0"))
        for whole, _, part in (text.partition(".") for text in (one, other))
    )
    return (first > second) - (first < second)


def _no_order(text: str, operator: str, offset: int | None) -> DateProblem:
    return DateProblem(
        "not-a-condition",
        f"{shown(text)} cannot be compared by `{operator}`",
        "compare two numbers or two days, or use == or !=",
        offset=offset,
    )
