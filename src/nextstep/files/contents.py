"""What a path of the work tree holds: whether it is there, and how git would name its content."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

_FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_LARGEST = 64 * 1024 * 1024
_CHUNK = 1024 * 1024


def blobs_below(root: str, object_format: str = "sha1") -> Callable[[str], str | None]:
    """Return a function that gives the blob of a path below ``root``, in hexadecimal.

    It gives None where no regular file is there, or where the path leads out of the folder or
    through a link; and an empty text for a file over 64 MiB, which is not compared.
    ``object_format`` is git's: ``sha1`` or ``sha256``.
    """

    def blob(path: str) -> str | None:
        opened = _opened_below(root, path)
        if opened is None:
            return None
        try:
            size = os.fstat(opened).st_size
            return "" if size > _LARGEST else _hashed(opened, size, object_format)
        except OSError:
            return None
        finally:
            os.close(opened)

    return blob


def sizes_below(root: str) -> Callable[[str], int | None]:
    """Return a function that gives how many bytes the file at a path below ``root`` has.

    It gives None where no regular file is there that may be read, or where the path leads out of
    the folder or through a link.
    """

    def size(path: str) -> int | None:
        opened = _opened_below(root, path)
        if opened is None:
            return None
        try:
            return os.fstat(opened).st_size
        finally:
            os.close(opened)

    return size


def _opened_below(root: str, path: str) -> int | None:
    """Return a descriptor of the regular file at a path; None where there is none to read."""
    parts = path.split("/")
    if "\0" in path or not all(part and part not in {".", ".."} for part in parts):
        return None
    try:
        opened = _opened(root, parts)
    except (OSError, UnicodeEncodeError):  # a lone surrogate is part of no path
        return None
    if stat.S_ISREG(os.fstat(opened).st_mode):
        return opened
    os.close(opened)
    return None


def _opened(root: str, parts: list[str]) -> int:
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], _FILE, dir_fd=folder)
    finally:
        os.close(folder)


def _hashed(opened: int, size: int, object_format: str) -> str:
    import hashlib

    digest = hashlib.new(object_format, b"blob %d\0" % size, usedforsecurity=False)
    while chunk := os.read(opened, _CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
