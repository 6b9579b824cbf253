"""What is late, or will be, and was not before a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from nextstep.dates.workdays import working_days_between
from nextstep.dates.zones import local_day
from nextstep.files.ledger import Ledger
from nextstep.model.time import Due
from nextstep.reports.handles import Handles
from nextstep.reports.review_changes import concerned
from nextstep.reports.review_runs import title_of
from nextstep.reports.standing import Standing
from nextstep.runs.states import CommitmentStage, RunState

_OVER = (CommitmentStage.DONE, CommitmentStage.CLOSED)

Key: TypeAlias = tuple[str, str | None, bool]
"""A record, a step of it or none, and whether its promise is meant."""
End: TypeAlias = tuple[date, Key]


class Late(Struct, frozen=True, kw_only=True):
    """Something that is late after a change, and was not before it.

    ``now`` tells that it is overdue today. Else it cannot be there in time even if all that it
    waits for comes on its own date: ``because`` is the last of that, due on ``until``. ``by`` are
    working days. ``step`` is one of a run; ``promise`` tells that it is the promise of the run.
    """

    record: str
    id: str
    handle: str
    title: str
    step: str | None = None
    promise: bool = False
    who: tuple[str, ...] = ()
    due: date
    now: bool = False
    by: int = 0
    because: str | None = None
    until: date | None = None


class _Thing(Struct, frozen=True):
    """A commitment, a step or a promise, and the keys of what it waits for."""

    late: Late | None
    due: date | None
    after: tuple[Key, ...]


def newly_late(before: Standing, after: Standing, handles: Handles) -> tuple[Late, ...]:
    """Return what is overdue, then what will not be there in time, and was not so before.

    What stands in a file that could not be read in full, then or now, is passed over: nothing else
    is told of it either.
    """
    known = {_mark(one) for one in _late(before, Handles(before.ledger))}
    faulty = {*before.ledger.faulty, *after.ledger.faulty}
    late = [
        one
        for one in _late(after, handles)
        if _mark(one) not in known and _path(after.ledger, one) not in faulty
    ]
    return tuple(sorted(late, key=lambda one: (not one.now, one.due)))


def _path(ledger: Ledger, late: Late) -> str:
    records = ledger.runs if late.record == "run" else ledger.commitments
    return records[late.id].source.path


def _mark(late: Late) -> tuple[object, ...]:
    return (late.id, late.step, late.promise, late.now)


def _late(standing: Standing, handles: Handles) -> Iterator[Late]:
    things = dict(_things(standing, handles))
    ends = _ends(things)
    for thing in things.values():
        if thing.late is None or thing.due is None:
            continue
        if thing.late.now:
            yield thing.late
            continue
        last = _last(ends, thing)
        if last is not None and last[0] > thing.due:
            until, (name, step, _) = last
            yield replace(
                thing.late,
                by=working_days_between(thing.due, until, standing.ledger.calendar),
                because=step or handles.shortest(name),
                until=until,
            )


def _things(standing: Standing, handles: Handles) -> Iterator[tuple[Key, _Thing]]:
    """Yield all that is not finished: commitments, steps of runs, promises of runs.

    What is only proposed is nobody's promise, and so never late itself.
    """
    zone = standing.now.timezone
    for name, state in standing.commitments.items():
        if state.stage in _OVER:
            continue
        commitment, due = standing.ledger.commitments[name], _day(state.due, zone)
        late = (
            None
            if due is None or state.stage is CommitmentStage.PROPOSED
            else Late(
                record="commitment",
                id=name,
                handle=handles.shortest(name),
                title=commitment.what,
                who=concerned(state.who),
                due=due,
                now=state.overdue,
                by=state.days_late,
            )
        )
        yield (
            (name, None, False),
            _Thing(late, due, tuple((one, None, False) for one in commitment.after)),
        )
    for name, run in standing.runs.items():
        if run.is_live:
            yield from _of_run(standing, name, run, handles.shortest(name))


def _of_run(
    standing: Standing, name: str, run: RunState, handle: str
) -> Iterator[tuple[Key, _Thing]]:
    zone, title = standing.now.timezone, title_of(standing.ledger.runs[name])
    open_steps = {id_: step for id_, step in run.steps.items() if not step.is_finished}
    for id_, step in open_steps.items():
        due = _day(step.due, zone)
        late = (
            None
            if due is None
            else Late(
                record="run",
                id=name,
                handle=handle,
                title=title,
                step=id_,
                who=concerned(step.owner),
                due=due,
                now=step.overdue,
                by=step.days_late,
            )
        )
        after = [part for other in step.after for part in run.groups.get(other, (other,))]
        yield (name, id_, False), _Thing(late, due, tuple((name, one, False) for one in after))
    due = _day(run.promise_due, zone)
    keeping = [id_ for id_, step in open_steps.items() if step.step.keeps_promise]
    if due is not None and keeping:
        over = run.promise_overdue
        late = Late(
            record="run",
            id=name,
            handle=handle,
            title=title,
            promise=True,
            who=concerned(run.owner),
            due=due,
            now=over,
            by=working_days_between(due, standing.now.today, standing.ledger.calendar)
            if over
            else 0,
        )
        yield (name, None, True), _Thing(late, due, tuple((name, one, False) for one in keeping))


def _ends(things: Mapping[Key, _Thing]) -> dict[Key, End | None]:
    """Return on which day each thing ends if it and all that it waits for come on their dates.

    With it stands whose date that is. What waits for itself in a circle ends on no day.
    """
    ends: dict[Key, End | None] = {}
    for first in things:
        ahead = [first]
        while ahead:
            key = ahead[-1]
            thing = things[key]
            new = [one for one in thing.after if one in things and one not in ends]
            if key not in ends and new:
                ends[key] = None
                ahead += new
                continue
            ahead.pop()
            last = _last(ends, thing)
            if thing.due is not None and (last is None or thing.due >= last[0]):
                last = (thing.due, key)
            ends[key] = last
    return ends


def _last(ends: Mapping[Key, End | None], thing: _Thing) -> End | None:
    """Return the last end of what a thing waits for."""
    known = [end for key in thing.after if (end := ends.get(key)) is not None]
    return max(known, key=lambda end: end[0], default=None)


def _day(due: Due | None, timezone: str) -> date | None:
    return local_day(due, timezone) if isinstance(due, date) else None
