"""A page as text: laid out for the width of a terminal. Nothing of it is cut short."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nextstep.render.cells import cells, wrap
from nextstep.render.listing import Item, Tone
from nextstep.render.page import Page, Part, Section
from nextstep.render.remarks import remark_lines
from nextstep.render.safe_record import safe_record
from nextstep.render.terminal import Screen

_INDENT = 2
_GAP = 2
_LONGEST_LABEL = 26
_NARROWEST_TITLE = 40
_TWO_COLUMNS_FROM = 96
_SHORTEST_BLANK = 20
_STYLES = {Tone.OVERDUE: "overdue", Tone.TODAY: "today", Tone.PAST: "faint"}


class _Columns(Struct, frozen=True):
    """Where words start, and the date to the right of them; None where it goes below."""

    words: int
    date: int | None
    width: int

    @property
    def room(self) -> int:
        return (self.width if self.date is None else self.date - _GAP) - self.words


def page_text(page: Page, screen: Screen) -> str:
    """Return a page as lines of at most the screen's width; every text in it is made safe."""
    page = safe_record(page)
    lines = [*_head(page, screen), ""]
    lines += [screen.paint(one, "strong") for one in wrap(page.title, screen.columns)]
    for item in page.lead:
        lines += _plain(item, screen)
    for block in page.blocks:
        lines += ["", *_block(block, screen)]
    for number, section in enumerate(page.sections):
        lines += ["", *_section(section, screen, ruled=number > 0)]
    if len(page.sections) > 1 and page.tail:
        lines += ["", _rule(screen)]
    for block in page.tail:
        lines += ["", *_block(block, screen)]
    if page.alarms or page.foot:
        lines.append("")
    for alarm in page.alarms:
        lines += remark_lines(alarm, screen, sign="! ")
    if page.foot is not None:
        lines += remark_lines(page.foot, screen)
    return "\n".join(one.rstrip() for one in lines) + "\n"


def _head(page: Page, screen: Screen) -> Iterator[str]:
    """Yield the first line; what was read stands to the right of it, or below."""
    left, origin = screen.dot.join(page.head), screen.dot.join(page.origin)
    room = screen.columns - cells(left) - cells(origin)
    if room >= _GAP:
        yield screen.paint(left, "strong") + " " * room + screen.paint(origin, "faint")
        return
    for text, style in ((left, "strong"), (origin, "faint")):
        for one in wrap(text, screen.columns):
            yield screen.paint(one, style)


def _section(section: Section, screen: Screen, *, ruled: bool) -> Iterator[str]:
    """Yield a section; a line stands between it and the one before."""
    if ruled:
        yield _rule(screen)
        yield ""
    for one in wrap(f"{section.kind.upper()}  {section.title}", screen.columns):
        yield screen.paint(one, "strong")
    yield from wrap(section.place, screen.columns) if section.place else ()
    for item in section.lead:
        yield from _plain(item, screen)
    for block in section.blocks:
        yield ""
        yield from _block(block, screen)


def _rule(screen: Screen) -> str:
    return screen.paint(("\u2500" if screen.unicode else "-") * screen.columns, "faint")


def _plain(item: Item, screen: Screen) -> Iterator[str]:
    for one in wrap(item.title, screen.columns):
        yield screen.paint(one, _STYLES.get(item.tone, ""))


def _block(block: Part, screen: Screen) -> Iterator[str]:
    if block.heading:
        for one in wrap(block.heading, screen.columns):
            yield screen.paint(one, "strong")
    columns = _columns(block, screen)
    for item in block.items:
        yield from _item(item, columns, screen, label=block.labels)


def _columns(block: Part, screen: Screen) -> _Columns:
    most = min(_LONGEST_LABEL, screen.columns // 3)
    label = min(max(cells(item.handle) for item in block.items), most)
    words = _INDENT + (label + _GAP if label else 0)
    dates = max(cells(item.when) for item in block.items)
    room = screen.columns - words - _GAP - dates
    if screen.columns < _TWO_COLUMNS_FROM or room < _NARROWEST_TITLE or not dates:
        return _Columns(words, None, screen.columns)
    titles = max(cells(item.title) for item in block.items if item.when)
    return _Columns(words, words + min(room, max(titles, _NARROWEST_TITLE)) + _GAP, screen.columns)


def _item(item: Item, columns: _Columns, screen: Screen, *, label: bool) -> Iterator[str]:
    """Yield the label and the words beside it, the date to their right or below, the details."""
    margin, style = " " * columns.words, "faint" if label else "handle"
    fits = _INDENT + cells(item.handle) + _GAP <= columns.words or not item.handle
    beside = columns.date is not None and bool(item.when) and fits
    room = columns.room if beside else columns.width - columns.words
    titles = wrap(item.title, max(room, _GAP), held=screen.dot.strip())
    if item.blank:
        titles = _with_blank(titles, max(room, _GAP))
    plain = "strong" if item.strong else ""
    title_style = plain if item.when else _STYLES.get(item.tone, plain)
    if fits:
        first = titles.pop(0)
        begin = " " * _INDENT + screen.paint(item.handle, style)
        begin += " " * (columns.words - _INDENT - cells(item.handle))
        begin += screen.paint(first, title_style)
        if beside and columns.date is not None:
            used = columns.words + cells(first)
            begin += " " * max(_GAP, columns.date - used) + _date(item, screen)
        yield begin
    else:
        for one in wrap(item.handle, columns.width - _INDENT):
            yield " " * _INDENT + screen.paint(one, style)
    for one in titles:
        yield margin + screen.paint(one, title_style)
    yield from _below(item, columns, screen, beside=beside)


def _with_blank(lines: list[str], width: int) -> list[str]:
    """Return the lines with room to write behind them, up to the width."""
    left = width - cells(lines[-1]) - 1
    if left >= _SHORTEST_BLANK:
        return [*lines[:-1], f"{lines[-1]} {'_' * left}"]
    return [*lines, "_" * width]


def _below(item: Item, columns: _Columns, screen: Screen, *, beside: bool) -> Iterator[str]:
    dated = bool(item.when) and not beside
    parts = [*([item.when] if dated else []), *item.details]
    if not parts:
        return
    room = max(columns.width - columns.words, _GAP)
    for number, one in enumerate(wrap(screen.dot.join(parts), room, held=screen.dot.strip())):
        shown = screen.paint(one, "faint")
        if dated and number == 0 and one.startswith(item.when):
            shown = _date(item, screen) + screen.paint(one[len(item.when) :], "faint")
        yield " " * columns.words + shown


def _date(item: Item, screen: Screen) -> str:
    return screen.paint(item.when, _STYLES.get(item.tone, ""))
