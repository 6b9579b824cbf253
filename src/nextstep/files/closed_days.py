"""Public holidays written into `calendar.closed` of `nextstep.yaml`, every other byte kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.calendar_file import (
    AS_BLOCK,
    CalendarFile,
    Closing,
    Edit,
    below,
    braces,
    closed_lines,
    day_of,
    inserted,
    last_leaf,
    line_start,
    next_line,
    text_of,
    without_comment,
)
from nextstep.files.closed_lists import in_block_list, in_flow_list
from nextstep.files.nodes import plain
from nextstep.files.splice_tree import root_of
from nextstep.files.syntax import parse
from nextstep.files.syntax_places import BYTE_ORDER_MARK
from nextstep.model.source import Source

__all__ = ["Closed", "Closing", "calendar_lines", "close_days", "stated_place"]


class Closed(Struct, frozen=True, kw_only=True):
    """The file after the edit: which days came and went, and which of a person's own stayed."""

    data: bytes
    added: tuple[date, ...]
    dropped: tuple[date, ...]
    own: tuple[str, ...]


def stated_place(source: Source) -> Mapping[str, str]:
    """Return the fields of `calendar.holidays`, as texts; nothing where they cannot be read."""
    root = parse(source).root
    holidays = _child(_child(root, "calendar"), "holidays")
    found = plain(holidays) if isinstance(holidays, MappingNode) else {}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def calendar_lines(closing: Closing, indent: str = "  ", end: str = "\n") -> str:
    """Return the lines of `closed` and `holidays` for a calendar that has neither."""
    return closed_lines(closing, indent, end) + f"{indent}holidays: {braces(closing)}{end}"


def close_days(source: Source, closing: Closing) -> Closed:
    """Return the settings with the holidays in them.

    Only days of `closed` and the fields of `holidays` are written. Raises NextstepError where the
    file cannot be read, or is written in a way that would need more to be changed.
    """
    file = _read(source, closing)
    mark = BYTE_ORDER_MARK if source.data.startswith(BYTE_ORDER_MARK) else b""
    data = mark + _applied(file.text, _edits(file)).encode()
    _verify(Source(source.path, data), file)
    own = (text_of(item) for item in file.items)
    return Closed(
        data=data,
        added=file.missing,
        dropped=tuple(sorted(file.dropped)),
        own=tuple(one for one in own if day_of(one) not in {*closing.days, *file.dropped}),
    )


def _read(source: Source, closing: Closing) -> CalendarFile:
    root = root_of(source)
    calendar = _child(root, "calendar")
    closed = _child(calendar, "closed")
    items = tuple(closed.value) if isinstance(closed, SequenceNode) else (closed,) if closed else ()
    for item in items:
        if not isinstance(item, ScalarNode):
            raise NextstepError(
                f"{source.path}:{item.start_mark.line + 1}: this is no day, but a list or a map",
                "write each day on a line of its own, its name after #: - 2026-12-25  # Christmas",
            )
    there = {day_of(text_of(item)) for item in items}
    return CalendarFile(
        text=source.data.removeprefix(BYTE_ORDER_MARK).decode(),
        root=root,
        calendar=calendar,
        closed=closed,
        holidays=_child(calendar, "holidays"),
        items=items,
        missing=tuple(day for day in sorted(closing.days) if day not in there),
        dropped=frozenset(
            day for day in there if day in closing.former and day not in closing.days and day
        ),
        closing=closing,
    )


def _edits(file: CalendarFile) -> Iterator[Edit]:
    """Yield what is to be replaced."""
    if file.calendar is None:
        yield _new_calendar(file)
        return
    for node in (file.calendar, file.closed, file.holidays):
        if isinstance(node, ScalarNode) and not node.value:
            raise NextstepError("a field of `calendar:` has no value", "take it out, and try again")
    if not isinstance(file.calendar, MappingNode) or not file.calendar.value:
        raise NextstepError("`calendar:` in nextstep.yaml has no fields", AS_BLOCK)
    if file.closed is None:
        yield _new_field(file, "closed")
    elif isinstance(file.closed, SequenceNode) and not file.closed.flow_style:
        yield from in_block_list(file)
    else:
        yield from in_flow_list(file)
    yield from _place_edits(file)


