"""The names of days, months and places in a row as people type them: English, in small letters."""

from __future__ import annotations

from collections.abc import Sequence

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)
ORDINALS = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
)
_DIGITS = 2


def numbered(names: tuple[str, ...], first: int = 0) -> dict[str, int]:
    """Return the number of each name, and of its first three letters."""
    return {form: number for number, name in enumerate(names, first) for form in (name, name[:3])}


WEEKDAY_NUMBERS = numbered(WEEKDAYS)
MONTH_NUMBERS = numbered(MONTHS, 1)


def weekdays_joined(words: Sequence[str]) -> tuple[int, ...] | None:
    """Return the weekdays named in words joined by commas and ``and``; None if there is more.

    A comma is a word of its own. They come in the order of the week, each once.
    """
    days = [WEEKDAY_NUMBERS.get(word, -1) for word in words[::2]]
    joints = set(words[1::2])
    if not days or -1 in days or not joints <= {",", "and"} or len(words) % 2 == 0:
        return None
    return tuple(sorted(set(days)))


def place_in_row(word: str) -> int | None:
    """Return the number of ``third`` and ``3rd``; None for any other word, and above 99."""
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    digits, ending = word[:-2], word[-2:]
    if ending not in ("st", "nd", "rd", "th") or not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits) if len(digits) <= _DIGITS else None
