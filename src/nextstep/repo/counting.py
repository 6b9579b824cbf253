"""How long a history is: with its newest commit, that is what a digest anchors it by."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.git import start, why_failed
from nextstep.repo.place import Place

_SECONDS = 60.0


def count_commits(place: Place, commit: str, environ: Mapping[str, str]) -> int:
    """Return how many commits a commit's history has, itself counted.

    In a shallow clone these are only the ones that are here. Raises NextstepError when git fails.
    """
    answer = start(place, ["rev-list", "--count", commit, "--"], environ).finish(_SECONDS)
    if answer.status:
        raise NextstepError(
            f"git cannot count the commits: {why_failed(answer, environ)}", "see what git says"
        )
    return int(answer.out)
