"""Readers of single values: from a scalar node, or a list of names, to what the model holds.

A reader takes a node and the notebook of the file, and returns the value, or None after noting
what is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeAlias

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nextstep.dates.days import DateProblem, parse_day, parse_due, parse_instant, parse_length
from nextstep.files import field_rules as rules
from nextstep.files import fields as f
from nextstep.files.reading import Reading
from nextstep.model.time import DueWord, Rule

Reader: TypeAlias = Callable[[Node, Reading], Any]

_LONGEST_COUNT = 9
_LONGEST_NEED = 3
_NOT_GIVEN = frozenset({"", "~", "null", "Null", "NULL"})
_ONE_NAME = "one name"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FLAGS = {"true": True, "false": False}
_YES_OR_NO = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def is_given(node: Node) -> bool:
    """Return whether a node holds a value: a plain `~` and a text without a sign do not."""
    if not isinstance(node, ScalarNode):
        return True
    value: str = node.value
    if value in _NOT_GIVEN:
        return bool(value and node.style)
    return not value.isspace()


def scalar(node: Node, reading: Reading, wanted: str) -> str | None:
    """Return the text of a scalar, a block one without its last line end; note anything else."""
    if not isinstance(node, ScalarNode):
        reading.found(
            rules.WRONG_SHAPE,
            node,
            f"{shape_of(node)} stands where {wanted} belongs",
            f"write {wanted}{_first_of(node) if wanted == _ONE_NAME else ''}",
        )
        return None
    return text_of(node)


def text_of(node: ScalarNode) -> str:
    """Return what a scalar says: a block one without its last line ends."""
    value: str = node.value
    return value.rstrip("\n") if node.style and node.style in "|>" else value


def _first_of(node: Node) -> str:
    """Return an example out of a list of names, or nothing."""
    first = node.value[0] if isinstance(node, SequenceNode) and node.value else None
    return f", such as `{first.value[:80]}`" if isinstance(first, ScalarNode) else ""


def shape_of(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, MappingNode):
        return "a map"
    return "a list" if isinstance(node, SequenceNode) else "a single value"


def _words(limit: int, *, lines: bool) -> Reader:
    def read(node: Node, reading: Reading) -> str | None:
        value = scalar(node, reading, "text")
        if value is None:
            return None
        if len(value) > limit:
            reading.found(
                rules.TEXT_TOO_LONG,
                node,
                f"this text has {len(value)} characters, and {limit} is the most",
                "say it in fewer words, and keep the rest in a page of its own",
            )
            return None
        if not lines and "\n" in value:
            reading.found(
                rules.SEVERAL_LINES,
                node,
                "this text runs over several lines",
                "write it on one line, or use `>` to fold the lines into one",
            )
            return None
        return value

    return read


def _name(node: Node, reading: Reading) -> str | None:
    value = scalar(node, reading, _ONE_NAME)
    if value is None:
        return None
    if len(value) > f.NAME_LIMIT or "\n" in value:
        reading.found(
            rules.TEXT_TOO_LONG, node, "this is too long for a name", "write a short name"
        )
        return None
    return sys.intern(value)


def _names(node: Node, reading: Reading) -> tuple[str, ...] | None:
    if isinstance(node, ScalarNode):
        one = _name(node, reading)
        return None if one is None else (one,)
    if not isinstance(node, SequenceNode):
        reading.found(
            rules.WRONG_SHAPE, node, "a map stands where names belong", "write [name, name]"
        )
        return None
    return tuple(name for part in node.value if (name := _name_in_list(part, reading)) is not None)


def _name_in_list(node: Node, reading: Reading) -> str | None:
    if is_given(node):
        return _name(node, reading)
    reading.found(rules.EMPTY_VALUE, node, "one of the list has no value", "write it, or remove it")
    return None


def _choice(kind: f.Choice) -> Reader:
    words = kind.words
    listed = f"{', '.join(words[:-1])} or {words[-1]}"

    def read(node: Node, reading: Reading) -> str | bool | None:
        value = scalar(node, reading, listed)
        if value is None:
            return None
        if value not in words:
            message = f"`{value[:80]}` is not one of {listed}"
            meant = _YES_OR_NO.get(value.casefold()) if words == tuple(_FLAGS) else None
            reading.unknown_word(rules.UNKNOWN_WORD, node, message, words, meant)
            return None
        return _FLAGS.get(value, value)

    return read


def _count(kind: f.Count) -> Reader:
    def read(node: Node, reading: Reading) -> int | None:
        value = scalar(node, reading, "a number")
        if value is None:
            return None
        if not (
            value.isascii()
            and value.isdigit()
            and len(value) <= _LONGEST_COUNT
            and int(value) >= kind.least
        ):
            reading.found(
                rules.NOT_A_NUMBER,
                node,
                f"`{value[:80]}` is not a whole number from {kind.least} on",
                f"write a number such as {max(kind.least, 2)}",
            )
            return None
        return int(value)

    return read


def _need(node: Node, reading: Reading) -> str | None:
    value = scalar(node, reading, "all, any or a number")
    if value is None:
        return None
    if value in {"all", "any"} or (
        value.isascii() and value.isdigit() and 0 < len(value) <= _LONGEST_NEED
    ):
        return value
    reading.found(
        rules.UNKNOWN_WORD,
        node,
        f"`{value[:80]}` is not all, any or a number",
        "write `all`, `any`, or how many votes are needed",
    )
    return None


def _dated(parse: Callable[[str], Any], wanted: str) -> Reader:
    def read(node: Node, reading: Reading) -> Any:
        value = scalar(node, reading, wanted)
        if value is None:
            return None
        try:
            return parse(value)
        except DateProblem as problem:
            reading.no_date(node, problem)
            return None

    return read


def _when(kind: f.When) -> Reader:
    from nextstep.dates.conditions import parse_condition

    del kind
    return _dated(parse_condition, "a condition")


def _due(kind: f.DueDate) -> Reader:
    read_due = _dated(parse_due, "a date")

    def read(node: Node, reading: Reading) -> Any:
        due = read_due(node, reading)
        if due is DueWord.NONE and not kind.undated:
            from nextstep.files.date_rules import UNDATED

            reading.found(
                UNDATED,
                node,
                "`none` is no date that a commitment can have",
                "write a date or `asap`; leave `due` out while no date is agreed",
            )
            return None
        return due

    return read


def plain(node: Node) -> Any:
    """Return a node as dicts, lists and texts."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(part) for part in node.value]
    return {key.value: plain(value) for key, value in node.value}


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    return str(value)


