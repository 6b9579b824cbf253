"""What a file says, as plain data: before a change, as it is meant to be, and after it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.layout import Keys
from nextstep.files.nodes import is_given, text_of
from nextstep.files.splice_scalars import Plain
from nextstep.files.syntax import parse
from nextstep.files.syntax_parser import TAG
from nextstep.model.source import Source


class NotGiven(str):
    """An empty value, or `~`: there is nothing, although its place is named."""

    __slots__ = ()


def root_of(source: Source) -> MappingNode:
    """Return the map that a file is. Raises NextstepError where it cannot be read."""
    document = parse(source)
    if document.root is None:
        found = document.findings[0]
        place = f"{found.path}:{found.span.line}" if found.span else found.path
        raise NextstepError(f"{place} cannot be read: {found.message}", found.hint)
    return document.root


def tree_of(node: Node) -> Any:
    """Return a node as texts, lists and dicts; a block text without its last line ends."""
    if isinstance(node, MappingNode):
        return {key.value: tree_of(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [tree_of(part) for part in node.value]
    if not isinstance(node, ScalarNode) or not is_given(node):
        return NotGiven()
    return text_of(node)


def meant(value: Plain) -> Any:
    """Return a value as `tree_of` will find it."""
    if isinstance(value, dict):
        return {key: meant(part) for key, part in value.items()}
    if isinstance(value, list):
        return [meant(part) for part in value]
    return str(value) if is_given(ScalarNode(TAG, value, style='"')) else NotGiven()


def with_value(tree: Any, keys: Keys, value: Plain, short: str) -> Any:
    """Return the tree with a value at a place; maps on the way that are missing are made.

    ``short`` names the field that a text stands for where the map of the last key belongs.
    """
    tree = deepcopy(tree)
    at = tree
    for place, key in enumerate(keys[:-1]):
        inner = at.get(key, NotGiven()) if isinstance(at, dict) else at[key]
        if isinstance(inner, str):
            last = place == len(keys) - 2
            inner = {short: inner} if last and short and not isinstance(inner, NotGiven) else {}
            at[key] = inner
        at = inner
    at[keys[-1]] = meant(value)
    return tree


def with_entry(tree: Any, keys: Keys, value: Plain) -> Any:
    """Return the tree with one more entry in the list at a place."""
    there = value_at(tree, keys)
    if isinstance(there, NotGiven):
        return with_value(tree, keys, [value], "")
    tree = deepcopy(tree)
    entries = there if isinstance(there, list) else [there]
    value_at(tree, keys[:-1])[keys[-1]] = [*entries, meant(value)]
    return tree


def without(tree: Any, keys: Keys) -> Any:
    """Return the tree without what is at a place."""
    tree = deepcopy(tree)
    del value_at(tree, keys[:-1])[keys[-1]]
    return tree


def value_at(tree: Any, keys: Keys) -> Any:
    """Return what a tree has at a place; `NotGiven` where the way ends before."""
    for key in keys:
        if isinstance(tree, dict):
            tree = tree.get(key, NotGiven())
        elif isinstance(tree, list) and isinstance(key, int) and 0 <= key < len(tree):
            tree = tree[key]
        else:
            return NotGiven()
    return tree


def shown_place(keys: Keys) -> str:
    """Return a place as people name it: `steps.3.due` is the due of the fourth step."""
    return ".".join(str(key) for key in keys)


def refusal(path: str, what: str, by_hand: str) -> NextstepError:
    """Return why a file stays as it is, and what to write into it by hand."""
    return NextstepError(f"{path} was not changed: {what}", by_hand)
