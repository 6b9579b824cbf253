"""The lines that a new field or a new entry of a list is written on, and where they go."""

from __future__ import annotations

from collections.abc import Sequence

from yaml.nodes import MappingNode, Node

from nextstep.files.layout import Keys, group_of, order_at
from nextstep.files.splice_place import File
from nextstep.files.splice_scalars import Plain, written, written_key
from nextstep.files.splice_text import Edit


def entry_lines(values: Sequence[Plain], column: int) -> str:
    """Return a line for each entry of a list whose dashes stand in a column."""
    return "".join(f"{' ' * column}- {written(value, flow=False)}\n" for value in values)


def added(file: File, parent: MappingNode, keys: Keys, value: Plain) -> Edit:
    """Return what adds a field to a map, behind the fields that are declared before it."""
    before, after = _neighbours(file, parent, keys)
    if file.in_brackets(keys):
        return _in_brackets(file, parent, before, str(keys[-1]), value)
    if before is None:
        return _at_the_top(file, parent, keys, value)
    column = parent.start_mark.column
    lines = _field_lines(file, keys, value, column)
    at = file.below(before[1], column)
    if len(keys) > 1:
        return Edit(at, at, lines)
    groups = [_group(file, pair) for pair in (before, after)]
    group = group_of(file.record, str(keys[0]))
    if group == groups[0]:
        return Edit(at, at, lines)
    if after is not None and group == groups[1]:
        at = file.above(after[0], at)
        return Edit(at, at, lines)
    space = "\n" if after is not None and not file.is_blank_at(at) else ""
    return Edit(at, at, f"\n{lines}{space}")


def _neighbours(
    file: File, parent: MappingNode, keys: Keys
) -> tuple[tuple[Node, Node] | None, tuple[Node, Node] | None]:
    """Return the fields between which a new one belongs; None where it is the first or last."""
    order = order_at(file.record, keys[:-1])
    pairs = parent.value
    place = len(pairs) - 1
    if keys[-1] in order:
        rank = order.index(str(keys[-1]))
        ranks = [order.index(k.value) if k.value in order else -1 for k, _ in pairs]
        earlier = [(known, at) for at, known in enumerate(ranks) if 0 <= known < rank]
        place = max(earlier, default=(0, -1))[1]
    before = pairs[place] if place >= 0 else None
    return before, pairs[place + 1] if place + 1 < len(pairs) else None


def _group(file: File, pair: tuple[Node, Node] | None) -> int | None:
    return None if pair is None else group_of(file.record, str(pair[0].value))


def _in_brackets(
    file: File, parent: MappingNode, before: tuple[Node, Node] | None, name: str, value: Plain
) -> Edit:
    field = f"{written_key(name, flow=True)}: {written(value, flow=True)}"
    if before is not None:
        at = file.end(before[1])
        return Edit(at, at, f", {field}")
    at = parent.start_mark.index + 1
    return Edit(at, at, f"{field}, " if parent.value else field)


def _at_the_top(file: File, parent: MappingNode, keys: Keys, value: Plain) -> Edit:
    """Return what makes a field the first one of a map, where its first one begins now."""
    column = parent.start_mark.column
    lines = _field_lines(file, keys, value, column).removeprefix(" " * column)
    first = parent.value[0]
    apart = len(keys) == 1 and _group(file, first) != group_of(file.record, str(keys[0]))
    at = first[0].start_mark.index
    return Edit(at, at, lines + ("\n" if apart else "") + " " * column)


def _field_lines(file: File, keys: Keys, value: Plain, column: int) -> str:
    indent, name = " " * column, written_key(str(keys[-1]), flow=False)
    if isinstance(value, list) and file.is_log(keys):
        return f"{indent}{name}:\n{entry_lines(value, column + 2)}"
    return f"{indent}{name}: {written(value, flow=False)}\n"
