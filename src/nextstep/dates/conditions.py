"""Conditions over the inputs of a run: read by hand, weighed in three values, never evaluated.

In growing strength: ``or``, ``and``, ``not``, then ``== != < <= > >= in``, ``not in``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from nextstep.dates.comparing import check_order, holds, is_number
from nextstep.dates.days import parse_due
from nextstep.dates.problem import DateProblem, shown
from nextstep.model.conditions import And, Compare, Condition, Listed, Literal, Name, Not, Or

__all__ = ["DEEPEST", "LONGEST", "holds", "names_of", "parse_condition"]

LONGEST = 1000
DEEPEST = 20

_OPERATORS = ("==", "!=", "<=", ">=", "<", ">")
_DAY_LETTERS = frozenset("0123456789-:./+TZW")
_BRACKETS = {"[": "]", "(": ")", "{": "}"}
_KEYWORDS = frozenset({"and", "or", "not", "in"})
_MISTAKEN = {
    "=": "write == to compare",
    "=>": "write >=",
    "=<": "write <=",
    "<>": "write !=",
    "&&": "write and",
    "&": "write and",
    "||": "write or",
    "|": "write or",
    "!": "write not",
}
_EXAMPLE = "write a condition such as `tier == 'enterprise'`"


def parse_condition(text: str) -> Condition:
    """Return the condition written in a text; raise DateProblem with the place of a mistake."""
    if len(text) > LONGEST:
        _refuse(f"the condition is longer than {LONGEST} characters", "write it in several steps")
    return _Reader(text).whole()


def names_of(condition: Condition) -> tuple[str, ...]:
    """Return the names of the inputs that a condition asks for, each once, in order."""
    return tuple(dict.fromkeys(_names(condition)))


def _names(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Not):
        yield from _names(condition.part)
    elif isinstance(condition, Compare):
        right = condition.right.items if isinstance(condition.right, Listed) else (condition.right,)
        yield from (value.name for value in (condition.left, *right) if isinstance(value, Name))
    else:
        for part in condition.parts:
            yield from _names(part)


def _refuse(message: str, hint: str, offset: int | None = None) -> NoReturn:
    raise DateProblem("not-a-condition", message, hint, offset=offset)


def _check_day(token: str, place: int) -> None:
    """Refuse a word that begins like a number and is neither a number nor a day."""
    if not _DAY_LETTERS.issuperset(token):
        hint = f"write it in quotes: '{token}'"
        _refuse(f"{shown(token)} is neither a name nor a number", hint, place)
    try:
        parse_due(token)
    except DateProblem as problem:
        _refuse(problem.message, problem.hint, place)


class _Reader:
    """One pass over the tokens of a text. A token is its text and its place; quotes are kept."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> str:
        return self.tokens[self.at][0]

    @property
    def place(self) -> int:
        return self.tokens[self.at][1]

    def take(self) -> str:
        token = self.next
        self.at += 1
        return token

    def whole(self) -> Condition:
        if not self.next:
            _refuse("the condition is empty", _EXAMPLE, 0)
        condition = self.either()
        if self.next in _OPERATORS or self.next == "in":
            hint = "write two comparisons joined with `and`"
            _refuse("two comparisons follow each other", hint, self.place)
        if self.next:
            hint = "write `and` or `or` between two comparisons, and put words in quotes"
            _refuse(f"{shown(self.next)} is not expected here", hint, self.place)
        return condition

    def either(self) -> Condition:
        parts = [self.both()]
        while self.next == "or":
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def both(self) -> Condition:
        parts = [self.single()]
        while self.next == "and":
            self.take()
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def single(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            hint = "write it with fewer parentheses"
            _refuse(f"the condition is nested more than {DEEPEST} deep", hint, self.place)
        condition = self.grouped()
        self.depth -= 1
        return condition

    def grouped(self) -> Condition:
        if self.next == "not":
            self.take()
            return Not(self.single())
        if self.next != "(":
            return self.comparison()
        opened = self.place
        self.take()
        condition = self.either()
        if self.next != ")":
            _refuse("a parenthesis is not closed", "write `)` where it ends", opened)
        self.take()
        return condition

    def comparison(self) -> Compare:
        start = self.place
        left = self.value()
        operator = self.operator(left)
        if operator in ("in", "not in"):
            return Compare(operator, left, self.listed())
        right = self.value()
        if operator in ("<", "<=", ">", ">="):
            check_order(left, operator, right, start)
        return Compare(operator, left, right)

    def operator(self, left: Name | Literal) -> str:
        word, place = self.tokens[self.at]
        if word in _OPERATORS or word == "in":
            return self.take()
        if word == "not" and self.tokens[self.at + 1][0] == "in":
            self.at += 2
            return "not in"
        if word == "is":
            _refuse("`is` does not compare", "write ==", place)
        value = left.name if isinstance(left, Name) else left.text
        message = f"nothing is said about {shown(value)}"
        return _refuse(message, f"compare it, such as `{value} == 'yes'`", place)

    def listed(self) -> Listed:
        opened, place = self.tokens[self.at]
        if opened not in _BRACKETS:
            _refuse("`in` needs a list", "write the values in brackets, such as ['a', 'b']", place)
        self.take()
        items = [self.value()]
        while self.next == ",":
            self.take()
            if self.next == _BRACKETS[opened]:
                break
            items.append(self.value())
        if self.next != _BRACKETS[opened]:
            hint = f"write commas between the values and `{_BRACKETS[opened]}` at the end"
            _refuse("the list is not closed", hint, place)
        self.take()
        return Listed(tuple(items))

    def value(self) -> Name | Literal:
        token, place = self.tokens[self.at]
        if not token:
            _refuse("the condition ends too early", _EXAMPLE, place)
        if token[0] in "'\"":
            self.take()
            return Literal(token[1:-1].replace(token[0] * 2, token[0]), quoted=True)
        if token in _KEYWORDS or not (token[0].isalnum() or token[0] in "-+_"):
            _refuse(f"a name or a value is missing before `{token}`", _EXAMPLE, place)
        self.take()
        if token[0].isalpha() or token[0] == "_":
            return Name(token)
        if not is_number(token):
            _check_day(token, place)
        return Literal(token)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Split a text into quoted texts, words, operators and brackets; the last token is empty."""
    at = 0
    while at < len(text):
        char = text[at]
        if char in " \t\n\r":
            at += 1
            continue
        end = _end_of_token(text, at)
        if text[at:end] in _MISTAKEN:
            _refuse(f"`{text[at:end]}` is not used here", _MISTAKEN[text[at:end]], at)
        yield text[at:end], at
        at = end
    yield "", len(text)


def _end_of_token(text: str, at: int) -> int:
    char = text[at]
    if char in "'\"":
        return _end_of_quoted(text, at)
    if char in "()[]{},":
        return at + 1
    end = at
    if char in "=!<>&|":
        while end < len(text) and text[end] in "=!<>&|":
            end += 1
        operator = text[at:end]
        if operator not in _OPERATORS and operator not in _MISTAKEN:
            _refuse(f"`{operator}` does not compare", "write one of == != < <= > >=", at)
        return end
    while end < len(text) and (text[end].isalnum() or text[end] in "_-+.:/"):
        end += 1
    if end == at:
        _refuse(f"`{char}` is not used in a condition", "put text in quotes", at)
    return end


def _end_of_quoted(text: str, at: int) -> int:
    """Return the end of a quoted text; a doubled quote stands for itself."""
    end = text.find(text[at], at + 1)
    while end != -1 and text[end + 1 : end + 2] == text[at]:
        end = text.find(text[at], end + 2)
    if end == -1:
        _refuse("a quote is not closed", f"write {text[at]} where the text ends", at)
    return end + 1
