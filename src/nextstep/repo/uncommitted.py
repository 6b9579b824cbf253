"""What git has not committed of a ledger, and what is in progress in its work tree."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.commit_git import git, literal
from nextstep.repo.place import Place

NEW_TO_GIT = "??"
IGNORED = "!!"
_ONLY_STAGED = "A"

_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "sequencer": "a cherry-pick or revert",
    "BISECT_LOG": "a bisect",
}


def unfinished(git_dir: str) -> str | None:
    """Return what is in progress in a work tree, such as ``a merge``; None when nothing is."""
    for name, words in _UNFINISHED.items():
        if os.path.lexists(os.path.join(git_dir, name)):
            return words
    return None


def uncommitted(
    place: Place, paths: Sequence[str], environ: Mapping[str, str]
) -> Mapping[str, str]:
    """Return which of these paths of the ledger git has not committed as they are, and how.

    The value is git's two letters: ``??`` for a file that git does not know, ``!!`` for one that
    it ignores. Raises NextstepError when git cannot tell.
    """
    listed = (
        *("--no-optional-locks", "status", "--porcelain=v1", "-z", "--no-renames"),
        *("--untracked-files=all", "--ignored=traditional", "--"),
    )
    answer = git(place, [*listed, *literal(paths)], environ)
    if answer.status:
        raise NextstepError(
            f"git cannot tell what is committed, so nothing was changed: {answer.err}",
            "see what it says",
        )
    found = {}
    for entry in os.fsdecode(answer.out).split("\0"):
        if entry:
            found[entry[3:].removeprefix(place.prefix)] = entry[:2]
    return found


def difference(place: Place, paths: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return how these paths differ from the last commit, as a diff; empty when git cannot say."""
    shown = ("--no-optional-locks", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "HEAD")
    return os.fsdecode(git(place, [*shown, "--", *literal(paths)], environ).out)


def only_taken_out(
    place: Place, paths: Sequence[str], environ: Mapping[str, str]
) -> tuple[str, ...]:
    """Return those of these paths that hold what was committed before the last commit of them.

    Nobody has changed such a file by hand: a plain commit of an old index took it out.
    """
    found = []
    for path in paths:
        wanted = ("rev-list", "--max-count=1", "--parents", "HEAD", "--", *literal([path]))
        _, *parents = git(place, wanted, environ).out.decode("ascii", "replace").split() or [""]
        if len(parents) != 1:
            continue
        same = ("--no-optional-locks", "diff", "--quiet", parents[0], "--", *literal([path]))
        if git(place, same, environ).status == 0:
            found.append(path)
    return tuple(found)


def never_committed(
    place: Place, found: Mapping[str, str], environ: Mapping[str, str]
) -> tuple[str, ...]:
    """Return those of the paths that `uncommitted` found which no commit has ever held.

    Such a file is new: nothing in it changes what somebody else has read. One that stands
    elsewhere in the last commit was moved by hand, and its old place would stay.
    """
    new = [path for path, how in found.items() if how == NEW_TO_GIT or how[0] == _ONLY_STAGED]
    if not new:
        return ()
    listed = git(place, ["ls-tree", "-r", "-z", "--name-only", "HEAD"], environ)
    there = {_folder_and_name(path) for path in os.fsdecode(listed.out).split("\0")}
    ever = ("rev-list", "--max-count=1", "HEAD", "--")
    return tuple(
        path
        for path in new
        if _folder_and_name(path) not in there
        and not git(place, [*ever, *literal([path])], environ).out
    )


def _folder_and_name(path: str) -> tuple[str, str]:
    """Return what a file is named by in a ledger: its kind of folder, and its name there."""
    return path.partition("/")[0], os.path.basename(path)
