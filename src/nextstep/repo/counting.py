"""How many commits there are, and whether the file `shallow` hides some that are here."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.git import start, why_failed
from nextstep.repo.place import Place

_SECONDS = 300.0


def history_length(
    place: Place, commit: str, environ: Mapping[str, str], *, shallow: bool
) -> int | None:
    """Return how many commits a commit's history has, itself counted; None if it is cut off here.

    ``shallow`` tells that there is a file `shallow`. It may have been put there, and cut off
    commits that are here. Raises NextstepError when git fails.
    """
    planted = shallow and reaches_further(place, commit, environ)
    if shallow and not planted:
        return None
    return count_commits(place, environ, commit, past_shallow=planted)


def count_commits(
    place: Place, environ: Mapping[str, str], *revisions: str, past_shallow: bool
) -> int:
    """Return how many commits the revisions lead to, less those that one with a `^` leads to.

    ``past_shallow`` has git look behind the file `shallow`. Raises NextstepError when git fails.
    """
    words = ["rev-list", "--count", *revisions, "--"]
    answer = start(place, words, environ, past_shallow=past_shallow).finish(_SECONDS)
    if answer.status:
        raise NextstepError(
            f"git cannot count the commits: {why_failed(answer, environ)}", "see what git says"
        )
    return int(answer.out)


def reaches_further(place: Place, tip: str, environ: Mapping[str, str]) -> bool:
    """Whether all older commits are here although the file `shallow` says they are not."""
    words = ["rev-list", "--quiet", "--end-of-options", tip, "--"]
    return start(place, words, environ, past_shallow=True).finish(_SECONDS).status == 0
