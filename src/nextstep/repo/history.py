"""Every commit of a history with the entries it changed, parents before children."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from nextstep.repo.history_view import View

Progress = Callable[[int, int | None], None]

_NONE = b"000000"
_LINK = b"120000"
_BEFORE_ENTRY = (b":", b"\n")
_SECONDS = 600.0
_CHUNK = 1 << 18
_FIELDS = ("%H", "%P", "%an", "%ae", "%aN", "%at", "%cn", "%ce", "%cN", "%ct")
_COUNT = len(_FIELDS)
# Every option that the settings of a repository could bend is given. Without the simplification
# that git does for paths each commit is there, also a merge that changed nothing: it may be one
# that dropped something.
_LOG = (
    *("log", "-z", "--raw", "--no-abbrev", "--diff-merges=first-parent", "--no-renames"),
    *("--root", "--no-relative"),
    *("--no-show-signature", "--no-notes", "--no-color", "--no-decorate", "--no-ext-diff"),
    *("--no-textconv", "--ignore-submodules=none", "-O/dev/null", "--encoding=UTF-8"),
    f"--format=tformat:{'%x00'.join(_FIELDS)}",
)
_IN_ORDER = ("--full-history", "--sparse", "--topo-order", "--reverse")
_FEW_FOLDERS = 6
_AT_ONCE = 500


class Signed(Struct, frozen=True):
    """Who signed, as it is written; ``label`` is the name by `.mailmap`.

    ``seconds`` are those since 1970, None where no number is written.
    """

    name: str
    email: str
    label: str
    seconds: int | None


class Change(Struct, frozen=True, gc=False):
    """An entry of the tree that is not as in the first parent.

    ``old`` and ``new`` are ids of contents, None where there is no entry. What is not a file has
    its mode before the id: see `kind_of`.
    """

    path: bytes
    old: bytes | None
    new: bytes | None


class Commit(Struct, frozen=True):
    """A commit with what it changed against its first parent. ``parents`` are ids."""

    id: str
    parents: tuple[str, ...]
    signed: tuple[bytes, ...]
    changes: tuple[Change, ...]

    @property
    def author(self) -> Signed:
        """Who made the change."""
        return _signed(self.signed[:4])

    @property
    def committer(self) -> Signed:
        """Who put it into this history."""
        return _signed(self.signed[4:])


def kind_of(entry: bytes) -> str | None:
    """Return why an entry is no content to read: `link` or `submodule`. None for a file."""
    mode, space, _ = entry.partition(b" ")
    if not space:
        return None
    return "link" if mode == _LINK else "submodule"


def read_log(
    view: View, below: Sequence[str], progress: Progress | None = None
) -> Iterator[Commit]:
    """Yield every commit of a history, parents first, with what it changed below some paths.

    Paths are from the top of the repository, a folder's ends with a slash. Raises NextstepError
    when git cannot read.
    """
    # To name paths has git compare twice: it pays where there is much beside them.
    named = below if _is_named(view, below) else ()
    commits = _read(view, [*_LOG, *_IN_ORDER, "--end-of-options", view.tip, "--", *named], below)
    for count, commit in enumerate(commits, start=1):
        if progress is not None and not count & 1023:
            progress(count, None)
        yield commit


def read_commits(view: View, ids: Sequence[str], below: Sequence[str]) -> dict[str, Commit]:
    """Return some commits by their id, with what they changed below some paths."""
    found: dict[str, Commit] = {}
    for at in range(0, len(ids), _AT_ONCE):
        words = [*_LOG, "--no-walk=unsorted", "--end-of-options", *ids[at : at + _AT_ONCE], "--"]
        found.update((commit.id, commit) for commit in _read(view, words, below))
    return found


def paths_at_tip(view: View, below: Sequence[str]) -> list[bytes]:
    """Return every path below some folders in the newest commit."""
    words = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options"]
    return _answer(view, [*words, view.tip, *below]).split(b"\0")[:-1]


def _is_named(view: View, below: Sequence[str]) -> bool:
    if any("/" in path.rstrip("/") for path in below):
        return True
    words = ["ls-tree", "-d", "-z", "--name-only", "--full-tree", "--end-of-options", view.tip]
    return _answer(view, words).count(b"\0") > _FEW_FOLDERS


def _read(view: View, words: Sequence[str], below: Sequence[str]) -> Iterator[Commit]:
    child = view.start(words)
    done = False
    try:
        yield from _commits(child.chunks(_CHUNK), tuple(os.fsencode(path) for path in below))
        done = True
    finally:
        if not done:
            child.end()
    answer = child.finish(_SECONDS)
    if answer.status:
        raise view.why(answer)


def _answer(view: View, words: Sequence[str]) -> bytes:
    answer = view.start(words).finish(_SECONDS)
    if answer.status:
        raise view.why(answer)
    return answer.out


def new_since(view: View, since: str) -> frozenset[str]:
    """Return the commits of a history that ``since`` does not come from."""
    out = _answer(view, ["rev-list", "--end-of-options", view.tip, f"^{since}", "--"])
    return frozenset(out.decode().split())


def _commits(chunks: Iterator[bytes], below: tuple[bytes, ...]) -> Iterator[Commit]:
    """Take the output apart: for each commit its fields, then an entry and a path in turn."""
    tokens: list[bytes] = []
    rest = b""
    for chunk in chunks:
        parts = (rest + chunk).split(b"\0")
        rest = parts.pop()
        tokens += parts
        begins = _beginnings(tokens)
        for first, after in pairwise(begins):
            yield _commit(tokens, first, after, below)
        del tokens[: begins[-1]]
    if tokens:
        yield _commit(tokens, 0, len(tokens), below)


def _beginnings(tokens: list[bytes]) -> list[int]:
    """Return where commits begin; the last of them may not be whole yet."""
    begins = [0]
    at, last = _COUNT, len(tokens)
    while at < last:
        if tokens[at][:1] in _BEFORE_ENTRY:
            at += 2
        else:
            begins.append(at)
            at += _COUNT
    return begins


def _commit(tokens: list[bytes], first: int, after: int, below: tuple[bytes, ...]) -> Commit:
    entries = first + _COUNT
    return Commit(
        tokens[first].decode(),
        tuple(tokens[first + 1].decode().split()),
        tuple(tokens[first + 2 : entries]),
        tuple(
            [
                _change(tokens[at], tokens[at + 1])
                for at in range(entries, after, 2)
                if tokens[at + 1].startswith(below)
            ]
        ),
    )


def _change(entry: bytes, path: bytes) -> Change:
    """Return a change from `:MODE MODE ID ID LETTER` and a path."""
    mode, new_mode, old, new, _ = entry.split(b" ")
    return Change(path, _entry(mode[-6:], old), _entry(new_mode, new))


def _entry(mode: bytes, blob: bytes) -> bytes | None:
    if mode == _NONE:
        return None
    return blob if mode.startswith(b"10") else mode + b" " + blob


def _signed(raw: Sequence[bytes]) -> Signed:
    name, email, label = (part.decode("utf-8", "backslashreplace") for part in raw[:3])
    try:
        seconds = int(raw[3])
    except ValueError:
        seconds = None
    return Signed(name, email, label, seconds)
