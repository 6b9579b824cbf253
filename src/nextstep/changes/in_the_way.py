"""What keeps a file from being committed, in words: git ignores it, or somebody has changed it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nextstep.changes.where import Where
from nextstep.diagnostics.errors import NextstepError
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


class GoingAlong(Struct, frozen=True):
    """Files of which not only what is recorded is committed, but all of it: paths.

    Git does not know those that are ``unknown``. Nobody has ever committed those that are
    ``first``: they are new as a whole, by `init` or by hand.
    """

    unknown: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def see_committable(
    where: Where, repository: Repository, there: Sequence[str], *, with_edits: bool
) -> None:
    """Raise NextstepError where git could not commit these files, or only with others' edits.

    ``there`` are the paths of files that are there already.
    """
    going_along(where, repository, there, with_edits=with_edits)


def going_along(
    where: Where, repository: Repository, there: Sequence[str], *, with_edits: bool
) -> GoingAlong:
    """Return which of these files go along as a whole. Raises what `see_committable` does."""
    going_on = unfinished(repository.git_dir)
    if going_on:
        raise NextstepError(
            f"{going_on} is in progress here; nothing was changed",
            f"finish {going_on} or give it up; `git status` tells how",
        )
    place, environ = where.place, where.environ
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
            raise _edited_by_hand(where, left, moved)
    return GoingAlong(unknown, first)


def _edited_by_hand(where: Where, paths: Sequence[str], unknown: Sequence[str]) -> NextstepError:
    """Return the refusal of what somebody else's edits would be taken along with.

    ``unknown`` are those of the paths that git does not know, and knew before or elsewhere.
    """
    if len(unknown) == len(paths):
        named = where.typed(unknown)
        return NextstepError(
            f"{', '.join(unknown)} was moved here by hand, or taken out of git, and that is not "
            "committed; nothing was changed",
            f"commit that first (git add {named}, and what it was before), "
            "or take it along with --with-edits",
        )
    were = f"{paths[0]} was" if len(paths) == 1 else f"{', '.join(paths)} were"
    diff = _shortened(difference(where.place, paths, where.environ))
    return NextstepError(
        "\n".join(
            filter(None, (f"{were} changed by hand and not committed; nothing was recorded", diff))
        ),
        "commit that first, or take it along with --with-edits",
    )


def _shortened(diff: str) -> str:
    lines = diff.splitlines()
    if len(lines) <= _SHOWN_LINES:
        return "\n".join(lines)
    return "\n".join([*lines[:_SHOWN_LINES], f"... {len(lines) - _SHOWN_LINES} more lines"])
