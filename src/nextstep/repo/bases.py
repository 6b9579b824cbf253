"""What a branch is compared with: where it left another one, and which one that usually is."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.repo.git import read
from nextstep.repo.place import Place

_USUAL = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/heads/main",
    "refs/remotes/origin/master",
    "refs/heads/master",
)
_SHOWN_FROM = ("refs/remotes/", "refs/heads/")


def merge_base(place: Place, one: str, other: str, environ: Mapping[str, str]) -> str | None:
    """Return the commit from which two commits, given by their ids, went apart.

    The first of several; None where they have none, or where history is cut off before it.
    """
    answer = read(place, ["rev-parse", "--revs-only", f"{one}...{other}"], environ)
    if answer.status:
        return None
    lines = answer.out.decode("ascii", "replace").split()
    return next((line[1:] for line in lines if line.startswith("^")), None)


def default_branch(place: Place, environ: Mapping[str, str]) -> str | None:
    """Return the branch that others work on, as git shows its name; None where none is usual.

    That of the remote `origin`, as it was when it was last fetched, comes before the local one.
    """
    for name in _USUAL:
        answer = read(
            place, ["rev-parse", "--verify", "--quiet", "--end-of-options", name], environ
        )
        if answer.status == 0:
            return next(name.removeprefix(start) for start in _SHOWN_FROM if name.startswith(start))
    return None
