"""The files of a ledger as they were in a commit, read without touching the work tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct

from nextstep.model.source import Source
from nextstep.repo.batch import answers
from nextstep.repo.git import read, through_gitpython
from nextstep.repo.paths import (
    FOLDERS,
    LARGEST_FILE,
    OTHER_SETTINGS,
    SETTINGS,
    is_record,
    shown,
    text_of,
)
from nextstep.repo.place import Place
from nextstep.repo.revisions import Commit, find_commit
from nextstep.repo.unreadable import cannot_read, missing

_LINK = b"120000"
_SUBMODULE = b"160000"
_SECONDS = 60.0


class Refused(Struct, frozen=True):
    """An entry of a tree that is no file to read: ``kind`` is `link`, `submodule` or `file`.

    ``wanted`` is `file` or `folder`: what would be read at that path.
    """

    path: str
    kind: str
    wanted: str


class Snapshot(Struct, frozen=True):
    """A ledger in one commit. Paths are from the ledger's root; a large file is cut as on disk."""

    commit: Commit
    sources: tuple[Source, ...]
    refused: tuple[Refused, ...]


class _Entry(Struct, frozen=True):
    mode: bytes
    blob: bytes
    size: int
    path: str


def read_revision(
    place: Place, revision: str, *, zone: tzinfo, environ: Mapping[str, str]
) -> Snapshot:
    """Return the ledger of ``place`` as it was in a revision.

    `find_commit` says what a revision is. Raises NextstepError when there is no such commit, or git
    cannot read what it holds.
    """
    commit = find_commit(place, revision, zone=zone, environ=environ)
    wanted, refused = _sorted_out(_entries(place, commit.id, environ), len(shown(place.prefix)))
    return Snapshot(commit, tuple(_sources(place, wanted, environ)), tuple(refused))


def _entries(place: Place, commit: str, environ: Mapping[str, str]) -> list[_Entry]:
    """Return the entries of the ledger's files and folders in a commit, at any depth."""
    names = [place.prefix + name for name in (SETTINGS, OTHER_SETTINGS, *FOLDERS)]
    answer = read(
        place,
        ["ls-tree", "--full-tree", "-r", "-z", "-l", "--end-of-options", commit, *names],
        environ,
    )
    if answer.status:
        raise cannot_read(answer, environ)
    entries = []
    for record in answer.out.split(b"\0")[:-1]:
        told, _, path = record.partition(b"\t")
        mode, _, blob, size = told.split()
        known = int(size) if size.isdigit() else 0  # `-` of a submodule, `BAD` of what is missing
        entries.append(_Entry(mode, blob, known, text_of(path)))
    return entries


def _sorted_out(entries: Iterable[_Entry], cut: int) -> tuple[list[_Entry], list[Refused]]:
    """Return the entries to read, with paths from the ledger's root, and those to refuse."""
    wanted, refused = [], []
    for entry in entries:
        path = entry.path[cut:]
        folder, _, rest = path.partition("/")
        parts = rest.split("/")
        if not rest:
            expected = "folder" if folder in FOLDERS else "file"
        elif folder not in FOLDERS or any(part.startswith(".") for part in parts):
            continue
        elif is_record(parts[-1]):
            expected = "file"
        elif entry.mode == _SUBMODULE or (entry.mode == _LINK and "." not in parts[-1]):
            expected = "folder"
        else:
            continue
        if entry.mode == _LINK:
            refused.append(Refused(path, "link", expected))
        elif entry.mode == _SUBMODULE:
            refused.append(Refused(path, "submodule", expected))
        elif expected == "folder":
            refused.append(Refused(path, "file", expected))
        else:
            wanted.append(_Entry(entry.mode, entry.blob, entry.size, path))
    return wanted, refused


def _sources(place: Place, entries: Sequence[_Entry], environ: Mapping[str, str]) -> list[Source]:
    """Read the contents of all files by one git, and of each one that is too large by another."""
    small = [entry for entry in entries if entry.size <= LARGEST_FILE]
    held = _contents(place, {entry.blob for entry in small}, environ)
    sources = [Source(entry.path, held[entry.blob]) for entry in small]
    for entry in entries:
        if entry.size > LARGEST_FILE:
            child = through_gitpython(place, ["cat-file", "blob", entry.blob.decode()], environ)
            sources.append(Source(entry.path, child.first_bytes(LARGEST_FILE + 1, _SECONDS)))
    return sorted(sources, key=lambda source: source.path)


def _contents(
    place: Place, blobs: Iterable[bytes], environ: Mapping[str, str]
) -> dict[bytes, bytes]:
    """Return the contents of blobs by id."""
    given = b"".join(blob + b"\n" for blob in sorted(blobs))
    if not given:
        return {}
    answer = read(place, ["cat-file", "--batch"], environ, given=given)
    if answer.status:
        raise cannot_read(answer, environ)
    held = {}
    for words, data in answers(answer.out):
        if data is None:
            raise missing(place, words[0].decode(), environ)
        held[words[0]] = data
    return held
