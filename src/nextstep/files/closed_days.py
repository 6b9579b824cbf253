"""Public holidays written into `calendar.closed` of `nextstep.yaml`, every other byte kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.scalars import plain
from nextstep.files.syntax import parse
from nextstep.files.syntax_places import BYTE_ORDER_MARK
from nextstep.model.source import Source

_DAYS_A_LINE = 6
_AS_BLOCK = "write `calendar:` as a block, with a line for each field, and try again"


class Closing(Struct, frozen=True, kw_only=True):
    """What is to stand in the calendar.

    ``days`` are the holidays with their names, ``place`` the fields of `holidays:` in order.
    ``former`` are days that an earlier list put there: those that are on the list no longer go.
    Every other day that is there stays: a person wrote it.
    """

    days: Mapping[date, str]
    place: Mapping[str, str]
    former: Collection[date] = ()


class Closed(Struct, frozen=True, kw_only=True):
    """The file after the edit: which days came and went, and which of a person's own stayed."""

    data: bytes
    added: tuple[date, ...]
    dropped: tuple[date, ...]
    own: tuple[str, ...]


class _Edit(Struct, frozen=True):
    """The characters from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


class _File(Struct, frozen=True, kw_only=True):
    """The parts of `nextstep.yaml` that matter, and what is to become of its days."""

    text: str
    root: MappingNode
    calendar: Node | None
    closed: Node | None
    holidays: Node | None
    items: tuple[Node, ...]
    missing: tuple[date, ...]
    dropped: frozenset[date]
    closing: Closing

    @property
    def end(self) -> str:
        """How its lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"


def stated_place(source: Source) -> Mapping[str, str]:
    """Return the fields of `calendar.holidays`, as texts; nothing where they cannot be read."""
    root = parse(source).root
    holidays = _child(_child(root, "calendar"), "holidays")
    found = plain(holidays) if isinstance(holidays, MappingNode) else {}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def calendar_lines(closing: Closing, indent: str = "  ", end: str = "\n") -> str:
    """Return the lines of `closed` and `holidays` for a calendar that has neither."""
    return _closed_lines(closing, indent, end) + f"{indent}holidays: {_braces(closing)}{end}"


def close_days(source: Source, closing: Closing) -> Closed:
    """Return the settings with the holidays in them.

    Only days of `closed` and the fields of `holidays` are written. Raises NextstepError where the
    file cannot be read, or is written in a way that would need more to be changed.
    """
    file = _read(source, closing)
    mark = BYTE_ORDER_MARK if source.data.startswith(BYTE_ORDER_MARK) else b""
    data = mark + _applied(file.text, _edits(file)).encode()
    _verify(Source(source.path, data), file)
    own = (_text(item) for item in file.items)
    return Closed(
        data=data,
        added=file.missing,
        dropped=tuple(sorted(file.dropped)),
        own=tuple(one for one in own if _day(one) not in {*closing.days, *file.dropped}),
    )


