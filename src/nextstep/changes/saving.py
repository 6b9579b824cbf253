"""How changed files come to the disk and into one commit: all of them, or none.

The order is what makes it safe: take the lock, see that nothing is in the way and that the files
are still those that were read, write them, commit them. Whoever is interrupted in between leaves
files that are whole, old or new.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.writing import create, remove, replace
from nextstep.repo.committing import (
    NotCommitted,
    commit,
    difference,
    uncommitted,
    unfinished,
    wait_for_git,
)
from nextstep.repo.locking import locked
from nextstep.repo.place import Place
from nextstep.repo.state import Repository

_NEW_TO_GIT = "??"
_SHOWN_LINES = 40


class Written(Struct, frozen=True):
    """A file as it was read, None for one that is new, and as it is to be."""

    path: str
    before: bytes | None
    after: bytes


class Where(Struct, frozen=True, kw_only=True):
    """Where is written: a ledger, its repository if there is one, and the environment of git."""

    place: Place
    repository: Repository | None
    environ: Mapping[str, str]


class StaleError(Exception):
    """A file is another one than was read: what was to be written must be worked out again."""


@contextmanager
def writing(where: Where) -> Iterator[None]:
    """Be the only writer of a ledger meanwhile. Raises NextstepError when it stays taken."""
    repository = where.repository
    folder = where.place.root if repository is None else _common(repository)
    with locked(folder, own=repository is not None):
        yield


def save(
    where: Where,
    files: Sequence[Written],
    message: str,
    *,
    committed: bool = True,
    with_edits: bool = False,
) -> str | None:
    """Write files and commit exactly these; return the commit's id, None where there is none.

    Hold the lock of `writing` meanwhile. Raises StaleError where a file was changed since it was
    read; NextstepError where nothing may be written now, and nothing was; NotCommitted when the
    files are saved and git would not commit them.
    """
    repository = where.repository
    to_commit = committed and repository is not None
    _still_as_read(where, files)
    new: tuple[str, ...] = ()
    if to_commit and repository is not None:
        new = _allowed(where, repository, files, with_edits=with_edits)
    _put(where, files)
    if not to_commit:
        return None
    paths = tuple(file.path for file in files)
    try:
        return commit(where.place, paths, message, where.environ, new=new)
    except NotCommitted as problem:
        if problem.busy:
            _put_back(where, files)
        raise


def _common(repository: Repository) -> str:
    """Return the folder that all work trees of a repository share."""
    link = os.path.join(repository.git_dir, "commondir")
    if not repository.worktree:
        return repository.git_dir
    with open(link, encoding="utf-8") as file:
        return os.path.normpath(os.path.join(repository.git_dir, file.read().strip()))


def _allowed(
    where: Where, repository: Repository, files: Sequence[Written], *, with_edits: bool
) -> tuple[str, ...]:
    """See that git can commit these files and nothing else; return those that it does not know."""
    going_on = unfinished(repository.git_dir)
    if going_on:
        raise NextstepError(
            f"{going_on} is in progress here; nothing was changed",
            f"finish {going_on} or give it up; `git status` tells how",
        )
    wait_for_git(repository.git_dir)
    known = [file.path for file in files if file.before is not None]
    found = uncommitted(where.place, known, where.environ) if known else {}
    by_hand = [path for path in known if path in found]
    if by_hand and not with_edits:
        raise NextstepError(
            f"{_named(by_hand)} changed by hand and not committed:\n"
            f"{_shortened(difference(where.place, by_hand, where.environ))}",
            "commit that first, or take it along with --with-edits",
        )
    unknown = (path for path in by_hand if found[path] == _NEW_TO_GIT)
    return (*unknown, *(file.path for file in files if file.before is None))


def _still_as_read(where: Where, files: Sequence[Written]) -> None:
    for file in files:
        path = os.path.join(where.place.root, file.path)
        if file.before is None:
            if os.path.lexists(path):
                raise StaleError(file.path)
            continue
        try:
            with open(path, "rb") as there:
                same = there.read() == file.before
        except FileNotFoundError:
            same = False
        if not same:
            raise StaleError(file.path)


def _put(where: Where, files: Sequence[Written]) -> None:
    """Write files in order; where one fails, those before it are put back."""
    for number, file in enumerate(files):
        try:
            _put_one(where, file)
        except BaseException:
            _put_back(where, files[:number])
            raise


def _put_one(where: Where, file: Written) -> None:
    if file.before is not None:
        replace(where.place.root, file.path, file.after, before=file.before)
    elif not create(where.place.root, file.path, file.after):
        raise StaleError(file.path)


def _put_back(where: Where, files: Sequence[Written]) -> None:
    for file in reversed(files):
        if file.before is None:
            remove(where.place.root, file.path, before=file.after)
        else:
            replace(where.place.root, file.path, file.before, before=file.after)


def _named(paths: Sequence[str]) -> str:
    return f"{paths[0]} was" if len(paths) == 1 else f"{', '.join(paths)} were"


def _shortened(diff: str) -> str:
    lines = diff.splitlines()
    if len(lines) <= _SHOWN_LINES:
        return "\n".join(lines)
    return "\n".join([*lines[:_SHOWN_LINES], f"... {len(lines) - _SHOWN_LINES} more lines"])
