"""Readers of single values, and of lists and maps of them. A record among them is for `records`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from yaml.nodes import MappingNode, Node, SequenceNode

from nextstep.files import field_rules as rules
from nextstep.files import fields as f
from nextstep.files.nodes import is_given, shape_of
from nextstep.files.reading import Reading
from nextstep.files.scalars import SCALARS, Reader
from nextstep.files.time_scalars import TIME_SCALARS


@cache
def value_reader(kind: f.Kind) -> Reader:
    """Return the function that reads a value of this kind; the kind holds no record and no log."""
    return _MAKERS[type(kind)](kind)


def list_of(read_one: Reader) -> Reader:
    """Return the reader of a list; one value alone is a list of one."""

    def read(node: Node, reading: Reading) -> tuple[Any, ...]:
        nodes = node.value if isinstance(node, SequenceNode) else [node]
        values = []
        for part in nodes:
            if not is_given(part):
                reading.found(
                    rules.EMPTY_VALUE,
                    part,
                    "one of the list has no value",
                    "write it, or remove it",
                )
            elif (value := read_one(part, reading)) is not None:
                values.append(value)
        return tuple(values)

    return read


def map_of(keys: str, read_one: Reader) -> Reader:
    """Return the reader of values by a free name; ``keys`` says what the names are."""

    def read(node: Node, reading: Reading) -> dict[str, Any] | None:
        if not is_map(node, reading, f"write {{{keys}: value}}, or a line for each"):
            return None
        values = {}
        for key, part in node.value:
            if not is_given(part):
                reading.empty(key, "a value")
            elif (value := read_one(part, reading)) is not None:
                values[key.value] = value
        return values

    return read


def is_map(node: Node, reading: Reading, hint: str) -> bool:
    """Whether a node is a map; note it if it is not, with what to write instead."""
    if isinstance(node, MappingNode):
        return True
    message = f"{shape_of(node)} stands where a map belongs"
    reading.found(rules.WRONG_SHAPE, node, message, hint)
    return False


_MAKERS: dict[type, Callable[[Any], Reader]] = {
    **SCALARS,
    **TIME_SCALARS,
    f.ListOf: lambda kind: list_of(value_reader(kind.of)),
    f.MapOf: lambda kind: map_of(kind.keys, value_reader(kind.of)),
}
