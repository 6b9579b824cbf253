"""The steps by which a disk changes. Each of them may fail, and each is taken here and nowhere else.

Before a step is taken it is announced. Nobody listens, but a test that wants to see what is left
when exactly this step fails, or the process ends there.
"""

from __future__ import annotations

import os
from collections.abc import Callable


def _nobody(step: str, what: str) -> None:
    del step, what


listener: Callable[[str, str], None] = _nobody
"""Is told the name of a step and what it is taken on. What it raises, the step has failed with."""


def announce(step: str, what: str) -> None:
    """Tell that a step is about to be taken."""
    listener(step, what)


def write_new(path: str, data: bytes, mode: int) -> None:
    """Write a file that is not there yet, safe on the disk; what fails half-way leaves nothing.

    Raises OSError.
    """
    announce("create", path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, mode)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            announce("write", path)
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            announce("fsync", path)
            os.fsync(file.fileno())
    except BaseException:
        forget(path)
        raise


def forget(path: str) -> None:
    """Remove a file that nobody needs; where that fails it stays, which does no harm."""
    try:
        announce("unlink", path)
        os.unlink(path)
    except OSError:
        return


def unlink(path: str) -> None:
    """Remove a file. Raises OSError."""
    announce("unlink", path)
    os.unlink(path)


def link(path: str, new: str) -> None:
    """Give a file a second name. Raises OSError."""
    announce("link", new)
    os.link(path, new)


def rename(path: str, new: str) -> None:
    """Put a file in the place of another one. Raises OSError."""
    announce("rename", new)
    os.replace(path, new)


def make_folder(path: str, mode: int = 0o777) -> None:
    """Make a folder. Raises OSError."""
    announce("mkdir", path)
    os.mkdir(path, mode)


def settle(folder: str) -> None:
    """Make the names in a folder as safe as what the files hold. Raises OSError."""
    announce("fsync folder", folder)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
