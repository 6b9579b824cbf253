"""What lines of a log say of fields, and whether the fields changed as they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.days import due_or_none
from nextstep.dates.zones import local_time
from nextstep.model.events import UNDONE, Event, EventValue
from nextstep.model.process import VACANT
from nextstep.model.time import Due, DueWord
from nextstep.trail.comparing import Difference, differing, text_of
from nextstep.trail.contents import Delta, Version
from nextstep.trail.facts import Kind

WHO = "who"
DUE = "due"
_CLAIMING = frozenset({"moved", "changed", "accepted", UNDONE})


class Claim(Struct, frozen=True, gc=False):
    """A field that a line says has changed, and what it may be now; None: whatever it is.

    ``start`` is what the line says that it was, None where it says nothing of that.
    """

    field: str
    to: tuple[str | None, ...] | None
    start: str | None = None


class Judged(Struct, frozen=True, gc=False):
    """What came of comparing lines with fields.

    ``seen`` says of each new line whether the fields changed as it says, ``left`` are the fields
    that changed without one.
    """

    seen: tuple[bool, ...]
    left: tuple[Difference, ...]


def judged(delta: Delta, zone: str) -> Judged:
    """Compare the new lines of a log with the fields that differ.

    Where there was no version before, a line is right if the record is as it says.
    """
    before, after = delta.before, delta.after
    if after is None:
        return Judged((True,) * len(delta.added), ())
    if not delta.added:
        return Judged((), differing(before.said, after.said) if before is not None else ())
    seen = [True] * len(delta.added)
    explained: set[str] = set()
    by_field: dict[str, list[tuple[int, Claim]]] = {}
    for number, event in enumerate(delta.added):
        if event.event in _CLAIMING:
            for claim in claims_of(event, delta):
                by_field.setdefault(claim.field, []).append((number, claim))
    for field, claims in by_field.items():
        right = _right_in(field, [claim for _, claim in claims], delta, zone)
        for place, (number, _) in enumerate(claims):
            seen[number] = seen[number] and place < right
        if right:
            explained.add(field)
    left = differing(before.said, after.said, explained) if before is not None else ()
    if left:
        left = tuple(one for one in left if not _follows(one, delta))
    return Judged(tuple(seen), left)


def says(events: Iterable[Event], field: str, version: Version, zone: str) -> bool:
    """Return whether one of some lines of a log says that a field is as a version has it."""
    delta = Delta(None, version, (), ())
    claims = (claim for event in events for claim in claims_of(event, delta))
    value = value_of(version, field, zone)
    return any(
        one.field == field and value in [plain(field, text, zone) for text in one.to or ()]
        for one in claims
    )


def _right_in(field: str, claims: Sequence[Claim], delta: Delta, zone: str) -> int:
    """Return how many of the claims about one field are right: all up to the last that fits.

    A field that did not change may have gone there and back. One that did has to begin where it was.
    """
    before = delta.before
    old, new = (version and value_of(version, field, zone) for version in (before, delta.after))
    allowed = [one.to and [plain(field, text, zone) for text in one.to] for one in claims]
    fits = [place for place, to in enumerate(allowed) if to is None or new in to]
    if not fits:
        return 0
    right = fits[-1] + 1
    if before is not None and old == new:
        return right if any(to and new not in to for to in allowed[:right]) else 0
    return right if before is None or _begins_there(claims[:right], field, before, zone) else 0


def _begins_there(claims: Sequence[Claim], field: str, before: Version, zone: str) -> bool:
    """Return whether a change begins where its field was, at some time before.

    Branches that meet may both begin at what the field was before it changed on one of them.
    """
    starts = {_in_one_line(plain(field, claim.start, zone)) for claim in claims}
    if None in starts or _in_one_line(value_of(before, field, zone)) in starts:
        return True
    delta = Delta(None, before, (), ())
    earlier = (one for event in before.log or () for one in claims_of(event, delta))
    known = (text for one in earlier if one.field == field for text in (one.start, *(one.to or ())))
    return any(_in_one_line(plain(field, text, zone)) in starts for text in known)


def _in_one_line(text: str | None) -> str | None:
    """Return a text however its lines are broken."""
    return None if text is None else " ".join(text.split())


def claims_of(event: Event, delta: Delta) -> Iterator[Claim]:
    """Yield the fields that a line of a log says have changed."""
    after = delta.after
    kind: Kind = "commitment" if after is None else after.kind
    if event.event == "moved":
        if after is None or f"steps.{event.step}.repeat" not in after.said:
            field = DUE if event.step is None else f"steps.{event.step}.{DUE}"
            to, start = (as_text(event.values.get(name)) for name in ("to", "from"))
            yield Claim(field, (to,), start)
    elif event.event == "changed":
        to = event.text("to")
        start = event.text("from")
        yield Claim(event.text("field") or "", None if to is None else (to,), start)
    elif event.event == "accepted":
        yield from _accepted(event, kind)
    elif event.event == UNDONE:
        for taken in _taken_back(event, delta, frozenset()):
            for claim in claims_of(taken, delta):
                was = taken.values.get("from")
                may_be = None if claim.to is None or was is None else (*claim.to, as_text(was))
                yield Claim(claim.field, may_be)


def _accepted(event: Event, kind: Kind) -> Iterator[Claim]:
    """Yield the promise that is somebody else's from then on, where not only work was accepted."""
    if kind == "commitment":
        yield Claim(WHO, (event.by,))
    elif kind == "process":
        yield Claim(event.text("duty") or "owner", (event.by,))
    elif event.flag("duty"):
        yield Claim(f"steps.{event.step}.{WHO}", None)


