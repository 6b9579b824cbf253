"""Readers of single values: from a scalar node, or a list of names, to what the model holds.

A reader takes a node and the notebook of the file, and returns the value, or None after noting
what is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeAlias

from yaml.nodes import Node, ScalarNode, SequenceNode

from nextstep.dates.words import listed
from nextstep.files import field_rules as rules
from nextstep.files import fields as f
from nextstep.files.nodes import is_given, shape_of, text_of
from nextstep.files.reading import Reading

Reader: TypeAlias = Callable[[Node, Reading], Any]

_LONGEST_COUNT = 9
_LONGEST_NEED = 3
_ONE_NAME = "one name"
_FLAGS = {"true": True, "false": False}
_YES_OR_NO = {"yes": "true", "on": "true", "no": "false", "off": "false"}


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


def _first_of(node: Node) -> str:
    """Return an example out of a list of names, or nothing."""
    first = node.value[0] if isinstance(node, SequenceNode) and node.value else None
    return f", such as `{first.value[:80]}`" if isinstance(first, ScalarNode) else ""


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
    wanted = listed(words, "or")

    def read(node: Node, reading: Reading) -> str | bool | None:
        value = scalar(node, reading, wanted)
        if value is None:
            return None
        if value not in words:
            message = f"`{value[:80]}` is not one of {wanted}"
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


def _weekdays(node: Node, reading: Reading) -> frozenset[int] | None:
    from nextstep.dates.names import WEEKDAY_NUMBERS

    names = _names(node, reading)
    if names is None:
        return None
    days = {name: WEEKDAY_NUMBERS.get(name.casefold()[:3]) for name in names}
    wrong = [name for name, day in days.items() if day is None]
    if wrong or not names:
        reading.found(
            rules.UNKNOWN_WORD,
            node,
            f"`{wrong[0][:80]}` is no day of the week" if wrong else "no day is worked",
            "write days such as [mon, tue, wed, thu, fri]",
        )
        return None
    return frozenset(day for day in days.values() if day is not None)


def always(read: Reader) -> Callable[[Any], Reader]:
    """Return the maker for a kind that has nothing to set."""

    def make(kind: f.Kind) -> Reader:
        del kind
        return read

    return make


SCALARS: dict[type, Callable[[Any], Reader]] = {
    f.Text: lambda kind: _words(kind.limit, lines=False),
    f.Prose: lambda kind: _words(kind.limit, lines=True),
    f.Name: always(_name),
    f.Names: always(_names),
    f.Choice: _choice,
    f.Flag: always(_choice(f.Choice(("true", "false")))),
    f.Count: _count,
    f.Need: always(_need),
    f.Weekdays: always(_weekdays),
}
"""How the reader of each kind of single value is made; those of time are in `time_scalars`."""
