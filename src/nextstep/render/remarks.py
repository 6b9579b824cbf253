"""A sentence with the command that follows from it, as it stands at the foot of what is shown."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.render.cells import cells, wrap
from nextstep.render.listing import Remark
from nextstep.render.terminal import Screen

_INDENT = 2
_GAP = 2
_GOES_ON = " \\"
_QUOTES = frozenset("'\"")


def remark_lines(remark: Remark, screen: Screen, *, sign: str = "") -> Iterator[str]:
    """Yield a sentence, with its command to the right where there is room, else below."""
    shown = screen.paint(sign, "alarm")
    room = screen.columns - cells(sign) - cells(remark.text)
    if room >= (cells(remark.command) + _GAP if remark.command else 0):
        gap = " " * (room - cells(remark.command)) if remark.command else ""
        yield shown + remark.text + gap + screen.paint(remark.command, "handle")
        return
    first, *rest = wrap(remark.text, screen.columns - _INDENT)
    yield shown + first
    for one in rest:
        yield " " * _INDENT + one
    for one in _broken(remark.command, screen.columns - _INDENT):
        yield " " * _INDENT + screen.paint(one, "handle")


def _broken(command: str, columns: int) -> list[str]:
    """Return a command in lines that a shell takes as one: no line may be run without the rest.

    One with quoted words, or with a word that no line holds, is broken like any other text.
    """
    if not command or cells(command) <= columns:
        return [command] if command else []
    room = columns - cells(_GOES_ON)
    if _QUOTES.intersection(command) or any(cells(word) > room for word in command.split()):
        return wrap(command, columns)
    *lines, last = wrap(command, room)
    return [*(f"{line}{_GOES_ON}" for line in lines), last]