def _taken_back(event: Event, delta: Delta, seen: frozenset[Event | int]) -> Iterator[Event]:
    """Yield the events that an `undone` is about; one that takes an `undone` back, what that is."""
    log = [one for some in (delta.before, delta.after) if some for one in some.log or ()]
    for one in {other.canonical: other for other in log}.values():
        same = one.at == event.values.get("of") and one.index not in seen
        if (
            same
            and event.text("of_by") in {None, one.by}
            and event.text("of_event") in {None, one.event}
        ):
            if one.event == UNDONE:
                yield from _taken_back(one, delta, seen | {one.index})
            else:
                yield one


def _follows(one: Difference, delta: Delta) -> bool:
    """Return whether a field had to change because of a new line that is about something else."""
    kind = None if delta.after is None else delta.after.kind
    events = {event.event for event in delta.added}
    if kind == "commitment":
        # Who gives a promise away joins those that it is with, and leaves when that is undone.
        handed = "accepted" in events | _events_taken_back(delta)
        return one.field == "with" and handed and len((*one.gone, *one.added)) <= 1
    if kind == "process":
        back = "confirmed" in events | _events_taken_back(delta)
        return one.field.startswith("review") and back
    if one.field == "promise_due":
        return True
    if one.step is None or delta.after is None:
        return False
    if one.field.endswith(f".{DUE}"):
        is_counted = f"steps.{one.step}.rule" in delta.after.said
        return is_counted and (one.before is None or UNDONE in events)
    return one.field.endswith(f".{WHO}") and _plays_anew(one.step, delta)


def _events_taken_back(delta: Delta) -> set[str]:
    """Return the words of the events that new lines take back, or let count again."""
    undone = (event for event in delta.added if event.event == UNDONE)
    return {one.event for event in undone for one in _taken_back(event, delta, frozenset())}


def _plays_anew(step: str, delta: Delta) -> bool:
    """Return whether a new line gives the role of a step to somebody, or takes that back."""
    after = delta.after
    role = after.said.get(f"steps.{step}.role") if after is not None else None
    fields = {claim.field for event in delta.added for claim in claims_of(event, delta)}
    return any(
        field.startswith("people.") and field.removeprefix("people.").split("/")[0] == role
        for field in fields
    )


def value_of(version: Version, field: str, zone: str) -> str | None:
    """Return what a version says in a field, as `plain` gives it."""
    return plain(field, text_of(version.said.get(field)), zone)


def plain(field: str, text: str | None, zone: str) -> str | None:
    """Return a text that is the same as all that mean the same in a field."""
    if text is None or text == VACANT:
        return None
    if field == DUE or field.endswith(f".{DUE}"):
        return _due_text(text, zone)
    return text


def _due_text(text: str, zone: str) -> str | None:
    """Return a due as one text, whichever way it is written; None for none."""
    due = due_in(text)
    if isinstance(due, datetime):
        return local_time(due, zone).isoformat()
    return None if due is DueWord.NONE else text


def due_in(text: str | None) -> Due | None:
    """Return the due that a text says; None where it says none."""
    return None if text is None else due_or_none(text)  # a `changed` may say anything of a date


def as_text(value: EventValue | None) -> str | None:
    """Return what an event says as a text that can be read again."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else None
