"""One writer at a time: a lock that the kernel lets go when its process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import BUSY

PATIENCE = 10.0
"""How many seconds somebody waits for others, while nothing gets done."""

_LOCK = "nextstep.lock"
_SHORTEST_WAIT, _LONGEST_WAIT = 0.005, 0.05
_MOST_TURNS = 12


@contextmanager
def locked(
    folder: str,
    *,
    own: bool,
    patience: float = PATIENCE,
    progress: Callable[[], object] = lambda: None,
) -> Iterator[None]:
    """Hold the lock of a folder; others stand in line.

    They wait ``patience`` seconds, and again as long as ``progress`` shows another value: then the
    line gets on. ``own`` says that the folder is git's own, where a file can lie for it; any other
    folder is locked itself, so that nothing is left in it. Raises NextstepError when it stays taken.
    """
    descriptor = _open(folder, own=own)
    try:
        _wait(descriptor, patience, progress)
        yield
    finally:
        os.close(descriptor)


def wait_until_free(paths: Sequence[str], *, patience: float = PATIENCE) -> None:
    """Wait until lock files of git are gone. Raises NextstepError, and never removes one.

    Its owner may be alive: only people know.
    """
    given_up = time.monotonic() + patience
    for path in paths:
        while os.path.lexists(path):
            if time.monotonic() > given_up:
                raise NextstepError(
                    f"git is busy: {path} is there since {_since(path)}; nothing was changed",
                    "try again; if no git is running, remove that file",
                    exit_code=BUSY,
                )
            nap()


def nap() -> None:
    """Wait a moment, not always the same: so that two who wait do not meet again."""
    import random

    time.sleep(random.uniform(_SHORTEST_WAIT, _LONGEST_WAIT))  # noqa: S311 - no secret


def _open(folder: str, *, own: bool) -> int:
    try:
        if own:
            path = os.path.join(folder, _LOCK)
            # Only to read: the file may be another person's, who shares the repository.
            return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise NextstepError(
            f"nothing can be written in {folder}: {error.strerror}; nothing was changed",
            "see who may write there",
        ) from None


def _wait(descriptor: int, patience: float, progress: Callable[[], object]) -> None:
    for _ in range(_MOST_TURNS):
        before = progress()
        with suppress(TimeoutError):
            if _taken(descriptor, patience):
                return
        if progress() == before:
            break
    raise NextstepError(
        "another nextstep is writing here; nothing was changed",
        "try again in a moment",
        exit_code=BUSY,
    )


def _taken(descriptor: int, seconds: float) -> bool:
    """Return whether the lock was got within so many seconds.

    The kernel keeps those who wait in line, which is fair; who looks again and again may never
    meet the right moment. An alarm ends the waiting.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pass
    else:
        return True

    def late(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, late)
    try:
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except TimeoutError:
        return False
    else:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _since(path: str) -> str:
    from datetime import datetime

    try:
        return f"{datetime.fromtimestamp(os.lstat(path).st_mtime).astimezone():%Y-%m-%d %H:%M:%S}"
    except OSError:
        return "a moment ago"
