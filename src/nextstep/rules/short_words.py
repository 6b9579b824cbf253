"""Values of a file as a message holds them: on one line, and no longer than need be."""

from __future__ import annotations

from collections.abc import Sequence

_LONGEST = 60
_AROUND = 15
_MOST = 3


def short(value: str | None) -> str:
    """Return a value on one line; the end of a long one is left out."""
    words = " ".join((value or "none").split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3]}..."


def short_pair(one: str | None, other: str | None) -> tuple[str, str]:
    """Return two values that differ so that the difference is seen, however long they are."""
    first, second = (" ".join((value or "none").split()) for value in (one, other))
    if max(len(first), len(second)) <= _LONGEST:
        return first, second
    same = 0
    while same < min(len(first), len(second)) and first[same] == second[same]:
        same += 1
    cut = max(0, same - _AROUND)
    if cut == 0:
        return short(first), short(second)
    cut = first.find(" ", cut, same) + 1 or cut  # at the beginning of a word, if there is one
    return f"...{short(first[cut:])}", f"...{short(second[cut:])}"


def named(items: Sequence[str]) -> str:
    """Return the first few of a list for a sentence, and how many there are more."""
    told = ", ".join(f"`{short(item)}`" for item in items[:_MOST])
    return told if len(items) <= _MOST else f"{told} and {len(items) - _MOST} more"
