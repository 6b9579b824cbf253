"""Where things stand in the text of a file: what a field's lines are, and where new ones go."""

from __future__ import annotations

import re

from msgspec import Struct
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from nextstep.files import fields as f
from nextstep.files.comments import comments_of
from nextstep.files.layout import Keys, child_of, declared_at, record_of
from nextstep.files.splice_text import (
    is_blank,
    line_above,
    line_start,
    line_stop,
    next_line,
    text_of,
)
from nextstep.files.syntax_places import position
from nextstep.model.source import Source


class File(Struct, frozen=True):
    """A file that can be read: its source, its text without a byte order mark, its nodes."""

    source: Source
    text: str
    root: MappingNode

    @property
    def record(self) -> f.Record:
        """The declaration of its fields."""
        return record_of(self.source.path, self.root)

    def node(self, keys: Keys) -> Node | None:
        """Return the node at a place, or None where the way ends before."""
        node: Node = self.root
        for key in keys:
            pair = child_of(node, key)
            if pair is None:
                return None
            node = pair[1]
        return node

    def in_brackets(self, keys: Keys) -> bool:
        """Return whether what is at a place stands within brackets or braces."""
        nodes = (self.node(keys[:depth]) for depth in range(len(keys)))
        return any(isinstance(node, CollectionNode) and node.flow_style for node in nodes)

    def is_log(self, keys: Keys) -> bool:
        """Return whether the entries of the list at a place are events."""
        return isinstance(declared_at(self.record, keys), f.Log)

    def end(self, node: Node) -> int:
        """Return where the text of a node really ends: that of a block with its last line."""
        while isinstance(node, CollectionNode) and node.value and not node.flow_style:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        start, end = node.start_mark.index, node.end_mark.index
        if isinstance(node, ScalarNode) and node.style and node.style in "|>":
            return start + len(self.text[start:end].rstrip())
        return int(end)

    def after_colon(self, key: Node) -> int | None:
        """Return where the colon behind a key ends; None where the key stands in another way."""
        found = re.compile(r"[ \t]*:").match(self.text, key.end_mark.index)
        return found.end() if found else None

    def below(self, node: Node, column: int) -> int:
        """Return where a line that begins in a column can stand below a node.

        Comments that are indented further belong to what is above, and stay with it.
        """
        at = next_line(self.text, self.end(node))
        ahead = at
        while ahead < len(self.text):
            stop = line_stop(self.text, ahead)
            line = self.text[ahead:stop]
            if line.strip() and not _is_comment_right_of(line, column):
                break
            ahead = next_line(self.text, ahead)
            if line.strip():
                at = ahead
        return at

    def above(self, key: Node, least: int) -> int:
        """Return where lines can stand above a key: above its comments, from ``least`` on.

        Comments that are indented further would belong to what comes above them.
        """
        at = line_start(self.text, key.start_mark.index)
        if self.text[at : key.start_mark.index].strip():
            return int(key.start_mark.index)
        while at > least:
            before = line_above(self.text, at)
            line = self.text[before:at]
            if not line.lstrip().startswith("#") or _is_comment_right_of(
                line, key.start_mark.column
            ):
                break
            at = before
        return at

    def is_blank_at(self, offset: int) -> bool:
        """Return whether the line that begins at an offset is there and holds nothing."""
        return is_blank(self.text, offset)

    def has_comment(self, start: int, end: int) -> bool:
        """Return whether a comment begins between two offsets."""
        if "#" not in self.text[start:end]:
            return False
        first, last = position(self.text, start), position(self.text, end)
        comments = comments_of(self.source, "#")
        return any(first <= (comment.line, comment.column) < last for comment in comments)


def _is_comment_right_of(line: str, column: int) -> bool:
    """Whether a line holds nothing but a comment that is indented further than a column."""
    inside = line.lstrip(" ")
    return inside.lstrip().startswith("#") and len(line) - len(inside) > column


def file_of(source: Source, root: MappingNode) -> File:
    """Return a file whose nodes are known."""
    return File(source, text_of(source), root)
