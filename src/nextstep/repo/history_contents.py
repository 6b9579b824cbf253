"""The contents that a history speaks of, read from git in the order in which they are needed."""

from __future__ import annotations

import signal
from collections.abc import Generator, Sequence
from contextlib import suppress
from threading import Thread
from typing import IO

from msgspec import Struct

from nextstep.repo.history_view import View
from nextstep.repo.paths import LARGEST_FILE

_AT_ONCE = 1_000
_CHUNK = 1 << 16


class Content(Struct, frozen=True, gc=False):
    """A content by its id. ``data`` is None where git does not have it.

    What is larger than any file that is read is cut one byte after that size.
    """

    id: bytes
    data: bytes | None


def contents(view: View, blobs: Sequence[bytes]) -> Generator[Content, None, None]:
    """Yield the contents of ids in their order, by one git that answers while we work.

    Raises NextstepError when git cannot go on.
    """
    if not blobs:
        return
    child = view.start(["cat-file", "--batch", "--buffer"], reads=True)
    to_git, from_git = child.pipes()
    # What is asked for may not fit into the pipe while git waits for us to read its answers.
    asking = Thread(target=_ask, args=(to_git, blobs), daemon=True)
    asking.start()
    try:
        for blob in blobs:
            yield Content(blob, _answer(blob, from_git))
    except EOFError:
        raise view.why(child.ended_early()) from None
    finally:
        child.tell(signal.SIGKILL)
        asking.join()
        child.end()


def _ask(to_git: IO[bytes], blobs: Sequence[bytes]) -> None:
    with suppress(OSError, ValueError), to_git:  # git may end, or be ended, before it is asked all
        for at in range(0, len(blobs), _AT_ONCE):
            to_git.write(b"\n".join(blobs[at : at + _AT_ONCE]) + b"\n")


def _answer(blob: bytes, from_git: IO[bytes]) -> bytes | None:
    """Read one answer. Raises EOFError where git ends instead."""
    head = from_git.readline()
    if head.endswith(b" missing\n"):
        return None
    parts = head.split()
    if parts[:1] != [blob] or len(parts) != 3:  # noqa: PLR2004 - id, kind and size
        raise EOFError
    size = int(parts[2])
    data = from_git.read(min(size, LARGEST_FILE + 1))
    left = size + 1 - len(data)
    while left:
        passed = len(from_git.read(min(left, _CHUNK)))
        if not passed:
            raise EOFError
        left -= passed
    return data
