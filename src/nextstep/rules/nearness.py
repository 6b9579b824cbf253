"""Which known name somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

_NEAR_ENOUGH = 0.6


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is most like ``name``, or None if none is like it."""
    from difflib import get_close_matches

    lowered = {one.casefold(): one for one in sorted(known)}
    close = get_close_matches(name.casefold(), list(lowered), n=1, cutoff=_NEAR_ENOUGH)
    return lowered[close[0]] if close else None


def write_instead(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return the hint for an unknown name: the nearest known one, and what else can be done."""
    near = nearest(name, known)
    return f"write `{near}`, or {otherwise}" if near else otherwise
