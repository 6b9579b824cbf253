"""Every commit of a history with the entries it changed, parents before children."""

from __future__ import annotations

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
    *("log", "-z", "--raw", "--no-abbrev", "--full-history", "--sparse", "--topo-order"),
    *("--reverse", "--diff-merges=first-parent", "--no-renames", "--root", "--no-relative"),
    *("--no-show-signature", "--no-notes", "--no-color", "--no-decorate", "--no-ext-diff"),
    *("--no-textconv", "--ignore-submodules=none", "-O/dev/null", "--encoding=UTF-8"),
    f"--format=tformat:{'%x00'.join(_FIELDS)}",
    "--end-of-options",
)


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
    view: View, paths: Sequence[str], progress: Progress | None = None
) -> Iterator[Commit]:
    """Yield every commit of a history, parents first, with its changes below ``paths``.

    Paths are from the top of the repository. Raises NextstepError when git cannot read.
    """
    child = view.start([*_LOG, view.tip, "--", *paths])
    done = False
    try:
        for count, commit in enumerate(_commits(child.chunks(_CHUNK)), start=1):
            if progress is not None and not count & 1023:
                progress(count, None)
            yield commit
        done = True
    finally:
        if not done:
            child.end()
    answer = child.finish(_SECONDS)
    if answer.status:
        raise view.why(answer)


def new_since(view: View, since: str) -> frozenset[str]:
    """Return the commits of a history that ``since`` does not come from."""
    child = view.start(["rev-list", "--end-of-options", view.tip, f"^{since}", "--"])
    answer = child.finish(_SECONDS)
    if answer.status:
        raise view.why(answer)
    return frozenset(answer.out.decode().split())


def _commits(chunks: Iterator[bytes]) -> Iterator[Commit]:
    """Take the output apart: for each commit its fields, then an entry and a path in turn."""
    tokens: list[bytes] = []
    rest = b""
    for chunk in chunks:
        parts = (rest + chunk).split(b"\0")
        rest = parts.pop()
        tokens += parts
        begins = _beginnings(tokens)
        for first, after in pairwise(begins):
            yield _commit(tokens, first, after)
        del tokens[: begins[-1]]
    if tokens:
        yield _commit(tokens, 0, len(tokens))


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


def _commit(tokens: list[bytes], first: int, after: int) -> Commit:
    entries = first + _COUNT
    return Commit(
        tokens[first].decode(),
        tuple(tokens[first + 1].decode().split()),
        tuple(tokens[first + 2 : entries]),
        tuple([_change(tokens[at], tokens[at + 1]) for at in range(entries, after, 2)]),
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
