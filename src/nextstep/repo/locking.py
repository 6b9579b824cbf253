"""One writer at a time: a lock that the kernel lets go when its process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

from nextstep.diagnostics.errors import NextstepError

BUSY = 75
"""The exit code of what could not be done because somebody else is writing."""

_LOCK = "nextstep.lock"
_SHORTEST_WAIT, _LONGEST_WAIT = 0.005, 0.05


@contextmanager
def locked(folder: str, *, own: bool, patience: float = 10.0) -> Iterator[None]:
    """Hold the lock of a folder; another process waits, at most ``patience`` seconds.

    ``own`` says that the folder is git's own, where a file can lie for it; any other folder is
    locked itself, so that nothing is left in it. Raises NextstepError when it stays taken.
    """
    descriptor = _open(folder, own=own)
    try:
        _wait(descriptor, patience)
        yield
    finally:
        os.close(descriptor)


def wait_until_free(path: str, *, patience: float = 10.0) -> None:
    """Wait until a lock file of git is gone. Raises NextstepError, and never removes it.

    Its owner may be alive: only people know.
    """
    given_up = time.monotonic() + patience
    while os.path.lexists(path):
        if time.monotonic() > given_up:
            raise NextstepError(
                f"git is busy: {path} is there since {_age(path)}; nothing was changed",
                "try again; if no git is running, remove that file",
                exit_code=BUSY,
            )
        _nap()


def _open(folder: str, *, own: bool) -> int:
    try:
        if own:
            path = os.path.join(folder, _LOCK)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise NextstepError(
            f"nothing can be written in {folder}: {error.strerror}; nothing was changed",
            "see who may write there",
        ) from None


def _wait(descriptor: int, patience: float) -> None:
    given_up = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > given_up:
                raise NextstepError(
                    "another nextstep is writing here; nothing was changed",
                    "try again in a moment",
                    exit_code=BUSY,
                ) from None
            _nap()
        else:
            return


def _nap() -> None:
    time.sleep(random.uniform(_SHORTEST_WAIT, _LONGEST_WAIT))  # noqa: S311 - so that two do not meet


def _age(path: str) -> str:
    from datetime import datetime

    try:
        return f"{datetime.fromtimestamp(os.lstat(path).st_mtime).astimezone():%H:%M:%S}"
    except OSError:
        return "a moment ago"