def _new_calendar(file: CalendarFile) -> Edit:
    """Return the whole block, below the last line."""
    if file.root.flow_style:
        raise NextstepError("nextstep.yaml is written in brackets", AS_BLOCK)
    end, indent = file.end, " " * file.root.start_mark.column
    before = "" if file.text.endswith(("\n", "\r")) else end
    lines = calendar_lines(file.closing, f"{indent}  ", end)
    return inserted(len(file.text), f"{before}{end}{indent}calendar:{end}{lines}")


def _new_field(file: CalendarFile, name: str) -> Edit:
    """Return a field that the calendar does not have yet, as its last one."""
    calendar = file.calendar
    at = last_leaf(calendar).end_mark.index if calendar else 0
    if isinstance(calendar, CollectionNode) and calendar.flow_style:
        value = f"[{', '.join(map(str, sorted(file.closing.days)))}]"
        return inserted(
            last_leaf(calendar, into_flow=True).end_mark.index,
            f", {name}: {value if name == 'closed' else braces(file.closing)}",
        )
    end = file.end
    indent = " " * (calendar.start_mark.column if calendar else 0)
    lines = f"{indent}holidays: {braces(file.closing)}{end}"
    if name == "closed":
        lines = closed_lines(file.closing, indent, end)
    return below(file, at, lines)


def _place_edits(file: CalendarFile) -> Iterator[Edit]:
    """Yield what makes `holidays` say the place and the range."""
    holidays, wanted = file.holidays, file.closing.place
    if holidays is None:
        yield _new_field(file, "holidays")
    elif not isinstance(holidays, MappingNode):
        yield Edit(holidays.start_mark.index, holidays.end_mark.index, braces(file.closing))
    elif plain(holidays) == wanted:
        return
    elif holidays.flow_style:
        span = Edit(holidays.start_mark.index, holidays.end_mark.index, braces(file.closing))
        yield without_comment(file, span)
    else:
        yield from _field_edits(file, holidays)


def _field_edits(file: CalendarFile, holidays: MappingNode) -> Iterator[Edit]:
    """Yield the fields of `holidays` that change, each on a line of its own."""
    wanted = file.closing.place
    there = {key.value: (key, value) for key, value in holidays.value}
    indent = " " * holidays.start_mark.column
    for name, (key, value) in there.items():
        if name not in wanted:
            first = line_start(file, key.start_mark.index)
            yield Edit(first, next_line(file, value.end_mark.index), "")
        elif value.value != wanted[name]:
            yield Edit(value.start_mark.index, value.end_mark.index, wanted[name])
    new = [f"{indent}{name}: {wanted[name]}{file.end}" for name in wanted if name not in there]
    if new:
        yield below(file, last_leaf(holidays).end_mark.index, "".join(new))


def _applied(text: str, edits: Iterator[Edit]) -> str:
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    parts, at = [], 0
    for edit in ordered:
        if edit.start < at:
            raise NextstepError("the days cannot be told apart from what is around them", AS_BLOCK)
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join(parts) + text[at:]


def _verify(source: Source, file: CalendarFile) -> None:
    """Refuse the edit if the file then says anything but what it said, and the holidays."""
    before: dict[str, Any] = plain(file.root)
    root = parse(source).root
    after: dict[str, Any] = plain(root) if root is not None else {}
    for tree in (before, after):
        calendar = tree.get("calendar")
        tree["calendar"] = dict(calendar) if isinstance(calendar, dict) else {}
    closed, place = (after["calendar"].pop(name, None) for name in ("closed", "holidays"))
    before["calendar"] = {
        name: value
        for name, value in before["calendar"].items()
        if name not in ("closed", "holidays")
    }
    days = [text_of(item) for item in file.items if day_of(text_of(item)) not in file.dropped]
    days += map(str, file.missing)
    said = closed if isinstance(closed, list) else [closed]
    if before != after or sorted(said) != sorted(days) or place != dict(file.closing.place):
        raise NextstepError(
            "nextstep.yaml cannot be edited in place; nothing was changed", AS_BLOCK
        )


def _child(node: Node | None, name: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)
