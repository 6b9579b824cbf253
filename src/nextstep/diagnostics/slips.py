"""A name that can only be a slip of the pen for another: sure enough to write the other instead."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

_SHORTEST_WORD = 3
_SHORTEST_NAME = 5
_MARK = 5
_MOST = 400
"""Among more names than these nobody is sure that one of them is the only one alike."""


def word_meant(word: str, known: Collection[str]) -> str | None:
    """Return the one word of a closed list that a word is written for, or None.

    It differs in capitals, in the sign between its parts, or by one letter: another one, one too
    many, one too few, or two that changed places. No second word of the list is as near.
    """
    if len(known) > _MOST:
        return None
    return _same(word, frozenset(known)) or _only(_near(word, known, _SHORTEST_WORD))


def name_meant(name: str, known: Collection[str]) -> str | None:
    """Return the one known name that a name is written for, or None.

    Names are given freely, so that a name nobody knows may be one that is still to come. Sure is
    only a letter left out, written twice or exchanged with its neighbour: another letter, a digit
    or a plural makes another name.
    """
    if len(known) > _MOST:
        return None
    same = _same(name, frozenset(known))
    near = same or _only(_near(name, known, _SHORTEST_NAME))
    return near if near is not None and (same or _is_slip(name, near)) else None


def id_meant(name: str, known: Collection[str]) -> str | None:
    """Return the one id that an id of a file is written for, or None.

    Four characters at the end, which the program made and of which one is a digit, are enough.
    """
    mark = name[-_MARK:]
    if len(name) > _MARK and mark[0] == "-" and any(char.isdigit() for char in mark):
        same = _only(_by_mark(frozenset(known)).get(mark, []))
        if same is not None:
            return same
    return name_meant(name, known)


@lru_cache(maxsize=4)
def _by_mark(known: frozenset[str]) -> dict[str, list[str]]:
    by_mark: dict[str, list[str]] = {}
    for name in known:
        by_mark.setdefault(name[-_MARK:], []).append(name)
    return by_mark


@lru_cache(maxsize=64)
def _folded(known: frozenset[str]) -> dict[str, list[str]]:
    folded: dict[str, list[str]] = {}
    for name in known:
        folded.setdefault(_fold(name), []).append(name)
    return folded


def _fold(name: str) -> str:
    return "".join(char for char in name.casefold() if char not in "-_ ")


def _same(name: str, known: frozenset[str]) -> str | None:
    return _only(_folded(known).get(_fold(name), []))


def _only(names: list[str]) -> str | None:
    return names[0] if len(names) == 1 else None


def _near(word: str, known: Collection[str], shortest: int) -> list[str]:
    if len(word) < shortest:
        return []
    return [name for name in known if len(name) >= shortest and _is_one_off(word, name)]


def _is_one_off(one: str, other: str) -> bool:
    """Return whether two texts differ by one letter, or by two neighbours that changed places."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or one == other:
        return False
    at = _common(one, other)
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1]
    return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])


def _is_slip(name: str, near: str) -> bool:
    """Return whether a name one off another is no name of its own."""
    if len(name) == len(near):
        at = _common(name, near)
        return name[at + 1 :] != near[at + 1 :] and _are_letters(name[at : at + 2])
    longer, shorter = (name, near) if len(name) > len(near) else (near, name)
    at = _common(longer, shorter)
    if not _are_letters(longer[at]):
        return False
    if longer is name:  # a letter too many: written twice
        return at > 0 and longer[at] == longer[at - 1]
    return not (at == len(shorter) and longer[at] == "s")


def _are_letters(text: str) -> bool:
    return text.isalpha()


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at
