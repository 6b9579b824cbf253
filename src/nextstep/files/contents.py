"""What a path of the work tree holds, as git would name it: for comparing with what was approved."""

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
        parts = path.split("/")
        if "\0" in path or not all(part and part not in {".", ".."} for part in parts):
            return None
        try:
            return _blob(root, parts, object_format)
        except OSError:
            return None

    return blob


def _blob(root: str, parts: list[str], object_format: str) -> str | None:
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            inner = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        opened = os.open(parts[-1], _FILE, dir_fd=folder)
    finally:
        os.close(folder)
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode):
            return None
        return "" if found.st_size > _LARGEST else _hashed(opened, found.st_size, object_format)
    finally:
        os.close(opened)


def _hashed(opened: int, size: int, object_format: str) -> str:
    import hashlib

    digest = hashlib.new(object_format, b"blob %d\0" % size, usedforsecurity=False)
    while chunk := os.read(opened, _CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
