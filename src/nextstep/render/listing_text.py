"""A listing as text: laid out for the width of a terminal, wrapped and never cut short of a promise.

Every row begins with what to type. Where there is room the date stands in a column of its own to
the right; on a narrow terminal it opens the line below the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nextstep.render.cells import cells, pad, wrap
from nextstep.render.listing import Item, Listing, Tone
from nextstep.render.remarks import remark_lines
from nextstep.render.terminal import Screen

_INDENT = 2
_GAP = 2
_LONGEST_HANDLE = 16
_NARROWEST_TITLE = 44
_TWO_COLUMNS_FROM = 96
_TITLE_LINES = 3
_DETAIL_LINES = 4


class _Columns(Struct, frozen=True):
    """Where words start, and the date; ``date`` is None where it goes below the words."""

    words: int
    date: int | None
    width: int

    @property
    def title_width(self) -> int:
        return (self.width if self.date is None else self.date - _GAP) - self.words


def listing_text(listing: Listing, screen: Screen) -> str:
    """Return a listing as lines of at most the screen's width, ending with a line break."""
    columns = _columns([item for block in listing.blocks for item in block.items], screen)
    lines = [*_head(listing, screen), ""]
    if listing.message is not None:
        lines += [*remark_lines(listing.message, screen), *([""] if listing.blocks else [])]
    for block in listing.blocks:
        if block.heading:
            lines.append(screen.paint(block.heading, "strong"))
        for item in block.items:
            lines += _item_lines(item, columns, screen)
    for alarm in listing.alarms:
        lines += remark_lines(alarm, screen, sign="! ")
    if listing.foot is not None:
        lines += remark_lines(listing.foot, screen)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(listing: Listing, screen: Screen) -> Iterator[str]:
    """Yield the first line; what was read stands to the right of it, or below."""
    origin = screen.dot.join(listing.origin)
    left = screen.dot.join(listing.head)
    room = screen.columns - cells(left) - cells(origin)
    if room >= _GAP:
        yield screen.paint(left, "strong") + " " * room + screen.paint(origin, "faint")
        return
    for line in wrap(left, screen.columns):
        yield screen.paint(line, "strong")
    for line in wrap(origin, screen.columns):
        yield screen.paint(line, "faint")


def _columns(items: list[Item], screen: Screen) -> _Columns:
    handle = max((cells(item.handle) for item in items), default=0)
    words = _INDENT + min(handle, _LONGEST_HANDLE, screen.columns // 4) + _GAP
    dates = max((cells(item.when) for item in items), default=0)
    room = screen.columns - words - _GAP - dates
    if screen.columns < _TWO_COLUMNS_FROM or room < _NARROWEST_TITLE:
        return _Columns(words, None, screen.columns)
    longest = max((cells(item.title) for item in items), default=0)
    return _Columns(words, words + min(room, max(longest, _NARROWEST_TITLE)) + _GAP, screen.columns)


def _item_lines(item: Item, columns: _Columns, screen: Screen) -> Iterator[str]:
    """Yield a row: handle and words, the date beside or below, then the details."""
    handle, margin = " " * _INDENT + item.handle, " " * columns.words
    titles = wrap(item.title, columns.title_width, most=_TITLE_LINES, ellipsis=screen.ellipsis)
    begin = pad(" " * _INDENT + screen.paint(item.handle, "handle"), 0)
    if cells(handle) + _GAP <= columns.words:
        first = begin + " " * (columns.words - cells(handle)) + titles.pop(0)
        used = columns.words + cells(first) - cells(begin) - (columns.words - cells(handle))
    else:
        first, used = begin, cells(handle)
    if columns.date is not None and item.when:
        first += " " * max(_GAP, columns.date - used) + _painted_date(item, screen)
    yield first
    for title in titles:
        yield margin + title
    yield from _below(item, columns, screen)


def _below(item: Item, columns: _Columns, screen: Screen) -> Iterator[str]:
    parts = list(item.details)
    if columns.date is None and item.when:
        parts.insert(0, item.when)
    if not parts:
        return
    room = columns.width - columns.words
    lines = wrap(
        screen.dot.join(parts),
        room,
        most=_DETAIL_LINES,
        ellipsis=screen.ellipsis,
        held=screen.dot.strip(),
    )
    for number, line in enumerate(lines):
        shown = screen.paint(line, "faint")
        if number == 0 and columns.date is None and item.when and line.startswith(item.when):
            rest = line[len(item.when) :]
            shown = _painted_date(item, screen) + screen.paint(rest, "faint")
        yield " " * columns.words + shown


def _painted_date(item: Item, screen: Screen) -> str:
    style = {Tone.OVERDUE: "overdue", Tone.TODAY: "today", Tone.PAST: "faint"}.get(item.tone, "")
    return screen.paint(item.when, style)
