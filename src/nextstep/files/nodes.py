"""What a node is and says, and where, whichever field it is of."""

from __future__ import annotations

from typing import Any

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from nextstep.diagnostics.diagnostic import Span

_NOT_GIVEN = frozenset({"", "~", "null", "Null", "NULL"})


def is_given(node: Node) -> bool:
    """Return whether a node holds a value: a plain `~` and a text without a sign do not."""
    if not isinstance(node, ScalarNode):
        return True
    value: str = node.value
    if value in _NOT_GIVEN:
        return bool(value and node.style)
    return not value.isspace()


def text_of(node: ScalarNode) -> str:
    """Return what a scalar says: a block one without its last line ends."""
    value: str = node.value
    return value.rstrip("\n") if node.style and node.style in "|>" else value


def says(node: Node, name: str) -> bool:
    """Return whether a map gives this field a value."""
    return any(key.value == name and is_given(value) for key, value in node.value)


def value_of(node: Node, name: str) -> Node:
    """Return what a map gives a field, the map itself where it does not speak of that field."""
    return next((value for key, value in node.value if key.value == name), node)


def shape_of(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, MappingNode):
        return "a map"
    return "a list" if isinstance(node, SequenceNode) else "a single value"


def span_of(node: Node) -> Span:
    """Return the place of a node. A block list or map ends with its last entry."""
    last = node
    while isinstance(last, CollectionNode) and last.value and not last.flow_style:
        last = last.value[-1][1] if last.__class__ is MappingNode else last.value[-1]
    start, end = node.start_mark, last.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def plain(node: Node) -> Any:
    """Return a node as dicts, lists and texts."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(part) for part in node.value]
    return {key.value: plain(value) for key, value in node.value}
