"""The text form of a time expression: a closed grammar, read word by word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import NoReturn

from nextstep.dates.days import parse_due, parse_length
from nextstep.dates.names import WEEKDAY_NUMBERS
from nextstep.dates.problem import DateProblem, shown
from nextstep.model.process import RESERVED
from nextstep.model.time import (
    Anchor,
    DueWord,
    Earlier,
    EndOfMonth,
    Fixed,
    Later,
    Length,
    Offset,
    Simple,
    Textual,
    WeekdayOfWeek,
)

LONGEST = 300
HOURS = frozenset({"min", "h"})
EVENTS = ("due", "done", "offered", "accepted")
_LAST_WEEK = 999

_MOVING = frozenset(
    {*WEEKDAY_NUMBERS, "today", "tomorrow", "yesterday", "now", "eow", "eom", "eoq", "eoy"}
)
_DAY_LETTERS = frozenset("0123456789-:./+TZW")
_NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
FORMS = (
    "write a day, or one of `3bd after start`, `fri of week 2`, `end of month of start`, "
    "`earlier of A or B`, `later of A and B`"
)
_UNITS = {"day": "d", "days": "d", "weeks": "w", "month": "mo", "months": "mo"}


def parse_phrase(text: str) -> Textual | DueWord:
    """Return the expression written in a text; raise DateProblem for anything else."""
    if text in ("asap", "none"):
        return DueWord(text)
    words = text.split()
    if len(text) > LONGEST or not words:
        _refuse(text, FORMS)
    if words[1:2] == ["of"] and words[0] in ("earlier", "later"):
        return _pair(words, text)
    return _simple(words, text)


def _pair(words: list[str], text: str) -> Earlier | Later:
    which = words[0]
    joint, other = ("or", "and") if which == "earlier" else ("and", "or")
    if joint not in words and other in words:
        mended = " ".join(joint if word == other else word for word in words)
        _refuse(text, f"write `{mended}`")
    if words.count(joint) != 1:
        _refuse(text, f"write two days joined by `{joint}`: `{which} of A {joint} B`")
    at = words.index(joint)
    first, second = words[2:at], words[at + 1 :]
    if not first or not second or {first[0], second[0]} & {"earlier", "later"}:
        _refuse(text, f"write two days joined by `{joint}`: `{which} of A {joint} B`")
    pair = Earlier if which == "earlier" else Later
    with _in_part():
        return pair(_simple(first, " ".join(first)), _simple(second, " ".join(second)))


def _simple(words: list[str], text: str) -> Simple:
    match words:
        case [word]:
            return _word(word)
        case [length, "after" | "before" as side, name]:
            return _offset(length, side, name)
        case [day, "of", "week", number]:
            return _weekday_of_week(day, number, text)
        case ["end", "of", "month", "of", name]:
            with _in_part():
                return EndOfMonth(parse_anchor(name))
        case _:
            return _unknown(text)


def _word(word: str) -> Simple:
    if word in ("asap", "none"):
        _refuse(word, f"write `{word}` alone, or a day")
    if word[0].isdigit() and _is_length(word):
        message = f"{shown(word)} does not say from when"
        raise DateProblem("not-an-expression", message, f"write `{word} after start`")
    if _DAY_LETTERS.issuperset(word) or word.lower() in _MOVING or word.lower() in ("asap", "none"):
        due = parse_due(word)
        if isinstance(due, DueWord):  # pragma: no cover - both words are taken above
            _refuse(word, FORMS)
        return Fixed(due)
    return parse_anchor(word)


def _offset(written: str, side: str, name: str) -> Offset:
    try:
        length = parse_length(written)
    except DateProblem as problem:
        if problem.instead is not None and _is_length(problem.instead):
            instead = f"{problem.instead} {side} {name}"
            hint = f"write `{instead}`"
            raise DateProblem("not-a-length", problem.message, hint, instead=instead) from None
        raise
    with _in_part():
        anchor = parse_anchor(name)
    return Offset(length if side == "after" else Length(-length.count, length.unit), anchor)


def _weekday_of_week(day: str, number: str, text: str) -> WeekdayOfWeek:
    weekday = WEEKDAY_NUMBERS.get(day.lower())
    if weekday is None:
        _refuse(text, f"write a weekday first: `fri of week {number}`")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= _LAST_WEEK):
        _refuse(text, f"write the week as a number from 1 on: `{day} of week 1`")
    return WeekdayOfWeek(weekday, int(number))


def parse_anchor(word: str) -> Anchor:
    """Return what is counted from: ``start``, an input, ``STEP`` or ``STEP.due`` and its kin."""
    if word[0].isdigit() and _DAY_LETTERS.issuperset(word):
        parse_due(word)
        message = f"{shown(word)} is a day already, there is nothing to count from"
        raise DateProblem("not-an-expression", message, "write the day that is meant")
    if word.lower() in _MOVING:
        parse_due(word)
    name, dot, event = word.partition(".")
    if dot and event not in EVENTS:
        hint = f"write `{name}` for when it is finished, or {name}.{', .'.join(EVENTS)}"
        _refuse(word, hint)
    step, slash, part = name.partition("/")
    if not step or not _NAME_LETTERS.issuperset(step + part) or (slash and not part):
        _refuse(word, FORMS)
    if dot and name == "start":
        _refuse(word, "write `start`")
    if name != "start" and name in RESERVED:
        hint = f"write the step it is about: `STEP.{name}`" if name in EVENTS else FORMS
        _refuse(word, hint)
    return Anchor(name, event) if dot else Anchor(name)


def _is_length(word: str) -> bool:
    try:
        parse_length(word)
    except DateProblem:
        return False
    return True


def _unknown(text: str) -> NoReturn:
    """Refuse a text of several words with the nearest thing that can be written."""
    words = text.split()
    lower = [word.lower() for word in words]
    for at, word in enumerate(lower):
        if word in ("after", "before") and at and words[at + 1 :]:
            rest = "-".join(words[at + 1 :])
            is_one = len(words) == at + 2  # several words may be meant as another name
            with nullcontext() if is_one else _in_part():
                _offset("".join(words[:at]), word, rest)
            instead = f"{''.join(words[:at])} {word} {rest}"
            _refuse(text, f"write `{instead}`", instead=instead if is_one else None)
    if "week" in lower and WEEKDAY_NUMBERS.keys() & set(lower):
        day = next(word for word in lower if word in WEEKDAY_NUMBERS)
        number = next((word for word in lower if word.isdigit()), "1")
        _refuse(text, f"write `{day} of week {number}`")
    if lower[-1] == "week" or (lower[0] == "week" and lower[-1].isdigit()):
        number = lower[-1] if lower[-1].isdigit() else "1"
        _refuse(text, f"write a weekday of it: `fri of week {number}`")
    if "month" in lower and "end" in lower:
        _refuse(text, "write the month of what: `end of month of start`")
    if lower[-1] in _UNITS and len(lower) > 1 and lower[-2].isdigit():
        _refuse(text, f"write from when it counts: `{lower[-2]}{_UNITS[lower[-1]]} after start`")
    if "from" in lower or "+" in text:
        _refuse(text, "write the length first: `5bd after start`")
    try:
        parse_due(text)
    except DateProblem as problem:
        if not problem.message.endswith("is not a day"):
            raise
    _refuse(text, FORMS)


def _refuse(text: str, hint: str, *, instead: str | None = None) -> NoReturn:
    message = f"{shown(text)} is not understood as a day"
    raise DateProblem("not-an-expression", message, hint, instead=instead)


@contextmanager
def _in_part() -> Iterator[None]:
    """Read a part of a text: what is to be written instead of it is not the whole text."""
    try:
        yield
    except DateProblem as problem:
        problem.instead = None
        raise
