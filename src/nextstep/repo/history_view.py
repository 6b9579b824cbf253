"""What bends the view of a history here, seen through as far as that is possible, and told."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.child import Answer, Child
from nextstep.repo.counting import reaches_further
from nextstep.repo.git import read, start, why_failed
from nextstep.repo.place import Place
from nextstep.repo.shared import shared_folder
from nextstep.repo.state import ask

_SECONDS = 10.0
_LONG = 600.0
_LARGEST = 1 << 20
_REPLACED = (
    "Some objects of this repository are replaced by others (`refs/replace`). "
    "History is told from the originals."
)
_GRAFTED = (
    "The file `info/grafts` gives commits other parents. "
    "History is told with the parents that the commits name themselves."
)
_PLANTED = (
    "The file `shallow` says that history begins later than it does: "
    "the older commits are here, and they are told, too."
)
_SHALLOW = "This clone is shallow: what was before its oldest commits is not known."
_PARTIAL = (
    "This clone is partial: what was in contents that are only on its remote is not told. "
    "Get them with `git fetch --refetch --no-filter`."
)


class View(Struct, frozen=True, kw_only=True):
    """A history to be read: that of ``tip``, in the repository of a place.

    ``borders`` are the commits whose parents this clone does not have. ``past_shallow`` has git
    look behind the file `shallow`, where that one cuts off what is there. ``held`` are the ids of
    all contents that are here, None where nothing is left on a remote.
    """

    place: Place
    environ: Mapping[str, str]
    tip: str
    borders: frozenset[str] = frozenset()
    past_shallow: bool = False
    held: frozenset[bytes] | None = None
    doubts: tuple[str, ...] = ()

    def start(self, words: Sequence[str], *, reads: bool = False) -> Child:
        """Start a git that sees the history so; ``reads``: it gets input from us."""
        return start(self.place, words, self.environ, reads=reads, past_shallow=self.past_shallow)

    def why(self, answer: Answer) -> NextstepError:
        """Return why git could not read this history."""
        return _cannot_read(answer, self.environ)


def view_of(place: Place, tip: str, environ: Mapping[str, str]) -> View:
    """Return how the history of ``tip`` is to be read.

    Raises NextstepError outside a repository, and without a commit.
    """
    replaced = start(place, ["for-each-ref", "--count=1", "--format=x", "refs/replace/"], environ)
    facts = ask(place, environ, identity=False).facts(_SECONDS)
    is_replaced = bool(replaced.finish(_SECONDS).out)
    if facts.repository is None:
        raise NextstepError(
            f"there is no history to read: {facts.reason}",
            "see what git says; `nextstep doctor` says what it needs"
            if place.toplevel is not None
            else "put the ledger into a repository with `git init`, and commit it",
        )
    if facts.repository.unborn and tip == "HEAD":
        raise NextstepError(
            "there is no history yet: the repository has no commit", "commit the ledger first"
        )
    folder = shared_folder(facts.repository.git_dir)
    borders, planted = frozenset[str](), False
    if facts.repository.shallow:
        planted = reaches_further(place, tip, environ)
        borders = frozenset() if planted else _borders(folder)
    held = _held(place, environ)
    told = {
        _REPLACED: is_replaced,
        _GRAFTED: os.path.exists(os.path.join(folder, "info", "grafts")),
        _PLANTED: planted,
        _SHALLOW: bool(borders),
        _PARTIAL: held is not None,
    }
    return View(
        place=place,
        environ=environ,
        tip=f"{tip}^{{commit}}",
        borders=borders,
        past_shallow=planted,
        held=held,
        doubts=tuple(doubt for doubt, holds in told.items() if holds),
    )


def _borders(folder: str) -> frozenset[str]:
    try:
        with open(os.path.join(folder, "shallow"), "rb") as file:
            return frozenset(file.read(_LARGEST).decode("ascii", "replace").split())
    except OSError:
        return frozenset()


def _held(place: Place, environ: Mapping[str, str]) -> frozenset[bytes] | None:
    """Return the ids of all objects that are here, if this clone left some on its remote.

    To ask git for one that is not here would have it look there.
    """
    listed = ["config", "--get-regexp", r"^(remote\..*\.promisor|extensions\.partialclone)$"]
    if not start(place, listed, environ).finish(_SECONDS).out:
        return None
    words = ["cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)"]
    answer = read(place, words, environ, timeout=_LONG)
    return frozenset(answer.out.split()) if answer.status == 0 else None


def _cannot_read(answer: Answer, environ: Mapping[str, str]) -> NextstepError:
    """Say why git could not read history."""
    if "promisor remote" in answer.err or "lazy fetching" in answer.err:
        return NextstepError(
            "this clone is partial: a part of its history is only on its remote",
            "get it with `git fetch --refetch --no-filter`; reading never contacts a remote",
        )
    return NextstepError(
        f"git cannot read the history: {why_failed(answer, environ)}",
        "see what git says; `git fsck` looks for damage",
    )
