"""What a change does to the text of a file, as pieces to replace, and to what it says."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from nextstep.files import fields as f
from nextstep.files.layout import Keys, child_of, declared_at
from nextstep.files.nodes import is_given
from nextstep.files.splice_lines import added, entry_lines
from nextstep.files.splice_place import File
from nextstep.files.splice_scalars import Plain, as_block, event_value, written
from nextstep.files.splice_text import Edit, line_start, next_line, without_lines
from nextstep.files.splice_tree import (
    meant,
    refusal,
    shown_place,
    tree_of,
    with_entry,
    with_value,
    without,
)

Done: TypeAlias = tuple[list[Edit], Any]
"""The pieces of text that change, and what the file says then."""

_HEADER = re.compile(r"[|>][-+0-9]*")


def put(file: File, keys: Keys, value: Plain) -> Done:
    """Return what gives a field its value."""
    edits = _put(file, keys, value)
    return edits, with_value(tree_of(file.root), keys, value, _short(file, keys[:-1]))


def taken(file: File, keys: Keys) -> Done:
    """Return what takes a field or an entry out."""
    parent = file.node(keys[:-1])
    pair = None if parent is None else child_of(parent, keys[-1])
    if not isinstance(parent, CollectionNode) or pair is None:
        raise refusal(file.source.path, f"it has no `{shown_place(keys)}`", "look at it again")
    if len(parent.value) == 1:
        if isinstance(parent, SequenceNode) and len(keys) > 1:
            return taken(file, keys[:-1])
        above = f"`{shown_place(keys[:-1])}`" if len(keys) > 1 else "it"
        raise refusal(file.source.path, f"nothing would be left in {above}", "take out all of it")
    place = [child[1] is pair[1] for child in _pairs(parent)].index(True)
    edit = _out_of_brackets if parent.flow_style else _out_of_lines
    return [edit(file, parent, place)], without(tree_of(file.root), keys)


def appended(file: File, keys: Keys, value: Plain) -> Done:
    """Return what gives a list one more entry."""
    if file.is_log(keys):
        value = event_value(value)
    return _appended(file, keys, [value]), with_entry(tree_of(file.root), keys, value)


def _put(file: File, keys: Keys, value: Plain) -> list[Edit]:
    parent = file.node(keys[:-1])
    if parent is None or isinstance(parent, ScalarNode):
        return _put(file, keys[:-1], _grown(file, parent, keys, value))
    pair = child_of(parent, keys[-1])
    if pair is not None:
        return _replaced(file, keys, pair, value)
    if not isinstance(parent, MappingNode) or isinstance(keys[-1], int):
        raise refusal(file.source.path, f"it has no `{shown_place(keys)}`", "look at it again")
    return [added(file, parent, keys, value)]


def _grown(file: File, parent: Node | None, keys: Keys, value: Plain) -> Plain:
    """Return the map that comes where there is none yet, or a text that stands for one."""
    name = str(keys[-1])
    if parent is None or not is_given(parent):
        return {name: value}
    short = _short(file, keys[:-1])
    if not short:
        what = f"`{shown_place(keys[:-1])}` is a text, and has no fields"
        raise refusal(file.source.path, what, "write it as a map first")
    return {short: str(tree_of(parent)), name: value}


def _short(file: File, keys: Keys) -> str:
    record = declared_at(file.record, keys)
    return record.short if isinstance(record, f.Record) else ""


def _replaced(file: File, keys: Keys, pair: tuple[Node | None, Node], value: Plain) -> list[Edit]:
    node = pair[1]
    there = tree_of(node)
    if there == meant(value):
        return []
    if isinstance(there, list) and isinstance(value, list) and value[: len(there)] == there:
        return _appended(file, keys, value[len(there) :])
    if isinstance(node, ScalarNode) and node.style and node.style in "|>":
        return _instead_of_block(file, node, value)
    flow = file.in_brackets(keys)
    if isinstance(node, CollectionNode) and node.value and not node.flow_style:
        return [_instead_of_lines(file, keys, pair, value)]
    start, end = node.start_mark.index, node.end_mark.index
    if file.has_comment(start, end):
        raise _comment_in_the_way(file, keys)
    if isinstance(node, CollectionNode):
        return [Edit(start, end, written(value, flow=flow))]
    space = " " if start == end and not file.text[start - 1].isspace() else ""
    like = node.style if isinstance(node, ScalarNode) else None
    return [Edit(start, end, space + written(value, flow=flow, like=like))]


def _instead_of_block(file: File, node: ScalarNode, value: Plain) -> list[Edit]:
    """Return what replaces a text of several lines; a comment behind its sign stays there."""
    text, start = file.text, node.start_mark.index
    header = _HEADER.match(text, start)
    first, last = next_line(text, start), next_line(text, file.end(node))
    content = text[first:last].lstrip("\r\n")
    lines = None
    if isinstance(value, str):
        lines = as_block(value, len(content) - len(content.lstrip(" ")) or 2)
    sign = Edit(start, header.end() if header else start, "|")
    if lines is not None:
        ended = text[:last].endswith(("\n", "\r"))
        return [sign, Edit(first, last, lines if ended else lines.removesuffix("\n"))]
    one_line = written(value, flow=False)
    return [Edit(sign.start, sign.end, one_line), without_lines(text, first, last)]


def _instead_of_lines(file: File, keys: Keys, pair: tuple[Node | None, Node], value: Plain) -> Edit:
    """Return what replaces a list or map that has lines of its own."""
    key, node = pair
    start = None if key is None else file.after_colon(key)
    end = file.end(node)
    if start is None:
        start = node.start_mark.index
    if file.has_comment(start, end):
        raise _comment_in_the_way(file, keys)
    if isinstance(node, SequenceNode) and isinstance(value, list) and value:
        first = line_start(file.text, node.start_mark.index)
        lines = entry_lines(value, node.start_mark.column)
        return Edit(first, end, lines.removesuffix("\n"))
    space = "" if key is None else " "
    return Edit(start, end, space + written(value, flow=False))


def _appended(file: File, keys: Keys, values: list[Plain]) -> list[Edit]:
    node = file.node(keys)
    flow = file.in_brackets(keys)
    if node is None or (isinstance(node, ScalarNode) and not is_given(node)):
        return _first_entries(file, keys, node, values)
    if isinstance(node, ScalarNode):
        return _put(file, keys, [str(tree_of(node)), *values])
    if not isinstance(node, SequenceNode):
        return _beside_one(file, keys, node, values)
    if not node.flow_style:
        column = node.start_mark.column
        at = file.below(node.value[-1], column)
        return [Edit(at, at, entry_lines(values, column))]
    if not node.value and file.is_log(keys) and not flow:
        return _first_entries(file, keys, node, values)
    return [_into_brackets(file, node, values)]


def _first_entries(file: File, keys: Keys, node: Node | None, values: list[Plain]) -> list[Edit]:
    """Return what makes a list where none is yet; that of a log has a line for each event."""
    parent = file.node(keys[:-1])
    pair = None if parent is None or node is None else child_of(parent, keys[-1])
    if pair is None or pair[0] is None or not file.is_log(keys):
        return _put(file, keys, values)
    return _opened(file, pair[0], pair[1], values)


def _opened(file: File, key: Node, node: Node, values: list[Plain]) -> list[Edit]:
    """Return what puts lines of entries below a key whose value has none."""
    colon = file.after_colon(key)
    start = node.start_mark.index if colon is None else colon
    at = next_line(file.text, node.end_mark.index)
    lines = entry_lines(values, key.start_mark.column + 2)
    return [Edit(start, node.end_mark.index, ""), Edit(at, at, lines)]


def _beside_one(file: File, keys: Keys, node: Node, values: list[Plain]) -> list[Edit]:
    """Return what makes a list of one map that stands where a list may be, and of more."""
    if not isinstance(node, MappingNode) or not node.flow_style:
        raise refusal(
            file.source.path,
            f"`{shown_place(keys)}` is one map, and not a list yet",
            f"write `- ` before its first line and two spaces before the others: {keys[-1]}",
        )
    start, end = node.start_mark.index, node.end_mark.index
    pair = child_of(file.node(keys[:-1]) or file.root, keys[-1])
    if pair is not None and pair[0] is not None and file.is_log(keys):
        column = pair[0].start_mark.column + 2
        colon = file.after_colon(pair[0])
        at = next_line(file.text, end)
        first = Edit(start if colon is None else colon, start, f"\n{' ' * column}- ")
        return [first, Edit(at, at, entry_lines(values, column))]
    more = "".join(f", {written(value, flow=True)}" for value in values)
    return [Edit(start, start, "["), Edit(end, end, f"{more}]")]


def _into_brackets(file: File, node: SequenceNode, values: list[Plain]) -> Edit:
    listed = ", ".join(written(value, flow=True) for value in values)
    if not node.value:
        at = node.start_mark.index + 1
        return Edit(at, at, listed)
    at = file.end(node.value[-1])
    comma = re.compile(r"\s*,").match(file.text, at)
    if comma:
        return Edit(comma.end(), comma.end(), f" {listed},")
    return Edit(at, at, f", {listed}")


def _out_of_brackets(file: File, parent: CollectionNode, place: int) -> Edit:
    pairs = _pairs(parent)
    if place + 1 < len(pairs):
        edit = Edit(_start(pairs[place]), _start(pairs[place + 1]), "")
    else:
        edit = Edit(file.end(pairs[place - 1][1]), file.end(pairs[place][1]), "")
    if file.has_comment(edit.start, edit.end):
        raise _comment_in_the_way(file, ())
    return edit


def _out_of_lines(file: File, parent: CollectionNode, place: int) -> Edit:
    pairs = _pairs(parent)
    start = _start(pairs[place])
    if pairs[place][0] is None:
        start = file.text.rfind("-", 0, start)
    first = line_start(file.text, start)
    if not file.text[first:start].strip():
        end = file.below(pairs[place][1], parent.start_mark.column)
        return without_lines(file.text, first, end)
    if place + 1 == len(pairs):
        raise refusal(file.source.path, "the field shares its line", "take it out by hand")
    after = _start(pairs[place + 1])
    if file.has_comment(file.end(pairs[place][1]), after):
        raise _comment_in_the_way(file, ())
    return Edit(start, after, "")


def _pairs(parent: CollectionNode) -> list[tuple[Node | None, Node]]:
    if isinstance(parent, MappingNode):
        return list(parent.value)
    return [(None, node) for node in parent.value]


def _start(pair: tuple[Node | None, Node]) -> int:
    return int((pair[0] or pair[1]).start_mark.index)


def _comment_in_the_way(file: File, keys: Keys) -> Exception:
    where = f" of `{shown_place(keys)}`" if keys else ""
    return refusal(
        file.source.path, f"a comment stands within the value{where}", "change it by hand"
    )
