"""What keeps a file from being committed, in words: git ignores it, or somebody has changed it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.committing import difference
from nextstep.repo.place import Place

_SHOWN_LINES = 40


def ignored_by_git(paths: Sequence[str]) -> NextstepError:
    """Return the refusal of files that git is told to know nothing of."""
    return NextstepError(
        f"git ignores {', '.join(paths)}; nothing was changed",
        "take it out of .gitignore, or record with --no-commit",
    )


def edited_by_hand(
    place: Place, environ: Mapping[str, str], paths: Sequence[str], unknown: Sequence[str]
) -> NextstepError:
    """Return the refusal of what somebody else's edits would be taken along with.

    ``unknown`` are those of the paths that git does not know yet.
    """
    if len(unknown) == len(paths):
        named = shell_paths(place, unknown)
        return NextstepError(
            f"git does not know {', '.join(unknown)} yet; nothing was changed",
            f"commit it first (git add {named} && git commit -- {named}), "
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
