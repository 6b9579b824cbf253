"""`nextstep slips`: which dates were moved, how often and how far, before or after they were due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.files.ledger import Ledger
from nextstep.model.calendar import Calendar
from nextstep.model.time import Due
from nextstep.reports.filters import Scope
from nextstep.reports.slips_carried import Carried, carried_over
from nextstep.reports.slips_tallies import Tallies, tallies_of
from nextstep.reports.standing import Standing, who_has
from nextstep.reports.trail import Known, known_of
from nextstep.reports.trail_entries import TrailEntry, entries
from nextstep.reports.trail_moves import Dates, apart, dates_of, due_of, last_due, moves_of
from nextstep.reports.trail_order import in_order
from nextstep.reports.trail_records import Records
from nextstep.reports.unread import Unread, unread_files
from nextstep.runs.states import CommitmentState, StepState
from nextstep.trail.facts import Fact, Trail

_OVER = ("closed", "finished")


class SlipsWanted(Struct, frozen=True, kw_only=True):
    """What to look for; None is no limit. ``you``: the person is the one who asks.

    ``step`` is a step without its part. ``chosen`` tells that somebody gave ``since``.
    """

    who: str | None = None
    you: bool = False
    scope: Scope = Scope()
    step: str | None = None
    since: date | None = None
    until: date | None = None
    chosen: bool = False

    @property
    def is_of_another(self) -> bool:
        """Whether it is about somebody else, whose moves are seen and never counted up."""
        return self.who is not None and not self.you


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

    ``who`` has it now; ``state`` is None where the ledger has no such record any more.
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

    @property
    def inside(self) -> tuple[MovedDate, ...]:
        """The moves in the days that were asked for."""
        return tuple(move for move in self.moves if move.inside)

    @property
    def is_late(self) -> bool:
        """Whether one of these moves came after the date it moved."""
        return any(move.late for move in self.inside)


class SlipsReport(Struct, frozen=True, kw_only=True):
    """Dates that were moved, those moved after they were due first.

    ``tallies`` are None where they would be about one other person. ``earlier`` and ``later`` count
    the moves that fit outside of the days asked for, ``earliest`` is the day of the first of these.
    ``unplaced`` counts moves of records that are gone, of which nobody knows the process or plan
    that was asked for.
    """

    today: date
    calendar: Calendar
    wanted: SlipsWanted
    known: Known
    slips: tuple[Slip, ...]
    carried: tuple[Carried, ...]
    tallies: Tallies | None
    earlier: int
    later: int
    earliest: date | None
    unplaced: int
    unread: tuple[Unread, ...]


def slips_report(trail: Trail, standing: Standing, wanted: SlipsWanted) -> SlipsReport:
    """Return which dates were moved, and what is carried over from meeting to meeting."""
    records = Records(standing, trail.facts)
    told = entries(trail, records, standing.now.timezone, only=_is_about_a_date)
    every = list(_moved(told, standing, wanted))
    moved = [one for one in every if _fits(one, wanted)]
    slips = sorted((one for one in moved if one.inside), key=_urgency)
    outside = [move for one in moved for move in one.moves if not move.inside and move.on]
    before = [move.on for move in outside if wanted.since and move.on and move.on < wanted.since]
    return SlipsReport(
        today=standing.now.today,
        calendar=standing.ledger.calendar,
        wanted=wanted,
        known=known_of(trail, standing.now.timezone),
        slips=tuple(slips),
        carried=_carried(trail, standing, wanted),
        tallies=None if wanted.is_of_another else tallies_of(slips, standing.ledger),
        earlier=len(before),
        later=len(outside) - len(before),
        earliest=min(before, default=None),
        unplaced=sum(
            len(one.inside)
            for one in every
            if wanted.scope != Scope() and not records.about(one.id).placed
        ),
        unread=unread_files(standing.ledger),
    )


def _is_about_a_date(fact: Fact) -> bool:
    """Return whether a date was moved, or something happened to the line that says so."""
    return fact.event == "moved" or (fact.logged is not None and fact.logged.event == "moved")


def _carried(trail: Trail, standing: Standing, wanted: SlipsWanted) -> tuple[Carried, ...]:
    if wanted.step is not None:
        return ()
    return carried_over(trail.facts, standing, wanted.who, wanted.scope)


def _moved(told: Iterable[TrailEntry], standing: Standing, wanted: SlipsWanted) -> Iterator[Slip]:
    """Yield every date that was moved, of whatever record, with all of its moves."""
    by_date: dict[tuple[str, str | None], list[TrailEntry]] = {}
    for one in told:
        by_date.setdefault((one.id, one.step), []).append(one)
    for (id_, step), found in by_date.items():
        ordered = in_order(found)
        moves, state = moves_of(ordered), _state(standing, id_, step)
        if moves:
            now = state.due if state is not None else last_due(ordered)
            dates = dates_of(moves, now, standing.ledger.calendar)
            yield _slip(moves, state, dates or _unknown(moves), standing.ledger.calendar, wanted)


def _slip(
    moves: list[TrailEntry],
    state: CommitmentState | StepState | None,
    dates: Dates,
    calendar: Calendar,
    wanted: SlipsWanted,
) -> Slip:
    last = moves[-1]
    who = state.who if isinstance(state, CommitmentState) else who_has(state) if state else None
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
        moves=tuple(_move(one, calendar, wanted) for one in moves),
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


def _move(one: TrailEntry, calendar: Calendar, wanted: SlipsWanted) -> MovedDate:
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
        inside=_is_inside(one.on, wanted),
        logged=one.logged,
        commit=one.commit,
    )


def _is_inside(day: date | None, wanted: SlipsWanted) -> bool:
    if day is None:
        return wanted.since is None and wanted.until is None
    return (wanted.since is None or day >= wanted.since) and (
        wanted.until is None or day <= wanted.until
    )


def _fits(slip: Slip, wanted: SlipsWanted) -> bool:
    """Return whether a date was asked for: by what it belongs to, and by who has or moved it."""
    if not wanted.scope.has(role=None, process=slip.process, part_of=slip.part_of):
        return False
    if wanted.step is not None and (slip.step or "").partition("/")[0] != wanted.step:
        return False
    movers = {move.by for move in slip.moves}
    return wanted.who is None or wanted.who in (*slip.who, *movers)


def _state(standing: Standing, id_: str, step: str | None) -> CommitmentState | StepState | None:
    if step is None:
        return standing.commitments.get(id_)
    run = standing.runs.get(id_)
    return run.steps.get(step) if run else None


def _urgency(slip: Slip) -> tuple[bool, bool, int, int, int, str, str]:
    """Return the order: moved after they were due first, what is open before what is over.

    Then how often, and how far.
    """
    late = sum(move.late is True for move in slip.inside)
    far = abs(slip.dates.days or 0)
    is_over = slip.state is None or slip.state in _OVER
    times = len(slip.inside)
    return (not slip.is_late, is_over, -late, -times, -far, slip.id, slip.step or "")


def checked_step(ledger: Ledger, typed: str) -> str:
    """Return a step without its part; NextstepError where no process or run has one of that name."""
    base = typed.partition("/")[0]
    known = {step.base for process in ledger.processes.values() for step in process.steps}
    known |= {step.base for run in ledger.runs.values() for step in run.steps}
    if base in known:
        return base
    hint = did_you_mean(base, sorted(known)) or "`nextstep show PROCESS` lists the steps"
    raise NextstepError(f"--step: no process or run here has a step `{typed}`", hint)
