"""Circles in what waits for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_MOST_TOLD = 8


def circles(graph: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the circles of a graph of names, each once, in the order of the mapping.

    A circle is the names on it, without the first one repeated at the end; ``("a",)`` is a name
    that points at itself. Of circles that share a name only one is told. Linear in the edges.
    """
    done: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in graph:
        if start not in done:
            found += _walk(graph, start, done)
    return tuple(found)


def _walk(graph: Mapping[str, Sequence[str]], start: str, done: set[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    told: set[str] = set()
    path = [start]
    place = {start: 0}
    ahead = [iter(graph.get(start, ()))]
    while path:
        after = next(ahead[-1], None)
        if after is None:
            ahead.pop()
            done.add(path[-1])
            del place[path.pop()]
        elif after in place:
            circle = tuple(path[place[after] :])
            if told.isdisjoint(circle):
                told.update(circle)
                found.append(circle)
        elif after not in done and after in graph:
            place[after] = len(path)
            path.append(after)
            ahead.append(iter(graph[after]))
    return found


def in_words(circle: tuple[str, ...], link: str = "after") -> str:
    """Return a circle as it is told: `` `a` after `b` after `a` ``; of a long one the beginning."""
    told = [f"`{name}`" for name in circle]
    if len(told) > _MOST_TOLD:
        told[_MOST_TOLD - 1 :] = [f"{len(told) - _MOST_TOLD + 1} more"]
    return f" {link} ".join([*told, f"`{circle[0]}`"])
