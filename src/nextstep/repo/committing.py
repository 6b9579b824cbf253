"""The one commit: exactly the paths it names, with the user's own hooks, signing and identity."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import BUSY, NOT_COMMITTED
from nextstep.repo.child import Answer
from nextstep.repo.commit_git import (
    NEVER_STARTED,
    Work,
    git,
    is_busy,
    literal,
    patient,
    words_of,
)
from nextstep.repo.locking import PATIENCE, nap, wait_until_free
from nextstep.repo.shared import shared_folder
from nextstep.repo.state import Repository

_TRIES = 5
_LINGERING = 0.25


class NotCommitted(NextstepError):  # noqa: N818 - it says how far it came
    """The files are saved, and git would not commit them.

    ``busy``: another git was in the way. ``ignored``: git is told to know nothing of them.
    """

    def __init__(self, words: str, *, busy: bool = False, ignored: bool = False) -> None:
        """Keep git's own words."""
        super().__init__(words, exit_code=BUSY if busy else NOT_COMMITTED)
        self.busy = busy
        self.ignored = ignored


def locks_of(repository: Repository) -> list[str]:
    """Return the lock files by which git would be kept from a commit, there or not."""
    locks = [os.path.join(repository.git_dir, name) for name in ("index.lock", "HEAD.lock")]
    if repository.branch is not None:
        branch = os.path.join(shared_folder(repository.git_dir), repository.branch)
        locks.append(f"{branch}.lock")
    return locks


def wait_for_git(repository: Repository, patience: float = PATIENCE) -> None:
    """Wait until no other git holds the index or the branch. NextstepError when it stays held."""
    wait_until_free(locks_of(repository), patience=patience)


class Commit(Struct, frozen=True):
    """A commit that was made.

    ``crowded``: somebody else made one while this command ran. ``other_words``: its message is not
    the one that was given, by a hook, or by another git that wrote to the same file just then.
    """

    id: str
    crowded: bool = False
    other_words: bool = False


def commit(work: Work, paths: Sequence[str], message: str, *, new: Sequence[str] = ()) -> Commit:
    """Commit these paths of the ledger and nothing else.

    What is staged of other paths stays staged. ``new`` are those that git does not know yet; it is
    told of them first, and forgets them again when there is no commit. Raises NotCommitted.
    """
    if work.held.signum is not None:
        raise NotCommitted("interrupted")
    id_, parents, said = "", [""], message
    for _ in range(_TRIES):
        if new:
            _told(work, new)
        try:
            _committed(work, paths, message, new)
        except NotCommitted:
            if new:
                forget = ("rm", "--cached", "--quiet", "--force", "--ignore-unmatch", "--")
                patient(work, [*forget, *literal(new)])
            raise
        id_, parents, said = _last(work, paths)
        if not id_ or _trailers(message) <= _trailers(said) or _has(work, paths):
            break
    return Commit(
        id_ or "HEAD",
        crowded=(work.repository.head or "") not in (parents or [""]),
        other_words=bool(id_) and not _trailers(message) <= _trailers(said),
    )


def was_taken_out(work: Work, paths: Sequence[str], commit_id: str) -> bool:
    """Wait a moment for who may be about to commit old files on top; return whether they did.

    It can only be the very next commit: as soon as there is one, it is known.
    """
    given_up = time.monotonic() + _LINGERING
    while _head(work) == commit_id:
        if time.monotonic() > given_up:
            return False
        nap()
    return not _has(work, paths)


def _last(work: Work, paths: Sequence[str]) -> tuple[str, list[str], str]:
    """Return the id, the parents and the message of the last commit that changed these paths.

    It can be another one than was just made. A plain `git commit` that reads the branch just after
    it was moved on, and the index just before, commits the files as they were: they are out again,
    and have to be committed once more.
    """
    wanted = ("rev-list", "--max-count=1", "--format=%P%n%B", "HEAD", "--")
    answer = git(work.place, [*wanted, *literal(paths)], work.environ)
    first, _, rest = answer.out.decode("utf-8", "replace").partition("\n")
    parents, _, said = rest.partition("\n")
    return first.removeprefix("commit ").strip(), parents.split(), said


def _trailers(message: str) -> set[str]:
    return {line for line in message.splitlines() if line.startswith("Nextstep: ")}


def _told(work: Work, new: Sequence[str]) -> None:
    answer = patient(work, ["add", "--intent-to-add", "--", *literal(new)])
    if answer.status:
        ignored = not is_busy(work, answer) and _ignored(work, new)
        raise NotCommitted(words_of(answer), busy=is_busy(work, answer), ignored=ignored)


def _ignored(work: Work, paths: Sequence[str]) -> bool:
    given = b"".join(os.fsencode(path) + b"\0" for path in paths)
    asked = ("check-ignore", "--quiet", "-z", "--stdin")
    return git(work.place, asked, work.environ, given).status == 0


def _committed(work: Work, paths: Sequence[str], message: str, new: Sequence[str]) -> None:
    """Make the commit; where another git was quicker, try again as long as patience lasts."""
    made = ("-c", "i18n.commitEncoding=UTF-8", "commit", "--only", "--quiet")
    command = [*made, "--cleanup=whitespace", "--file=-", "--", *literal(paths)]
    given = message.encode("utf-8", "surrogateescape")
    head = work.repository.head
    given_up = time.monotonic() + work.patience
    while True:
        answer = git(work.place, command, work.environ, given, held=work.held)
        if not answer.status or _has(work, paths):
            return
        now = _head(work)
        busy = is_busy(work, answer) or now != head or not _known(work, new)
        if not busy or work.held.signum is not None or time.monotonic() > given_up:
            raise NotCommitted(words_of(answer) + _left_by(work, answer), busy=busy)
        head = now
        nap()
        if not _known(work, new):
            _told(work, new)


def _known(work: Work, paths: Sequence[str]) -> bool:
    """Return whether git knows these paths; a plain commit may have made it forget them again."""
    if not paths:
        return True
    listed = git(work.place, ["ls-files", "-z", "--", *literal(paths)], work.environ)
    return listed.out.count(b"\0") >= len(set(paths))


def _left_by(work: Work, answer: Answer) -> str:
    """Return what a git that was killed has left in the way of all others; empty for nothing."""
    lock = os.path.join(work.repository.git_dir, "index.lock")
    if answer.status >= NEVER_STARTED or not os.path.lexists(lock):
        return ""
    return f"\nit left {lock}, which nobody removes but you, when no git is running"


def _has(work: Work, paths: Sequence[str]) -> bool:
    """Return whether HEAD holds the files as they are: then it is committed, whatever git said.

    It complains after the commit, too: of an index that it could not write, or of nothing to
    commit where somebody else has just committed all there was.
    """
    there = git(work.place, ["ls-tree", "-z", "--name-only", "HEAD", "--", *paths], work.environ)
    if there.out.count(b"\0") < len(set(paths)):
        return False
    same = ("--no-optional-locks", "diff", "--quiet", "HEAD", "--")
    return git(work.place, [*same, *literal(paths)], work.environ).status == 0


def _head(work: Work) -> str | None:
    answer = git(work.place, ("rev-parse", "--quiet", "--verify", "HEAD"), work.environ)
    return answer.out.decode("ascii", "replace").strip() or None
