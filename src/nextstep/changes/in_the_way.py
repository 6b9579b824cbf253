"""What keeps a file from being committed, in words: git ignores it, or somebody has changed it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.place import Place
from nextstep.repo.state import Repository
from nextstep.repo.uncommitted import (
    IGNORED,
    NEW_TO_GIT,
    difference,
    never_committed,
    only_taken_out,
    uncommitted,
    unfinished,
)

_SHOWN_LINES = 40


def ignored_by_git(paths: Sequence[str]) -> NextstepError:
    """Return the refusal of files that git is told to know nothing of."""
    return NextstepError(
        f"git ignores {', '.join(paths)}; nothing was changed",
        "take it out of .gitignore, or record with --no-commit",
    )


def allowed(
    place: Place,
    repository: Repository,
    environ: Mapping[str, str],
    there: Sequence[str],
    *,
    with_edits: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """See that git can commit these files, and nothing of others' with them.

    ``there`` are the paths of files that are there already. Returns those that git does not know,
    and those that nobody has ever committed: these are new as a whole, by `init` or by hand, and go
    along. Raises NextstepError where something is in the way.
    """
    going_on = unfinished(repository.git_dir)
    if going_on:
        raise NextstepError(
            f"{going_on} is in progress here; nothing was changed",
            f"finish {going_on} or give it up; `git status` tells how",
        )
    found = uncommitted(place, there, environ) if there else {}
    ignored = [path for path in there if found.get(path) == IGNORED]
    if ignored:
        raise ignored_by_git(ignored)
    by_hand = [path for path in there if path in found]
    unknown = tuple(path for path in by_hand if found[path] == NEW_TO_GIT)
    first = never_committed(place, found, environ)
    left = [path for path in by_hand if path not in first]
    if left and not with_edits:
        taken_out = only_taken_out(place, left, environ)
        left = [path for path in left if path not in taken_out]
        if left:
            moved = [path for path in left if path in unknown]
            raise _edited_by_hand(place, environ, left, moved)
    return unknown, first


def _edited_by_hand(
    place: Place, environ: Mapping[str, str], paths: Sequence[str], unknown: Sequence[str]
) -> NextstepError:
    """Return the refusal of what somebody else's edits would be taken along with.

    ``unknown`` are those of the paths that git does not know, and knew before or elsewhere.
    """
    if len(unknown) == len(paths):
        named = shell_paths(place, unknown)
        return NextstepError(
            f"{', '.join(unknown)} was moved here by hand, or taken out of git, and that is not "
            "committed; nothing was changed",
            f"commit that first (git add {named}, and what it was before), "
            "or take it along with --with-edits",
        )
    were = f"{paths[0]} was" if len(paths) == 1 else f"{', '.join(paths)} were"
    diff = _shortened(difference(place, paths, environ))
    return NextstepError(
        "\n".join(
            filter(None, (f"{were} changed by hand and not committed; nothing was recorded", diff))
        ),
        "commit that first, or take it along with --with-edits",
    )


def shell_paths(place: Place, paths: Sequence[str]) -> str:
    """Return paths of the ledger as somebody types them in the folder where they are."""
    try:
        here = os.getcwd()
    except FileNotFoundError:
        here = place.root
    full = (os.path.relpath(os.path.join(place.root, path), here) for path in paths)
    return shlex.join(full)


def _shortened(diff: str) -> str:
    lines = diff.splitlines()
    if len(lines) <= _SHOWN_LINES:
        return "\n".join(lines)
    return "\n".join([*lines[:_SHOWN_LINES], f"... {len(lines) - _SHOWN_LINES} more lines"])