def _time_rule(node: Node, reading: Reading) -> Rule | None:
    from nextstep.dates import expressions

    said = plain(node)
    try:
        return Rule(text=_flow(said), expression=expressions.parse(said))
    except DateProblem as problem:
        reading.no_date(_part(node, getattr(problem, "keys", ())), problem)
        return None


def _part(node: Node, keys: tuple[str | int, ...]) -> Node:
    for key in keys:
        if isinstance(key, int) and isinstance(node, SequenceNode) and key < len(node.value):
            node = node.value[key]
        elif isinstance(node, MappingNode):
            node = next((value for name, value in node.value if name.value == key), node)
    return node


def _weekdays(node: Node, reading: Reading) -> frozenset[int] | None:
    names = _names(node, reading)
    if names is None:
        return None
    wrong = [name for name in names if name.casefold()[:3] not in WEEKDAYS]
    if wrong or not names:
        reading.found(
            rules.UNKNOWN_WORD,
            node,
            f"`{wrong[0][:80]}` is no day of the week" if wrong else "no day is worked",
            "write days such as [mon, tue, wed, thu, fri]",
        )
        return None
    return frozenset(WEEKDAYS.index(name.casefold()[:3]) for name in names)


def _repeat(node: Node, reading: Reading) -> str | None:
    from nextstep.dates.recurrence import parse_recurrence

    value = scalar(node, reading, "a recurrence")
    if value is None:
        return None
    try:
        parse_recurrence(value)
    except DateProblem as problem:
        reading.no_date(node, problem, in_part=True)
        return None
    return value


def _always(read: Reader) -> Callable[[Any], Reader]:
    """Return the maker for a kind that has nothing to set."""

    def make(kind: f.Kind) -> Reader:
        del kind
        return read

    return make


SCALARS: dict[type, Callable[[Any], Reader]] = {
    f.Text: lambda kind: _words(kind.limit, lines=False),
    f.Prose: lambda kind: _words(kind.limit, lines=True),
    f.Name: _always(_name),
    f.Names: _always(_names),
    f.Choice: _choice,
    f.Flag: _always(_choice(f.Choice(("true", "false")))),
    f.Count: _count,
    f.Need: _always(_need),
    f.DayOnly: _always(_dated(parse_day, "a date")),
    f.DueDate: _due,
    f.Instant: _always(_dated(parse_instant, "an instant")),
    f.LengthOfTime: _always(_dated(parse_length, "a length of time")),
    f.TimeRule: _always(_time_rule),
    f.When: _when,
    f.Repeat: _always(_repeat),
    f.Weekdays: _always(_weekdays),
    f.EventRef: _always(_dated(parse_instant, "an instant")),
}
"""How the reader of each kind of single value is made."""
