"""The contents that a history speaks of, read from git in the order in which they are needed."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import IO

from msgspec import Struct

from nextstep.repo.git import Answer, Child
from nextstep.repo.history_view import View
from nextstep.repo.paths import LARGEST_FILE

# What is asked for ahead has to fit into a pipe twice over, or git and we wait for each other.
_AHEAD = 400
_SECONDS = 60.0
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
    child = view.start(["cat-file", "--batch"], reads=True)
    try:
        to_git, from_git = child.pipes()
        left = iter(blobs)
        asked = _ask(to_git, left)
        while asked:
            ahead = _ask(to_git, left)
            for blob in asked:
                yield Content(blob, _answer(blob, from_git))
            asked = ahead
    except (BrokenPipeError, EOFError):
        raise view.why(_last_words(child)) from None
    finally:
        child.end()


def _last_words(child: Child) -> Answer:
    with suppress(BrokenPipeError):
        child.pipes()[0].close()
    return child.finish(_SECONDS)


def _ask(to_git: IO[bytes], left: Iterator[bytes]) -> list[bytes]:
    asked = list(islice(left, _AHEAD))
    if asked:
        to_git.write(b"\n".join(asked) + b"\n")
        to_git.flush()
    return asked


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
