"""Whether a condition holds for every input, or for none: tried out on inputs of every kind.

A condition compares inputs with values that are written out. So it is enough to try those values,
those between and around them, and something else; what holds for these holds for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise, product
from math import prod

from nextstep.dates.comparing import holds, is_number
from nextstep.dates.conditions import names_of
from nextstep.dates.days import day_or_none
from nextstep.dates.problem import DateProblem
from nextstep.model.conditions import And, Compare, Condition, Listed, Literal, Name, Not

_MOST_VALUES = 40
_MOST_COMPARED = 1000
_MOST_DIGITS = 15
_SOMETHING_ELSE = "something else"
_A_DAY = timedelta(days=1)


@lru_cache(maxsize=512)
def always_or_never(condition: Condition) -> bool | None:
    """Return True for a condition that always holds, False for one that never does, else None.

    Inputs that a comparison cannot weigh, such as a word by ``<``, do not count. None also where
    there are too many inputs to try them out, or two of them are compared with each other.
    """
    if isinstance(condition, Compare) and isinstance(condition.left, Name):
        return None  # one comparison of an input can go either way
    literals = _literals(condition)
    if literals is None:
        return None
    names = names_of(condition)
    compared = sum(map(len, literals.values()))
    if compared > _MOST_VALUES:
        return None
    values = [_values(literals.get(name, ())) for name in names]
    if prod(map(len, values)) * compared > _MOST_COMPARED:
        return None
    answers = {
        _answer(condition, dict(zip(names, trial, strict=True))) for trial in product(*values)
    }
    answers.discard(None)
    return answers.pop() if len(answers) == 1 else None


def _answer(condition: Condition, inputs: Mapping[str, str]) -> bool | None:
    try:
        return holds(condition, inputs)
    except DateProblem:
        return None


def _literals(condition: Condition) -> dict[str, tuple[Literal, ...]] | None:
    """Return the values that each input is compared with; None where that is another input."""
    found: dict[str, tuple[Literal, ...]] = {}
    for compare in _compares(condition):
        right = compare.right.items if isinstance(compare.right, Listed) else (compare.right,)
        for other in right:
            sides = (compare.left, other)
            names = [side.name for side in sides if isinstance(side, Name)]
            if len(names) > 1:
                return None
            values = tuple(side for side in sides if isinstance(side, Literal))
            if any(_is_hard(value) for value in values):
                return None
            for name in names:
                found[name] = (*found.get(name, ()), *values)
    return found


def _compares(condition: Condition) -> Iterator[Compare]:
    if isinstance(condition, Compare):
        yield condition
    else:
        parts = (condition.part,) if isinstance(condition, Not) else condition.parts
        for part in parts:
            yield from _compares(part)


def _is_hard(value: Literal) -> bool:
    """Return whether what lies around a value is not tried out: instants, and long numbers."""
    if is_number(value.text):
        return len(value.text) > _MOST_DIGITS
    return isinstance(day_or_none(value.text), datetime)


def _values(literals: tuple[Literal, ...]) -> list[str]:
    """Return one text of every kind that comparisons with these values tell apart."""
    from decimal import Decimal

    texts = {literal.text for literal in literals}
    found = texts | {_unlike(texts)}
    numbers = sorted({Decimal(text) for text in texts if is_number(text)})
    if numbers:
        found |= {_in_other_digits(text) for text in texts if is_number(text)}
        between = [(one + other) / 2 for one, other in pairwise(numbers)]
        around = (numbers[0] - 1, *between, numbers[-1] + 1)
        found |= {f"{number:f}" for number in around}
    days = [day for day in map(day_or_none, texts) if day is not None]
    for day in days:
        if date.min < day < date.max:
            found |= {str(day - _A_DAY), str(day + _A_DAY)}
    return sorted(found)


def _unlike(texts: set[str]) -> str:
    text = _SOMETHING_ELSE
    while text in texts:
        text += " again"
    return text


def _in_other_digits(text: str) -> str:
    """Return the same number as another text: equal as a number, and not as words."""
    return f"{text}0" if "." in text else f"{text}.0"


def never_together(*conditions: Condition | None) -> bool:
    """Return whether conditions exclude each other, though none of them excludes itself."""
    given = tuple(condition for condition in conditions if condition is not None)
    if len(given) <= 1 or any(always_or_never(condition) is False for condition in given):
        return False
    return always_or_never(And(given)) is False
