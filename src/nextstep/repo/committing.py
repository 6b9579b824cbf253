"""The one commit: exactly the paths it names, with the user's own hooks, signing and identity."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo import steps
from nextstep.repo.git import Answer, start_write
from nextstep.repo.interrupts import Held
from nextstep.repo.locking import BUSY, PATIENCE, nap, wait_until_free
from nextstep.repo.place import Place
from nextstep.repo.shared import shared_folder
from nextstep.repo.state import Repository

NOT_COMMITTED = 73
"""The exit code of what is saved and not committed."""

NEW_TO_GIT = "??"
IGNORED = "!!"

_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "sequencer": "a cherry-pick or revert",
    "BISECT_LOG": "a bisect",
}
_SECONDS = 600.0
_TRIES = 5
_LINGERING = 0.25
_NEVER_STARTED = -1
_AS_PATTERNS = (
    "GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS".split()
)
_NO_MATTER_OF_WAITING = (
    *("Permission denied", "Read-only", "No space left", "quota", "too large", "write error"),
    *("Input/output", "No such file", "Too many", "Not a directory"),
)


class NotCommitted(NextstepError):  # noqa: N818 - it says how far it came
    """The files are saved, and git would not commit them.

    ``busy``: another git was in the way. ``ignored``: git is told to know nothing of them.
    """

    def __init__(self, words: str, *, busy: bool = False, ignored: bool = False) -> None:
        """Keep git's own words."""
        super().__init__(words, exit_code=BUSY if busy else NOT_COMMITTED)
        self.busy = busy
        self.ignored = ignored


class Work(Struct, frozen=True, kw_only=True):
    """What one commit is made with: where, what may interrupt it, how long it waits for others."""

    place: Place
    repository: Repository
    environ: Mapping[str, str]
    held: Held
    patience: float = PATIENCE


def unfinished(git_dir: str) -> str | None:
    """Return what is in progress in a work tree, such as ``a merge``; None when nothing is."""
    for name, words in _UNFINISHED.items():
        if os.path.lexists(os.path.join(git_dir, name)):
            return words
    return None


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


def uncommitted(
    place: Place, paths: Sequence[str], environ: Mapping[str, str]
) -> Mapping[str, str]:
    """Return which of these paths of the ledger git has not committed as they are, and how.

    The value is git's two letters: ``??`` for a file that git does not know, ``!!`` for one that
    it ignores. Raises NextstepError when git cannot tell.
    """
    listed = (
        *("--no-optional-locks", "status", "--porcelain=v1", "-z", "--no-renames"),
        *("--untracked-files=all", "--ignored=matching", "--"),
    )
    answer = _git(place, [*listed, *_literal(paths)], environ)
    if answer.status:
        raise NextstepError(
            f"git cannot tell what is committed, so nothing was changed: {answer.err}",
            "see what it says",
        )
    found = {}
    for entry in os.fsdecode(answer.out).split("\0"):
        if entry:
            found[entry[3:].removeprefix(place.prefix)] = entry[:2]
    return found


