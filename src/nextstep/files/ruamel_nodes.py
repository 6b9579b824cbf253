"""The reader's second parser, for a PyYAML without libyaml: ruamel's events as PyYAML's nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import error as ruamel_error
from yaml import events
from yaml.composer import ComposerError
from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

TAG = "text"


def compose(data: bytes) -> Node | None:
    """Return the root node of UTF-8 bytes without a byte order mark, None without content.

    Raises yaml.YAMLError, as libyaml's composer does, also for a second document.
    """
    composer = _Composer()
    for event in read_events(data):
        composer.take(event)
    return composer.root


class _Composer:
    """Builds the tree of one document from events."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._documents = 0
        self._opened: list[tuple[CollectionNode, list[Node]]] = []

    def take(self, event: Any) -> None:
        """Add what an event says."""
        start, end = event.start_mark, event.end_mark
        if isinstance(event, events.ScalarEvent):
            self._add(ScalarNode(TAG, event.value, start, end, event.style))
        elif isinstance(event, events.CollectionStartEvent):
            kind = MappingNode if isinstance(event, events.MappingStartEvent) else SequenceNode
            node = kind(TAG, [], start, end, event.flow_style)
            self._add(node)
            self._opened.append((node, []))
        elif isinstance(event, events.CollectionEndEvent):
            closed, parts = self._opened.pop()
            closed.end_mark = end
            paired = isinstance(closed, MappingNode)
            closed.value = list(zip(parts[::2], parts[1::2], strict=True)) if paired else parts
        elif isinstance(event, events.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise ComposerError(None, None, "a second document", start)

    def _add(self, node: Node) -> None:
        if self._opened:
            self._opened[-1][1].append(node)
        else:
            self.root = node


def read_events(data: bytes) -> Iterator[events.Event]:
    """Yield ruamel's events as PyYAML's, with equal marks. Raises yaml.YAMLError."""
    text = data.decode()
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            yield _event(event)
    except ruamel_error.MarkedYAMLError as error:
        raise MarkedYAMLError(
            error.context,
            error.context_mark and _mark(error.context_mark),
            error.problem,
            error.problem_mark and _mark(error.problem_mark),
        ) from None
    except (ruamel_error.YAMLError, ValueError, AssertionError) as error:
        # Beside its own errors ruamel lets two through: chr() of an escape that is no character,
        # and an assertion on a `%YAML` that is not 1.1 or 1.2.
        raise YAMLError(str(error)) from None


def _event(event: Any) -> events.Event:
    start, end = _mark(event.start_mark), _mark(event.end_mark)
    match type(event).__name__:
        case "ScalarEvent":
            return events.ScalarEvent(
                event.anchor, _tag(event), event.implicit, event.value, start, end, event.style
            )
        case "AliasEvent":
            return events.AliasEvent(event.anchor, start, end)
        case "SequenceStartEvent" | "MappingStartEvent" as name:
            kind = getattr(events, name)
            started: events.Event = kind(
                event.anchor, _tag(event), event.implicit, start, end, event.flow_style
            )
            return started
        case "DocumentStartEvent":
            return events.DocumentStartEvent(start, end, event.explicit, event.version, event.tags)
        case "DocumentEndEvent":
            return events.DocumentEndEvent(start, end, event.explicit)
        case name:
            plain: events.Event = getattr(events, name)(start, end)
            return plain


def _tag(event: Any) -> str | None:
    return None if event.ctag is None else str(event.ctag)


def _mark(mark: Any) -> Mark:
    return Mark(mark.name, mark.index, mark.line, mark.column, None, 0)
