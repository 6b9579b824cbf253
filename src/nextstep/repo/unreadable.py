"""Why git could not read what was asked for: a partial clone, damage, or its own words."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.child import Answer
from nextstep.repo.git import read, why_failed
from nextstep.repo.place import Place


def cannot_read(answer: Answer, environ: Mapping[str, str]) -> NextstepError:
    """Say why git failed: what it needs is on a remote only, or its own words."""
    if "promisor remote" in answer.err:
        return _partial()
    return NextstepError(
        f"git cannot read this: {why_failed(answer, environ)}", "see what git says"
    )


def missing(place: Place, blob: str, environ: Mapping[str, str]) -> NextstepError:
    """Say why a content is not there: left out by a partial clone, or lost."""
    promised = read(place, ["config", "--get-regexp", r"^remote\..*\.promisor$"], environ)
    if promised.out:
        return _partial()
    return NextstepError(
        f"the repository is damaged: the file content {blob} is missing",
        "run `git fsck`, and fetch from another clone",
    )


def _partial() -> NextstepError:
    return NextstepError(
        "this clone is partial: file contents of that commit are only on its remote",
        "get them with `git fetch --refetch --no-filter`; reading never contacts a remote",
    )
