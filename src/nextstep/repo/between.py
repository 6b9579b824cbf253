"""What differs in a ledger between two moments of its history, without reading what lies between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.model.source import Source, id_of
from nextstep.repo.git import start
from nextstep.repo.history_changes import Below, Change, compared, kind_of
from nextstep.repo.history_contents import contents
from nextstep.repo.history_view import View
from nextstep.repo.paths import is_record, shown, text_of
from nextstep.repo.place import Place

_SECONDS = 60.0


class Ends(Struct, frozen=True):
    """The last commits before two moments; None where this history has none so old."""

    before: str | None
    after: str | None


class Between(Struct, frozen=True, kw_only=True):
    """How the records of a folder differ between two commits, as they were in each.

    ``changed`` are in both, ``gone`` only in the first one; ``came`` are the paths of those that
    only the last one has.
    """

    changed: tuple[tuple[Source, Source], ...] = ()
    gone: tuple[Source, ...] = ()
    came: tuple[str, ...] = ()


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
) -> Between | None:
    """Return the records of a folder that are not the same in both commits.

    A file that was moved is the same one if it kept its name. None where git does not have it all,
    as in a partial clone.
    """
    first, last = ends
    view = View(place=place, environ=environ, tip=last)
    below = Below(view, [f"{place.prefix}{folder}/"], few=True)
    try:
        changes = compared(view, [(last, (first,))], below).get(last, ())
        before, after = _sides(changes, len(shown(place.prefix)))
        pairs = [(before[name], after[name]) for name in sorted(before.keys() & after.keys())]
        gone = [before[name] for name in sorted(before.keys() - after.keys())]
        blobs = sorted({blob for files in (*pairs, gone) for _, blob in files})
        held = {one.id: one.data for one in contents(view, blobs) if one.data is not None}
    except NextstepError:
        return None
    if len(held) < len(blobs):
        return None
    return Between(
        changed=tuple(
            (Source(was, held[old]), Source(now, held[new])) for (was, old), (now, new) in pairs
        ),
        gone=tuple(Source(path, held[blob]) for path, blob in gone),
        came=tuple(after[name][0] for name in sorted(after.keys() - before.keys())),
    )


def _sides(
    changes: Iterable[Change], cut: int
) -> tuple[dict[str, tuple[str, bytes]], dict[str, tuple[str, bytes]]]:
    """Return by id where each changed record lies, and its blob: before, and from then on."""
    before: dict[str, tuple[str, bytes]] = {}
    after: dict[str, tuple[str, bytes]] = {}
    for change in changes:
        path = PurePosixPath(text_of(change.path)[cut:])
        if not is_record(path.name) or any(part.startswith(".") for part in path.parts):
            continue
        for side, entry in ((before, change.old), (after, change.new)):
            if entry is not None and kind_of(entry) is None:
                side[id_of(path.name)] = (str(path), entry)
    return before, after
