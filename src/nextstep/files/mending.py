"""Files with the mends of their findings made: the pieces that a mend names, and no byte beside."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode

from nextstep.diagnostics.diagnostic import Mend, Replacement, Span
from nextstep.files.syntax import parse
from nextstep.files.syntax_places import BYTE_ORDER_MARK
from nextstep.model.source import Source


class Mended(Struct, frozen=True):
    """A file after its mends; ``places`` is where each of the new pieces stands now."""

    source: Source
    places: tuple[Span, ...]


class _Piece(Struct, frozen=True, order=True):
    """The characters from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


def apart(mends: Iterable[Mend]) -> list[Mend]:
    """Return those mends of one file, each once, that touch none of the mends before them."""
    taken: list[Replacement] = []
    chosen = []
    for mend in dict.fromkeys(mends):
        if not any(_meet(one.span, other.span) for one in mend.edits for other in taken):
            taken += mend.edits
            chosen.append(mend)
    return chosen


def mended(source: Source, mends: Iterable[Mend]) -> Mended:
    """Return a file with these mends made, which are apart. Its byte order mark stays."""
    text = _text(source)
    pieces = _pieces(text, mends)
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at = length = 0
    for piece in pieces:
        parts += (text[at : piece.start], piece.text)
        length += piece.start - at
        places.append((length, length + len(piece.text)))
        length += len(piece.text)
        at = piece.end
    new = "".join((*parts, text[at:]))
    mark = BYTE_ORDER_MARK if source.data.startswith(BYTE_ORDER_MARK) else b""
    after = Source(source.path, mark + new.encode())
    lines = _beginnings(new)
    return Mended(after, tuple(_span(lines, start, end) for start, end in places))


def is_kept(before: Source, after: Source, mends: Iterable[Mend]) -> bool:
    """Return whether a file says the same after its mends, outside the pieces that they change.

    A file that could not be read before said nothing.
    """
    old, new = parse(before).root, parse(after).root
    if old is None or new is None:
        return old is None
    pieces = _pieces(_text(before), mends)
    was, now, length = [], [], 0
    for piece in pieces:
        was.append((piece.start, piece.end))
        now.append((piece.start + length, piece.start + length + len(piece.text)))
        length += len(piece.text) - (piece.end - piece.start)
    return list(_beside(old, was, pieces)) == list(_beside(new, now, ()))


def touches(place: Span, other: Span) -> bool:
    """Return whether a place overlaps another, or stands at one that is empty."""
    begin, end = (place.line, place.column), (place.end_line, place.end_column)
    first, last = (other.line, other.column), (other.end_line, other.end_column)
    if begin == end or first == last:
        return begin <= last and first <= end
    return begin < last and first < end


def _meet(one: Span, other: Span) -> bool:
    """Return whether two pieces overlap or begin at the same place: their order would matter."""
    begin, end = (one.line, one.column), (one.end_line, one.end_column)
    first, last = (other.line, other.column), (other.end_line, other.end_column)
    return begin == first or (begin < last and first < end)


def _text(source: Source) -> str:
    return source.data.removeprefix(BYTE_ORDER_MARK).decode()


def _beside(
    root: Node, places: Sequence[tuple[int, int]], pieces: Sequence[_Piece]
) -> Iterator[tuple[int, str]]:
    """Yield where each thing stands that is outside some places, and what it is, in order.

    With ``pieces`` it is told where each of them will stand after these.
    """
    shift, ends, shifts = 0, [0], [0]
    for piece in pieces:
        shift += len(piece.text) - (piece.end - piece.start)
        ends.append(piece.end)
        shifts.append(shift)
    stops = [stop for _, stop in places]
    ahead = [root]
    while ahead:
        node = ahead.pop()
        start, end = node.start_mark.index, node.end_mark.index
        if not isinstance(node, ScalarNode):
            parts = node.value
            if isinstance(node, MappingNode):
                parts = [part for pair in node.value for part in pair]
            ahead += reversed(parts)
            end = start
        near = bisect_left(stops, start)
        if near == len(places) or places[near][0] > end:
            moved = start + shifts[bisect_right(ends, start) - 1]
            yield moved, node.value if isinstance(node, ScalarNode) else node.tag


def _beginnings(text: str) -> list[int]:
    """Return where each line begins, as the reader counts them."""
    return [0, *(end.end() for end in re.finditer("\r\n|\n|\r", text))]


def _pieces(text: str, mends: Iterable[Mend]) -> list[_Piece]:
    lines = _beginnings(text)
    return sorted(
        _Piece(
            lines[one.span.line - 1] + one.span.column - 1,
            lines[one.span.end_line - 1] + one.span.end_column - 1,
            one.text,
        )
        for mend in mends
        for one in mend.edits
    )


def _span(lines: Sequence[int], start: int, end: int) -> Span:
    return Span(*_position(lines, start), *_position(lines, end))


def _position(lines: Sequence[int], at: int) -> tuple[int, int]:
    line = bisect_right(lines, at)
    return line, at - lines[line - 1] + 1
