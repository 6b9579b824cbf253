"""Which steps come before others, and which after them: straight, or by way of others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping


def all_before(order: Mapping[str, Iterable[str]], id_: str) -> set[str]:
    """Return the steps that one comes after, directly or not; in a circle it is one of them.

    ``order`` says of each step which ones it comes straight after.
    """
    return reached([id_], lambda one: order.get(one, ()))


def all_after(order: Mapping[str, Iterable[str]], id_: str) -> set[str]:
    """Return the steps that come after one, directly or not; in a circle it is one of them.

    ``order`` says of each step which ones it comes straight after.
    """
    followers: dict[str, list[str]] = {}
    for later, before in order.items():
        for one in before:
            followers.setdefault(one, []).append(later)
    return reached([id_], lambda one: followers.get(one, ()))


def reached(ids: Iterable[str], onward: Callable[[str], Iterable[str]]) -> set[str]:
    """Return what lies behind some steps in one direction; of themselves those in a circle."""
    found: set[str] = set()
    fresh = list(ids)
    while fresh:
        new = [one for one in onward(fresh.pop()) if one not in found]
        found.update(new)
        fresh.extend(new)
    return found
