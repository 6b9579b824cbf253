"""Dates of a run that are counted anew because what they count from has changed."""

from __future__ import annotations

from collections.abc import Container, Iterator

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
from nextstep.runs.run_states import run_state


class Followed(Struct, frozen=True, kw_only=True):
    """A date that follows a change: of a step, or with no ``step`` of the promise."""

    step: Step | None
    before: Due
    to: Due


def following(
    ledger: Ledger, before: Run, after: Run, now: Now, *, fixed: Container[str] = ()
) -> tuple[Followed, ...]:
    """Return the dates that follow from what is different in ``after``, in the order of the steps.

    Only dates of open steps that are still those of their rules follow: what was agreed by hand
    stays. So do the steps in ``fixed``.
    """
    calendar, members = ledger.calendar, ledger.settings.members
    zone = calendar.timezone
    ruled = counted(before, calendar, members)
    state = run_state(before, now, calendar, members=members)
    free = {
        step.id: step.due
        for step in before.steps
        if step.due is not None
        and step.id not in fixed
        and not comes_again(step)
        and not state.steps[step.id].is_finished
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
        Followed(step=step, before=free[step.id], to=step.due)
        for step in run.steps
        if step.id in free and step.due is not None
    ]
    promised, promise = before.promise_due, counted(run, calendar, members).promise
    follows = promised is not None and _is_same(ruled.promise, promised, zone)
    if promise is not None and promised is not None and follows:
        moved.append(Followed(step=None, before=promised, to=promise))
    return tuple(one for one in moved if not _is_same(one.to, one.before, zone))


def _dated(step: Step, due: Due | None, free: Container[str], zone: str) -> Step:
    if step.id not in free or due is None or _is_same(due, step.due, zone):
        return step
    return replace(step, due=parse_due(due_in_file(due, zone)))


def _is_same(one: Due | None, other: Due | None, zone: str) -> bool:
    if one is None or other is None:
        return one is other
    return due_in_file(one, zone) == due_in_file(other, zone)


def entries_of(followed: tuple[Followed, ...], why: str, zone: str) -> Iterator[Entry]:
    """Yield the event of each date that follows; the promise has none of its own."""
    for one in followed:
        if one.step is not None:
            yield Entry(
                event="moved",
                step=one.step.id,
                values={
                    "from": due_in_file(one.before, zone),
                    "to": due_in_file(one.to, zone),
                    "why": why,
                },
            )


def fields_of(followed: tuple[Followed, ...], zone: str) -> dict[Keys, Value | None]:
    """Return the fields in which the dates stand, with what they are now."""
    fields: dict[Keys, Value | None] = {}
    for one in followed:
        place: Keys = ("promise_due",) if one.step is None else ("steps", one.step.index, "due")
        fields[place] = due_in_file(one.to, zone)
    return fields


def follow_words(followed: tuple[Followed, ...]) -> Iterator[str]:
    """Yield a line for each date that follows."""
    for one in followed:
        name = "the promise" if one.step is None else one.step.id
        yield f"  {name}: {due_words(one.to)}, before it was {due_words(one.before)}"
