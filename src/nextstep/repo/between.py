"""What differs in a ledger between two moments of its history, without reading what lies between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from nextstep.model.source import Source
from nextstep.repo.child import Answer
from nextstep.repo.git import start
from nextstep.repo.paths import LARGEST_FILE, is_record, shown, text_of
from nextstep.repo.place import Place

_SECONDS = 60.0
_FILE = b"100"


class Ends(Struct, frozen=True):
    """The last commits before two moments; None where this history has none so old."""

    before: str | None
    after: str | None


def ends_of(
    place: Place, tip: str, moments: tuple[float, float], environ: Mapping[str, str]
) -> Ends:
    """Return the last commits before two moments, in seconds since 1970, by who committed.

    They are looked for on the way of the first parents of ``tip``.
    """
    words = ["rev-list", "--first-parent", "--timestamp", tip, "--"]
    found: list[str | None] = [None, None]
    for line in start(place, words, environ).finish(_SECONDS).out.splitlines():
        seconds, _, commit = line.partition(b" ")
        for at, moment in enumerate(moments):
            if found[at] is None and int(seconds) < moment:
                found[at] = commit.decode()
        if found[0] is not None:
            break
    return Ends(*found)


def changed_between(
    place: Place, ends: tuple[str, str], folder: str, environ: Mapping[str, str]
) -> tuple[tuple[Source, Source], ...] | None:
    """Return the records of a folder that both commits hold and that differ, as they were in each.

    A file that was moved is the same one if it kept its name. None where git does not have it all,
    as in a partial clone.
    """
    words = ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", *ends, "--"]
    told = start(place, [*words, f"{place.prefix}{folder}"], environ).finish(_SECONDS)
    if told.status:
        return None
    before, after = _sides(told, len(shown(place.prefix)))
    pairs = [(before[name], after[name]) for name in sorted(before.keys() & after.keys())]
    if not pairs:
        return ()
    contents = _contents(place, sorted({blob for pair in pairs for _, blob in pair}), environ)
    if contents is None:
        return None
    return tuple(
        (
            Source(was, contents[old][: LARGEST_FILE + 1]),
            Source(now, contents[new][: LARGEST_FILE + 1]),
        )
        for (was, old), (now, new) in pairs
    )


def _sides(
    told: Answer, cut: int
) -> tuple[dict[str, tuple[str, bytes]], dict[str, tuple[str, bytes]]]:
    """Return by stem where each changed record lies, and its blob: before, and from then on."""
    before: dict[str, tuple[str, bytes]] = {}
    after: dict[str, tuple[str, bytes]] = {}
    parts = told.out.split(b"\0")
    for entry, name in zip(parts[::2], parts[1::2], strict=False):
        old_mode, new_mode, old, new, _ = entry.lstrip(b":").split(b" ", 4)
        path = PurePosixPath(text_of(name)[cut:])
        if not is_record(path.name) or any(part.startswith(".") for part in path.parts):
            continue
        for side, mode, blob in ((before, old_mode, old), (after, new_mode, new)):
            if mode.startswith(_FILE):
                side[path.stem] = (str(path), blob)
    return before, after


def _contents(
    place: Place, blobs: Sequence[bytes], environ: Mapping[str, str]
) -> dict[bytes, bytes] | None:
    """Return contents by id; None where one is not here."""
    given = b"".join(blob + b"\n" for blob in blobs)
    answer = start(place, ["cat-file", "--batch"], environ, reads=True).finish(_SECONDS, given)
    held: dict[bytes, bytes] = {}
    at, out = 0, answer.out
    while at < len(out):
        end = out.index(b"\n", at)
        blob, kind, *size = out[at:end].split()
        if kind == b"missing":
            return None
        at = end + 1 + int(size[0])
        held[blob] = out[end + 1 : at]
        at += 1
    return held if len(held) == len(blobs) else None
