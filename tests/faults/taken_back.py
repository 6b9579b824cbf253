"""What counts of a log in which some entries take others back."""

from __future__ import annotations

from collections.abc import Sequence


def standing(taken: Sequence[int | None]) -> list[int]:
    """Return the places of what nothing has taken back; what takes back is among them.

    ``taken`` has for each entry the place of the one that it takes back, None for any other entry.
    """
    gone: set[int] = set()
    for place in reversed(range(len(taken))):
        of = taken[place]
        if of is not None and place not in gone:
            gone.add(of)
    return [place for place in range(len(taken)) if place not in gone]
