"""Which entries of a commit belong to one record, and how its file came to lie where it does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from nextstep.model.source import id_of
from nextstep.repo.history_changes import Change
from nextstep.repo.paths import FOLDERS, is_record, shown, text_of
from nextstep.repo.place import Place

# What more new files than this have in common does not tell which of them is an old one.
_TELLING = 20
_MOST = 1_000_000
_ITEM = re.compile(rb"\n[ \t]*-[ \t]+")


class Name(Struct, frozen=True, gc=False):
    """What the path of a file says: the record's folder and id, and the path from the root.

    ``raw`` is the path from the top of the repository, as git has it.
    """

    kind: str
    id: str
    path: str
    raw: bytes


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
    def place(self) -> tuple[int, str]:
        """Where it stands in the order of history: by commit, then by path."""
        name = self.name or self.was
        return self.commit, name.path if name is not None else ""

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
            self._known[path] = self._name(path)
        return self._known[path]

    def _name(self, raw: bytes) -> Name | None:
        path = text_of(raw)[self._cut :]
        kind, *inside = path.split("/")
        if kind not in FOLDERS or not inside or any(part.startswith(".") for part in inside):
            return None
        last = inside[-1]
        if not is_record(last):
            return None
        return Name(kind, id_of(last), path, raw)


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

    It is if the content is the same, else if their logs have lines in common: those first that
    share most. ``logs`` are the lines of each content, as `log_lines` has them.
    """
    by_sign: dict[tuple[str, bytes], list[int]] = {}
    for number, new in enumerate(came):
        for sign in _signs(new.new, logs):
            by_sign.setdefault((new.key[0], sign), []).append(number)
    alike: Counter[tuple[int, int]] = Counter()
    for place, old in enumerate(went):
        for sign in _signs(old.old, logs):
            fitting = by_sign.get((old.key[0], sign), ())
            for number in fitting if len(fitting) <= _TELLING else ():
                alike[place, number] += _MOST if sign == old.old else 1
    gone, there = set(), set()
    for (place, number), _ in sorted(alike.items(), key=lambda one: (-one[1], one[0])):
        if place not in gone and number not in there:
            gone.add(place)
            there.add(number)
            yield went[place], came[number]


def _signs(entry: bytes | None, logs: Mapping[bytes, frozenset[bytes]]) -> Iterator[bytes]:
    """Yield what a record is known by: its content, and each line of its log."""
    if entry is not None:
        yield entry
        yield from logs.get(entry, ())


def log_lines(data: bytes) -> frozenset[bytes]:
    """Return the entries of the log in a file, with single blanks, as they stand there."""
    _, _, log = data.partition(b"\nlog:")
    items = (b" ".join(item.split()) for item in _ITEM.split(log)[1:])
    return frozenset(item for item in items if b"at:" in item)
