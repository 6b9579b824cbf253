"""The graph of commits in memory: what a merge brought in, and what a path held at a commit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush

from nextstep.repo.history import Commit

_MINE, _THEIRS = 1, 2
_NEVER = 1 << 62


class Graph:
    """Commits by their place in the order of the history, parents before children.

    The main line are the first parents of the newest commit. Of each commit is kept when the main
    line got it and how far up the main line it reaches, so that what a merge brought in is found
    without walking all that came before it.
    """

    def __init__(self, commits: Sequence[Commit]) -> None:
        place = {commit.id: number for number, commit in enumerate(commits)}
        self.parents = [
            tuple([place[parent] for parent in commit.parents if parent in place])
            for commit in commits
        ]
        self._depth = [0] * len(commits)
        for number, parents in enumerate(self.parents):
            if parents:
                self._depth[number] = 1 + max(self._depth[parent] for parent in parents)
        main = self._main_line()
        self._reach = self._reaches(main)
        self._landed = self._landings(main)
        self._chains(main)

    def side(self, mine: Sequence[int], theirs: int) -> list[int]:
        """Return what leads to ``theirs`` and to none of ``mine``, oldest first."""
        sure = max(self._reach[one] for one in mine)
        marks = dict.fromkeys(mine, _MINE)
        marks[theirs] = marks.get(theirs, 0) | _THEIRS
        heap = [(-self._depth[one], one) for one in marks]
        heapify(heap)
        found, waiting = [], int(marks[theirs] == _THEIRS)
        while waiting:
            _, one = heappop(heap)
            mark = marks[one]
            if mark == _THEIRS:
                waiting -= 1
                if self._landed[one] <= sure:
                    continue
                found.append(one)
            elif self._landed[one] <= sure:
                continue
            for parent in self.parents[one]:
                before = marks.get(parent, 0)
                marks[parent] = before | mark
                if not before:
                    heappush(heap, (-self._depth[parent], parent))
                waiting += (before | mark == _THEIRS) - (before == _THEIRS)
        found.sort()
        return found

    def bases(self, side: Iterable[int], theirs: int) -> list[int]:
        """Return the newest commits that a side came from; several in a criss-cross history."""
        inside = set(side)
        left = {parent for one in inside for parent in self.parents[one]} - inside
        left = left if inside else {theirs}
        best: list[int] = []
        for one in sorted(left, key=lambda one: (-self._depth[one], -one)):
            if not any(self._leads(newer, one) for newer in best):
                best.append(one)
        return best

    def back(self, commit: int) -> Iterator[tuple[int, int]]:
        """Yield the chains that lead back along first parents, each with where one is on it.

        A chain is a number; the place is the last commit of it that is meant.
        """
        while commit >= 0:
            chain = self.chain[commit]
            yield chain, commit
            commit = self._fork[chain]

    def _leads(self, newer: int, older: int) -> bool:
        """Whether one commit comes from another."""
        if self._landed[older] <= self._reach[newer]:
            return True
        ahead, seen = [newer], {newer}
        while ahead:
            for parent in self.parents[ahead.pop()]:
                if parent == older:
                    return True
                if (
                    parent not in seen
                    and self._depth[parent] > self._depth[older]
                    and self._landed[parent] >= self._landed[older]
                ):
                    seen.add(parent)
                    ahead.append(parent)
        return False

    def _main_line(self) -> list[int]:
        line = [len(self.parents) - 1]
        while self.parents[line[-1]]:
            line.append(self.parents[line[-1]][0])
        line.reverse()
        return line

    def _reaches(self, main: Sequence[int]) -> list[int]:
        """Return how far up the main line each commit comes from; -1 for not at all."""
        reach = [-1] * len(self.parents)
        for number, one in enumerate(main):
            reach[one] = number
        for one, parents in enumerate(self.parents):
            if parents and reach[one] < 0:
                reach[one] = max(reach[parent] for parent in parents)
        return reach

    def _landings(self, main: Sequence[int]) -> list[int]:
        """Return the first place of the main line that each commit leads to."""
        landed = [_NEVER] * len(self.parents)
        for number, one in enumerate(main):
            landed[one] = number
            ahead = [one]
            while ahead:
                for parent in self.parents[ahead.pop()]:
                    if landed[parent] == _NEVER:
                        landed[parent] = number
                        ahead.append(parent)
        return landed

    def _chains(self, main: Sequence[int]) -> None:
        """Cut the tree of first parents into chains, one of them the main line."""
        self.chain = [-1] * len(self.parents)
        self._fork = [-1]
        ends = {0: main[-1]}
        for one in main:
            self.chain[one] = 0
        for one, parents in enumerate(self.parents):
            if self.chain[one] >= 0:
                continue
            first = parents[0] if parents else -1
            chain = self.chain[first] if parents else -1
            if not parents or ends[chain] != first:
                chain = len(self._fork)
                self._fork.append(first)
            self.chain[one] = chain
            ends[chain] = one


class Held:
    """What every path held at every commit, from the changes along first parents."""

    def __init__(self, graph: Graph, commits: Sequence[Commit]) -> None:
        self._graph = graph
        self._changes: dict[bytes, dict[int, tuple[list[int], list[bytes | None]]]] = {}
        for number, commit in enumerate(commits):
            for change in commit.changes:
                chains = self._changes.setdefault(change.path, {})
                numbers, held = chains.setdefault(graph.chain[number], ([], []))
                numbers.append(number)
                held.append(change.new)

    def paths(self) -> Iterable[bytes]:
        """Return every path that was ever held."""
        return self._changes

    def at(self, path: bytes, commit: int) -> bytes | None:
        """Return the entry of a path in a commit."""
        return self._last(path, commit)[1]

    def last_change(self, path: bytes, commit: int) -> int:
        """Return the commit on the way of first parents that gave a path its entry, or -1."""
        return self._last(path, commit)[0]

    def _last(self, path: bytes, commit: int) -> tuple[int, bytes | None]:
        chains = self._changes.get(path, {})
        for chain, last in self._graph.back(commit) if chains else ():
            if chain in chains:
                numbers, held = chains[chain]
                found = bisect_right(numbers, last)
                if found:
                    return numbers[found - 1], held[found - 1]
        return -1, None
