"""What is carried over: open while the meeting that it came from led to new next steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.names import MONTH_NUMBERS, WEEKDAY_NUMBERS
from nextstep.dates.zones import local_day
from nextstep.model.commitment import Commitment
from nextstep.model.time import Due
from nextstep.reports.filters import Scope
from nextstep.reports.handles import Handles
from nextstep.reports.standing import Standing
from nextstep.trail.facts import Fact

_MONTHS = frozenset({*MONTH_NUMBERS, "sept"})
_BEFORE_NUMBERS = frozenset({*WEEKDAY_NUMBERS, "week"})
_JOINTS = frozenset({"on", "of", "the", "at"})
_D, _M = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_A_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(t[\d:.]+(z|[+-]\d\d:\d\d)?)?|(\d{4}-)?w\d\d"
    rf"|{_D}\.{_M}\.(\d{{4}}|\d\d)?|({_D}/{_M}|{_M}/{_D})(/(\d{{4}}|\d\d))?",
    re.ASCII,
)
_A_NUMBER = re.compile(rf"{_D}([-\u2013]{_D})?(st|nd|rd|th)?|\d{{2}}|\d{{4}}", re.ASCII)
_A_TIME = re.compile(r"\d{1,2}(:\d\d)?(am|pm|h)|\d{1,2}:\d\d", re.ASCII)


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
    if end and _is_a_date(words[end:]):
        return " ".join(words[:end]).rstrip(" ,;:("), True
    if end and _is_a_date(words[:start]):
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
    """Return whether a word can stand in a date; a number such as ``1:1`` or ``Q4`` cannot."""
    bare = _bare(word)
    named = bare in _MONTHS or bare in _BEFORE_NUMBERS or bare in _JOINTS
    return named or any(form.fullmatch(bare) for form in (_A_DATE, _A_NUMBER, _A_TIME))


def _is_a_date(words: Sequence[str]) -> bool:
    """Return whether words that can stand in a date name one."""
    bare = [_bare(word) for word in words]
    numbers = [_A_NUMBER.fullmatch(word) is not None for word in bare]
    return (
        any(_A_DATE.fullmatch(word) for word in bare)
        or (any(numbers) and not _MONTHS.isdisjoint(bare))
        or any(
            word in _BEFORE_NUMBERS and number
            for word, number in zip(bare, numbers[1:], strict=False)
        )
    )


def _bare(word: str) -> str:
    bare = word.casefold().strip(",;:()")
    return bare if _A_DATE.fullmatch(bare) else bare.strip(".")
