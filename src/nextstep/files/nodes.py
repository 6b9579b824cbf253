"""What a node is and says, whichever field it stands in."""

from __future__ import annotations

from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

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


def shape_of(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, MappingNode):
        return "a map"
    return "a list" if isinstance(node, SequenceNode) else "a single value"


def plain(node: Node) -> Any:
    """Return a node as dicts, lists and texts."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(part) for part in node.value]
    return {key.value: plain(value) for key, value in node.value}
