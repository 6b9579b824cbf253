"""Every commit of a history with the entries it changed, parents before children.

One git lists the commits, others compare their trees: two at a time, because that is most of the
work. Of a merge what differs from its first parent is its change.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from msgspec import Struct

from nextstep.repo.history_changes import SECONDS, Change, Comparing, Head
from nextstep.repo.history_view import View

Progress: TypeAlias = Callable[[int, int | None], None]

_CHUNK = 1 << 18
_FIELDS = ("%H", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct")
_COUNT = len(_FIELDS)
# Every option that the settings of a repository could bend is given.
_LOG = (
    *("log", "-z", "--topo-order", "--reverse", "--no-show-signature", "--no-notes"),
    *("--no-color", "--no-decorate", "--no-mailmap", "--encoding=UTF-8", "--no-patch"),
    f"--format=tformat:{'%x00'.join(_FIELDS)}",
    "--end-of-options",
)
_BLOCK = 4_000


class Signed(Struct, frozen=True):
    """Who signed, as it is written.

    ``seconds`` are those since 1970, None where no number is written.
    """

    name: str
    email: str
    seconds: int | None


class Commit(Struct, frozen=True):
    """A commit with what it changed against its first parent. ``parents`` are ids."""

    id: str
    parents: tuple[str, ...]
    signed: tuple[bytes, ...]
    changes: Sequence[Change]

    @property
    def author(self) -> Signed:
        """Who made the change."""
        return _signed(self.signed[:3])

    @property
    def committer(self) -> Signed:
        """Who put it into this history."""
        return _signed(self.signed[3:])


def read_log(
    view: View, below: Sequence[str], progress: Progress | None = None
) -> Iterator[Commit]:
    """Yield every commit of a history, parents first, with what it changed below some paths.

    Paths are from the top of the repository, and those of folders end with a slash. Raises NextstepError when git
    cannot read.
    """
    with closing(Comparing(view, below)) as comparing:
        blocks = []
        for heads in _blocks(_heads(view)):
            blocks.append((heads, comparing.start(heads)))
            if progress is not None:
                progress(sum(len(heads) for heads, _ in blocks), None)
        total, count = sum(len(heads) for heads, _ in blocks), 0
        for heads, changes in blocks:
            found = changes()
            for id_, parents, *signed in heads:
                yield Commit(
                    id_.decode(), tuple(parents.decode().split()), tuple(signed), found.get(id_, ())
                )
            count += len(heads)
            if progress is not None:
                progress(count, total)


def read_again(view: View, commits: Sequence[Commit], below: Sequence[str]) -> list[Commit]:
    """Return commits with what they changed below other paths."""
    heads = [(one.id.encode(), " ".join(one.parents).encode()) for one in commits]
    with closing(Comparing(view, below)) as comparing:
        found = comparing.start(heads)() if heads else {}
    return [
        Commit(one.id, one.parents, one.signed, found.get(id_, ()))
        for one, (id_, _) in zip(commits, heads, strict=True)
    ]


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


def _blocks(heads: Iterator[Head]) -> Iterator[list[Head]]:
    while block := list(islice(heads, _BLOCK)):
        yield block


def _heads(view: View) -> Iterator[Head]:
    """Yield the fields of each commit."""
    child = view.start([*_LOG, view.tip, "--"])
    try:
        yield from _tuples(child.chunks(_CHUNK))
        answer = child.finish(SECONDS)
    finally:
        child.end()
    if answer.status:
        raise view.why(answer)


def _tuples(chunks: Iterator[bytes]) -> Iterator[Head]:
    rest = b""
    tokens: list[bytes] = []
    for chunk in chunks:
        parts = (rest + chunk).split(b"\0")
        rest = parts.pop()
        tokens += parts
        whole = len(tokens) // _COUNT * _COUNT
        yield from zip(*[iter(tokens[:whole])] * _COUNT, strict=True)
        del tokens[:whole]


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
