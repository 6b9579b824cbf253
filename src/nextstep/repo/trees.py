"""The files of a ledger as they were in a commit, read without touching the work tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.model.source import Source
from nextstep.repo.child import Answer
from nextstep.repo.git import read, through_gitpython, why_failed
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

_LINK = b"120000"
_SUBMODULE = b"160000"
_SECONDS = 60.0


class Commit(Struct, frozen=True):
    """A commit: its id, and when it was committed, in seconds since 1970 as its author says."""

    id: str
    seconds: int


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

    A revision is anything that git takes for a commit, or a day such as 2026-11-20: then the last
    commit on the way of HEAD's first parents that is not later than the end of that day in
    ``zone``. Where a branch or tag has such a name, `refs/tags/2026-11-20` means it. Raises
    NextstepError when there is no such commit, no history yet, or git cannot read it.
    """
    commit = find_commit(place, revision, zone=zone, environ=environ)
    wanted, refused = _sorted_out(_entries(place, commit.id, environ), len(shown(place.prefix)))
    return Snapshot(commit, tuple(_sources(place, wanted, environ)), tuple(refused))


def find_commit(place: Place, revision: str, *, zone: tzinfo, environ: Mapping[str, str]) -> Commit:
    """Return the commit that a revision or a day names. Raises NextstepError as above."""
    if place.toplevel is None and not place.bare:
        raise NextstepError(
            "this ledger is not in a git repository, so it has no history",
            "leave the revision away, or put the ledger into a repository with `git init`",
        )
    day = _day(revision)
    if day is not None:
        return _last_of_day(place, day, zone, environ)
    if revision.startswith("-") or not revision.isprintable() or not revision:
        raise NextstepError(
            f"`{text_of(revision.encode('utf-8', 'surrogateescape'))}` is not a revision",
            "name a commit, a branch, a tag or a day such as 2026-11-20",
        )
    answer = read(
        place,
        ["rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"],
        environ,
    )
    if answer.status:
        raise _no_commit(place, revision, answer, environ)
    return _dated(place, answer.out.decode().strip(), environ)


def _day(revision: str) -> date | None:
    shape = "".join("9" if c in "0123456789" else c for c in revision)
    if shape != "9999-99-99":
        return None
    try:
        return date.fromisoformat(revision)
    except ValueError:
        raise NextstepError(
            f"`{revision}` is not a day of the calendar", "write a day such as 2026-11-20"
        ) from None


def _last_of_day(place: Place, day: date, zone: tzinfo, environ: Mapping[str, str]) -> Commit:
    if day == date.max:
        raise NextstepError(f"{day} is too late to count from", "name an earlier day")
    end = datetime.combine(day + timedelta(days=1), time(), zone).timestamp()
    answer = read(place, ["rev-list", "--first-parent", "--timestamp", "HEAD", "--"], environ)
    if answer.status:
        raise _no_commit(place, "HEAD", answer, environ)
    commit = None
    for line in answer.out.splitlines():
        seconds, _, name = line.partition(b" ")
        commit = Commit(name.decode(), int(seconds))
        if commit.seconds < end:
            return commit
    if _is_shallow(place, environ):
        raise NextstepError(
            f"this clone is shallow and holds no commit of {day} or before",
            "get the rest of its history with `git fetch --unshallow`",
        )
    raise NextstepError(f"there was no commit yet on {day}", "name a later day")


def _is_shallow(place: Place, environ: Mapping[str, str]) -> bool:
    answer = read(place, ["rev-parse", "--is-shallow-repository"], environ)
    return answer.out.strip() == b"true"


def _dated(place: Place, commit: str, environ: Mapping[str, str]) -> Commit:
    answer = read(place, ["rev-list", "--no-walk", "--timestamp", commit, "--"], environ)
    if answer.status:
        raise _cannot_read(answer, environ)
    return Commit(commit, int(answer.out.partition(b" ")[0]))


def _no_commit(
    place: Place, revision: str, answer: Answer, environ: Mapping[str, str]
) -> NextstepError:
    """Say why a revision could not be found: no history yet, no such name, or git's own words."""
    known = ("Needed a single revision", "bad revision", "unknown revision", "ambiguous argument")
    if not any(words in answer.err for words in known):
        return _cannot_read(answer, environ)
    head = read(place, ["rev-parse", "--verify", "--quiet", "HEAD"], environ)
    if head.status:
        return NextstepError(
            "there is no history yet: the repository has no commit",
            "leave the revision away, or commit first",
        )
    if _is_shallow(place, environ):
        return NextstepError(
            f"there is no commit `{revision}` in this clone, which is shallow",
            "get more of its history with `git fetch --deepen 1`, or all with `git fetch --unshallow`",
        )
    return NextstepError(
        f"there is no commit `{revision}` in this repository",
        "name a commit, a branch, a tag or a day such as 2026-11-20; `git log` lists commits",
    )


def _cannot_read(answer: Answer, environ: Mapping[str, str]) -> NextstepError:
    if "promisor remote" in answer.err:
        return _partial()
    return NextstepError(
        f"git cannot read this: {why_failed(answer, environ)}", "see what git says"
    )


def _missing(place: Place, blob: str, environ: Mapping[str, str]) -> NextstepError:
    """Say why a content is not there: left out by a partial clone, or lost."""
    promised = read(place, ["config", "--get-regexp", r"^remote\..*\.promisor$"], environ)
    if promised.out:
        return _partial()
    return NextstepError(
        f"the repository is damaged: the file content {blob} is missing",
        "run `git fsck`, and fetch from another clone",
    )


def _partial() -> NextstepError:
    return NextstepError(
        "this clone is partial: file contents of that commit are only on its remote",
        "get them with `git fetch --refetch --no-filter`; reading never contacts a remote",
    )


def _entries(place: Place, commit: str, environ: Mapping[str, str]) -> list[_Entry]:
    """Return the entries of the ledger's files and folders in a commit, at any depth."""
    names = [place.prefix + name for name in (SETTINGS, OTHER_SETTINGS, *FOLDERS)]
    answer = read(
        place,
        ["ls-tree", "--full-tree", "-r", "-z", "-l", "--end-of-options", commit, *names],
        environ,
    )
    if answer.status:
        raise _cannot_read(answer, environ)
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
        raise _cannot_read(answer, environ)
    held, at, out = {}, 0, answer.out
    while at < len(out):
        end = out.index(b"\n", at)
        blob, kind, *size = out[at:end].split()
        if kind == b"missing":
            raise _missing(place, blob.decode(), environ)
        at = end + 1 + int(size[0])
        held[blob] = out[end + 1 : at]
        at += 1
    return held
