"""Which known name somebody may have meant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

_LONGEST = 80
_NEAR_ENOUGH = 0.6
_AROUND = 16


class _Names(Struct, frozen=True):
    """Names without regard to case, in order of how they begin and of how they end."""

    spelt: dict[str, str]
    beginnings: list[str]
    endings: list[str]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like ``name``, or None if none is like it.

    Of many names only those are compared that begin or end much like it: a large ledger with many
    wrong names is told about all of them in time.
    """
    return _nearest(name[:_LONGEST].casefold(), frozenset(known))


@lru_cache(maxsize=256)
def _nearest(sought: str, known: frozenset[str]) -> str | None:
    from difflib import get_close_matches

    names = _in_order(known)
    close = get_close_matches(sought, _likely(sought, names), n=1, cutoff=_NEAR_ENOUGH)
    return names.spelt[close[0]] if close else None


def write_instead(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the hint for an unknown name: the nearest known one, and what else can be done."""
    near = nearest(name, known)
    return f"write `{near}`, or {otherwise}" if near else otherwise


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest known name, or nothing."""
    near = nearest(name, known)
    return f"did you mean `{near}`?" if near else ""


@lru_cache(maxsize=4)
def _in_order(known: frozenset[str]) -> _Names:
    spelt = {one.casefold(): one for one in sorted(known)}
    return _Names(spelt, sorted(spelt), sorted(one[::-1] for one in spelt))


def _likely(sought: str, names: _Names) -> list[str]:
    """Return the names that stand around the sought one in the two orders."""
    if len(names.spelt) <= 4 * _AROUND:
        return names.beginnings
    likely = _around(names.beginnings, sought)
    likely += (one[::-1] for one in _around(names.endings, sought[::-1]))
    return sorted(set(likely))


def _around(names: list[str], sought: str) -> list[str]:
    at = bisect_left(names, sought)
    return names[max(0, at - _AROUND) : at + _AROUND]
