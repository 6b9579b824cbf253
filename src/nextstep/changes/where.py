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

    def committing(
        self, paths: Sequence[str], new: Sequence[str] = (), *, message: str | None = None
    ) -> str:
        """Return the command that commits paths of the ledger, as it works in that folder.

        Those of them that are ``new`` to git are added first; from outside the work tree git is
        told where that is. Without a ``message`` git asks for one.
        """
        top, here = self.place.folder, os.path.realpath(self.here)
        is_inside = here == top or here.startswith(os.path.join(top, ""))
        git = "git" if is_inside else f"git -C {shlex.quote(top)}"

        def named(those: Sequence[str]) -> str:
            if is_inside:
                return self.typed(those)
            return shlex.join(f"{self.place.prefix}{one}" for one in those)

        add = f"{git} add -- {named(new)} && " if new else ""
        said = f" -m {shlex.quote(message)}" if message is not None else ""
        return f"{add}{git} commit{said} -- {named(paths)}"
