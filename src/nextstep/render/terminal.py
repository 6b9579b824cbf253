"""How a terminal is written to: its width, its signs and its colours. Colour only ever adds."""

from __future__ import annotations

from msgspec import Struct

_CODES = {
    "strong": "1",
    "faint": "2",
    "handle": "36",
    "today": "33",
    "overdue": "1;31",
    "alarm": "1;31",
}
NARROWEST = 24
WIDEST = 120


class Screen(Struct, frozen=True, kw_only=True):
    """Where text goes: ``width`` in columns, whether to use colour, and signs beyond ASCII."""

    width: int = 80
    colored: bool = False
    unicode: bool = True

    @property
    def columns(self) -> int:
        """The width to lay out for: no narrower and no wider than can be read."""
        return max(NARROWEST, min(self.width, WIDEST))

    @property
    def dot(self) -> str:
        """What stands between two parts of a line."""
        return " · " if self.unicode else " - "

    @property
    def ellipsis(self) -> str:
        """What stands for words that did not fit."""
        return "…" if self.unicode else "..."

    def paint(self, text: str, style: str) -> str:
        """Return text in a style where there is colour; the style names are those of this file."""
        code = _CODES.get(style)
        if not self.colored or code is None or not text:
            return text
        return f"\x1b[{code}m{text}\x1b[0m"
