"""git, run for a commit as its user would run it: with patience, and so that signals reach it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo import steps
from nextstep.repo.child import Answer
from nextstep.repo.interrupts import Held
from nextstep.repo.locking import PATIENCE, nap
from nextstep.repo.place import Place
from nextstep.repo.shared import shared_folder
from nextstep.repo.state import Repository
from nextstep.repo.writing_git import start_write

_SECONDS = 600.0
NEVER_STARTED = -1
"""The status of a git that could not be run at all."""
_AS_PATTERNS = (
    "GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS GIT_ICASE_PATHSPECS".split()
)
_NO_MATTER_OF_WAITING = (
    *("Permission denied", "Read-only", "No space left", "quota", "too large", "write error"),
    *("Input/output", "No such file", "Too many", "Not a directory"),
)
_VERBS = "add check-ignore commit diff ls-files ls-tree rev-list rev-parse rm status".split()


class Work(Struct, frozen=True, kw_only=True):
    """What one commit is made with: where, what may interrupt it, how long it waits for others."""

    place: Place
    repository: Repository
    environ: Mapping[str, str]
    held: Held
    patience: float = PATIENCE


def patient(work: Work, arguments: Sequence[str]) -> Answer:
    """Run git, and again while another git is in its way."""
    given_up = time.monotonic() + work.patience
    while True:
        answer = git(work.place, arguments, work.environ)
        if not is_busy(work, answer) or time.monotonic() > given_up:
            return answer
        nap()


def is_busy(work: Work, answer: Answer) -> bool:
    """Whether a lock of git was taken: its path stands in the words of every language.

    Files of other people's tools are called `.lock`, too; those of git lie in its own folder.
    """
    if not answer.status or any(words in answer.err for words in _NO_MATTER_OF_WAITING):
        return False
    folders = {work.repository.git_dir, shared_folder(work.repository.git_dir)}
    above = tuple(f"{os.path.realpath(one)}{os.sep}" for one in folders)
    named = re.findall(r"'(/[^'\n]*)\.lock'", answer.err)
    return any(os.path.realpath(one).startswith(above) for one in named)


def literal(paths: Sequence[str]) -> list[str]:
    """Return paths as git takes them word for word; a switch for it would reach the hooks."""
    return [f":(literal){path}" for path in paths]


def words_of(answer: Answer) -> str:
    """Return what git said when it failed."""
    said = answer.err or answer.out.decode("utf-8", "backslashreplace").strip()
    return said or f"git ended with status {answer.status}"


def git(
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
        return Answer(NEVER_STARTED, b"", f"git could not be run: {error.strerror}")
    except NextstepError as error:
        return Answer(NEVER_STARTED, b"", error.message)
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
