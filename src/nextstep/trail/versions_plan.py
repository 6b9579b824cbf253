"""Which versions there are to read, told from the entries of all commits alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter

from msgspec import Struct

from nextstep.repo.history import Commit
from nextstep.trail.merges import Key, Merges
from nextstep.trail.versions_records import Names, Planned, joined, pair, renamed

Logs = Callable[[Iterable[bytes]], Mapping[bytes, frozenset[bytes]]]
"""Reads the lines of the logs in some contents."""


class Plan(Struct, frozen=True):
    """All passages of a history, oldest first; ``same`` leads to what stands for all its ids."""

    planned: Sequence[Planned]
    same: Mapping[Key, Key]


class _Exchange(Struct, frozen=True):
    """Files that went and came in one commit, and may be one record under a new id."""

    went: list[Planned]
    came: list[Planned]


def plan(commits: Sequence[Commit], names: Names, borders: AbstractSet[str], logs: Logs) -> Plan:
    """Return what there is to tell of all records."""
    planned: list[Planned] = []
    exchanges: list[_Exchange] = []
    merges = []
    for number, commit in enumerate(commits):
        if len(commit.parents) > 1:
            merges.append(number)
        elif commit.changes:
            stayed, came, went = pair(number, commit.changes, names)
            planned += stayed
            if came and went:
                exchanges.append(_Exchange(went, came))
            else:
                planned += came or went
    same = _Same()
    lines = logs(_contents_of(exchanges))
    for exchange in exchanges:
        planned += _resolved(exchange, same, lines)
    if merges:
        inside = Merges(commits, names, same.flat(), borders)
        for number in merges:
            planned += _in_merge(inside.passages(number), same, logs)
    planned.sort(key=attrgetter("place"))
    return Plan(planned, same.flat())


class _Same:
    """Which ids stand for one record."""

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}

    def of(self, key: Key) -> Key:
        """Return the id that stands for all of a record."""
        while key in self._above:
            key = self._above[key]
        return key

    def join(self, older: Key, newer: Key) -> None:
        """Make two ids one record."""
        older, newer = self.of(older), self.of(newer)
        if older != newer:
            self._above[newer] = older

    def flat(self) -> dict[Key, Key]:
        """Return for each id that is not alone the one that stands for all."""
        return {key: self.of(key) for key in self._above}


def _contents_of(exchanges: Iterable[_Exchange]) -> list[bytes]:
    return [
        entry
        for exchange in exchanges
        for one in (*exchange.went, *exchange.came)
        if (entry := one.new or one.old) is not None
    ]


def _resolved(
    exchange: _Exchange, same: _Same, lines: Mapping[bytes, frozenset[bytes]]
) -> Iterator[Planned]:
    pairs = list(renamed(exchange.went, exchange.came, lines))
    for went, came in pairs:
        same.join(went.key, came.key)
        yield joined(went, came)
    done = {one.key for two in pairs for one in two}
    yield from (one for one in (*exchange.went, *exchange.came) if one.key not in done)


def _in_merge(passages: Sequence[Planned], same: _Same, logs: Logs) -> Iterator[Planned]:
    """Yield the passages of a merge, with those joined that only changed their id in it."""
    went = [one for one in passages if one.name is None and one.old is not None]
    came = [one for one in passages if one.name is not None and not any(one.parents)]
    if went and came:
        exchange = _Exchange(went, came)
        yield from _resolved(exchange, same, logs(_contents_of([exchange])))
    joinable = {id(one) for one in (*went, *came)} if went and came else set()
    yield from (one for one in passages if id(one) not in joinable)


def story(planned: Sequence[Planned], only: str) -> list[Planned]:
    """Return what led to a record: followed back through its ids, with what it became last."""
    ids = {only}
    story = []
    for one in reversed(planned):
        was = one.was.id if one.was is not None else None
        if one.key[1] in ids and was is not None:
            ids.add(was)
        if one.key[1] in ids or was in ids:
            story.append(one)
    story.reverse()
    return story
