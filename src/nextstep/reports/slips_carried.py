"""What is carried over: open while the meeting that it came from led to new next steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.zones import local_day
from nextstep.model.commitment import Commitment
from nextstep.model.time import Due
from nextstep.reports.filters import Scope
from nextstep.reports.handles import Handles
from nextstep.reports.standing import Standing
from nextstep.trail.facts import Fact

_CALENDAR_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun "
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec on of the week".split()
)


class Carried(Struct, frozen=True, kw_only=True):
    """A commitment that is open still, though what it came from has led to others since.

    ``meeting`` is its ``source`` without a date; ``began_on`` when it was written down; ``days``
    are the later ones on which commitments from there were written down.
    """

    handle: str
    id: str
    what: str
    who: str | None
    meeting: str
    began_on: date
    days: tuple[date, ...]
    due: Due | None
    overdue: bool
    path: str


def carried_over(
    facts: Iterable[Fact], standing: Standing, who: str | None, scope: Scope
) -> tuple[Carried, ...]:
    """Return what was carried over, most often first.

    A meeting is known by what it led to alone. A `source` that ends in a date is one meeting,
    whenever its commitments were written down; without one, each day is a meeting.
    """
    began, handles = _beginnings(facts, standing.now.timezone), Handles(standing.ledger)
    meetings = _meetings(standing.ledger.commitments, began)
    found = []
    for id_, commitment in standing.ledger.commitments.items():
        state = standing.commitments[id_]
        if not state.is_live or id_ not in began or not commitment.origin:
            continue
        if who not in (None, state.who) or not scope.has(
            role=None, process=None, part_of=commitment.part_of
        ):
            continue
        written, _ = meeting_of(commitment.origin)
        name = written.casefold()
        first = meetings[name][_one_meeting(commitment.origin, began[id_])]
        later = sorted({day for day in meetings[name].values() if day > max(first, began[id_])})
        if later:
            found.append(
                Carried(
                    handle=handles.shortest(id_),
                    id=id_,
                    what=commitment.what,
                    who=state.who,
                    meeting=written,
                    began_on=began[id_],
                    days=tuple(later),
                    due=state.due,
                    overdue=state.overdue,
                    path=commitment.source.path,
                )
            )
    return tuple(sorted(found, key=lambda one: (-len(one.days), one.began_on, one.id)))


def meeting_of(source: str) -> tuple[str, bool]:
    """Return the name of a meeting without the date before or behind it, and whether one was there."""
    words = source.split()
    end = len(words)
    while end and _is_of_a_date(words[end - 1]):
        end -= 1
    start = 0
    while start < end and _is_of_a_date(words[start]):
        start += 1
    if end and _has_number(words[end:]):
        return " ".join(words[:end]).rstrip(" ,;:("), True
    if end and _has_number(words[:start]):
        return " ".join(words[start:]).lstrip(" ,;:)"), True
    return " ".join(words), False


def _beginnings(facts: Iterable[Fact], timezone: str) -> dict[str, date]:
    """Return by commitment the first day that is told of it."""
    first: dict[str, datetime] = {}
    for fact in facts:
        if fact.kind == "commitment" and fact.at is not None:
            first[fact.id] = min(fact.at, first.get(fact.id, fact.at))
    return {id_: local_day(at, timezone) for id_, at in first.items()}


def _meetings(
    commitments: Mapping[str, Commitment], began: Mapping[str, date]
) -> dict[str, dict[str, date]]:
    """Return by name of a meeting the days on which it is known to have been, each with its key."""
    meetings: dict[str, dict[str, date]] = {}
    for id_, commitment in commitments.items():
        if commitment.origin and id_ in began:
            name = meeting_of(commitment.origin)[0].casefold()
            key = _one_meeting(commitment.origin, began[id_])
            days = meetings.setdefault(name, {})
            days[key] = min(began[id_], days.get(key, began[id_]))
    return meetings


def _one_meeting(source: str, began: date) -> str:
    """Return what tells one meeting from another of its name: its date, or the day."""
    dated = meeting_of(source)[1]
    return " ".join(source.casefold().split()) if dated else began.isoformat()


def _is_of_a_date(word: str) -> bool:
    bare = word.casefold().strip(",;:.()")
    return bare in _CALENDAR_WORDS or _has_number([bare])


def _has_number(words: Iterable[str]) -> bool:
    return any(char.isdigit() for word in words for char in word)