def difference(place: Place, paths: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return how these paths differ from the last commit, as a diff; empty when git cannot say."""
    shown = ("--no-optional-locks", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "HEAD")
    return os.fsdecode(_git(place, [*shown, "--", *_literal(paths)], environ).out)


def commit(work: Work, paths: Sequence[str], message: str, *, new: Sequence[str] = ()) -> str:
    """Commit these paths of the ledger and nothing else, and return the commit's id.

    What is staged of other paths stays staged. ``new`` are those that git does not know yet; it is
    told of them first, and forgets them again when there is no commit. Raises NotCommitted.
    """
    if work.held.signum is not None:
        raise NotCommitted("interrupted")
    id_ = ""
    for _ in range(_TRIES):
        if new:
            _told(work, new)
        try:
            _committed(work, paths, message, new)
        except NotCommitted:
            if new:
                forget = ("rm", "--cached", "--quiet", "--force", "--ignore-unmatch", "--")
                _patient(work, [*forget, *_literal(new)])
            raise
        id_, said = _last(work, paths)
        if not id_ or _trailers(message) <= _trailers(said) or _has(work, paths):
            break
    return id_ or "HEAD"


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


def only_taken_out(
    place: Place, paths: Sequence[str], environ: Mapping[str, str]
) -> tuple[str, ...]:
    """Return those of these paths that hold what was committed before the last commit of them.

    Nobody has changed such a file by hand: a plain commit of an old index took it out.
    """
    found = []
    for path in paths:
        wanted = ("rev-list", "--max-count=1", "--parents", "HEAD", "--", *_literal([path]))
        _, *parents = _git(place, wanted, environ).out.decode("ascii", "replace").split() or [""]
        if len(parents) != 1:
            continue
        same = ("--no-optional-locks", "diff", "--quiet", parents[0], "--", *_literal([path]))
        if _git(place, same, environ).status == 0:
            found.append(path)
    return tuple(found)


def _last(work: Work, paths: Sequence[str]) -> tuple[str, str]:
    """Return the id and the message of the last commit that changed these paths.

    It can be another one than was just made. A plain `git commit` that reads the branch just after
    it was moved on, and the index just before, commits the files as they were: they are out again,
    and have to be committed once more.
    """
    wanted = ("rev-list", "--max-count=1", "--format=%B", "HEAD", "--")
    answer = _git(work.place, [*wanted, *_literal(paths)], work.environ)
    first, _, said = answer.out.decode("utf-8", "replace").partition("\n")
    return first.removeprefix("commit ").strip(), said


def _trailers(message: str) -> set[str]:
    return {line for line in message.splitlines() if line.startswith("Nextstep: ")}


def _told(work: Work, new: Sequence[str]) -> None:
    answer = _patient(work, ["add", "--intent-to-add", "--", *_literal(new)])
    if answer.status:
        ignored = not _is_busy(work, answer) and _ignored(work, new)
        raise NotCommitted(_words(answer), busy=_is_busy(work, answer), ignored=ignored)


def _ignored(work: Work, paths: Sequence[str]) -> bool:
    given = b"".join(os.fsencode(path) + b"\0" for path in paths)
    asked = ("check-ignore", "--quiet", "-z", "--stdin")
    return _git(work.place, asked, work.environ, given).status == 0


def _committed(work: Work, paths: Sequence[str], message: str, new: Sequence[str]) -> None:
    """Make the commit; where another git was quicker, try again as long as patience lasts."""
    made = ("-c", "i18n.commitEncoding=UTF-8", "commit", "--only", "--quiet")
    command = [*made, "--cleanup=whitespace", "--file=-", "--", *_literal(paths)]
    given = message.encode("utf-8", "surrogateescape")
    head = work.repository.head
    given_up = time.monotonic() + work.patience
    while True:
        answer = _git(work.place, command, work.environ, given, held=work.held)
        if not answer.status or _has(work, paths):
            return
        now = _head(work)
        busy = _is_busy(work, answer) or now != head or not _known(work, new)
        if not busy or work.held.signum is not None or time.monotonic() > given_up:
            raise NotCommitted(_words(answer) + _left_by(work, answer), busy=busy)
        head = now
        nap()
        if not _known(work, new):
            _told(work, new)


def _known(work: Work, paths: Sequence[str]) -> bool:
    """Return whether git knows these paths; a plain commit may have made it forget them again."""
    if not paths:
        return True
    listed = _git(work.place, ["ls-files", "-z", "--", *_literal(paths)], work.environ)
    return listed.out.count(b"\0") >= len(set(paths))


def _left_by(work: Work, answer: Answer) -> str:
    """Return what a git that was killed has left in the way of all others; empty for nothing."""
    lock = os.path.join(work.repository.git_dir, "index.lock")
    if answer.status >= _NEVER_STARTED or not os.path.lexists(lock):
        return ""
    return f"\nit left {lock}, which nobody removes but you, when no git is running"


def _has(work: Work, paths: Sequence[str]) -> bool:
    """Return whether HEAD holds the files as they are: then it is committed, whatever git said.

    It complains after the commit, too: of an index that it could not write, or of nothing to
    commit where somebody else has just committed all there was.
    """
    there = _git(work.place, ["ls-tree", "-z", "--name-only", "HEAD", "--", *paths], work.environ)
    if there.out.count(b"\0") < len(set(paths)):
        return False
    same = ("--no-optional-locks", "diff", "--quiet", "HEAD", "--")
    return _git(work.place, [*same, *_literal(paths)], work.environ).status == 0


def _head(work: Work) -> str | None:
    answer = _git(work.place, ("rev-parse", "--quiet", "--verify", "HEAD"), work.environ)
    return answer.out.decode("ascii", "replace").strip() or None


def _patient(work: Work, arguments: Sequence[str]) -> Answer:
    """Run git, and again while another git is in its way."""
    given_up = time.monotonic() + work.patience
    while True:
        answer = _git(work.place, arguments, work.environ)
        if not _is_busy(work, answer) or time.monotonic() > given_up:
            return answer
        nap()


def _is_busy(work: Work, answer: Answer) -> bool:
    """Whether a lock of git was taken: its path stands in the words of every language.

    Files of other people's tools are called `.lock`, too; those of git lie in its own folder.
    """
    if not answer.status or any(words in answer.err for words in _NO_MATTER_OF_WAITING):
        return False
    folders = {work.repository.git_dir, shared_folder(work.repository.git_dir)}
    above = tuple(f"{os.path.realpath(one)}{os.sep}" for one in folders)
    named = re.findall(r"'(/[^'\n]*)\.lock'", answer.err)
    return any(os.path.realpath(one).startswith(above) for one in named)


def _literal(paths: Sequence[str]) -> list[str]:
    """Return paths as git takes them word for word; a switch for it would reach the hooks."""
    return [f":(literal){path}" for path in paths]


def _words(answer: Answer) -> str:
    said = answer.err or answer.out.decode("utf-8", "backslashreplace").strip()
    return said or f"git ended with status {answer.status}"


def _git(
    place: Place,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    given: bytes | None = None,
    *,
    held: Held | None = None,
) -> Answer:
    """Run git to its end. One that cannot be run at all gives an answer that says so."""
    plain = {name: value for name, value in environ.items() if name not in _AS_PATTERNS}
    try:
        steps.announce("git", next(word for word in arguments if word in _VERBS))
        if held is None:
            child = start_write(place.root, arguments, plain, reads=given is not None)
            return child.finish(_SECONDS, given)
        with _file_of_words() as said:
            child = start_write(place.root, arguments, plain, reads=True, said=said)
            held.tell = child.tell
            return child.ended(_SECONDS, given or b"", said)
    except OSError as error:
        return Answer(_NEVER_STARTED, b"", f"git could not be run: {error.strerror}")
    except NextstepError as error:
        return Answer(_NEVER_STARTED, b"", error.message)
    finally:
        if held is not None:
            held.tell = None


@contextmanager
def _file_of_words() -> Iterator[int]:
    """Open a file without a name, for what git says."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("git")
        try:
            yield descriptor
        finally:
            os.close(descriptor)
    else:
        from tempfile import TemporaryFile

        with TemporaryFile() as file:
            yield file.fileno()


_VERBS = "add check-ignore commit diff ls-files ls-tree rev-list rev-parse rm status".split()
