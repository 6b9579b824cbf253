"""What lies about in a work tree: unfinished files, and repositories that nobody expects there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from msgspec import Struct

from nextstep.repo.paths import FOLDERS

_ENDINGS = (".tmp", ".orig", ".rej", "~", ".swp")
_BEGINNINGS = (".nextstep-", ".#")
_MOST_FOLDERS = 20_000


class Leftovers(Struct, frozen=True):
    """Paths from the folder that was searched.

    ``files`` are what crashes, editors and merges leave in a ledger's folders; ``repositories``
    are bare repositories, whose settings git obeys for whoever goes there. ``whole`` is False when
    there were too many folders to look into all.
    """

    files: tuple[str, ...]
    repositories: tuple[str, ...]
    whole: bool


def leftovers(root: str, toplevel: str | None) -> Leftovers:
    """Return what lies about in a ledger's folders, and in the work tree around it."""
    files = [path for path in _names(root) if _is_leftover(path)]
    repositories = []
    seen = 0
    top = toplevel or root
    for folder in _folders(top):
        seen += 1
        if seen > _MOST_FOLDERS:
            break
        if folder != top and _is_bare(folder):
            repositories.append(os.path.relpath(folder, top))
    return Leftovers(tuple(sorted(files)), tuple(sorted(repositories)), seen <= _MOST_FOLDERS)


def sweep(root: str, before: float) -> tuple[str, ...]:
    """Remove the temporary files of ours that a crash left behind, and return their paths.

    Only those last changed ``before`` that time (seconds since 1970): a younger one may be written
    to at this moment.
    """
    import re

    removed = []
    for path in _names(root):
        if not re.fullmatch(r"\.nextstep-\d+-[0-9a-f]{8}\.tmp", path.rpartition("/")[2]):
            continue
        place = os.path.join(root, path)
        try:
            there = os.lstat(place)
            if stat.S_ISREG(there.st_mode) and there.st_mtime < before:
                os.unlink(place)
                removed.append(path)
        except OSError:
            continue
    return tuple(sorted(removed))


def _names(root: str) -> Iterator[str]:
    """Yield the paths of files at the top of a ledger and at any depth of its two folders."""
    try:
        with os.scandir(root) as entries:
            yield from (entry.name for entry in entries if entry.is_file(follow_symlinks=False))
    except OSError:
        return
    for name in FOLDERS:
        for folder, _, files in os.walk(os.path.join(root, name)):
            inside = os.path.relpath(folder, root)
            yield from (f"{inside}/{file}" for file in files)


def _is_leftover(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith(_ENDINGS) or name.startswith(_BEGINNINGS)


def _folders(top: str) -> Iterator[str]:
    """Yield the folders of a tree, without those of git, and without following a link."""
    ahead = [top]
    while ahead:
        folder = ahead.pop()
        yield folder
        if _is_bare(folder):
            continue
        try:
            with os.scandir(folder) as entries:
                ahead += [
                    entry.path
                    for entry in entries
                    if entry.name != ".git" and entry.is_dir(follow_symlinks=False)
                ]
        except OSError:
            continue


def _is_bare(folder: str) -> bool:
    return all(os.path.lexists(os.path.join(folder, name)) for name in ("HEAD", "objects", "refs"))
