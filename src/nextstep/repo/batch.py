"""What `git cat-file --batch` answers, taken apart."""

from __future__ import annotations

from collections.abc import Iterator


def answers(out: bytes) -> Iterator[tuple[list[bytes], bytes | None]]:
    """Yield what git says of each object asked for, in that order: the words of its line, and it.

    The words end in the kind and the size. Where there is no content they end in why not, such as
    `missing`. What was asked for must have been on one line each.
    """
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        words = out[at:end].split()
        at = end + 1
        if not words[-1].isdigit():
            yield words, None
            continue
        size = int(words[-1])
        yield words, out[at : at + size]
        at += size + 1
