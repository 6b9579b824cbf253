"""How a story about files is told: from its end, each change by what leads back to the state before."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from nextstep.files.splice import Change, Put, Take
from nextstep.files.splice_scalars import Value
from nextstep.model.source import Keys


class Rewritten(Struct, frozen=True):
    """A part of a page: ``now`` stands in it exactly once afterwards, ``before`` stood there."""

    now: str
    before: str


class Told(Struct, frozen=True, kw_only=True):
    """One thing that somebody did by hand: an instant with its offset, who, and the words for it.

    ``new`` are the files begun with it. ``back`` holds for other files what takes it back. What
    happens at the instant of an event goes into the commit of that event and needs no words.
    """

    at: str
    by: str
    subject: str = ""
    body: str = ""
    new: tuple[str, ...] = ()
    back: Mapping[str, tuple[Change | Rewritten, ...]] = {}


class Aside(Struct, frozen=True, kw_only=True):
    """What went on beside the main line, and how it came back.

    From ``first`` to ``merged`` everything that happens to ``paths`` is done on a branch. It comes
    back by a merge, or with ``squash`` as one commit.
    """

    first: str
    merged: str
    by: str
    paths: tuple[str, ...]
    number: int
    branch: str
    title: str
    squash: bool = False


def gone(*places: str) -> tuple[Take, ...]:
    """Return that these fields were not there: `steps/3/due`. Later places count from what is left."""
    return tuple(Take(_keys(place)) for place in places)


def was(place: str, value: Value) -> tuple[Put, ...]:
    """Return that a field had another value, or that one was there."""
    return (Put(_keys(place), value),)


def _keys(place: str) -> Keys:
    return tuple(int(word) if word.isdigit() else word for word in place.split("/"))
