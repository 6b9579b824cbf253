"""One layout for every file: what it says stays the same, and so does every comment.

Fields stand in the order in which they are declared, with a blank line between those that different
people change and between steps; events in the order of time. No spaces at the end of a line, never
two blank lines, one line end at the end. Quotes, wrapped text, brackets and line ends stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from yaml.nodes import MappingNode, Node, SequenceNode

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.events import read_event
from nextstep.files.formatting_lines import tidy
from nextstep.files.formatting_order import in_order
from nextstep.files.layout import Keys, group_of, order_at
from nextstep.files.reading import Reading
from nextstep.files.splice_place import File, file_of
from nextstep.files.splice_text import Edit, end_at, line_start, replaced
from nextstep.files.splice_tree import root_of, tree_of
from nextstep.files.syntax import parse
from nextstep.files.syntax_limits import MAX_DEPTH
from nextstep.files.syntax_places import BYTE_ORDER_MARK
from nextstep.model.source import Source

LOG, STEPS = "log", "steps"


def formatted(source: Source) -> bytes:
    """Return the bytes of a file in the published layout.

    Raises NextstepError where the file cannot be read.
    """
    read = file_of(source, root_of(source))
    file = _again(read, tidy(read))
    for depth in range(MAX_DEPTH):
        edits = [edit for edit in _orders(file, depth) if edit is not None]
        if edits:
            file = _again(file, replaced(file.text, edits))
    file = _again(file, replaced(file.text, _apart(file)))
    file = _again(file, tidy(file))
    if file is not read and _said(file) != _said(read):
        raise _left(source)
    return file.source.data


def _again(file: File, text: str) -> File:
    """Return a file with another text, its byte order mark kept."""
    if text == file.text:
        return file
    source = file.source
    mark = BYTE_ORDER_MARK if source.data.startswith(BYTE_ORDER_MARK) else b""
    again = Source(source.path, mark + text.encode())
    root = parse(again).root
    if root is None:
        raise _left(source)
    return file_of(again, root)


def _left(source: Source) -> NextstepError:
    message = f"{source.path} was left as it is: another layout would say something else"
    return NextstepError(message, "lay it out by hand")


def _said(file: File) -> object:
    """Return what a file says, whatever the order of its log."""
    said = tree_of(file.root)
    if isinstance(said.get(LOG), list):
        said[LOG] = sorted(said[LOG], key=repr)
    return said


def _orders(file: File, depth: int) -> Iterator[Edit | None]:
    """Yield what puts the maps so many levels down, and the log, in order."""
    for keys, node in _blocks(file, depth):
        if isinstance(node, MappingNode):
            order = order_at(file.record, keys)
            yield in_order(file, node, _ranks(node, order)) if order else None
        elif keys == (LOG,) and file.is_log(keys):
            yield in_order(file, node, _moments(file, node))


def _ranks(node: MappingNode, order: tuple[str, ...]) -> list[tuple[int, str]]:
    """Return the place of each field; an undeclared one keeps to the field above it."""
    rank, ranks = -1, []
    for key, _ in node.value:
        rank = order.index(key.value) if key.value in order else rank
        ranks.append((rank, ""))
    return ranks


def _moments(file: File, node: SequenceNode) -> list[tuple[int, str]]:
    """Return the place of each event; where one cannot be read, all stay."""
    reading = Reading(file.source.path)
    events = [read_event(part, reading, index) for index, part in enumerate(node.value)]
    known = [event for event in events if event is not None]
    if len(known) < len(events):
        return [(0, "")] * len(events)
    moments = sorted({event.at for event in known})
    return [(moments.index(event.at), event.canonical) for event in known]


def _blocks(file: File, depth: int) -> Iterator[tuple[Keys, MappingNode | SequenceNode]]:
    """Yield the maps and lists with lines of their own so many levels down."""
    level: list[tuple[Keys, Node]] = [((), file.root)]
    for _ in range(depth):
        level = [inner for keys, node in level for inner in _inside(keys, node)]
    for keys, node in level:
        if isinstance(node, MappingNode | SequenceNode) and not node.flow_style:
            yield keys, node


def _inside(keys: Keys, node: Node) -> Iterator[tuple[Keys, Node]]:
    if isinstance(node, MappingNode) and not node.flow_style:
        yield from (((*keys, key.value), value) for key, value in node.value)
    elif isinstance(node, SequenceNode) and not node.flow_style:
        yield from (((*keys, index), part) for index, part in enumerate(node.value))


def _apart(file: File) -> Iterator[Edit]:
    """Yield the blank lines between groups of fields and between steps."""
    if file.root.flow_style:
        return
    record = file.record
    fields = file.root.value
    for (name, value), (after, _) in pairwise(fields):
        groups = {group_of(record, name.value), group_of(record, after.value)}
        if len(groups) > 1 and -1 not in groups:
            yield from _blank_line(file, file.root, value, after)
    steps = file.node((STEPS,))
    if not isinstance(steps, SequenceNode) or steps.flow_style:
        return
    for step, after in pairwise(steps.value):
        if _is_long(file, step) or _is_long(file, after):
            yield from _blank_line(file, steps, step, after)


def _blank_line(
    file: File, block: MappingNode | SequenceNode, before: Node, after: Node
) -> Iterator[Edit]:
    """Yield a blank line below an entry where none is between it and the next one."""
    at = file.below(before, block.start_mark.column)
    between = file.text[at : line_start(file.text, after.start_mark.index)]
    if all(line.strip() for line in between.splitlines()):
        yield Edit(at, at, end_at(file.text, at))


def _is_long(file: File, node: Node) -> bool:
    stretch = file.text[node.start_mark.index : file.end(node)]
    return "\n" in stretch or "\r" in stretch
