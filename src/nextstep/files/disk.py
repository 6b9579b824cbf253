"""Reading the files of a ledger from a folder, without following or waiting for anything."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from operator import attrgetter

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files.disk_rules import irregular, misnamed_settings, nested_repository, unreadable
from nextstep.files.names import name_findings
from nextstep.model.source import Source
from nextstep.repo.paths import FOLDERS, LARGEST_FILE, OTHER_SETTINGS, SETTINGS, is_record, shown

_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC


class Listing(Struct, frozen=True):
    """The files of a ledger, sorted by path, and what could not be read or is badly named."""

    sources: tuple[Source, ...]
    findings: tuple[Diagnostic, ...]


def read_tree(root: str) -> Listing:
    """Read `nextstep.yaml`, `processes/**` and `commitments/**` of the folder ``root``.

    Nothing but regular files is read, no link is followed below ``root``, and a file of more than
    262,144 bytes is cut after one byte more. Raises OSError when ``root`` is no folder that can be
    read.
    """
    walk = _walked(root, FOLDERS)
    walk.findings += name_findings([source.path for source in walk.sources], walk.folders)
    walk.findings.sort(key=attrgetter("sort_key"))
    return Listing(tuple(walk.sources), tuple(walk.findings))


def read_settings(root: str) -> Listing:
    """Read `nextstep.yaml` alone, as `read_tree` does."""
    walk = _walked(root, ())
    return Listing(tuple(walk.sources), tuple(walk.findings))


def _walked(root: str, folders: Sequence[str]) -> _Walk:
    walk = _Walk()
    top = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        walk.top(top, folders)
    finally:
        os.close(top)
    walk.sources.sort(key=attrgetter("path"))
    return walk


class _Walk:
    """One walk through a ledger's folders, as deep as they go."""

    def __init__(self) -> None:
        self.sources: list[Source] = []
        self.findings: list[Diagnostic] = []
        self.folders: list[str] = []
        self.ahead: list[tuple[str, str]] = []
        """Folders to go into: the name from the top as the system has it, and as it is shown."""

    def top(self, top: int, folders: Sequence[str]) -> None:
        """Read the settings and all that is below some folders, where they are there."""
        for name in (SETTINGS, OTHER_SETTINGS, *folders):
            try:
                mode = os.stat(name, dir_fd=top, follow_symlinks=False).st_mode
            except FileNotFoundError:
                continue
            if name == OTHER_SETTINGS:
                self.findings.append(misnamed_settings(name))
            elif name == SETTINGS:
                self.file(top, name, name, mode)
            elif stat.S_ISDIR(mode):
                self.ahead.append((name, name))
            else:
                self.findings.append(irregular(name, kind_of(mode), wanted="folder"))
        while self.ahead:
            self.folder(top, *self.ahead.pop())

    def folder(self, top: int, name: str, path: str) -> None:
        """Read the files of a folder, and note the folders in it."""
        self.folders.append(path)
        try:
            opened = os.open(name, _FOLDER, dir_fd=top)
        except OSError as error:
            self.findings.append(unreadable(path, error))
            return
        try:
            self.entries(opened, name, path)
        except OSError as error:
            self.findings.append(unreadable(path, error))
        finally:
            os.close(opened)

    def entries(self, folder: int, inside: str, path: str) -> None:
        """Read the files of an open folder."""
        with os.scandir(folder) as found:
            entries = list(found)
        if any(entry.name == ".git" for entry in entries):
            self.findings.append(nested_repository(path))
            return
        for entry in entries:
            name = entry.name
            if is_record(name) and entry.is_file(follow_symlinks=False):
                self.file(folder, name, f"{path}/{shown(name)}", stat.S_IFREG)
            elif name.startswith("."):
                continue
            elif entry.is_dir(follow_symlinks=False):
                self.ahead.append((f"{inside}/{name}", f"{path}/{shown(name)}"))
            else:
                self.other(folder, entry, f"{path}/{shown(name)}")

    def other(self, folder: int, entry: os.DirEntry[str], path: str) -> None:
        """Refuse what stands where a file or a folder of the ledger would."""
        if is_record(entry.name):
            mode = entry.stat(follow_symlinks=False).st_mode
            self.findings.append(irregular(path, kind_of(mode), wanted="file"))
        elif entry.is_symlink() and _leads_to_folder(folder, entry.name):
            self.findings.append(irregular(path, kind_of(stat.S_IFLNK), wanted="folder"))

    def file(self, folder: int, name: str, path: str, mode: int) -> None:
        """Read one file of an open folder."""
        try:
            data = read_file(folder, name) if stat.S_ISREG(mode) else None
        except OSError as error:
            self.findings.append(unreadable(path, error))
            return
        if data is None:
            kind = "no longer a file" if stat.S_ISREG(mode) else kind_of(mode)
            self.findings.append(irregular(path, kind, wanted="file"))
        else:
            self.sources.append(Source(path, data))


def read_file(folder: int, name: str) -> bytes | None:
    """Return what a file of an open folder holds, at most 262,145 bytes.

    None when it is no regular file. A file that is gone is looked for once more, because another
    program may be replacing it. Raises OSError when it cannot be read.
    """
    try:
        opened = os.open(name, _FILE, dir_fd=folder)
    except FileNotFoundError:
        opened = os.open(name, _FILE, dir_fd=folder)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            return None
        raise
    try:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode):
            return None
        wanted = min(found.st_size, LARGEST_FILE) + 1
        data = os.read(opened, wanted)
        if len(data) != found.st_size:
            data = _rest(opened, data)
        return data
    finally:
        os.close(opened)


def _rest(opened: int, data: bytes) -> bytes:
    """Read on to the end or the limit: a file that grew or shrank, or does not tell its size."""
    while len(data) <= LARGEST_FILE:
        more = os.read(opened, LARGEST_FILE + 1 - len(data))
        if not more:
            break
        data += more
    return data


def _leads_to_folder(folder: int, name: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=folder).st_mode)
    except OSError:
        return False


_KINDS = {
    stat.S_IFREG: "a file",
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def kind_of(mode: int) -> str:
    """Return what a mode stands for, with its article."""
    return _KINDS.get(stat.S_IFMT(mode), "something that is not a regular file")
