"""What happened in a period: what ended and what came of it, what was moved, agreed, learned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.periods import Period
from nextstep.dates.zones import local_day
from nextstep.model.time import Due
from nextstep.reports.digest_subject import Subject
from nextstep.reports.row_making import RowMaker
from nextstep.reports.rows import Row
from nextstep.reports.standing import Standing
from nextstep.runs.facts import Closed, Move
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import CommitmentStage
from nextstep.runs.timing import working_days_late

_PROPOSED = CommitmentStage.PROPOSED


class Ended(Struct, frozen=True, kw_only=True):
    """A commitment or a run that was closed: with which ``result``, and what came of it.

    ``next`` are handles of what follows; ``days_late`` are working days, 0 where it was in time.
    """

    handle: str
    id: str
    what: str
    who: str | None
    result: str
    on: date
    outcome: str | None
    days_late: int
    next: tuple[str, ...]
    nothing_further: str | None


class Moved(Struct, frozen=True, kw_only=True):
    """A date that was moved. ``late``: after it was due. ``times``: how often by now."""

    handle: str
    id: str
    step: str | None
    what: str
    who: str | None
    before: Due | None
    to: Due | None
    on: date
    by: str
    agreed_by: tuple[str, ...]
    why: str | None
    late: bool
    times: int


class Learned(Struct, frozen=True, kw_only=True):
    """What somebody wrote down as learned when they closed something; ``part_of`` names its process or plan."""

    handle: str
    id: str
    what: str
    on: date
    result: str
    learned: str | None
    change: str | None
    feedback: str | None
    part_of: str | None


class Reader(Struct, frozen=True):
    """What is read: where everything stands, for whom, in which period."""

    standing: Standing
    subject: Subject
    period: Period
    maker: RowMaker

    def day(self, instant: datetime) -> date:
        """Return the day of an instant in the ledger's zone."""
        return local_day(instant, self.standing.now.timezone)

    def is_in(self, instant: datetime | None) -> bool:
        """Return whether an instant is in the period."""
        return self.period.holds(instant, self.standing.now.timezone)


def ended(reader: Reader) -> tuple[Ended, ...]:
    """Return what was closed in the period, the oldest first."""
    return tuple(_ended(reader, one) for one in _closings(reader))


def learned(reader: Reader) -> tuple[Learned, ...]:
    """Return what was learned from what was closed in the period, the oldest first."""
    ledger = reader.standing.ledger
    found = []
    for closing in _closings(reader):
        name, closed = closing.name, closing.closed
        if not (closed.learned or closed.change or closed.feedback):
            continue
        run = ledger.runs.get(name)
        record = run or ledger.commitments[name]
        found.append(
            Learned(
                handle=reader.maker.handles.shortest(name),
                id=name,
                what=closing.what,
                on=reader.day(closed.at),
                result=closed.result or "closed",
                learned=closed.learned,
                change=closed.change,
                feedback=closed.feedback,
                part_of=(run.process if run else None) or record.part_of,
            )
        )
    return tuple(found)


def moved(reader: Reader) -> tuple[Moved, ...]:
    """Return the dates that were moved in the period, the oldest first; an undone move is none."""
    return tuple(sorted(_moved(reader), key=lambda one: (one.on, one.id, one.step or "")))


def begun(reader: Reader, came: Iterable[str] = ()) -> tuple[Row, ...]:
    """Return the commitments that were agreed and the runs that were started in the period.

    ``came`` are the ids of files that are new since then. Those that do not say when they began
    stand last.
    """
    standing, subject = reader.standing, reader.subject
    found = []
    for name, state in standing.commitments.items():
        agreed = state.agreed
        if agreed is None or not reader.is_in(agreed.at):
            continue
        if subject.commitment(standing, standing.ledger.commitments[name]):
            found.append((agreed.at.isoformat(), reader.maker.commitment(name)))
    for name, run in standing.ledger.runs.items():
        if run.started and reader.period.has(run.started) and subject.run(standing, name):
            found.append((run.started.isoformat(), reader.maker.run(name)))
    told = [row for _, row in sorted(found, key=lambda one: (one[0], one[1].id))]
    return (*told, *_written(reader, came))


