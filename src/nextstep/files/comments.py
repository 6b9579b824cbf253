"""The comments of a file: what follows a `#` that is no part of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode

from nextstep.files.nodes import span_of
from nextstep.files.syntax import parse
from nextstep.files.syntax_places import BYTE_ORDER_MARK, split_lines
from nextstep.model.source import Source

_Place: TypeAlias = tuple[int, int]
_Text: TypeAlias = tuple[_Place, _Place]


class Comment(Struct, frozen=True):
    """One comment: its text from the ``#`` to the end of the line, and where the ``#`` stands."""

    text: str
    line: int
    column: int


def comments_of(source: Source, word: str) -> tuple[Comment, ...]:
    """Return the comments of a file that contain a word, in order.

    A file that cannot be read has none: nobody can tell its comments from its texts.
    """
    root = parse(source).root
    if root is None:
        return ()
    texts = sorted(_text_of(node) for node in scalars_of(root))
    lines = split_lines(source.data.removeprefix(BYTE_ORDER_MARK).decode(errors="replace"))
    found = (_comment(line, number, texts) for number, line in enumerate(lines, 1) if word in line)
    return tuple(comment for comment in found if comment is not None and word in comment.text)


def _comment(line: str, number: int, texts: list[_Text]) -> Comment | None:
    column = line.find("#") + 1
    while column:
        begins = column == 1 or line[column - 2] in " \t"
        if begins and not _is_text(texts, (number, column)):
            return Comment(line[column - 1 :], number, column)
        column = line.find("#", column) + 1
    return None


def scalars_of(root: Node) -> Iterator[ScalarNode]:
    """Yield every scalar below a node, the names of fields among them, in no order."""
    ahead = [root]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ScalarNode):
            yield node
        elif isinstance(node, MappingNode):
            ahead.extend(part for pair in node.value for part in pair)
        else:
            ahead.extend(node.value)


def _text_of(node: ScalarNode) -> _Text:
    """Return where the text of a scalar stands: that of a block begins below its sign."""
    span = span_of(node)
    begin = (span.line + 1, 1) if node.style and node.style in "|>" else (span.line, span.column)
    return begin, (span.end_line, span.end_column)


def _is_text(texts: list[_Text], place: _Place) -> bool:
    """Return whether a place is within one of the texts, which are in order and apart."""
    before = bisect_right(texts, place, key=_begin)
    return before > 0 and place < texts[before - 1][1]


def _begin(text: _Text) -> _Place:
    return text[0]
