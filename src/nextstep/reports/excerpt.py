"""The part of a ledger that says something of one record, so that the rest need not be read."""

from __future__ import annotations

import re

from msgspec import Struct

from nextstep.files.disk import Listing
from nextstep.model.source import Source
from nextstep.repo.paths import text_of
from nextstep.reports.handles import Names, plan_of

_WORDS = re.compile(rb"[^\s,:/#'\"\[\]{}]+")
_FIELD = b"part_of"
_PLAN = re.compile(rb"(?m)\npart_of: +(?!(?i:null)$)([a-z0-9][a-z0-9.-]*)$(?!\n[ \t])")


class Excerpt(Struct, frozen=True):
    """Some files of a ledger, and the names of the records and plans in its other files."""

    listing: Listing
    beside: frozenset[str]


def excerpt(listing: Listing, typed: str) -> Excerpt:
    """Return the files that speak of the record that is meant, and those that it speaks of.

    Settings and processes are always among them. All files where the text means no file of the
    listing, or several: then somebody has to look through everything.
    """
    by_id: dict[str, list[Source]] = {}
    for source in listing.sources:
        by_id.setdefault(source.id, []).append(source)
    found = Names(by_id).matching(typed)
    if len(found) != 1:
        return Excerpt(listing, frozenset())
    (id_,) = found
    spoken_of = {id_, *(name for source in by_id[id_] for name in _words(source))}
    mark = id_.encode("utf-8", "surrogatepass")
    sources, beside = [], set()
    for name, some in by_id.items():
        for source in some:
            plan = _plan(source)
            if (
                plan is None
                or name in spoken_of
                or mark in source.data
                or not source.path.startswith("commitments/")
            ):
                sources.append(source)
            else:
                beside.add(name)
                beside.add(plan or name)
    return Excerpt(Listing(tuple(sources), listing.findings), frozenset(beside))


def _words(source: Source) -> set[str]:
    """Return the words of a file that may be the name of another one, also of one with a step."""
    return {text_of(word).rstrip(".") for word in _WORDS.findall(source.data)}


def _plan(source: Source) -> str | None:
    """Return the plan that a file belongs to, empty for none; None where only its reader knows."""
    data = source.data
    if b"\\" in data or b"\0" in data:
        return None  # anything may be spelled by numbers in it, or in an encoding that is not ours
    at = data.find(_FIELD)
    if at < 0:
        return ""
    match = _PLAN.match(data, at - 1) if at else None
    if match is None or data.find(_FIELD, at + 1) >= 0:
        return None
    return plan_of(match[1].decode())
