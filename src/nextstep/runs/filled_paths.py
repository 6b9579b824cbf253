"""Paths of a step with the facts of its run in the places kept for them."""

from __future__ import annotations

from collections.abc import Mapping


def filled_path(path: str, inputs: Mapping[str, str], part: str | None) -> str:
    """Return a path with each ``$input``, and ``$part``, replaced by its value.

    Of two names that fit the longer one is meant. What a value holds is not filled in again, and a
    name without a value stays as it is written.
    """
    if "$" not in path:
        return path
    values = {**inputs, "part": part} if part else inputs
    names = sorted(values, key=len, reverse=True)
    first, *rest = path.split("$")
    return first + "".join(_filled(words, names, values) for words in rest)


def _filled(words: str, names: list[str], values: Mapping[str, str]) -> str:
    for name in names:
        if name and words.startswith(name):
            return values[name] + words[len(name) :]
    return f"${words}"
