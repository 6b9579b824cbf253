"""What kind of repository a ledger is in, and who asks: two short children of git, side by side."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.child import Answer, Child
from nextstep.repo.git import start, why_failed
from nextstep.repo.identity import IDENTITY, NOBODY, Identity, identity_in
from nextstep.repo.place import Place

_SECONDS = 10.0
_QUESTION = (
    "rev-parse --is-bare-repository --is-shallow-repository --show-object-format "
    "--absolute-git-dir HEAD --symbolic-full-name HEAD"
).split()


class Repository(Struct, frozen=True, kw_only=True):
    """The repository of a ledger.

    ``head`` is the commit's id, None when there is no commit yet; ``branch`` the full name of the
    branch, None when HEAD is detached or no commit is there. ``git_dir`` is absolute.
    """

    git_dir: str
    object_format: str = "sha1"
    head: str | None = None
    branch: str | None = None
    bare: bool = False
    shallow: bool = False
    worktree: bool = False

    @property
    def unborn(self) -> bool:
        """Whether there is no commit yet, and so no history."""
        return self.head is None

    @property
    def detached(self) -> bool:
        """Whether HEAD is a commit and no branch."""
        return self.head is not None and self.branch is None


class Facts(Struct, frozen=True):
    """What git told: about the repository and about who asks.

    ``reason`` says why there is no repository: `not in a git repository`, that git is missing or
    too old, or git's own words, which may have several lines. It is empty otherwise.
    """

    repository: Repository | None
    identity: Identity
    reason: str = ""


class Asked:
    """Both questions on their way: a ledger can be read while git answers."""

    def __init__(self, place: Place, environ: Mapping[str, str], *, identity: bool) -> None:
        """Start the children; without git none, and the facts say so."""
        self._place = place
        self._environ = environ
        self._repository: Child | None = None
        self._identity: Child | None = None
        self._reason = ""
        try:
            if identity:
                self._identity = start(place, IDENTITY, environ)
            if place.toplevel is None and not place.bare:
                self._reason = "not in a git repository"
            else:
                self._repository = start(place, _QUESTION, environ)
        except NextstepError as error:
            self._reason = error.message

    def facts(self, timeout: float = _SECONDS) -> Facts:
        """Wait for both answers, at most ``timeout`` seconds for each. Raises nothing."""
        identity, repository, reason = NOBODY, None, self._reason
        try:
            if self._identity is not None:
                identity = identity_in(self._identity.finish(timeout), self._environ)
            if self._repository is not None:
                answer = self._repository.finish(timeout)
                repository = _repository_in(answer)
                if repository is None:
                    reason = why_failed(answer, self._environ)
        except NextstepError as error:
            reason = error.message
            self._end()
        return Facts(repository, identity, reason)

    def _end(self) -> None:
        for child in (self._identity, self._repository):
            if child is not None:
                child.end()


def ask(place: Place, environ: Mapping[str, str], *, identity: bool = True) -> Asked:
    """Start asking git about the repository of ``place`` and, unless it is no matter, who asks."""
    return Asked(place, environ, identity=identity)


def _repository_in(answer: Answer) -> Repository | None:
    """Return the repository that the answer describes, or None when git refused to.

    The folder may hold line ends, so the lines around it are counted from both sides. Without a
    commit git gives the word HEAD back and complains.
    """
    lines = os.fsdecode(answer.out).removesuffix("\n").split("\n")
    fixed = 3
    if answer.status == 0 and len(lines) > fixed + 2:
        folder, head, branch = "\n".join(lines[fixed:-2]), lines[-2], lines[-1]
    elif len(lines) > fixed + 1 and lines[-1] == "HEAD":
        folder, head, branch = "\n".join(lines[fixed:-1]), None, "HEAD"
    else:
        return None
    return Repository(
        git_dir=folder,
        object_format=lines[2],
        head=head,
        branch=None if branch == "HEAD" else branch,
        bare=lines[0] == "true",
        shallow=lines[1] == "true",
        worktree=os.path.isfile(os.path.join(folder, "commondir")),
    )
