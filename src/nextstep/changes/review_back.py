"""When a process was looked at last, as it was before a confirmation that is taken back."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.field_places import Fields, review_places
from nextstep.model.process import Process


class Reviewed(Struct, frozen=True, kw_only=True):
    """A process with and without a confirmation, as the commits of it show.

    ``there`` is what it says as long as that is so, ``wanted`` what it is to say.
    """

    there: Process
    wanted: Process


def review_back(process: Process, reviewed: Reviewed) -> Fields:
    """Return the day of each review as it is wanted, where it still is what was there."""
    there, wanted = (
        {one.kind: one.last for one in each.reviews} for each in (reviewed.there, reviewed.wanted)
    )
    fields: Fields = {}
    for place, review in zip(review_places(process), process.reviews, strict=True):
        kind = review.kind
        if kind not in there or kind not in wanted or review.last != there[kind]:
            continue
        day = wanted[kind]
        if day != review.last:
            fields[place] = None if day is None else day.isoformat()
    return fields
