"""Every commit of a history with the entries it changed, parents before children.

One git lists the commits and compares their trees, the newest first: what is new lies whole in a
pack, and what is old as a difference from it. Of a merge what differs from its first parent is its
change.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from nextstep.repo.history_changes import ENTRIES, SECONDS, Below, Change, compared
from nextstep.repo.history_view import View

Progress: TypeAlias = Callable[[int, int | None], None]

_CHUNK = 1 << 18
_FIELDS = ("%H", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct")
_COUNT = len(_FIELDS)
# Every option that the settings of a repository could bend is given.
_LOG = (
    *("log", "-z", "--no-show-signature", "--no-notes", "--no-color", "--no-decorate"),
    *("--no-mailmap", "--encoding=UTF-8", "--root", "--diff-merges=first-parent"),
    *ENTRIES,
    f"--format=tformat:{'%x00'.join(_FIELDS)}",
)
# All commits, and their true parents, also where only some paths are compared.
_ALL = ("--topo-order", "--full-history", "--sparse")
_BLOCK = 1_000


class Signed(Struct, frozen=True):
    """Who signed, as it is written.

    ``seconds`` are those since 1970, None where no number is written.
    """

    name: str
    email: str
    seconds: int | None


class Commit(Struct, frozen=True):
    """A commit with what it changed against its first parent.

    ``parents`` are ids; ``nearest`` has for each of them the nearest commit on the way from there
    that is listed as well: itself where all commits are.
    """

    id: str
    parents: tuple[str, ...]
    signed: tuple[bytes, ...]
    changes: Sequence[Change]
    nearest: tuple[str, ...]

    @property
    def author(self) -> Signed:
        """Who made the change."""
        return _signed(self.signed[:3])

    @property
    def committer(self) -> Signed:
        """Who put it into this history."""
        return _signed(self.signed[3:])


def read_log(view: View, below: Sequence[str], progress: Progress | None = None) -> list[Commit]:
    """Return every commit of a history, parents first, with what it changed below some paths.

    Paths are from the top of the repository, and those of folders end with a slash. Raises
    NextstepError when git cannot read.
    """
    listed = []
    for commit in commits_of(view, Below(view, below), _ALL):
        listed.append(commit)
        if progress is not None and not len(listed) % _BLOCK:
            progress(len(listed), None)
    listed.reverse()
    return listed


def commits_of(view: View, below: Below, which: Sequence[str]) -> Iterator[Commit]:
    """Yield the commits that git's options ``which`` choose, the newest first.

    Raises NextstepError when git cannot read.
    """
    named = below.named
    words = [*_LOG, *which, "--end-of-options", view.tip, "--", *named]
    child = view.start(words)
    try:
        tokens = _tokens(child.chunks(_CHUNK))
        token = next(tokens, None)
        while token is not None:
            fields = tuple(islice(tokens, _COUNT - 1))
            if len(fields) < _COUNT - 1:
                break  # git ended early, and says why
            id_, parents = token.decode(), tuple(fields[0].decode().split())
            changes, token = below.changes(tokens)
            yield Commit(id_, parents, fields[1:], changes, parents)
        answer = child.finish(SECONDS)
    finally:
        child.end()
    if answer.status:
        raise view.why(answer)


def read_again(view: View, commits: Sequence[Commit], below: Sequence[str]) -> list[Commit]:
    """Return commits with what they changed below other paths."""
    named = Below(view, below, few=True)
    found = compared(view, ((one.id, one.parents) for one in commits), named)
    return [replace(one, changes=found.get(one.id, ())) for one in commits]


def paths_at_tip(view: View, below: Sequence[str]) -> list[bytes]:
    """Return every path below some folders in the newest commit."""
    words = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options"]
    answer = view.start([*words, view.tip, *below]).finish(SECONDS)
    if answer.status:
        raise view.why(answer)
    return answer.out.split(b"\0")[:-1]


def new_since(view: View, since: str) -> frozenset[str]:
    """Return the commits of a history that ``since`` does not come from."""
    words = ["rev-list", "--end-of-options", view.tip, f"^{since}", "--"]
    answer = view.start(words).finish(SECONDS)
    if answer.status:
        raise view.why(answer)
    return frozenset(answer.out.decode().split())


def is_elsewhere(
    view: View, blobs: AbstractSet[bytes], commits: Sequence[str], beside: str
) -> bool:
    """Whether one of some commits holds one of some contents outside of a folder."""
    folder = os.fsencode(beside)
    for commit in commits:
        words = ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit]
        for entry in view.start(words).finish(SECONDS).out.split(b"\0"):
            told, _, path = entry.partition(b"\t")
            if told.rpartition(b" ")[2] in blobs and not path.startswith(folder):
                return True
    return False


def _tokens(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *parts, rest = (rest + chunk).split(b"\0")
        yield from parts


def _signed(raw: Sequence[bytes]) -> Signed:
    name, email, written = raw
    try:
        seconds = int(written)
    except ValueError:
        seconds = None
    return Signed(_text(name), _text(email), seconds)


@lru_cache(maxsize=1024)
def _text(name: bytes) -> str:
    return name.decode("utf-8", "backslashreplace")
