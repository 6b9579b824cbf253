"""How wide text is on a terminal, and how it is broken into lines of a width."""

from __future__ import annotations

_FIRST_ODD = "\u0300"  # below it every character that is seen takes one column
_JOINER = "\u200d"
_HIGHEST_PILE = 8
"""Marks on one letter: as many as any script needs, fewer than what covers the next line."""


def cells(text: str) -> int:
    """Return how many columns a line takes; text has passed `safe_text`.

    Marks take none, East Asian and emoji characters two, and emoji joined to one picture two.
    Rich knows how wide they are; it is asked only where there is such a character.
    """
    if text.isascii() or max(text) < _FIRST_ODD:
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def pad(text: str, width: int) -> str:
    """Return the text with spaces after it up to a width; longer text as it is."""
    return text + " " * (width - cells(text))


def wrap(
    text: str, width: int, *, most: int | None = None, ellipsis: str = "…", held: str = ""
) -> list[str]:
    """Return the text as lines of at most ``width`` columns, broken between words.

    ``held`` is a sign between words that stays at the end of a line and begins none.
    A word that is longer than a line is cut. With ``most`` lines given, what is left over after
    the last of them is replaced by the ellipsis. Piles of marks are taken down to a few.
    """
    width = max(width, 2)
    if cells(text) == len(text) <= width:
        return [text]
    lines = [""]
    used = 0
    for word in _words(_thinned(text), held):
        size = cells(word)
        if not lines[-1] or used + 1 + size <= width:
            gap = 1 if lines[-1] else 0
            lines[-1] += " " * gap + word
            used += gap + size
        else:
            lines.append(word)
            used = size
        if used > width:
            lines[-1:] = _cut(lines[-1], width)
            used = cells(lines[-1])
        if most is not None and len(lines) > most:
            break
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [_ended(lines[most - 1], width, ellipsis)]
    return lines


def _words(text: str, held: str) -> list[str]:
    """Return the words of a text, each together with the held signs after it."""
    words: list[str] = []
    for word in text.split(" "):
        if words and word == held:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _is_mark(char: str) -> bool:
    """Whether a character takes no column of its own: it sits on the one before, or joins two."""
    if char < _FIRST_ODD:
        return False
    from unicodedata import category

    return category(char) in ("Mn", "Me", "Cf")


def _thinned(text: str) -> str:
    """Return the text without the marks that pile up beyond what any script needs."""
    if text.isascii() or max(text) < _FIRST_ODD:
        return text
    kept = []
    pile = 0
    for char in text:
        pile = pile + 1 if _is_mark(char) and char != _JOINER else 0
        if pile <= _HIGHEST_PILE:
            kept.append(char)
    return "".join(kept)


def _cut(word: str, width: int) -> list[str]:
    """Return a word in pieces that fit, never between a character and its marks.

    No piece begins with two colons: at the beginning of a line they may be a command.
    """
    pieces = [""]
    for at, char in enumerate(word):
        if pieces[-1] and not _is_mark(char) and cells(pieces[-1] + char) > width:
            kept = "" if word[at : at + 2] != "::" else pieces[-1][-1]
            pieces[-1] = pieces[-1][: len(pieces[-1]) - len(kept)]
            pieces.append(kept)
        pieces[-1] += char
    return [piece for piece in pieces if piece]


def _ended(line: str, width: int, ellipsis: str) -> str:
    """Return a line that ends with an ellipsis, with as much of it as fits."""
    room = width - cells(ellipsis)
    while cells(line) > room:
        line = line[:-1]
    return line.rstrip() + ellipsis
