"""Dates that were moved, each with all of its moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from nextstep.model.calendar import Calendar
from nextstep.model.time import Due
from nextstep.reports.standing import Standing
from nextstep.reports.trail_entries import TrailEntry
from nextstep.reports.trail_moves import Dates, apart, dates_of, due_of, last_due, moves_of
from nextstep.reports.trail_order import in_order
from nextstep.runs.states import CommitmentState, StepState


class MovedDate(Struct, frozen=True, kw_only=True):
    """One move of a date. ``late``: after the old date was over; None where that was no day.

    ``inside`` tells whether it was in the days that were asked for; ``logged`` whether the log
    tells of it, and not the file alone.
    """

    at: str | None
    on: date | None
    from_: Due | None
    to: Due | None
    days: int | None
    working_days: int | None
    late: bool | None
    by: str
    agreed_by: tuple[str, ...]
    why: str | None
    inside: bool
    logged: bool
    commit: str


class Slip(Struct, frozen=True, kw_only=True):
    """A date that was moved: of a commitment, or of a step of a run.

    ``who`` has it now; ``state`` is None where the ledger has no such record any more. ``path`` is
    that of its file, or of the last one that it had.
    """

    handle: str
    id: str
    step: str | None
    kind: str
    what: str
    title: str | None
    process: str | None
    part_of: str | None
    who: tuple[str, ...]
    state: str | None
    overdue: bool
    dates: Dates
    moves: tuple[MovedDate, ...]
    path: str

    @property
    def inside(self) -> tuple[MovedDate, ...]:
        """The moves in the days that were asked for."""
        return tuple(move for move in self.moves if move.inside)

    @property
    def is_late(self) -> bool:
        """Whether one of these moves came after the date it moved."""
        return any(move.late for move in self.inside)


def slips_of(
    told: Iterable[TrailEntry], standing: Standing, is_inside: Callable[[date | None], bool]
) -> Iterator[Slip]:
    """Yield every date that was moved, of whatever record, with all of its moves.

    ``is_inside`` tells of a day, None where it is not known, whether it was asked for.
    """
    by_date: dict[tuple[str, str | None], list[TrailEntry]] = {}
    for one in told:
        by_date.setdefault((one.id, one.step), []).append(one)
    for (id_, step), found in by_date.items():
        ordered = in_order(found)
        moves, state = moves_of(ordered), _state(standing, id_, step)
        if moves:
            now = state.due if state is not None else last_due(ordered)
            dates = dates_of(moves, now, standing.ledger.calendar)
            slip = _slip(
                moves, state, dates or _unknown(moves), standing.ledger.calendar, is_inside
            )
            record = standing.ledger.commitments.get(id_) or standing.ledger.runs.get(id_)
            if record is not None:
                slip = replace(slip, path=record.source.path)
            if isinstance(state, StepState):
                slip = replace(slip, state=standing.runs[id_].stage_of(state).value)
            yield slip


def _slip(
    moves: list[TrailEntry],
    state: CommitmentState | StepState | None,
    dates: Dates,
    calendar: Calendar,
    is_inside: Callable[[date | None], bool],
) -> Slip:
    last = moves[-1]
    who = state.who if isinstance(state, CommitmentState) else state.who_is_asked if state else None
    return Slip(
        handle=f"{last.handle} {last.step}" if last.step else last.handle,
        id=last.id,
        step=last.step,
        kind="step" if last.step else last.kind,
        what=last.what,
        title=last.title if last.step else None,
        process=last.process,
        part_of=last.part_of,
        who=(who,) if who else (),
        state=state.stage.value if state else None,
        overdue=state.overdue if state else False,
        dates=dates,
        moves=tuple(_move(one, calendar, is_inside) for one in moves),
        path=last.path,
    )


def _unknown(moves: list[TrailEntry]) -> Dates:
    """Return how a date went of which neither end is known."""
    return Dates(
        first=None,
        now=None,
        days=None,
        working_days=None,
        moved=len(moves),
        moved_late=sum(one.late is True for one in moves),
    )


def _move(
    one: TrailEntry, calendar: Calendar, is_inside: Callable[[date | None], bool]
) -> MovedDate:
    before, to = due_of(one.values.get("from")), due_of(one.values.get("to"))
    days, working = apart(before, to, calendar)
    agreed, why = one.values.get("agreed_by"), one.values.get("why")
    people = (agreed,) if isinstance(agreed, str) else agreed if isinstance(agreed, tuple) else ()
    return MovedDate(
        at=one.at,
        on=one.on,
        from_=before,
        to=to,
        days=days,
        working_days=working,
        late=one.late,
        by=one.by,
        agreed_by=tuple(name for name in people if isinstance(name, str)),
        why=why if isinstance(why, str) else None,
        inside=is_inside(one.on),
        logged=one.logged,
        commit=one.commit,
    )


def _state(standing: Standing, id_: str, step: str | None) -> CommitmentState | StepState | None:
    if step is None:
        return standing.commitments.get(id_)
    run = standing.runs.get(id_)
    return run.steps.get(step) if run else None
