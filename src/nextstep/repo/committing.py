"""The one commit: exactly the paths it names, with the user's own hooks, signing and identity."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.git import Answer, write
from nextstep.repo.locking import BUSY, wait_until_free
from nextstep.repo.place import Place

NOT_COMMITTED = 73
"""The exit code of what is saved and not committed."""

_UNFINISHED = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "BISECT_LOG": "a bisect",
}
_PATIENCE = 10.0
_SECOND_TRY = 0.05


class NotCommitted(NextstepError):  # noqa: N818 - it says how far it came
    """The files are saved, and git would not commit them. ``busy``: another git was in the way."""

    def __init__(self, words: str, *, busy: bool) -> None:
        """Keep git's own words."""
        super().__init__(words, exit_code=BUSY if busy else NOT_COMMITTED)
        self.busy = busy


def unfinished(git_dir: str) -> str | None:
    """Return what is in progress in a work tree, such as ``a merge``; None when nothing is."""
    for name, words in _UNFINISHED.items():
        if os.path.lexists(os.path.join(git_dir, name)):
            return words
    return None


def wait_for_git(git_dir: str) -> None:
    """Wait until no other git holds the index. Raises NextstepError when it stays held."""
    wait_until_free(os.path.join(git_dir, "index.lock"))


def uncommitted(
    place: Place, paths: Sequence[str], environ: Mapping[str, str]
) -> Mapping[str, str]:
    """Return which of these paths of the ledger git has not committed as they are, and how.

    The value is git's two letters: ``??`` for a file that git does not know. Raises NextstepError
    when git cannot tell.
    """
    listed = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--")
    answer = _git(place, [*listed, *paths], environ)
    if answer.status:
        raise NextstepError(f"git cannot tell what is committed: {answer.err}", "see what it says")
    found = {}
    for entry in os.fsdecode(answer.out).split("\0"):
        if entry:
            found[entry[3:].removeprefix(place.prefix)] = entry[:2]
    return found


def difference(place: Place, paths: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return how these paths differ from the last commit, as a diff; empty when git cannot say."""
    shown = ("diff", "--no-color", "--no-ext-diff", "HEAD", "--")
    return os.fsdecode(_git(place, [*shown, *paths], environ).out)


def commit(
    place: Place,
    paths: Sequence[str],
    message: str,
    environ: Mapping[str, str],
    *,
    new: Sequence[str] = (),
) -> str:
    """Commit these paths of the ledger and nothing else, and return the commit's id.

    What is staged of other paths stays staged. ``new`` are those that git does not know yet; it is
    told of them first, and forgets them again when there is no commit. Raises NotCommitted.
    """
    if new:
        _told(place, new, environ)
    made = ("commit", "--only", "--quiet", "--cleanup=whitespace", "--file=-", "--")
    answer = _patient(place, [*made, *paths], environ, message.encode())
    if answer.status:
        if new:
            _git(place, ["rm", "--cached", "--quiet", "--force", "--", *new], environ)
        raise NotCommitted(_words(answer), busy=_is_busy(answer))
    last = _git(place, ["rev-list", "--max-count=1", "HEAD", "--", *paths], environ)
    return last.out.decode("ascii", "replace").strip()


def _told(place: Place, new: Sequence[str], environ: Mapping[str, str]) -> None:
    answer = _patient(place, ["add", "--intent-to-add", "--", *new], environ)
    if answer.status:
        raise NotCommitted(_words(answer), busy=_is_busy(answer))


def _patient(
    place: Place, arguments: Sequence[str], environ: Mapping[str, str], given: bytes | None = None
) -> Answer:
    """Run git, and again while another git is in its way."""
    given_up = time.monotonic() + _PATIENCE
    while True:
        answer = _git(place, arguments, environ, given)
        if not answer.status or not _is_busy(answer) or time.monotonic() > given_up:
            return answer
        time.sleep(_SECOND_TRY)


def _is_busy(answer: Answer) -> bool:
    """Whether a lock of git was taken: its name stands in the words of every language."""
    return bool(answer.status) and re.search(r"\.lock\b|cannot lock ref", answer.err) is not None


def _words(answer: Answer) -> str:
    said = answer.err or answer.out.decode("utf-8", "backslashreplace").strip()
    return said or f"git ended with status {answer.status}"


def _git(
    place: Place,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    given: bytes | None = None,
) -> Answer:
    return write(place.root, ["--literal-pathspecs", *arguments], environ, given=given)
