"""Whether git knows a file already."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.git import start
from nextstep.repo.place import Place

_SECONDS = 10.0


def is_committed(place: Place, path: str, environ: Mapping[str, str]) -> bool:
    """Return whether the last commit holds a file of the ledger; False where git does not say."""
    words = ["ls-tree", "-z", "--name-only", "--full-tree", "HEAD", "--", f"{place.prefix}{path}"]
    try:
        return bool(start(place, words, environ).finish(_SECONDS).out)
    except NextstepError:
        return False
