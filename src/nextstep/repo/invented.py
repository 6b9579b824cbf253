"""A history that is written rather than lived: commits with people and dates that are given.

The same commits have the same ids on every machine. No hook of the user runs and nothing is signed,
because none of it was done by them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from nextstep.repo.writing_git import run_write

BRANCH = "main"
_QUIETLY = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", f"core.attributesFile={os.devnull}"),
    *("-c", "core.autocrlf=false"),
    *("-c", "core.fsmonitor=false"),
)


class Signed(Struct, frozen=True):
    """Who, and when: an aware instant, whose offset is kept."""

    name: str
    email: str
    at: datetime


class Invented(Struct, frozen=True, kw_only=True):
    """One commit. ``parents`` are places of earlier ones in the same list, the main line first.

    ``files`` is the whole tree: the content of every path.
    """

    parents: tuple[int, ...]
    author: Signed
    committer: Signed
    message: str
    files: Mapping[str, bytes]


def plant(
    folder: str, history: Sequence[Invented], person: tuple[str, str], environ: Mapping[str, str]
) -> None:
    """Make a repository of a history in a folder without one, and check its end out.

    ``person`` is the name and address that this repository alone gets as its user. Raises
    NextstepError when git is missing or fails; then no repository is left behind.
    """
    name, email = person
    run_write(
        folder,
        ["init", "--quiet", "--template=", "--object-format=sha1", f"--initial-branch={BRANCH}"],
        environ,
    )
    try:
        run_write(
            folder, [*_QUIETLY, "fast-import", "--quiet"], environ, given=b"".join(_lines(history))
        )
        run_write(folder, [*_QUIETLY, "read-tree", "-m", "-u", "HEAD"], environ)
        run_write(folder, ["config", "user.name", name], environ)
        run_write(folder, ["config", "user.email", email], environ)
    except BaseException:
        shutil.rmtree(os.path.join(folder, ".git"), ignore_errors=True)
        raise


def _lines(history: Sequence[Invented]) -> Iterator[bytes]:
    """Yield what `git fast-import` reads: every content once, each commit by what it changes."""
    marks: dict[bytes, int] = {}
    for place, commit in enumerate(history):
        before = history[commit.parents[0]].files if commit.parents else {}
        changed = {path: data for path, data in commit.files.items() if before.get(path) != data}
        for data in changed.values():
            if data not in marks:
                marks[data] = len(history) + len(marks) + 1
                yield b"blob\nmark :%d\n" % marks[data] + _counted(data)
        yield b"commit refs/heads/%s\nmark :%d\n" % (BRANCH.encode(), place + 1)
        yield b"author %s\ncommitter %s\n" % (_signed(commit.author), _signed(commit.committer))
        yield _counted(commit.message.encode())
        for rank, parent in enumerate(commit.parents):
            yield b"%s :%d\n" % (b"merge" if rank else b"from", parent + 1)
        for path in sorted(changed):
            yield b"M 100644 :%d %s\n" % (marks[changed[path]], path.encode())
        for path in sorted(before.keys() - commit.files.keys()):
            yield b"D %s\n" % path.encode()
        yield b"\n"
    yield b"done\n"


def _counted(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def _signed(one: Signed) -> bytes:
    return f"{one.name} <{one.email}> {int(one.at.timestamp())} {one.at:%z}".encode()