def _written(reader: Reader, came: Iterable[str]) -> Iterator[Row]:
    """Yield what was written down in the period and says nothing of when it began."""
    standing, subject = reader.standing, reader.subject
    for name in came:
        state, run = standing.commitments.get(name), standing.ledger.runs.get(name)
        if state is not None and state.agreed is None and state.stage is not _PROPOSED:
            if subject.commitment(standing, standing.ledger.commitments[name]):
                yield reader.maker.commitment(name)
        elif run is not None and run.started is None and subject.run(standing, name):
            yield reader.maker.run(name)


class _Closing(Struct, frozen=True):
    """What was closed: its id, what it is, who had it, how it was closed, working days late."""

    name: str
    what: str
    who: str | None
    closed: Closed
    late: int = 0


def _closings(reader: Reader) -> list[_Closing]:
    found = [*_closed_commitments(reader), *_closed_runs(reader)]
    return sorted(found, key=lambda one: (one.closed.at, one.name))


def _closed_commitments(reader: Reader) -> Iterator[_Closing]:
    standing, subject = reader.standing, reader.subject
    for name, state in standing.commitments.items():
        closed = state.closed
        commitment = standing.ledger.commitments[name]
        if closed is None or not reader.is_in(closed.at):
            continue
        if subject.commitment(standing, commitment):
            late = 0
            if state.due is not None and state.on_time is False:
                at = state.done.at if state.done else closed.at
                late = working_days_late(state.due, reader.day(at), standing.ledger.calendar)
            yield _Closing(name, commitment.what, state.who, closed, late)


def _closed_runs(reader: Reader) -> Iterator[_Closing]:
    standing = reader.standing
    for name, state in standing.runs.items():
        closed = state.closed
        if closed and reader.is_in(closed.at) and reader.subject.run(standing, name):
            run = standing.ledger.runs[name]
            what = f"{run.title} for {run.for_}" if run.for_ else run.title
            yield _Closing(name, what, state.owner, closed)


def _ended(reader: Reader, closing: _Closing) -> Ended:
    handles, closed = reader.maker.handles, closing.closed
    return Ended(
        handle=handles.shortest(closing.name),
        id=closing.name,
        what=closing.what,
        who=closing.who,
        result=closed.result or "closed",
        on=reader.day(closed.at),
        outcome=closed.outcome or closed.why,
        days_late=closing.late,
        next=tuple(handles.shortest(other) for other in closed.next),
        nothing_further=closed.nothing_further,
    )


def _moved(reader: Reader) -> Iterator[Moved]:
    standing, subject = reader.standing, reader.subject
    for name, state in standing.commitments.items():
        if state.moves and subject.commitment(standing, standing.ledger.commitments[name]):
            what = standing.ledger.commitments[name].what
            yield from _moves(reader, (name, None), what, state.who, state.moves)
    for name, run in standing.runs.items():
        record = standing.ledger.runs[name]
        for step_id, step in run.steps.items():
            if step.moves and subject.step(standing, name, step_id):
                what = filled_path(step.step.title, record.inputs, step.step.part)
                yield from _moves(reader, (name, step_id), what, step.owner, step.moves)


def _moves(
    reader: Reader,
    place: tuple[str, str | None],
    what: str,
    who: str | None,
    moves: tuple[Move, ...],
) -> Iterator[Moved]:
    name, step = place
    handle = reader.maker.handles.shortest(name)
    for move in moves:
        if reader.is_in(move.at):
            yield Moved(
                handle=f"{handle} {step}" if step else handle,
                id=name,
                step=step,
                what=what,
                who=who,
                before=move.before,
                to=move.to,
                on=reader.day(move.at),
                by=move.by,
                agreed_by=move.agreed_by,
                why=move.why,
                late=move.late,
                times=len(moves),
            )
