"""What commits changed: the entries of their trees that are not those of the first parent."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from nextstep.repo.history_view import View

SECONDS = 600.0

_NONE = b"000000"
_LINK = b"120000"
_FEW_FOLDERS = 6
# Every option that the settings of a repository could bend is given.
ENTRIES = (
    *("--raw", "--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv"),
    *("--ignore-submodules=none", "-O/dev/null"),
)
"""How git is to name the entries that differ."""


class Change(Struct, frozen=True, gc=False):
    """An entry of the tree that is not as in the first parent.

    ``old`` and ``new`` are ids of contents, None where there is no entry. What is not a file has
    its mode before the id: see `kind_of`.
    """

    path: bytes
    old: bytes | None
    new: bytes | None


Changes: TypeAlias = Mapping[str, Sequence[Change]]


def kind_of(entry: bytes) -> str | None:
    """Return why an entry is no content to read: `link` or `submodule`. None for a file."""
    mode, space, _ = entry.partition(b" ")
    if not space:
        return None
    return "link" if mode == _LINK else "submodule"


class Below:
    """Paths from the top of the repository that count: a folder's ends with a slash.

    ``named`` are those that git is to be told of.
    """

    def __init__(self, view: View, paths: Sequence[str], *, few: bool = False) -> None:
        """To name folders makes a comparison longer: it pays where there is much beside them.

        For a ``few`` commits it is not worth asking whether there is.
        """
        self.named = tuple(paths) if few or _is_much_beside(view, paths) else ()
        self._paths = tuple(os.fsencode(path) for path in paths)
        self._folders = frozenset(path.rstrip(b"/") for path in self._paths)

    def changes(self, tokens: Iterator[bytes]) -> tuple[Sequence[Change], bytes | None]:
        """Return the entries that come next in what git tells, and what comes after them."""
        found: list[Change] = []
        for token in tokens:
            if token[:1] != b":" and token[:2] != b"\n:":
                return found, token
            path = next(tokens, b"")
            if path.startswith(self._paths) or path in self._folders:
                mode, new_mode, old, new, _ = token.split(b" ")
                found.append(Change(path, _entry(mode[-6:], old), _entry(new_mode, new)))
        return found, None


def compared(view: View, commits: Iterable[tuple[str, Sequence[str]]], below: Below) -> Changes:
    """Return what commits changed, by their ids; each is given with its parents.

    Raises NextstepError when git cannot read.
    """
    given = "".join(f"{id_} {' '.join(parents[:1])}".rstrip() + "\n" for id_, parents in commits)
    if not given:
        return {}
    words = ["diff-tree", "--stdin", "-r", "-z", "--root", *ENTRIES, "--", *below.named]
    answer = view.start(words, reads=True).finish(SECONDS, given.encode())
    if answer.status:
        raise view.why(answer)
    found: dict[str, Sequence[Change]] = {}
    tokens = iter(answer.out.split(b"\0"))
    token = next(tokens, None)
    while token:
        id_ = token.decode()
        found[id_], token = below.changes(tokens)
    return found


def _is_much_beside(view: View, below: Sequence[str]) -> bool:
    if view.place.prefix or any(not path.endswith("/") for path in below):
        return True
    words = ["ls-tree", "-d", "-z", "--name-only", "--full-tree", "--end-of-options", view.tip]
    folders = view.start(words).finish(SECONDS).out.split(b"\0")
    return len(folders) - len(below) > _FEW_FOLDERS


def _entry(mode: bytes, blob: bytes) -> bytes | None:
    if mode == _NONE:
        return None
    return blob if mode.startswith(b"10") else mode + b" " + blob
