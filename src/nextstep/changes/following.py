"""What follows in a run from a change: dates that are counted anew, steps that are needed or not."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.draft import Entry, Value
from nextstep.changes.newly_dated import due_in_file
from nextstep.changes.wording import due_words
from nextstep.dates.days import parse_due
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Run
from nextstep.model.process import Step
from nextstep.model.source import Keys
from nextstep.model.time import Due
from nextstep.runs.counted import counted
from nextstep.runs.repeats import comes_again
from nextstep.runs.states import How
from nextstep.runs.under_settings import run_under


class Following(Struct, frozen=True, kw_only=True):
    """All that follows a change: its events, the fields that they change, and what to say."""

    entries: tuple[Entry, ...]
    fields: Mapping[Keys, Value | None]
    lines: tuple[str, ...]


class _Followed(Struct, frozen=True, kw_only=True):
    """A date that follows: of a step, or with no ``step`` of the promise."""

    step: Step | None
    before: Due
    to: Due


def following(ledger: Ledger, before: Run, after: Run, why: str, now: Now) -> Following:
    """Return what follows from what is different in ``after``, in the order of the steps.

    Only dates of open steps and of marks that are still those of their rules follow: what was agreed
    by hand stays. So does a date that is another one in ``after``. ``why`` is the reason that events give.
    """
    followed, zone = _followed(ledger, before, after, now), ledger.timezone
    return Following(
        entries=tuple(_entries(followed, why, zone)),
        fields=_fields(followed, zone),
        lines=(*_words(followed, zone), *_needed(ledger, before, after, now)),
    )


def _followed(ledger: Ledger, before: Run, after: Run, now: Now) -> tuple[_Followed, ...]:
    calendar, members = ledger.calendar, ledger.settings.members
    zone = calendar.timezone
    ruled = counted(before, calendar, members)
    state = run_under(ledger.settings, before, now)
    free = {
        step.id: step.due
        for step, later in zip(before.steps, after.steps, strict=True)
        if step.due is not None
        and step.due == later.due
        and not comes_again(step)
        and state.steps[step.id].is_movable
        and _is_same(ruled.steps[step.id], step.due, zone)
    }
    run = after
    for _ in range(len(free) + 1):
        anew = counted(run, calendar, members)
        steps = tuple(_dated(step, anew.steps[step.id], free, zone) for step in run.steps)
        if steps == run.steps:
            break
        run = replace(run, steps=steps)
    moved = [
        _Followed(step=step, before=free[step.id], to=step.due)
        for step in run.steps
        if step.id in free and step.due is not None
    ]
    promised, promise = before.promise_due, counted(run, calendar, members).promise
    follows = promised is not None and _is_same(ruled.promise, promised, zone)
    if promise is not None and promised is not None and follows:
        moved.append(_Followed(step=None, before=promised, to=promise))
    return tuple(one for one in moved if not _is_same(one.to, one.before, zone))


def _dated(step: Step, due: Due | None, free: Container[str], zone: str) -> Step:
    if step.id not in free or due is None or _is_same(due, step.due, zone):
        return step
    return replace(step, due=parse_due(due_in_file(due, zone)))


def _is_same(one: Due | None, other: Due | None, zone: str) -> bool:
    if one is None or other is None:
        return one is other
    return due_in_file(one, zone) == due_in_file(other, zone)


def _entries(followed: tuple[_Followed, ...], why: str, zone: str) -> Iterator[Entry]:
    """Yield the event of each date that follows; the promise has none of its own."""
    for one in followed:
        if one.step is not None:
            before, to = due_in_file(one.before, zone), due_in_file(one.to, zone)
            yield Entry(
                event="moved",
                step=one.step.id,
                values={"from": before, "to": to, "why": why},
            )


def _fields(followed: tuple[_Followed, ...], zone: str) -> dict[Keys, Value | None]:
    """Return the fields in which the dates stand, with what they are now."""
    fields: dict[Keys, Value | None] = {}
    for one in followed:
        place: Keys = ("promise_due",) if one.step is None else ("steps", one.step.index, "due")
        fields[place] = due_in_file(one.to, zone)
    return fields


def _words(followed: tuple[_Followed, ...], zone: str) -> Iterator[str]:
    """Yield a line for each date that follows, with one before them; nothing where there are none."""
    if followed:
        yield "With it move:"
    for one in followed:
        name = "the promise" if one.step is None else one.step.id
        to, before = due_words(one.to, zone), due_words(one.before, zone)
        yield f"  {name}: {to}, before it was {before}"


def _needed(ledger: Ledger, before: Run, after: Run, now: Now) -> Iterator[str]:
    """Yield which steps are needed from now on, and which are not any more."""
    was, state = (run_under(ledger.settings, one, now) for one in (before, after))
    for id_, step in state.steps.items():
        spared = [one.how is How.NOT_NEEDED for one in (was.steps[id_], step)]
        if spared == [True, False]:
            yield f"{id_} is needed now."
        elif spared == [False, True]:
            yield f"{id_} is not needed any more."
