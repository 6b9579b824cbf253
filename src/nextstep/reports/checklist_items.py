"""The things on a checklist: which are there, and how often each was missing before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from nextstep.model.events import Event
from nextstep.model.process import HOLDS, INPUT, Item
from nextstep.reports.answered_offers import answered_offers
from nextstep.reports.checklist_records import ChecklistItem
from nextstep.reports.standing import Standing
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.needs import check_holds, is_asked_for, need_of

LAST_RETURNS = 20
"""How many returns are counted: what was learned since makes older ones untrue."""
FEWEST_RETURNS = 3
"""Below this a count says nothing about the list."""

Sizes = Callable[[str], int | None]


class Missed(Struct, frozen=True):
    """How often things were missing in the last returns of a step."""

    returns: int = 0
    counts: Mapping[str, int] = {}


class Looking(Struct, frozen=True, kw_only=True):
    """What a machine can look at: the inputs known so far, and files by path where there are any.

    ``run`` is False for a process, of which nothing can be known. ``accepted`` tells that somebody
    signed for what was handed over: what is no gap was there.
    """

    run: bool = False
    inputs: Mapping[str, str] = {}
    part: str | None = None
    sizes: Sizes | None = None
    ticked: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()
    accepted: bool = False


def listed(items: Iterable[Item], looking: Looking, missed: Missed) -> tuple[ChecklistItem, ...]:
    """Return the things of a list with the critical ones first, in a run those asked for there."""
    made = [
        _listed(item, looking, missed)
        for item in items
        if not looking.run or is_asked_for(item, looking.inputs)
    ]
    return tuple(sorted(made, key=lambda one: not one.critical))


def is_path(text: str) -> bool:
    """Return whether a text looks like a path rather than like words."""
    return " " not in text and ("/" in text or "." in text)


def missed_before(standing: Standing, process: str | None, base: str) -> Missed:
    """Return what was missing when a step of this process came back, in all runs of the ledger."""
    if process is None:
        return Missed()
    back: list[tuple[datetime, Event]] = []
    for run in standing.ledger.runs.values():
        if run.process == process:
            back += [
                (one.event.at, one.event)
                for one in answered_offers(standing.runs[run.id])
                if one.came_back and one.step.partition("/")[0] == base
            ]
    last = [event for _, event in sorted(back, key=lambda one: one[0])][-LAST_RETURNS:]
    counts = Counter(
        name for event in last for name in {_plain(text) for text in event.texts("missing")}
    )
    return Missed(len(last), counts)


def _listed(item: Item, looking: Looking, missed: Missed) -> ChecklistItem:
    check, looks_at = item.check, None
    seen: bool | None = None
    if check is not None and check.kind in (INPUT, HOLDS):
        looks_at = check.target
        seen = check_holds(check, looking.inputs) is True if looking.run else None
    elif check is not None:
        looks_at = filled_path(check.target, looking.inputs, looking.part)
        if looking.run and looking.sizes is not None:
            seen = bool(looking.sizes(looks_at))
    name = _plain(item.item)
    return ChecklistItem(
        item=item.item,
        critical=item.critical,
        state=_state(item, name, looking, seen=seen),
        check=check.kind if check else None,
        looks_at=looks_at,
        looked=seen is not None if looking.run and check else None,
        value=looking.inputs.get(check.target) if check and check.kind == INPUT else None,
        when=_unknown_condition(item, looking),
        missing_in=missed.counts.get(name, 0),
        returns=missed.returns,
    )


def _unknown_condition(item: Item, looking: Looking) -> str | None:
    """Return in which cases something is asked for; None where it is known that it is."""
    known = looking.run and need_of(item.when, looking.inputs).needed
    return None if known else item.when_text


def _state(item: Item, name: str, looking: Looking, *, seen: bool | None) -> str:
    if seen is not None:
        return "there" if seen else "missing"
    if name in looking.gaps:
        return "gap"
    if item.item in looking.ticked:
        return "ticked"
    return "accepted" if looking.accepted else "open"


def _plain(text: str) -> str:
    """Return words as they are compared: whatever their case and spaces."""
    return " ".join(text.split()).casefold()


def plain_words(texts: Iterable[str]) -> frozenset[str]:
    """Return texts as they are compared."""
    return frozenset(map(_plain, texts))
