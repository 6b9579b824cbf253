"""Fields and entries put in another order, each with the comments above and below it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from yaml.nodes import MappingNode, Node, SequenceNode

from nextstep.files.splice_place import File
from nextstep.files.splice_text import Edit, line_above, line_start

_MODELINE = "# yaml-language-server:"


class _Piece(Struct, frozen=True):
    """A field or an entry: the blank lines and comments above it, and its own lines.

    ``text`` begins at its name or dash, without the indentation.
    """

    above: str
    text: str


def in_order(
    file: File, node: MappingNode | SequenceNode, ranks: Sequence[tuple[int, str]]
) -> Edit | None:
    """Return what orders the entries of a block by their ranks; None where they are in order.

    The entries of a map that shares its first line with a dash stay where one with a comment above
    it would have to follow the dash.
    """
    order = sorted(range(len(ranks)), key=lambda place: ranks[place])
    if order == list(range(len(ranks))):
        return None
    starts = [_start(file, entry) for entry in node.value]
    first = line_start(file.text, starts[0])
    beside_dash = bool(file.text[first : starts[0]].strip())
    begin = starts[0] if beside_dash else _top(file, first)
    pieces = _pieces(file, node, starts, begin)
    if beside_dash and pieces[order[0]].above.strip():
        return None
    indent = " " * node.start_mark.column
    text = ""
    for place, known in enumerate(order):
        piece = pieces[known]
        if place == 0 and beside_dash:
            text += piece.text
            continue
        above = piece.above
        if place == 0 or order[place - 1] != known - 1:
            above = _moved(above, len(indent))
        text += f"{above}{indent}{piece.text}"
    end = file.below(_value(node.value[-1]), node.start_mark.column)
    return Edit(begin, end, text)


def _moved(above: str, column: int) -> str:
    """Return what stands above an entry that comes to stand below another one.

    Blank lines alone stay behind. A comment goes no further in than the entry itself: below a text
    of several lines it would become a part of it.
    """
    if not above.strip():
        return ""
    return "".join(
        line if line[:column].strip() or not line.strip() else " " * column + line.lstrip(" ")
        for line in above.splitlines(keepends=True)
    )


def _pieces(
    file: File, node: MappingNode | SequenceNode, starts: list[int], begin: int
) -> list[_Piece]:
    pieces = []
    for entry, start in zip(node.value, starts, strict=True):
        end = file.below(_value(entry), node.start_mark.column)
        above = file.text[begin : max(begin, line_start(file.text, start))]
        pieces.append(_Piece(above, file.text[start:end]))
        begin = end
    return pieces


def _top(file: File, first: int) -> int:
    """Return where the comments of the first entry begin: those of the file stay above."""
    at = first
    while at:
        above = line_above(file.text, at)
        said = file.text[above:at].strip()
        if not said.startswith("#") or said.startswith(_MODELINE):
            break
        at = above
    return at


def _start(file: File, entry: Node | tuple[Node, Node]) -> int:
    if isinstance(entry, tuple):
        return int(entry[0].start_mark.index)
    return file.text.rfind("-", 0, entry.start_mark.index)


def _value(entry: Node | tuple[Node, Node]) -> Node:
    return entry[1] if isinstance(entry, tuple) else entry
