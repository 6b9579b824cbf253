"""Pieces of a text replaced by others, every other byte of the file kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from nextstep.files.syntax_places import BYTE_ORDER_MARK
from nextstep.model.source import Source


class Edit(Struct, frozen=True):
    """The characters from ``start`` to ``end`` become ``text``, in which a line ends with a feed.

    Both count from the first character after the byte order mark, as the marks of nodes do.
    """

    start: int
    end: int
    text: str


def spliced(source: Source, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file with these pieces replaced.

    Byte order mark and line ends stay. Whole lines that are put below a last line without an end
    leave the new last line without one. Raises ValueError where edits overlap.
    """
    text = text_of(source)
    mark = BYTE_ORDER_MARK if source.data.startswith(BYTE_ORDER_MARK) else b""
    edits = [
        Edit(edit.start, edit.end, edit.text.replace("\n", end_at(text, edit.start)))
        for edit in _below_the_last_line(text, edits)
    ]
    return mark + replaced(text, edits).encode()


def replaced(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with these pieces replaced as they are. Raises ValueError where they overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        if edit.start < at:
            raise ValueError(f"two edits overlap at {edit.start}")
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join(parts) + text[at:]


def _below_the_last_line(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits; of those at the end of a last line without an end, one that has none."""
    edits = list(edits)
    end = len(text)
    below = [edit for edit in edits if edit.start == end and edit.text.endswith("\n")]
    if not below or not text or text.endswith(("\n", "\r")):
        return edits
    lines = "".join(edit.text for edit in below)
    rest = [edit for edit in edits if edit not in below]
    return [*rest, Edit(end, end, "\n" + lines.removesuffix("\n"))]


def text_of(source: Source) -> str:
    """Return the text of a file that can be read, without its byte order mark."""
    return source.data.removeprefix(BYTE_ORDER_MARK).decode()


def line_end(text: str) -> str:
    """Return how most lines of a text end; a line feed where none ends."""
    both = text.count("\r\n")
    feeds, returns = text.count("\n") - both, text.count("\r") - both
    if both > max(feeds, returns):
        return "\r\n"
    return "\r" if returns > feeds else "\n"


def end_at(text: str, offset: int) -> str:
    """Return how a line that is put in at an offset ends: as the one above, else as most do."""
    if text[max(0, offset - 2) : offset] == "\r\n":
        return "\r\n"
    above = text[offset - 1 : offset]
    return above if above in {"\r", "\n"} else line_end(text)


def line_start(text: str, offset: int) -> int:
    """Return where the line begins that an offset is in."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_stop(text: str, offset: int) -> int:
    """Return where the line that an offset is in stops, before its end."""
    found = re.compile(r"[\r\n]").search(text, offset)
    return found.start() if found else len(text)


def next_line(text: str, offset: int) -> int:
    """Return where the line after the one that an offset is in begins, or the end of the text."""
    stop = line_stop(text, offset)
    return stop + (2 if text.startswith("\r\n", stop) else 1) if stop < len(text) else stop


def line_above(text: str, start: int) -> int:
    """Return where the line above the one that begins at ``start`` begins."""
    return line_start(text, start - (2 if text[start - 2 : start] == "\r\n" else 1))


def is_blank(text: str, start: int) -> bool:
    """Return whether a line, given by its beginning, is there and holds nothing."""
    return start < len(text) and not text[start : line_stop(text, start)].strip()


def without_lines(text: str, start: int, end: int) -> Edit:
    """Return the edit that takes whole lines out, and a blank one that would then be doubled."""
    before = line_above(text, start) if start else None
    alone = start == 0 or (before is not None and is_blank(text, before))
    if alone and (end >= len(text) or is_blank(text, end)):
        if before is not None:
            start = before
        elif end < len(text):
            end = next_line(text, end)
    if end == len(text) and not text.endswith(("\n", "\r")) and start:
        while is_blank(text, line_above(text, start)):
            start = line_above(text, start)
        start -= 2 if text[start - 2 : start] == "\r\n" else 1
    return Edit(start, end, "")
