"""What the graph answers quickly is what looking at every commit answers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest

from nextstep.repo.history import Commit
from nextstep.repo.history_changes import Change
from nextstep.repo.place import Place
from nextstep.trail.merges import Merges
from nextstep.trail.merges_graph import Graph, Held
from nextstep.trail.versions_records import Names

PATHS = [f"commitments/{name}.yaml".encode() for name in "abc"]
TREES = list[dict[bytes, bytes]]


def _invented(seed: int, count: int = 40) -> tuple[list[Commit], TREES]:
    """Commits of any shape with what each of them holds: branches, merges, several roots."""
    chance = random.Random(seed)
    commits: list[Commit] = []
    trees: TREES = []
    for number in range(count):
        last = number == count - 1
        many = chance.choice([1, 1, 1, 2, 2, 3]) if number else 0
        parents = [chance.randrange(max(0, number - 8), number) for _ in range(many)]
        if chance.random() < 0.03:
            parents = []
        if last:
            parents = _heads(commits)
        tree = dict(trees[parents[0]]) if parents else {}
        for other in parents[1:]:
            if chance.random() < 0.8:
                tree.update({k: v for k, v in trees[other].items() if chance.random() < 0.7})
        if len(parents) < 2 or chance.random() < 0.3:
            path = chance.choice(PATHS)
            tree[path] = str(chance.randrange(4)).encode()
            if chance.random() < 0.1:
                del tree[path]
        before = trees[parents[0]] if parents else {}
        changes = tuple(
            Change(path, before.get(path), tree.get(path))
            for path in PATHS
            if before.get(path) != tree.get(path)
        )
        commits.append(_commit(str(number), map(str, parents), changes))
        trees.append(tree)
    return commits, trees


def _commit(id_: str, parents: Iterable[str], changes: Sequence[Change] = ()) -> Commit:
    own = tuple(parents)
    return Commit(id_, own, (), changes, own)


def _heads(commits: list[Commit]) -> list[int]:
    parents = {parent for commit in commits for parent in commit.parents}
    return [number for number, commit in enumerate(commits) if commit.id not in parents]


def _before(commits: list[Commit]) -> list[set[int]]:
    """Of each commit all that it comes from, itself included."""
    found: list[set[int]] = []
    for number, commit in enumerate(commits):
        found.append({number}.union(*(found[int(parent)] for parent in commit.parents)))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_graph_answers_as_a_search_through_all_does(seed: int) -> None:
    commits, trees = _invented(seed)
    graph, before = Graph(commits), _before(commits)
    held = Held(graph, commits)
    for number, tree in enumerate(trees):
        assert {path: held.at(path, number) for path in PATHS} == {
            path: tree.get(path) for path in PATHS
        }
        parents = graph.parents[number]
        for older in range(number):
            assert graph.comes_from(number, older) == (older in before[number])
        for rank in range(1, len(parents)):
            mine = set().union(*(before[parent] for parent in parents[:rank]))
            side = graph.sides(number)[rank - 1]
            assert side == sorted(before[parents[rank]] - mine)
            common = mine & before[parents[rank]]
            best = {
                one for one in common if not any(one in before[other] - {other} for other in common)
            }
            assert set(graph.bases(side, parents[rank])) == best


@pytest.mark.parametrize("seed", range(40, 140))
def test_no_merge_that_is_not_plain_is_passed_over(seed: int) -> None:
    """A record is told of in a merge unless one side's content, or all sides', explains it."""
    commits, trees = _invented(seed)
    before = _before(commits)
    merges = Merges(commits, Names(Place(root="/")), {}, frozenset())
    for number, commit in enumerate(commits):
        parents = [int(parent) for parent in commit.parents]
        told = {one.key[1] for one in merges.passages(number)} if len(parents) > 1 else set()
        if len(parents) != 2 or parents[0] == parents[1]:
            continue
        common = before[parents[0]] & before[parents[1]]
        bases = [
            one for one in common if not any(one in before[other] - {other} for other in common)
        ]
        for path in PATHS:
            ours, theirs, merged = (
                trees[one].get(path) for one in (parents[0], parents[1], number)
            )
            roots = {trees[base].get(path) for base in bases} or {None}
            is_plain = len(roots) == 1 and (
                (merged == theirs and {ours} == roots)
                or (merged == ours and {theirs} == roots)
                or ours == theirs == merged
            )
            if len(roots) == 1:
                assert (path.decode()[12:-5] in told) == (not is_plain)


def test_old_branches_take_no_square_of_steps() -> None:
    """Each branch began at the first commit: what it brought in is found without all between."""
    commits = [_commit("0", ())]
    main = "0"
    for number in range(2_000):
        side, merge = f"s{number}", f"m{number}"
        commits += [_commit(side, ("0",)), _commit(merge, (main, side))]
        main = merge
    assert _steps(commits) < 3 * len(commits)


def test_a_branch_that_follows_the_main_line_for_long_takes_no_square_of_steps() -> None:
    commits = [_commit("0", ())]
    main, side = "0", "0"
    for number in range(1_000):
        names = (f"m{number}", f"s{number}", f"f{number}")
        commits += [
            _commit(names[0], (main,)),
            _commit(names[1], (side,)),
            _commit(names[2], (names[1], names[0])),
        ]
        main, side = names[0], names[2]
    commits.append(_commit("end", (main, side)))
    assert _steps(commits) < 3 * len(commits)


def test_old_branches_beside_the_main_line_take_no_square_of_steps() -> None:
    commits = [_commit("0", ()), _commit("1", ("0",))]
    beside = "1"
    for number in range(1_000):
        side, merge = f"s{number}", f"m{number}"
        commits += [_commit(side, ("1",)), _commit(merge, (beside, side))]
        beside = merge
    commits.append(_commit("end", ("0", beside)))
    assert _steps(commits) < 3 * len(commits)


def _steps(commits: list[Commit]) -> int:
    """Return how often the graph asked whether a commit comes from another."""

    class Counting(Graph):
        steps = 0

        def comes_from(self, commit: int, older: int) -> bool:
            self.steps += 1
            return super().comes_from(commit, older)

    return Counting(commits).steps


def test_chains_lead_from_the_main_line_to_the_first_commit() -> None:
    commits, _ = _invented(3)
    graph = Graph(commits)
    way = [last for _, last in graph.back(len(commits) - 1)]
    assert all(older < newer for newer, older in pairwise(way))
