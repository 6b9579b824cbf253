"""How changed files come to the disk and into one commit: all of them, or none.

The order is what makes it safe: take the lock, see that nothing is in the way and that the files
are still those that were read, write them, commit them. Whoever is interrupted in between leaves
files that are whole, old or new.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct

from nextstep.changes.in_the_way import GoingAlong, going_along, ignored_by_git
from nextstep.changes.where import Where
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import NOT_COMMITTED
from nextstep.files.writing import create, remove, replace
from nextstep.repo.commit_git import Work
from nextstep.repo.committing import Commit, NotCommitted, commit, wait_for_git
from nextstep.repo.interrupts import Interrupted, held_back
from nextstep.repo.locking import locked
from nextstep.repo.shared import shared_folder
from nextstep.repo.state import Repository


class Written(Struct, frozen=True):
    """A file as it was read, None for one that is new, and as it is to be."""

    path: str
    before: bytes | None
    after: bytes


class Saved(Struct, frozen=True, kw_only=True):
    """What became of the files: the ``commit`` that holds them, None where there is none.

    ``rewritten`` are the paths that a hook of git has changed, ``first`` those of files that were
    there and that nobody had committed; ``signum`` is a signal that came too late to stop it.
    ``crowded``: somebody else committed meanwhile. ``other_words``: the message is not ours.
    """

    commit: str | None = None
    rewritten: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    signum: int | None = None
    crowded: bool = False
    other_words: bool = False


class StaleError(Exception):
    """A file is another one than was read: what was to be written must be worked out again."""


@contextmanager
def writing(where: Where) -> Iterator[None]:
    """Be the only writer of a ledger meanwhile. Raises NextstepError when it stays taken."""
    repository = where.repository
    if repository is None:
        folder, index = where.place.root, None
    else:
        folder, index = shared_folder(repository.git_dir), _index(repository)

    def progress() -> object:
        """Every commit writes the index anew."""
        return _changed_at(index) if index else None

    with locked(folder, own=index is not None, patience=where.patience, progress=progress):
        yield


def save(
    where: Where,
    files: Sequence[Written],
    message: str,
    *,
    committed: bool = True,
    with_edits: bool = False,
) -> Saved:
    """Write files and commit exactly these.

    Hold the lock of `writing` meanwhile. Raises StaleError where a file was changed since it was
    read; NextstepError where nothing may be written now, and nothing was; NotCommitted when the
    files are saved and git would not commit them; Interrupted when nothing was changed for that.
    """
    repository = where.repository if committed else None
    _still_as_read(where, files)
    new: tuple[str, ...] = ()
    along = GoingAlong()
    if repository is not None:
        there = [file.path for file in files if file.before is not None]
        wait_for_git(repository, where.patience)
        along = going_along(where, repository, there, with_edits=with_edits)
        new = (*along.unknown, *(file.path for file in files if file.before is None))
    with held_back() as held:
        _put(where, files)
        if repository is None:
            return Saved(signum=held.signum)
        work = Work(
            place=where.place,
            repository=repository,
            environ=where.environ,
            held=held,
            patience=where.patience,
        )
        made = _committed(where, work, files, message, new)
    return Saved(
        commit=made.id,
        rewritten=_rewritten(where, files),
        first=tuple(
            file.path
            for file in files
            if file.before is not None and (file.path in new or file.path in along.first)
        ),
        signum=held.signum,
        crowded=made.crowded,
        other_words=made.other_words,
    )


def _index(repository: Repository) -> str:
    return os.path.join(repository.git_dir, "index")


def _changed_at(path: str) -> int:
    """Return when a file was changed, in nanoseconds; 0 where it is not there."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _committed(
    where: Where, work: Work, files: Sequence[Written], message: str, new: Sequence[str]
) -> Commit:
    """Commit the files; where there is no commit for the moment, put them back."""
    try:
        return commit(work, tuple(file.path for file in files), message, new=new)
    except NotCommitted as problem:
        signum = work.held.signum
        if not (problem.busy or problem.ignored or signum is not None):
            raise
        if _put_back(where, files):
            raise NotCommitted(problem.message) from None
        if signum is not None:
            raise Interrupted(signum) from None
        if problem.ignored:
            raise ignored_by_git([file.path for file in files if file.path in new]) from None
        raise


def _still_as_read(where: Where, files: Sequence[Written]) -> None:
    for file in files:
        if file.before is None:
            if os.path.lexists(os.path.join(where.place.root, file.path)):
                raise StaleError(file.path)
        elif there_now(where, file.path) != file.before:
            raise StaleError(file.path)


def there_now(where: Where, path: str) -> bytes | None:
    """Return what a file holds now; None where it is gone, or no file, or cannot be read."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(os.path.join(where.place.root, path), flags)
        with open(descriptor, "rb") as file:
            return file.read()
    except OSError:
        return None


def _rewritten(where: Where, files: Sequence[Written]) -> tuple[str, ...]:
    return tuple(file.path for file in files if there_now(where, file.path) != file.after)


def _put(where: Where, files: Sequence[Written]) -> None:
    """Write files in order; where one fails, all are put back.

    Raises NextstepError that says so; where not even that can be done, it says which file is how.
    """
    for number, file in enumerate(files):
        try:
            _put_one(where, file)
        except StaleError:
            _put_back(where, files[:number])
            raise
        except NextstepError as problem:
            new = _put_back(where, files[: number + 1])
            if not new:
                raise NextstepError(
                    problem.message, "nothing was changed", exit_code=problem.exit_code
                ) from None
            old = [one.path for one in files if one.path not in new]
            others = f"; {', '.join(old)} as before" if old else ""
            raise NextstepError(
                f"{problem.message}; {', '.join(new)} as it is to be{others}, nothing committed",
                f"look at it: git diff -- {where.typed(new)}",
                exit_code=NOT_COMMITTED,
            ) from None


def _put_one(where: Where, file: Written) -> None:
    if file.before is not None:
        replace(where.place.root, file.path, file.after, before=file.before)
    elif not create(where.place.root, file.path, file.after):
        raise StaleError(file.path)


def _put_back(where: Where, files: Sequence[Written]) -> tuple[str, ...]:
    """Put back what was there before; return the paths for which it cannot be done."""
    left = []
    for file in reversed(files):
        if there_now(where, file.path) != file.after:
            continue
        try:
            if file.before is None:
                remove(where.place.root, file.path, before=file.after)
            else:
                replace(where.place.root, file.path, file.before, before=file.after)
        except NextstepError:
            if there_now(where, file.path) == file.after:
                left.append(file.path)
    return tuple(reversed(left))
