"""The records of which a merge did not simply take what one side had made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from nextstep.repo.history import Commit
from nextstep.trail.merges_graph import Graph, Held
from nextstep.trail.versions_records import Names, Planned

Key = tuple[str, str]


class _Side(Struct, frozen=True):
    """What one more parent of a merge brought in: its commits, and the commits they came from.

    In a criss-cross history these are several, and ``joints`` are the first commits on both sides
    that come from all of them.
    """

    tip: int
    brought: list[int]
    bases: list[int]
    joints: tuple[int, ...]


class Merges:
    """Finds in merges what is neither one side's nor both sides' doing.

    ``same`` leads from a record to the one that stands for all ids it ever had. ``borders`` are
    the oldest commits of a shallow clone.
    """

    def __init__(
        self,
        commits: Sequence[Commit],
        names: Names,
        same: Mapping[Key, Key],
        borders: AbstractSet[str],
    ) -> None:
        """Keep the graph of the commits and what they changed."""
        self._commits = commits
        self._names = names
        self._same = same
        self._borders = borders
        self._graph = Graph(commits)
        self._held = Held(self._graph, commits)
        self._odd: dict[int, list[bytes]] = {}
        self._paths: dict[Key, list[bytes]] = {}
        for path in self._held.paths():
            self._paths.setdefault(self._record(path), []).append(path)

    def passages(self, merge: int) -> list[Planned]:
        """Return the records that a merge did not plainly take from its sides.

        Merges are to be asked for in their order: what one of them did counts for those after it.
        Where both sides changed a record it cannot be told from the entries alone whether all of
        both is in: the contents have to be compared.
        """
        sides = self._sides(merge)
        records: dict[Key, list[bytes]] = {}
        self._odd[merge] = list(self._doubtful(merge, sides))
        for path in self._odd[merge]:
            records.setdefault(self._record(path), []).append(path)
        found = []
        for record, doubtful in records.items():
            together = self._paths[record]
            apart = any(self._is_twofold(together, one) for one in self._ends(merge, sides))
            for paths in [[path] for path in doubtful] if apart else [together]:
                planned = self._planned(paths, merge, sides)
                if planned is not None:
                    found.append(planned)
        return found

    def _sides(self, merge: int) -> list[_Side]:
        tips = self._graph.parents[merge][1:]
        return [
            self._side(self._graph.parents[merge][0], tip, brought)
            for tip, brought in zip(tips, self._graph.sides(merge), strict=True)
        ]

    def _side(self, first: int, tip: int, brought: list[int]) -> _Side:
        bases = self._graph.bases(brought, tip)
        joined = (first, tip) if len(bases) > 1 else ()
        joints = tuple(self._graph.joint(one, bases) for one in joined)
        return _Side(tip, brought, bases, joints)

    def _record(self, path: bytes) -> Key:
        name = self._names.of(path)
        key = (name.kind, name.id) if name is not None else ("", "")
        return self._same.get(key, key)

    def _doubtful(self, merge: int, sides: Sequence[_Side]) -> Iterator[bytes]:
        """Yield the paths that are not what a plain merge of the entries makes of them."""
        changed = {change.path: (change.old, change.new) for change in self._commits[merge].changes}
        straight = self._straight(sides)
        touched = (
            path
            for side in sides
            for one in side.brought
            for path in (
                *(change.path for change in self._commits[one].changes),
                *self._odd.get(one, ()),
            )
        )
        for path in dict.fromkeys([*changed, *(touched if straight is None else straight)]):
            if straight is not None and path in straight and straight[path] == changed.get(path):
                continue
            if self._names.of(path) is None:
                continue
            lies = [self._held.at(path, one) for one in self._tips(merge, sides)]
            bases = [self._base(path, side) for side in sides]
            if not _is_plain(lies, bases, self._held.at(path, merge)):
                yield path

    def _straight(
        self, sides: Sequence[_Side]
    ) -> dict[bytes, tuple[bytes | None, bytes | None]] | None:
        """Return what one straight line of commits made of each path, from what; else None."""
        if len(sides) != 1 or len(sides[0].bases) > 1:
            return None
        before = sides[0].bases
        found: dict[bytes, tuple[bytes | None, bytes | None]] = {}
        for one in sides[0].brought:
            if list(self._graph.parents[one]) != before:
                return None
            before = [one]
            for change in self._commits[one].changes:
                old = found[change.path][0] if change.path in found else change.old
                found[change.path] = (old, change.new)
        return found

    def _tips(self, merge: int, sides: Sequence[_Side]) -> list[int]:
        return [self._graph.parents[merge][0], *(side.tip for side in sides)]

    def _ends(self, merge: int, sides: Sequence[_Side]) -> list[int]:
        """Return the commits that matter to a merge: itself, its parents and what they came from."""
        return [merge, *self._tips(merge, sides), *(base for side in sides for base in side.bases)]

    def _base(self, path: bytes, side: _Side) -> bytes | None:
        """Return what a side found when it began."""
        return self._came([path], side)[1]

    def _is_twofold(self, paths: Sequence[bytes], commit: int) -> bool:
        return len(paths) > 1 and sum(self._held.at(path, commit) is not None for path in paths) > 1

    def _planned(
        self, paths: Sequence[bytes], merge: int, sides: Sequence[_Side]
    ) -> Planned | None:
        """Return what to tell of a record that lies in one of some paths; None for nothing."""
        lies = [self._lies(paths, one) for one in self._tips(merge, sides)]
        came = [self._came(paths, side) for side in sides]
        path, entry = self._lies(paths, merge)
        is_moved = not _is_plain([where for where, _ in lies], [where for where, _ in came], path)
        if not is_moved and _is_plain(
            [what for _, what in lies], [what for _, what in came], entry
        ):
            return None
        changed = [base for (_, base), (_, lie) in zip(came, lies[1:], strict=True) if base != lie]
        was = lies[0][0] if is_moved or path is None else path
        if was is None and path is None:
            was = next(where for where, _ in lies if where is not None)
        return Planned(
            commit=merge,
            was=self._names.of(was) if was and (lies[0][0] or path is None) else None,
            name=self._names.of(path) if path else None,
            old=lies[0][1],
            new=entry,
            in_merge=True,
            parents=tuple(what for _, what in lies),
            base=(changed or [came[0][1]])[0],
            base_known=not self._is_cut(sides),
        )

    def _lies(self, paths: Sequence[bytes], commit: int) -> tuple[bytes | None, bytes | None]:
        """Return where a record lies in a commit, and its entry there."""
        for path in paths:
            entry = self._held.at(path, commit)
            if entry is not None:
                return path, entry
        return None, None

    def _came(self, paths: Sequence[bytes], side: _Side) -> tuple[bytes | None, bytes | None]:
        """Return where a record lay when a side began, and its entry there.

        In a criss-cross history several commits may hold something else. Then it is what a side
        made of them where they came together, if it did not just leave some out, else the last.
        """
        if not side.bases:
            return None, None
        held = {base: self._lies(paths, base) for base in side.bases}
        if len({*held.values()}) > 1:
            for one in side.joints:
                if self._has_joined(paths, one):
                    return self._lies(paths, one)
        return held[max(held, key=lambda base: self._last_change(paths, base))]

    def _last_change(self, paths: Sequence[bytes], commit: int) -> int:
        return max(self._held.last_change(path, commit) for path in paths)

    def _has_joined(self, paths: Sequence[bytes], merge: int) -> bool:
        """Return whether a merge made of a record what none of its parents had."""
        return self._lies(paths, merge) not in [
            self._lies(paths, parent) for parent in self._graph.parents[merge]
        ]

    def _is_cut(self, sides: Sequence[_Side]) -> bool:
        """Whether a side began before the oldest commits of a shallow clone."""
        return any(self._commits[one].id in self._borders for side in sides for one in side.brought)


def _is_plain(
    lies: Sequence[bytes | None], bases: Sequence[bytes | None], merged: bytes | None
) -> bool:
    """Whether a merge is what came of taking each side's change where only that one made any.

    ``lies`` are what the parents hold, ``bases`` what each but the first of them began with.
    """
    expected = lies[0]
    for lie, base in zip(lies[1:], bases, strict=True):
        if lie in (base, expected):
            continue
        if expected != base:
            return False
        expected = lie
    return merged == expected
