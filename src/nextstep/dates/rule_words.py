"""A time expression in words that people read: ``2 working days after compile``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from nextstep.dates.words import WEEKDAYS, counted, day_words
from nextstep.model.conditions import And, Compare, Condition, Listed, Literal, Name, Not, Or
from nextstep.model.time import (
    Anchor,
    Case,
    Cases,
    DueWord,
    Earlier,
    EndOfMonth,
    Expression,
    Fixed,
    Later,
    Length,
    Offset,
    Shaped,
    Simple,
    WeekdayOfWeek,
)

_UNITS = {
    "min": "minute",
    "h": "hour",
    "d": "day",
    "bd": "working day",
    "w": "week",
    "mo": "month",
    "y": "year",
}


def rule_words(expression: Expression, steps: Collection[str] = ()) -> str:
    """Return an expression in words; a name among ``steps`` is no day but something that is done."""
    if isinstance(expression, Cases):
        return ", else ".join(_case(case, steps) for case in expression.cases)
    if isinstance(expression, Shaped):
        return _shaped(expression, steps)
    if isinstance(expression, Anchor) and str(expression) in steps:
        return f"when {expression.name} is finished"
    if isinstance(expression, DueWord):
        return "as soon as possible" if expression is DueWord.ASAP else "no date, by agreement"
    if isinstance(expression, Earlier | Later):
        return _pair(expression)
    return _simple(expression)


def length_words(length: Length) -> str:
    """Return ``2 working days``."""
    return counted(abs(length.count), _UNITS[length.unit])


def condition_words(condition: Condition) -> str:
    """Return a condition as it is written in a file; read again, it is the same condition."""
    if isinstance(condition, And):
        return " and ".join(_within(part, (And, Or)) for part in condition.parts)
    if isinstance(condition, Or):
        return " or ".join(_within(part, (Or,)) for part in condition.parts)
    if isinstance(condition, Not):
        return f"not {_within(condition.part, (And, Or))}"
    return _compared(condition)


def _within(part: Condition, bracketed: tuple[type[Condition], ...]) -> str:
    """Return a part in words, in parentheses where it would be read as part of what is around it."""
    words = condition_words(part)
    return f"({words})" if isinstance(part, bracketed) else words


def _compared(condition: Compare) -> str:
    right = condition.right
    if isinstance(right, Listed):
        shown = f"[{', '.join(map(_value, right.items))}]"
    else:
        shown = _value(right)
    return f"{_value(condition.left)} {condition.op} {shown}"


def _value(value: Name | Literal) -> str:
    if isinstance(value, Name):
        return value.name
    if not value.quoted:
        return value.text
    text = value.text.replace("'", "''")
    return f"'{text}'"


def _case(case: Case, steps: Collection[str]) -> str:
    words = rule_words(case.expression, steps)
    return words if case.when is None else f"{words} when {condition_words(case.when)}"


def _shaped(shaped: Shaped, steps: Collection[str]) -> str:
    words = [rule_words(shaped.by, steps)]
    if shaped.at is not None:
        words.append(f"at {shaped.at:%H:%M}{f' {shaped.zone}' if shaped.zone else ''}")
    if shaped.not_on:
        days = [_not_on(day) for day in sorted(shaped.not_on, key=str)]
        words.append(f"not on {' or '.join(days)} but {shaped.roll}")
    if shaped.ends == "anywhere-on-earth":
        words.append("until the day ends anywhere on earth")
    if shaped.grace is not None:
        words.append(f"with {length_words(shaped.grace)} of grace")
    return ", ".join(words)


def _pair(pair: Earlier | Later) -> str:
    first, second = _simple(pair.first), _simple(pair.second)
    if isinstance(pair, Earlier):
        return f"the earlier of {first} or {second}"
    return f"the later of {first} and {second}"


def _not_on(day: int | str) -> str:
    return f"a {WEEKDAYS[day]}" if isinstance(day, int) else "a closed day"


def _simple(simple: Simple) -> str:
    if isinstance(simple, Fixed):
        return _day(simple.day)
    if isinstance(simple, Offset):
        side = "before" if simple.length.count < 0 else "after"
        return f"{length_words(simple.length)} {side} {_anchor(simple.anchor)}"
    if isinstance(simple, WeekdayOfWeek):
        return f"{WEEKDAYS[simple.weekday]} of week {simple.week}"
    if isinstance(simple, EndOfMonth):
        return f"end of the month of {_anchor(simple.anchor)}"
    return _anchor(simple)


def _anchor(anchor: Anchor) -> str:
    words = {"due": "the date of", "done": "the doing of", "offered": "the offer of"}
    words["accepted"] = "the acceptance of"
    start = words.get(anchor.event)
    name = "the start" if anchor.name == "start" else anchor.name
    return f"{start} {name}" if start else name


def _day(day: date) -> str:
    words = day_words(day, None)
    if isinstance(day, datetime) and day.time() != time():
        return f"{words} {day:%H:%M}"
    return words
