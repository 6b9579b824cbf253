"""The ids that the program draws, and those that a page shows in their place.

A new file ends in four characters that are drawn, `send-offer-k3f9`: they differ from one run of a page to
the next. The first line in which such an end is printed also stands in the page, with the end that it had
when the page was written. From there on one is put for the other in everything of that page: in what is
typed the drawn one, in what is printed that of the page. Everything else has to be equal.
"""

from __future__ import annotations

import re
from pathlib import Path

_DRAWN = r"[0-9a-hj-km-np-tv-z]{4}"
_ID = re.compile(rf"^.*-({_DRAWN})$")


class DrawnIds:
    """The ends of ids that were drawn since a page began, each with the end that the page shows."""

    def __init__(self, folder: Path) -> None:
        """Begin with the files of a folder: their ends are on the page as they are."""
        self._folder = folder
        self._there = self._ends()
        self._shown: dict[str, str] = {}

    def as_drawn(self, text: str) -> str:
        """Return words of the page as they have to be typed here."""
        return _replaced(text, {shown: drawn for drawn, shown in self._shown.items()})

    def as_shown(self, said: str, shown: str) -> str:
        """Return what a command said in the words of the page, which shows ``shown`` below it.

        An end that the page shows nowhere stays as it was drawn.
        """
        for drawn in self._ends() - self._there:
            for line in said.splitlines():
                if drawn not in self._shown and (found := _found(drawn, line, shown)):
                    self._shown[drawn] = found
        return _replaced(said, self._shown)

    def _ends(self) -> set[str]:
        files = self._folder.rglob("commitments/**/*.yaml")
        return {found[1] for file in files if (found := _ID.match(file.stem))}


def _found(drawn: str, line: str, shown: str) -> str:
    """Return what stands in the page at the place of an end in a line; empty where nothing does."""
    parts = re.split(rf"\b{drawn}\b", line)
    if len(parts) == 1:
        return ""
    head, *more = (re.escape(part) for part in parts)
    pattern = rf"^{head}({_DRAWN})" + r"\1".join(more) + r"$"
    found = re.search(pattern, shown, re.MULTILINE)
    return found[1] if found else ""


def _replaced(text: str, words: dict[str, str]) -> str:
    if not words:
        return text
    return re.sub(rf"\b(?:{'|'.join(words)})\b", lambda found: words[found[0]], text)
