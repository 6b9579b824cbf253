"""Which entries of a commit belong to one record, and how its file came to lie where it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from nextstep.repo.history import Change
from nextstep.repo.paths import FOLDERS, is_record, shown, text_of
from nextstep.repo.place import Place

_ITEM = re.compile(rb"\n[ \t]*-[ \t]+")


class Name(Struct, frozen=True, gc=False):
    """What the path of a file says: the record's folder and id, and the path from the root."""

    kind: str
    id: str
    path: str


class Planned(Struct, frozen=True, kw_only=True, gc=False):
    """A passage before its contents are read; ``old``, ``new``, ``base`` and ``parents`` are ids.

    ``commit`` counts from the oldest. ``was`` and ``name`` are None where there is no file.
    """

    commit: int
    was: Name | None
    name: Name | None
    old: bytes | None
    new: bytes | None
    in_merge: bool = False
    parents: tuple[bytes | None, ...] = ()
    base: bytes | None = None
    base_known: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """The record's folder and id, the newer one when it changed."""
        name = self.name or self.was
        return (name.kind, name.id) if name is not None else ("", "")


class Names:
    """The names that paths of a repository have in a ledger."""

    def __init__(self, place: Place) -> None:
        self._cut = len(shown(place.prefix))
        self._known: dict[bytes, Name | None] = {}

    def of(self, path: bytes) -> Name | None:
        """Return the name of a path from the top; None if a ledger does not read it."""
        if path not in self._known:
            self._known[path] = self._name(text_of(path)[self._cut :])
        return self._known[path]

    @staticmethod
    def _name(path: str) -> Name | None:
        kind, *folders, last = path.split("/")
        if kind not in FOLDERS or not is_record(last) or any(f.startswith(".") for f in folders):
            return None
        return Name(kind, last.rpartition(".")[0], path)


def pair(
    commit: int, changes: Iterable[Change], names: Names
) -> tuple[list[Planned], list[Planned], list[Planned]]:
    """Return what a commit did to records: stayed or moved, came, and went.

    A file that went and one with the same id that came are one record that was moved. Where an id
    lies in several files at once, each is told by itself.
    """
    stayed, came, went = [], [], []
    for change in changes:
        name = names.of(change.path)
        if name is None:
            continue
        if change.old is None:
            came.append(Planned(commit=commit, was=None, name=name, old=None, new=change.new))
        elif change.new is None:
            went.append(Planned(commit=commit, was=name, name=None, old=change.old, new=None))
        else:
            stayed.append(
                Planned(commit=commit, was=name, name=name, old=change.old, new=change.new)
            )
    if came and went:
        moved = _moved(came, went)
        stayed += moved
        gone = {id(one.was) for one in moved}
        there = {id(one.name) for one in moved}
        came = [one for one in came if id(one.name) not in there]
        went = [one for one in went if id(one.was) not in gone]
    return stayed, came, went


def _moved(came: Sequence[Planned], went: Sequence[Planned]) -> list[Planned]:
    """Return those of one id of which one file went and one came."""
    by_id: dict[tuple[str, str], tuple[list[Planned], list[Planned]]] = {}
    for place, many in enumerate((went, came)):
        for one in many:
            by_id.setdefault(one.key, ([], []))[place].append(one)
    return [joined(old[0], new[0]) for old, new in by_id.values() if len(old) == len(new) == 1]


def joined(went: Planned, came: Planned) -> Planned:
    """Return one passage from a file that went to one that came."""
    return Planned(
        commit=came.commit,
        was=went.was,
        name=came.name,
        old=went.old,
        new=came.new,
        in_merge=went.in_merge,
        parents=went.parents,
        base=went.base,
        base_known=went.base_known,
    )


def renamed(
    went: Sequence[Planned], came: Sequence[Planned], logs: Mapping[bytes, frozenset[bytes]]
) -> Iterator[tuple[Planned, Planned]]:
    """Yield a file that went with one of another id that came and is the same record.

    It is if the content is the same, else if their logs have lines in common: the one that shares
    most. ``logs`` are the lines of each content, as `log_lines` has them.
    """
    by_content: dict[tuple[str, bytes | None], list[Planned]] = {}
    by_line: dict[tuple[str, bytes], list[Planned]] = {}
    for new in came:
        by_content.setdefault((new.key[0], new.new), []).append(new)
        for line in logs.get(new.new or b"", ()):
            by_line.setdefault((new.key[0], line), []).append(new)
    taken = set()
    for old in sorted(went, key=lambda one: (one.key[0], one.old) not in by_content):
        alike = by_content.get((old.key[0], old.old), []) or [
            new
            for line in sorted(logs.get(old.old or b"", ()))
            for new in by_line.get((old.key[0], line), ())
        ]
        free = Counter(new.key for new in alike if new.key not in taken)
        if free:
            best = free.most_common(1)[0][0]
            taken.add(best)
            yield old, next(new for new in alike if new.key == best)


def log_lines(data: bytes) -> frozenset[bytes]:
    """Return the entries of the log in a file, with single blanks, as they stand there."""
    _, _, log = data.partition(b"\nlog:")
    items = (b" ".join(item.split()) for item in _ITEM.split(log)[1:])
    return frozenset(item for item in items if b"at:" in item)
