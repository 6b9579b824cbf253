"""The graph of commits in memory: what a merge brought in, and what a path held at a commit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from nextstep.repo.history import Commit

_NEVER = 1 << 62


class Graph:
    """Commits by their place in the order of the history, parents before children.

    The tree of first parents is cut into chains; the main line, which ends with the newest commit,
    is one of them. Of each chain is kept which commits its merges brought in, and when. Then what
    a commit comes from is, of its chain and of those that lead back from there: their own commits
    and what they had brought in until then. So what a merge brings in is found by looking at
    nothing else.
    """

    def __init__(self, commits: Sequence[Commit]) -> None:
        """Look at the parents of all commits."""
        place = {commit.id: number for number, commit in enumerate(commits)}
        self.parents = [
            (place[own[0]],)
            if len(own := commit.nearest) == 1 and own[0] in place
            else tuple([place[parent] for parent in own if parent in place])
            for commit in commits
        ]
        main = self._main_line()
        self._reach = self._reaches(main)
        self._landed = self._landings(main)
        self._chains(main)
        self._brought: dict[int, dict[int, int]] = {}
        self._sides: dict[int, list[list[int]]] = {}
        for merge, parents in enumerate(self.parents):
            if len(parents) > 1:
                self._bring(merge, parents)

    def sides(self, merge: int) -> list[list[int]]:
        """Return for each parent but the first what led to it and to none before it.

        Oldest first.
        """
        return self._sides[merge]

    def comes_from(self, commit: int, older: int) -> bool:
        """Whether a commit comes from another one, or is it."""
        if self._landed[older] <= self._reach[commit]:
            return True
        return any(
            (self.chain[older] == chain and older <= last)
            or self._brought.get(chain, {}).get(older, _NEVER) <= last
            for chain, last in self.back(commit)
        )

    def bases(self, side: Sequence[int], tip: int) -> list[int]:
        """Return the newest commits that a side came from; several in a criss-cross history."""
        inside = set(side)
        left = {parent for one in side for parent in self.parents[one]} - inside
        best: list[int] = []
        for one in sorted(left if side else [tip], reverse=True):
            if not any(self.comes_from(newer, one) for newer in best):
                best.append(one)
        return best

    def joint(self, tip: int, bases: Sequence[int]) -> int:
        """Return the first commit on the way of first parents to one that comes from all bases."""
        while self.parents[tip]:
            before = self.parents[tip][0]
            if not all(self.comes_from(before, base) for base in bases):
                break
            tip = before
        return tip

    def _bring(self, merge: int, parents: Sequence[int]) -> None:
        """Find what a merge brings in, and note it for its chain, but for what the main line has."""
        found: set[int] = set()
        self._sides[merge] = []
        for tip in parents[1:]:
            side = []
            ahead = [tip]
            while ahead:
                one = ahead.pop()
                if one not in found and not self.comes_from(parents[0], one):
                    found.add(one)
                    side.append(one)
                    ahead += self.parents[one]
            side.sort()
            self._sides[merge].append(side)
        brought = self._brought.setdefault(self.chain[merge], {})
        for one in found:
            if self._landed[one] > self._reach[merge]:
                brought.setdefault(one, merge)

    def back(self, commit: int) -> Iterator[tuple[int, int]]:
        """Yield the chains that lead back along first parents, each with where one is on it.

        A chain is a number; the place is the last commit of it that is meant.
        """
        while commit >= 0:
            chain = self.chain[commit]
            yield chain, commit
            commit = self._fork[chain]

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
