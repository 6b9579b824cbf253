"""The line of a file in which something was found, with carets below the place."""

from __future__ import annotations

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Span
from nextstep.render.cells import cells
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen

_TAB = "    "
_NARROWEST = 16
_HIGHEST_PILE = 8
_SEEN = 20
"""How many times the width of a line is looked at on each side of the place; the rest is far off."""


class Excerpt(Struct, frozen=True):
    """A line as it is shown, and the line of carets below it."""

    line: str
    carets: str


def excerpt(line: str, span: Span, width: int, screen: Screen) -> Excerpt:
    """Return a line and its carets in at most ``width`` columns.

    A line that is longer is cut on both sides of the place. A place that runs over several lines
    is underlined to the end of the first.
    """
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    width = max(width, _NARROWEST)
    seen = _SEEN * width
    before = _spelt(line[max(start - seen, 0) : start], screen)
    here = _spelt(line[start : max(end, start)][:seen], screen)
    after = _spelt(line[max(end, start) :][:seen], screen).rstrip()
    if cells(before + here + after) > width:
        before, here, after = _cut(before, here, after, width, screen.ellipsis)
    carets = "^" * max(1, min(cells(here), width - cells(before)))
    return Excerpt(before + here + after, " " * cells(before) + carets)


def _spelt(text: str, screen: Screen) -> str:
    """Return a piece of a line as it is seen: tabs as spaces, what hides or acts spelt out."""
    shown = _thinned(safe_text(text.replace("\t", _TAB)))
    return shown if screen.unicode else shown.encode("ascii", "backslashreplace").decode("ascii")


def _thinned(text: str) -> str:
    """Return the text without marks that pile up higher than any script needs."""
    if text.isascii():
        return text
    kept: list[str] = []
    pile = 0
    for char in text:
        pile = pile + 1 if cells(char) == 0 else 0
        if pile <= _HIGHEST_PILE:
            kept.append(char)
    return "".join(kept)


def _cut(before: str, here: str, after: str, width: int, sign: str) -> tuple[str, str, str]:
    """Return the three pieces of a line in a width, the middle one first of all."""
    room = width - 2 * cells(sign)
    inner = _first(here, room)
    if inner != here:
        after = ""
        inner += sign
    side = (room - cells(inner)) // 2
    left = _last(before, max(side, room - cells(inner) - cells(after)))
    right = _first(after, room - cells(inner) - cells(left))
    return (
        left if left == before else sign + left,
        inner,
        right if right == after else right + sign,
    )


def _first(text: str, width: int) -> str:
    """Return as much of the beginning as fits."""
    if cells(text) <= width:
        return text
    taken = 0
    for at, char in enumerate(text):
        taken += cells(char)
        if taken > width:
            return text[:at]
    return text


def _last(text: str, width: int) -> str:
    """Return as much of the end as fits."""
    if cells(text) <= width:
        return text
    taken = 0
    for at in range(len(text) - 1, -1, -1):
        taken += cells(text[at])
        if taken > width:
            return text[at + 1 :]
    return text
