"""Where is written, and from where somebody types."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence

from msgspec import Struct

from nextstep.repo.locking import PATIENCE
from nextstep.repo.place import Place
from nextstep.repo.state import Repository


class Where(Struct, frozen=True, kw_only=True):
    """Where is written: a ledger, its repository if there is one, and the environment of git.

    ``here`` is the folder in which somebody types; ``patience`` is how many seconds it waits for
    others while nothing gets done.
    """

    place: Place
    here: str
    repository: Repository | None
    environ: Mapping[str, str]
    patience: float = PATIENCE

    def typed(self, paths: Sequence[str]) -> str:
        """Return paths of the ledger as somebody types them in a shell in that folder."""
        root = self.place.root
        return shlex.join(os.path.relpath(os.path.join(root, path), self.here) for path in paths)
