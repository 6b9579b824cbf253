"""The reader's second parser, for a PyYAML without libyaml: ruamel's events as PyYAML's nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import error as ruamel_error
from yaml import events
from yaml.composer import ComposerError
from yaml.error import Mark, MarkedYAMLError
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from nextstep.files.syntax_places import split_lines

TAG = "text"
_COMMENT = re.compile(r"#[^\r\n]*")
_ESCAPE = re.compile(r"\\U[0-9a-fA-F]{8}")
_NOTHING = re.compile(r"(?:\s|#[^\r\n]*)*")


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
    places = _Places(text)
    try:
        for foreign in YAML(typ="safe", pure=True).parse(text):
            event = _event(foreign)
            places.settle(event)
            yield event
    except ruamel_error.MarkedYAMLError as error:
        raise MarkedYAMLError(
            error.context,
            error.context_mark and _mark(error.context_mark),
            error.problem,
            error.problem_mark and _mark(error.problem_mark),
        ) from None
    except ValueError:
        # ruamel lets through what chr() says to an escape that is no character.
        raise places.escape_error() from None
    except (ruamel_error.YAMLError, AssertionError) as error:
        # And it asserts that a `%YAML` is 1.1 or 1.2.
        raise MarkedYAMLError(problem=str(error), problem_mark=places.here) from None


class _Places:
    """Moves the marks in which ruamel differs to where libyaml sees them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.here = Mark("", 0, 0, 0, None, 0)
        self._opened: list[tuple[bool, int]] = []

    def escape_error(self) -> MarkedYAMLError:
        """Return the error for the next long escape, as libyaml words and places it."""
        match = _ESCAPE.search(self._text, self.here.index)
        at = match.start() if match else self.here.index
        quote = max(self.here.index, self._text.rfind('"', 0, at))
        return MarkedYAMLError(
            "while parsing a quoted scalar",
            self._moved(self.here, self._text[self.here.index : quote]),
            "found invalid Unicode character escape code",
            self._moved(self.here, self._text[self.here.index : at]),
        )

    def settle(self, event: Any) -> None:
        """Change the marks of an event; events come in their order."""
        if isinstance(event, events.CollectionStartEvent):
            started: Any = event.start_mark
            self._opened.append((bool(event.flow_style), started.column))
        elif isinstance(event, events.CollectionEndEvent):
            in_flow, column = self._opened.pop()
            ended: Any = event.end_mark
            # Blanks that stand further out have ended the block before the text ends.
            if not in_flow and column <= ended.column:
                event.start_mark = event.end_mark = self._line_ended(ended)
        elif isinstance(event, events.ScalarEvent) and _is_missing(event):
            in_flow = bool(self._opened) and self._opened[-1][0]
            place = self._next_sign(event) if in_flow else self._after_sign(event)
            event.start_mark = event.end_mark = place
        self.here = event.end_mark

    def _line_ended(self, mark: Mark) -> Mark:
        """At the end of the text, a line without its end counts as if it had one."""
        if mark.index < len(self._text) or not mark.column:
            return mark
        return Mark(mark.name, mark.index, mark.line + 1, 0, None, 0)

    def _next_sign(self, event: Any) -> Mark:
        """In brackets, a missing value is where the next sign stands."""
        start = event.start_mark
        match = _NOTHING.match(self._text, start.index)
        return self._moved(start, match.group() if match else "")

    def _after_sign(self, event: Any) -> Mark:
        """In a block, a missing value is right after the colon or the dash before it."""
        between = _COMMENT.sub(
            lambda match: " " * len(match.group()),
            self._text[self.here.index : event.start_mark.index],
        )
        length = max(between.rfind(":"), between.rfind("-"), between.rfind("?")) + 1
        if not length:
            return self._line_ended(event.start_mark)
        return self._moved(self.here, between[:length])

    def _moved(self, mark: Mark, over: str) -> Mark:
        lines = split_lines(over)
        column = len(lines[-1]) + (mark.column if len(lines) == 1 else 0)
        return Mark("", mark.index + len(over), mark.line + len(lines) - 1, column, None, 0)


def _is_missing(event: Any) -> bool:
    return not event.value and not event.style and event.start_mark.index == event.end_mark.index


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
