"""Time expressions: from the text, the mapping or the list of a file to a tree, and to a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import time
from typing import NoReturn, TypeVar

from nextstep.dates import conditions
from nextstep.dates.days import parse_length
from nextstep.dates.names import WEEKDAY_NUMBERS
from nextstep.dates.phrases import FORMS, HOURS, parse_phrase
from nextstep.dates.problem import DateProblem, shown
from nextstep.dates.resolving import Resolved, counts_hours, resolve
from nextstep.dates.zones import find_zone
from nextstep.model.source import Keys
from nextstep.model.time import (
    Anchor,
    Case,
    Cases,
    DueWord,
    Earlier,
    EndOfMonth,
    Expression,
    Later,
    Offset,
    Shaped,
    Textual,
    WeekdayOfWeek,
)

__all__ = ["Resolved", "anchors_of", "names_of", "parse", "resolve", "uses_cycle"]

_A = TypeVar("_A")
_T = TypeVar("_T")
_SHAPE_KEYS = ("by", "at", "not_on", "roll", "grace", "ends")
_CLOCK_SIZE = len("17:00")


def parse(plain: object) -> Expression:
    """Return the expression of a plain value: a text, a mapping, or a list of cases.

    Raise DateProblem, with ``keys`` the place of the fault inside the plain value.
    """
    if isinstance(plain, str):
        return _without_clock(parse_phrase(plain))
    if isinstance(plain, dict):
        return _shaped(plain, _SHAPE_KEYS)
    if isinstance(plain, list):
        return _cases(plain)
    return _refuse("nothing is written where a day is meant", FORMS)


def anchors_of(expression: Expression) -> tuple[Anchor, ...]:
    """Return what an expression counts from, each once, in order."""
    return tuple(
        dict.fromkeys(
            part if isinstance(part, Anchor) else part.anchor
            for part in _parts(expression)
            if isinstance(part, Anchor | Offset | EndOfMonth)
        )
    )


def names_of(expression: Expression) -> tuple[str, ...]:
    """Return the names of the inputs that the conditions of an expression ask for."""
    if not isinstance(expression, Cases):
        return ()
    named = (conditions.names_of(case.when) for case in expression.cases if case.when is not None)
    return tuple(dict.fromkeys(name for names in named for name in names))


def uses_cycle(expression: Expression) -> bool:
    """Return whether an expression counts weeks of the cycle."""
    return any(isinstance(part, WeekdayOfWeek) for part in _parts(expression))


def _parts(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Cases):
        for case in expression.cases:
            yield from _parts(case.expression)
    elif isinstance(expression, Shaped):
        yield from _parts(expression.by)
    elif isinstance(expression, Earlier | Later):
        yield from (expression.first, expression.second)
    else:
        yield expression


def _cases(plain: list[object]) -> Cases:
    if not plain:
        _refuse("the list has no cases", "write a case such as {when: ..., by: 3d after start}")
    cases = tuple(_within(number, _case, each) for number, each in enumerate(plain))
    for number, case in enumerate(cases[:-1]):
        if case.when is None:
            message = "the cases after this one are never reached, it has no `when`"
            _refuse(message, "add `when`, or move it to the end", (number,))
    return Cases(cases)


def _case(plain: object) -> Case:
    if not isinstance(plain, dict):
        _refuse("a case is written as a mapping", "write {when: ..., by: 3d after start}")
    when = None
    if "when" in plain:
        when = _within("when", conditions.parse_condition, _text(plain, "when"))
    rest = {key: value for key, value in plain.items() if key != "when"}
    shaped = _shaped(rest, ("when", *_SHAPE_KEYS))
    return Case(when, shaped.by if shaped == Shaped(shaped.by) else shaped)


def _shaped(plain: dict[str, object], keys: tuple[str, ...]) -> Shaped:
    for key in plain:
        if key not in keys:
            message = f"{shown(str(key))} is not said about a day"
            _refuse(message, f"write one of {', '.join(keys)}", (key,))
    if "by" not in plain:
        _refuse("`by` is missing", "add `by` with the day, such as `by: 3bd after start`")
    by = _within("by", parse_phrase, _text(plain, "by"))
    if isinstance(by, DueWord) and len(plain) > 1:
        key = next(key for key in plain if key != "by")
        _refuse(f"`{key}` needs a day, and `{by}` is none", f"leave `{key}` out", (key,))
    clock, zone = _within("at", _clock, _text(plain, "at")) if "at" in plain else (None, None)
    shaped = Shaped(
        by=by if clock else _within("by", _without_clock, by),
        at=clock,
        zone=zone,
        not_on=_within("not_on", _not_on, plain["not_on"]) if "not_on" in plain else frozenset(),
        roll=_choice(plain, "roll", ("before", "after")) or "after",
        grace=_within("grace", parse_length, _text(plain, "grace")) if "grace" in plain else None,
        ends=_choice(plain, "ends", ("anywhere-on-earth",)),
    )
    if "roll" in plain and not shaped.not_on:
        _refuse("`roll` has nothing to move away from", "add `not_on`", ("roll",))
    if shaped.ends and (clock or (not isinstance(by, DueWord) and counts_hours(by))):
        _refuse("`ends` needs a day without an hour", "leave `ends` out", ("ends",))
    return shaped


def _within(key: str | int, read: Callable[[_A], _T], value: _A) -> _T:
    """Read a part; a problem in it gets the key of the part in front of its place."""
    try:
        return read(value)
    except DateProblem as problem:
        problem.keys = (key, *problem.keys)
        raise


def _text(plain: dict[str, object], key: str) -> str:
    value = plain[key]
    if not isinstance(value, str) or not value:
        _refuse(f"`{key}` is one text", f"write `{key}:` with a text behind it", (key,))
    return value


def _choice(plain: dict[str, object], key: str, choices: tuple[str, ...]) -> str | None:
    if key not in plain:
        return None
    text = _text(plain, key)
    if text not in choices:
        words = " or ".join(f"`{choice}`" for choice in choices)
        _refuse(f"{shown(text)} is not known for `{key}`", f"write {words}", (key,))
    return text


def _not_on(plain: object) -> frozenset[int | str]:
    texts = plain if isinstance(plain, list) else [plain]
    found: set[int | str] = set()
    for number, text in enumerate(texts):
        word = text.lower() if isinstance(text, str) else ""
        if word != "closed" and word not in WEEKDAY_NUMBERS:
            keys = (number,) if isinstance(plain, list) else ()
            message = f"{shown(str(text))} is neither a weekday nor `closed`"
            _refuse(message, "write weekdays and `closed`, such as [fri, closed]", keys)
        found.add(WEEKDAY_NUMBERS.get(word, word))
    if found.issuperset(range(7)):
        _refuse("`not_on` leaves no day", "leave one weekday out")
    return frozenset(found)


def _clock(text: str) -> tuple[time, str | None]:
    """Read a clock time and, behind it, the name of a zone."""
    written, _, zone = text.partition(" ")
    clock = None
    if len(written) == _CLOCK_SIZE and written[2] == ":" and written <= "23:59":
        with suppress(ValueError):
            clock = time.fromisoformat(written)
    if clock is None:
        hint = "write hours and minutes, 00:00 to 23:59, such as 17:00 or `17:00 Europe/Berlin`"
        _refuse(f"{shown(text)} is not a time of day", hint)
    if zone and find_zone(zone) is None:
        message = f"{shown(zone)} is not a time zone"
        _refuse(message, "write a place such as Europe/Berlin, or UTC")
    return clock, zone or None


def _without_clock(expression: Textual | DueWord) -> Textual | DueWord:
    """Refuse hours counted from the start, which is a day, where no `at` says from when."""
    for part in _parts(expression):
        if isinstance(part, Offset) and part.length.unit in HOURS and part.anchor.name == "start":
            amount = f"{abs(part.length.count)}{part.length.unit}"
            raise DateProblem(
                "hours-from-a-day",
                f"{amount} are counted from `start`, which is a day without an hour",
                'add `at` with the hour to count from, such as `at: "09:00"`, or count in days',
            )
    return expression


def _refuse(message: str, hint: str, keys: Keys = ()) -> NoReturn:
    raise DateProblem("not-an-expression", message, hint, keys=keys)
