"""The order in which things happened, whatever the clocks of the commits say."""

from __future__ import annotations

from collections.abc import Iterable

from nextstep.reports.trail_entries import TrailEntry
from nextstep.reports.trail_records import ABOUT_THE_LOG


def in_order(told: Iterable[TrailEntry]) -> tuple[TrailEntry, ...]:
    """Return entries as they happened.

    A line of the log is where its moment is. What only a commit tells stands between the lines
    that were there before and after it, and changes of one field as they followed each other,
    whatever the clocks of the commits said: a rebase keeps the date of the author.
    """
    told = sorted(told, key=lambda one: one.order)
    after: list[str] = []
    last = ""
    for one in told:
        if _has_own_moment(one):
            last = max(last, one.at or "")
        after.append(last)
    before: list[str] = []
    next_ = "~"
    for one in reversed(told):
        before.append(next_)
        if _has_own_moment(one):
            next_ = min(next_, one.at or "")
    keyed = []
    changed: dict[object, str] = {}
    for place, (one, low, high) in enumerate(zip(told, after, reversed(before), strict=True)):
        moment = one.at or ""
        if not _has_own_moment(one):
            field = one.event, one.step, one.values.get("field")
            moment = max(low, min(moment, high), changed.get(field, ""))
            changed[field] = moment
        keyed.append((moment, place, one))
    return tuple(one for _, _, one in sorted(keyed, key=lambda key: key[:2]))


def _has_own_moment(one: TrailEntry) -> bool:
    return one.logged and one.event not in ABOUT_THE_LOG
