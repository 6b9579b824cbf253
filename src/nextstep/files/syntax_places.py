"""Places in a text: lines as YAML counts them, spans, excerpts for messages."""

from __future__ import annotations

from nextstep.diagnostics.diagnostic import Span

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
START = Span(1, 1, 1, 1)
_LONGEST_EXCERPT = 40
_LONGEST_QUOTED, _HEAD, _TAIL = 70, 40, 20


def split_lines(text: str) -> list[str]:
    """Return the lines of a text without their ends: LF, CRLF or CR, and nothing else, ends one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def span_between(text: str, start: int, end: int) -> Span:
    """Return the span from one offset to another, both in characters."""
    return Span(*position(text, start), *position(text, end))


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of an offset in characters."""
    lines = split_lines(text[:offset])
    return len(lines), len(lines[-1]) + 1


def excerpt(text: str) -> str:
    """Return a piece of a file as it is put between backticks: one line, not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_EXCERPT else flat[: _LONGEST_EXCERPT - 3] + "..."


def quoted(text: str) -> str:
    """Return a text as it is written in quotes, the middle of a long one left out."""
    flat = " ".join(text.split())
    if len(flat) > _LONGEST_QUOTED:
        flat = f"{flat[:_HEAD].rpartition(' ')[0] or flat[:_HEAD]} ... {flat[-_TAIL:]}"
    if '"' in flat or "\\" in flat:
        return "'" + flat.replace("'", "''") + "'"
    return f'"{flat}"'
