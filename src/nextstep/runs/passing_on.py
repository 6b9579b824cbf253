"""Who may answer an offer, and who has a step once the promise of it is passed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def receivers_of(to: Iterable[str], members: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the people to whom something is offered; a role stands for all who hold it."""
    return tuple(one for name in to for one in members.get(name) or (name,))


def gives_way(who: tuple[str, ...], giver: str) -> str:
    """Return whose place the receiver takes: the giver's, or of those who have it the first one's.

    ``who`` are the people who have the step; who leads the run passes on what is somebody else's.
    """
    return giver if giver in who or not who else who[0]


def taken_over(who: tuple[str, ...], giver: str, receiver: str) -> tuple[str, ...]:
    """Return who has a step once somebody accepted it: everybody else who had it still does."""
    gone = gives_way(who, giver)
    return tuple(dict.fromkeys(receiver if one == gone else one for one in who)) or (receiver,)
