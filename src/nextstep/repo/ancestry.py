"""What the graph of commits can vouch for: an anchor, the order of dates, what a path has held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.batch import answers
from nextstep.repo.counting import count_commits
from nextstep.repo.history_view import View

_SHORTEST = 7
_LONGEST = 64
_HEX = frozenset("0123456789abcdef")
_TAKES = "write the line as a digest prints it, such as `head 81c2f0e4d9b7, 412 commits`"
_SECONDS = 300.0


class AnchorCheck(Struct, frozen=True, kw_only=True):
    """A commit that was seen at some time, and whether this history still leads to it.

    ``said`` is how many commits it had then, where that was noted; ``counted`` how many it has
    here. ``found`` is `held` (it is part of this history, with as many commits), `left` (it is in
    the repository, and this history does not lead to it), `gone` (it is not in the repository),
    `other` (what begins so has another number of commits) or `unknown` (history is cut off here,
    so that it cannot be told).
    """

    typed: str
    found: str
    commit: str | None = None
    said: int | None = None
    counted: int | None = None


class Backwards(Struct, frozen=True):
    """A commit that says it was made before the one that it comes after; in seconds since 1970."""

    commit: str
    seconds: int
    parent: str
    parent_seconds: int


def anchor_of(view: View, typed: str) -> AnchorCheck:
    """Return whether a history still leads to a commit that somebody has seen.

    ``typed`` is a commit's id of at least 7 digits, or a line such as ``head 81c2f0e, 412 commits``.
    Raises NextstepError when it is neither, or means several commits.
    """
    name, said = parsed_anchor(typed)
    commit = _commit(view, name)
    found, counted = "gone", None
    if commit is not None:
        counted = _count(view, commit)
        found = "left" if _count(view, commit, f"^{view.tip}") else "held"
    if found == "held" and said not in (None, counted):
        found = "other"
    if found != "held" and view.borders:
        found = "unknown"
    return AnchorCheck(typed=name, found=found, commit=commit, said=said, counted=counted)


def parsed_anchor(typed: str) -> tuple[str, int | None]:
    """Return the digits of the id, and how many commits it was said to have, if it was."""
    shape = re.fullmatch(r"\s*(?:head\s+)?([0-9A-Fa-f]+)(?:\s*,\s*([\d,]+)\s+commits?)?\s*", typed)
    if shape is None or not _SHORTEST <= len(shape[1]) <= _LONGEST:
        raise NextstepError(f"`{typed}` is no anchor: it names no commit by its id", _TAKES)
    return shape[1].lower(), int(shape[2].replace(",", "")) if shape[2] else None


def steps_backwards(view: View, by_more_than: int) -> tuple[Backwards, ...]:
    """Return the commits dated more than so many seconds before a commit that they come after.

    Dates are those of the committer: another one made again from an old one keeps the author's.
    """
    lines = _listed(view, ["--timestamp", "--parents", "--reverse", "--topo-order", view.tip, "--"])
    dated: dict[str, int] = {}
    behind = []
    for line in lines:
        seconds, commit, *parents = line.split(" ")
        dated[commit] = at = int(seconds)
        behind += [
            Backwards(commit, at, parent, dated[parent])
            for parent in parents
            if dated.get(parent, at) - at > by_more_than
        ]
    return tuple(behind)


def blobs_ever_at(view: View, path: str) -> frozenset[str]:
    """Return the ids of all that was at a path of the repository in a history."""
    lines = _listed(view, ["--objects", "--full-history", view.tip, "--", path])
    named = (line.partition(" ") for line in lines)
    return frozenset(name for name, _, where in named if where == path)


def blobs_at(view: View, wanted: Sequence[tuple[str, str]]) -> tuple[str | None, ...]:
    """Return the id of the content at each (commit, path); None where there is none."""
    if not wanted:
        return ()
    asked = [f"{commit}:{path}" if is_plain(path) else "-" for commit, path in wanted]
    given = "".join(f"{one}\n" for one in asked).encode("utf-8", "surrogateescape")
    out = _answered(view, ["cat-file", "--batch-check=%(objecttype) %(objectname)"], given)
    lines = out.decode("utf-8", "replace").split("\n")
    return tuple(line[5:] if line.startswith("blob ") else None for line in lines[: len(wanted)])


def contents_at(view: View, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """Return the content at each (commit, path) that there is one at, and that is here."""
    asked = [(commit, path) for commit, path in wanted if is_plain(path)]
    if not asked:
        return {}
    lines = "".join(f"{commit}:{path}\n" for commit, path in asked)
    given = lines.encode("utf-8", "surrogateescape")
    out = _answered(view, ["cat-file", "--batch"], given)
    return {
        one: data
        for one, (words, data) in zip(asked, answers(out), strict=True)
        if data is not None and words[-2] == b"blob"
    }


def is_plain(path: str) -> bool:
    """Whether git takes a path after a commit as it is written: whole, and on one line."""
    parts = path.split("/")
    return not {"", ".", ".."} & set(parts) and "\n" not in path and "\0" not in path


def _commit(view: View, name: str) -> str | None:
    """Return the id of the commit that begins so.

    A branch may be named like the beginning of an id, and git would take it first.
    """
    answer = view.start(["rev-parse", f"--disambiguate={name}"]).finish(_SECONDS)
    ids = [one for one in answer.out.decode("ascii", "replace").split() if one.startswith(name)]
    commits = [one for one in ids if _is_commit(view, one)]
    if len(commits) > 1:
        raise NextstepError(
            f"{len(commits)} commits begin with `{name}`", "write more of the anchor's digits"
        )
    return commits[0] if commits else None


def _is_commit(view: View, name: str) -> bool:
    answer = view.start(["cat-file", "-t", name]).finish(_SECONDS)
    return answer.status == 0 and answer.out.strip() == b"commit"


def _count(view: View, *revisions: str) -> int:
    return count_commits(view.place, view.environ, *revisions, past_shallow=view.past_shallow)


def _listed(view: View, arguments: Sequence[str]) -> list[str]:
    out = _answered(view, ["rev-list", *arguments])
    return out.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")


def _answered(view: View, words: Sequence[str], given: bytes | None = None) -> bytes:
    answer = view.start(words, reads=given is not None).finish(_SECONDS, given)
    if answer.status:
        raise view.why(answer)
    return answer.out
