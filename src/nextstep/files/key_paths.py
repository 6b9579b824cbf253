"""The name of a place in a file that stays the same when lines above it come or go."""

from __future__ import annotations

from functools import lru_cache

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nextstep.diagnostics.diagnostic import Span
from nextstep.files.nodes import span_of
from nextstep.files.syntax import parse
from nextstep.model.source import Source

_NAMING = ("id", "at", "item", "what")


def key_path(source: Source, span: Span | None) -> str:
    """Return where a span is, by keys: ``steps.collect.handoff.to``, ``log.2026-11-12T15:10Z.by``.

    An entry of a list is named by its ``id``, else by its ``at``, ``item`` or ``what``, else by
    its own text; one that has none of these is ``*``. Empty for a file as a whole, and where the
    file cannot be read.
    """
    if span is None:
        return ""
    return _paths(source).get((span.line, span.column), "")


def fields_around(source: Source, span: Span) -> tuple[str, ...]:
    """Return the names of the fields in whose values a span begins, from the outermost in."""
    names: list[str] = []
    node: Node | None = parse(source).root
    while node is not None:
        ahead: list[tuple[str | None, Node]] = []
        if isinstance(node, MappingNode):
            ahead = [(key.value, value) for key, value in node.value]
        elif isinstance(node, SequenceNode):
            ahead = [(None, part) for part in node.value]
        name, node = next((one for one in ahead if _begins_in(span, one[1])), (None, None))
        names += [name] if name is not None else []
    return tuple(names)


def _begins_in(span: Span, node: Node) -> bool:
    around = span_of(node)
    start = (span.line, span.column)
    return (around.line, around.column) <= start < (around.end_line, around.end_column)


@lru_cache(maxsize=4)
def _paths(source: Source) -> dict[tuple[int, int], str]:
    root = parse(source).root
    paths: dict[tuple[int, int], str] = {}
    ahead: list[tuple[str, Node]] = [] if root is None else [("", root)]
    while ahead:
        path, node = ahead.pop()
        span = span_of(node)
        known = paths.get((span.line, span.column), "")
        paths[span.line, span.column] = max(known, path, key=len)
        if isinstance(node, MappingNode):
            for key, value in node.value:
                inner = f"{path}.{key.value}".lstrip(".")
                ahead += ((inner, key), (inner, value))
        elif isinstance(node, SequenceNode):
            ahead += ((f"{path}.{_name(part)}", part) for part in node.value)
    return paths


def _name(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return str(node.value)
    if isinstance(node, MappingNode):
        given = {key.value: value.value for key, value in node.value}
        for naming in _NAMING:
            if isinstance(given.get(naming), str):
                return str(given[naming])
    return "*"
