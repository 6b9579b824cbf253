"""What commits changed, found by comparing trees: two gits at a time, as it is most of the work."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from threading import Semaphore, Thread
from typing import TypeAlias

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.child import Answer
from nextstep.repo.history_view import View

SECONDS = 600.0

Head: TypeAlias = tuple[bytes, ...]
"""The fields of a commit: its id, its parents, and who signed."""

_NONE = b"000000"
_LINK = b"120000"
_AT_ONCE = 2
_FEW_FOLDERS = 6
# Every option that the settings of a repository could bend is given.
_COMPARE = (
    *("diff-tree", "--stdin", "-r", "-z", "--raw", "--root", "--no-abbrev", "--no-renames"),
    *("--no-relative", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none"),
    *("-O/dev/null", "--"),
)


class Change(Struct, frozen=True, gc=False):
    """An entry of the tree that is not as in the first parent.

    ``old`` and ``new`` are ids of contents, None where there is no entry. What is not a file has
    its mode before the id: see `kind_of`.
    """

    path: bytes
    old: bytes | None
    new: bytes | None


Changes: TypeAlias = Mapping[bytes, Sequence[Change]]


def kind_of(entry: bytes) -> str | None:
    """Return why an entry is no content to read: `link` or `submodule`. None for a file."""
    mode, space, _ = entry.partition(b" ")
    if not space:
        return None
    return "link" if mode == _LINK else "submodule"


class Comparing:
    """Compares commits with their first parents while others are still being listed."""

    def __init__(self, view: View, below: Sequence[str]) -> None:
        """``below`` are the paths that count: a folder's ends with a slash."""
        self._view = view
        self._below = tuple(os.fsencode(folder) for folder in below)
        self._folders = frozenset(folder.rstrip(b"/") for folder in self._below)
        # To name folders makes each comparison longer: it pays where there is much beside them.
        self._words = [*_COMPARE, *(below if _is_much_beside(view, below) else ())]
        self._free = Semaphore(_AT_ONCE)
        self._is_over = False

    def close(self) -> None:
        """Start no more."""
        self._is_over = True

    def start(self, heads: Sequence[Head]) -> Callable[[], Changes]:
        """Begin to compare some commits; return what waits for the result.

        That raises NextstepError when git cannot read.
        """
        given = b"".join(
            b"%s %s\n" % (id_, parents.partition(b" ")[0]) if parents else id_ + b"\n"
            for id_, parents, *_ in heads
        )
        found: list[Answer | NextstepError] = []
        thread = Thread(target=self._compare, args=(given, found), daemon=True)
        thread.start()

        def result() -> Changes:
            thread.join()
            answer = found.pop()
            if isinstance(answer, NextstepError):
                raise answer
            if answer.status:
                raise self._view.why(answer)
            return self._changes(answer.out)

        return result

    def _compare(self, given: bytes, found: list[Answer | NextstepError]) -> None:
        with self._free:
            if self._is_over:
                return
            try:
                found.append(self._view.start(self._words, reads=True).finish(SECONDS, given))
            except NextstepError as error:
                found.append(error)

    def _changes(self, out: bytes) -> Changes:
        """Return the changes by commit: the output is its id, then an entry and a path in turn."""
        found: dict[bytes, list[Change]] = {}
        of: list[Change] = []
        tokens = iter(out.split(b"\0"))
        for token in tokens:
            if token[:1] != b":":
                of = found[token] = []
            elif (path := next(tokens)).startswith(self._below) or path in self._folders:
                mode, new_mode, old, new, _ = token.split(b" ")
                of.append(Change(path, _entry(mode[1:], old), _entry(new_mode, new)))
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