def _read(source: Source, closing: Closing) -> _File:
    document = parse(source)
    if document.root is None:
        found = document.findings[0]
        place = f"{found.path}:{found.span.line}" if found.span else found.path
        raise NextstepError(f"{place} cannot be read: {found.message}", found.hint)
    calendar = _child(document.root, "calendar")
    closed = _child(calendar, "closed")
    items = tuple(closed.value) if isinstance(closed, SequenceNode) else (closed,) if closed else ()
    there = {_day(_text(item)) for item in items}
    return _File(
        text=source.data.removeprefix(BYTE_ORDER_MARK).decode(),
        root=document.root,
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


def _edits(file: _File) -> Iterator[_Edit]:
    """Yield what is to be replaced."""
    if file.calendar is None:
        yield _new_calendar(file)
        return
    for node in (file.calendar, file.closed, file.holidays):
        if isinstance(node, ScalarNode) and not node.value:
            raise NextstepError("a field of `calendar:` has no value", "take it out, and try again")
    if not isinstance(file.calendar, MappingNode) or not file.calendar.value:
        raise NextstepError("`calendar:` in nextstep.yaml has no fields", _AS_BLOCK)
    if file.closed is None:
        yield _new_field(file, "closed")
    elif isinstance(file.closed, SequenceNode) and not file.closed.flow_style:
        yield from _in_block_list(file)
    else:
        yield from _in_flow_list(file)
    yield from _place_edits(file)


def _new_calendar(file: _File) -> _Edit:
    """Return the whole block, below the last line."""
    if file.root.flow_style:
        raise NextstepError("nextstep.yaml is written in brackets", _AS_BLOCK)
    end, indent = file.end, " " * file.root.start_mark.column
    before = "" if file.text.endswith(("\n", "\r")) else end
    lines = calendar_lines(file.closing, f"{indent}  ", end)
    return _at(len(file.text), f"{before}{end}{indent}calendar:{end}{lines}")


def _new_field(file: _File, name: str) -> _Edit:
    """Return a field that the calendar does not have yet, as its last one."""
    calendar = file.calendar
    at = _last_leaf(calendar).end_mark.index if calendar else 0
    if isinstance(calendar, CollectionNode) and calendar.flow_style:
        value = f"[{', '.join(map(str, sorted(file.closing.days)))}]"
        return _at(
            _last_leaf(calendar, into_flow=True).end_mark.index,
            f", {name}: {value if name == 'closed' else _braces(file.closing)}",
        )
    end = file.end
    indent = " " * (calendar.start_mark.column if calendar else 0)
    lines = f"{indent}holidays: {_braces(file.closing)}{end}"
    if name == "closed":
        lines = _closed_lines(file.closing, indent, end)
    return _below(file, at, lines)


def _in_block_list(file: _File) -> Iterator[_Edit]:
    """Yield a line for each day that comes, below the last earlier day, and none for those gone."""
    dash = " " * (file.closed.start_mark.column if file.closed else 0) + "- "
    new: dict[int, list[date]] = {}
    for day in file.missing:
        earlier = [
            place
            for place, item in enumerate(file.items)
            if (known := _day(_text(item))) is not None and known < day
        ]
        new.setdefault(max(earlier, default=-1), []).append(day)
    for place, days in new.items():
        lines = "".join(f"{dash}{_commented(day, file.closing)}{file.end}" for day in days)
        if place < 0:
            yield _at(_line_start(file, file.items[0].start_mark.index), lines)
        else:
            yield _below(file, file.items[place].end_mark.index, lines)
    for item in file.items:
        if _day(_text(item)) in file.dropped:
            first = _line_start(file, item.start_mark.index)
            yield _Edit(first, _next_line(file, item.end_mark.index), "")


def _in_flow_list(file: _File) -> Iterator[_Edit]:
    """Yield the days that come at the end of a list in brackets, and take out those that go."""
    items, closed = file.items, file.closed
    if closed is None or (not file.missing and not file.dropped):
        return
    if isinstance(closed, ScalarNode):
        yield _at(closed.start_mark.index, "[")
        yield _at(closed.end_mark.index, f", {_days(file)}]")
        return
    kept = [item for item in items if _day(_text(item)) not in file.dropped]
    if not kept:
        inner = (closed.start_mark.index + 1, closed.end_mark.index - 1)
        yield _without_comment(file, _Edit(*inner, _days(file)))
        return
    for place, item in enumerate(items):
        if item in kept:
            continue
        later = items[place + 1 :]
        if any(one in kept for one in later):
            yield _without_comment(
                file, _Edit(item.start_mark.index, later[0].start_mark.index, "")
            )
        else:
            before = items[place - 1].end_mark.index
            yield _without_comment(file, _Edit(before, item.end_mark.index, ""))
    if file.missing:
        yield _at(kept[-1].end_mark.index, f", {_days(file)}")


def _place_edits(file: _File) -> Iterator[_Edit]:
    """Yield what makes `holidays` say the place and the range."""
    holidays, wanted = file.holidays, file.closing.place
    if holidays is None:
        yield _new_field(file, "holidays")
    elif not isinstance(holidays, MappingNode):
        yield _Edit(holidays.start_mark.index, holidays.end_mark.index, _braces(file.closing))
    elif plain(holidays) == wanted:
        return
    elif holidays.flow_style:
        span = _Edit(holidays.start_mark.index, holidays.end_mark.index, _braces(file.closing))
        yield _without_comment(file, span)
    else:
        yield from _field_edits(file, holidays)


def _field_edits(file: _File, holidays: MappingNode) -> Iterator[_Edit]:
    """Yield the fields of `holidays` that change, each on a line of its own."""
    wanted = file.closing.place
    there = {key.value: (key, value) for key, value in holidays.value}
    indent = " " * holidays.start_mark.column
    for name, (key, value) in there.items():
        if name not in wanted:
            first = _line_start(file, key.start_mark.index)
            yield _Edit(first, _next_line(file, value.end_mark.index), "")
        elif value.value != wanted[name]:
            yield _Edit(value.start_mark.index, value.end_mark.index, wanted[name])
    new = [f"{indent}{name}: {wanted[name]}{file.end}" for name in wanted if name not in there]
    if new:
        yield _below(file, _last_leaf(holidays).end_mark.index, "".join(new))


def _applied(text: str, edits: Iterator[_Edit]) -> str:
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    parts, at = [], 0
    for edit in ordered:
        if edit.start < at:
            raise NextstepError("the days cannot be told apart from what is around them", _AS_BLOCK)
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join(parts) + text[at:]


def _verify(source: Source, file: _File) -> None:
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
    days = [_text(item) for item in file.items if _day(_text(item)) not in file.dropped]
    days += map(str, file.missing)
    said = closed if isinstance(closed, list) else [closed]
    if before != after or sorted(said) != sorted(days) or place != dict(file.closing.place):
        raise NextstepError(
            "nextstep.yaml cannot be edited in place; nothing was changed", _AS_BLOCK
        )


def _closed_lines(closing: Closing, indent: str, end: str) -> str:
    days = (f"{indent}  - {_commented(day, closing)}{end}" for day in sorted(closing.days))
    return f"{indent}closed:{end}{''.join(days)}"


def _commented(day: date, closing: Closing) -> str:
    name = closing.days[day]
    return f"{day}  # {name}" if name else str(day)


def _braces(closing: Closing) -> str:
    return f"{{{', '.join(f'{name}: {value}' for name, value in closing.place.items())}}}"


def _days(file: _File) -> str:
    """Return the days that come, for a list in brackets, a few to a line."""
    calendar = file.calendar
    column = calendar.start_mark.column if calendar else 0
    lines: Sequence[str] = [
        ", ".join(map(str, file.missing[start : start + _DAYS_A_LINE]))
        for start in range(0, len(file.missing), _DAYS_A_LINE)
    ]
    return f",{file.end}{' ' * (column + 2)}".join(lines)


def _without_comment(file: _File, edit: _Edit) -> _Edit:
    if "#" in file.text[edit.start : edit.end]:
        raise NextstepError("a comment stands where days have to go", _AS_BLOCK)
    return edit


def _at(offset: int, text: str) -> _Edit:
    return _Edit(offset, offset, text)


def _below(file: _File, offset: int, lines: str) -> _Edit:
    """Return an edit that puts whole lines below the one that an offset is in."""
    at = _next_line(file, offset)
    ended = at > 0 and file.text[at - 1] in "\r\n"
    return _at(at, lines if ended else f"{file.end}{lines.removesuffix(file.end)}")


def _line_start(file: _File, offset: int) -> int:
    return max(file.text.rfind("\n", 0, offset), file.text.rfind("\r", 0, offset)) + 1


def _next_line(file: _File, offset: int) -> int:
    ends = (file.text.find(end, offset) for end in ("\n", "\r"))
    at = min((end for end in ends if end >= 0), default=-1)
    if at < 0:
        return len(file.text)
    return at + (2 if file.text.startswith("\r\n", at) else 1)


def _last_leaf(node: Node, *, into_flow: bool = False) -> Node:
    """Return the last node of a block: where its text really ends."""
    while isinstance(node, CollectionNode) and node.value and (into_flow or not node.flow_style):
        last = node.value[-1]
        node, into_flow = (last[1] if isinstance(last, tuple) else last), False
    return node


def _child(node: Node | None, name: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)


def _text(node: Node) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
