"""The report of `nextstep calendar`: what has a day, and is looked back on then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.zones import local_day, moment
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.time import Due
from nextstep.reports.filters import Scope
from nextstep.reports.handles import Handles
from nextstep.reports.standing import Standing
from nextstep.reports.unread import Unread, unread_files
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import CommitmentStage, How, RunState, StepStage, StepState

_QUIET = frozenset("asked blocked feedback noted ticked trained unblocked".split())
_NOT_CARRIED_OUT = frozenset({How.SKIPPED, How.WAIVED, How.NOT_NEEDED})


class Wish(Struct, frozen=True, kw_only=True):
    """What the calendar is to hold.

    ``me`` is for whom, None for everybody; ``follow_ups`` asks for what others have and ``me``
    asks about. ``closed`` adds what is over.
    """

    me: str | None = None
    follow_ups: bool = False
    closed: bool = False
    scope: Scope = Scope()


class Entry(Struct, frozen=True, kw_only=True):
    """One thing with the day on which it is looked back on.

    ``kind`` is ``commitment``, ``step``, ``run`` (its promise) or ``mark`` (a day nobody does).
    ``due`` is a day, an instant in UTC, or None where there is none. ``asker`` asks how it went.
    ``is_done`` tells that the work exists. ``over`` is the result of what is over, else None, and
    ``over_at`` since when. ``changes`` counts the lines of the log that may have changed the day
    or the person: it never gets less. ``last`` is the moment of the last line.
    """

    id: str
    step: str | None = None
    kind: str
    handle: str
    what: str
    due: date | None
    title: str | None = None
    customer: str | None = None
    outcome: str | None = None
    who: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    asker: str | None = None
    is_done: bool = False
    over: str | None = None
    over_at: datetime | None = None
    changes: int = 0
    last: datetime | None = None

    @property
    def is_dropped(self) -> bool:
        """Whether it is over and was not carried out."""
        return self.over in ("dropped", "missed", *_NOT_CARRIED_OUT)


class CalendarReport(Struct, frozen=True, kw_only=True):
    """The entries by day, those without one last. ``root`` and ``names`` are for their words."""

    root: str
    today: date
    wish: Wish
    entries: tuple[Entry, ...]
    names: dict[str, str]
    unread: tuple[Unread, ...]

    @property
    def undated(self) -> int:
        """How many entries have no day."""
        return sum(entry.due is None for entry in self.entries)


def calendar_report(standing: Standing, wish: Wish) -> CalendarReport:
    """Return what the wish asks for, by due date. What is only proposed is asked about by nobody."""
    zone = standing.ledger.timezone
    people = standing.ledger.settings.people
    entries = [entry for entry in _Entries(standing).all() if _is_wanted(entry, wish)]
    return CalendarReport(
        root=standing.ledger.root,
        today=standing.now.today,
        wish=wish,
        entries=tuple(sorted(entries, key=lambda entry: _order(entry, zone))),
        names={name: person.name or name for name, person in people.items()},
        unread=unread_files(standing.ledger),
    )


class _Entry(Entry, frozen=True, kw_only=True):
    """An entry with what it is chosen by."""

    process: str | None = None
    part_of: str | None = None


def _is_wanted(entry: _Entry, wish: Wish) -> bool:
    if entry.over is not None and not wish.closed:
        return False
    if not wish.scope.has(role=None, process=entry.process, part_of=entry.part_of):
        return False
    if wish.me is None:
        return True
    if wish.follow_ups:
        return entry.asker == wish.me and bool(entry.who) and wish.me not in entry.who
    return wish.me in entry.who


def _order(entry: Entry, zone: str) -> tuple[date, str, str]:
    day = date.max if entry.due is None else local_day(entry.due, zone)
    return day, entry.id, entry.step or ""


class _Entries:
    """Makes an entry of everything in a ledger that somebody looks back on."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._handles = Handles(standing.ledger)

    def all(self) -> Iterator[_Entry]:
        """Yield the commitments that are agreed, then the runs with their steps."""
        ledger = self._standing.ledger
        for commitment in ledger.commitments.values():
            if self._standing.commitments[commitment.id].stage is not CommitmentStage.PROPOSED:
                yield self._commitment(commitment)
        for run in ledger.runs.values():
            state = self._standing.runs[run.id]
            if state.promise_due is not None:
                yield self._run(run, state)
            for step in state.steps.values():
                yield self._step(run, state, step)

    def _commitment(self, commitment: Commitment) -> _Entry:
        state = self._standing.commitments[commitment.id]
        closed = state.closed if state.stage is CommitmentStage.CLOSED else None
        return _Entry(
            id=commitment.id,
            kind="commitment",
            handle=self._handles.shortest(commitment.id),
            what=commitment.what,
            due=self._day(state.due),
            outcome=commitment.outcome,
            who=(state.who,) if state.who else (),
            with_=state.with_,
            asker=self._standing.partner(commitment),
            is_done=state.stage is not CommitmentStage.OPEN,
            over=(closed.result or "closed") if closed else None,
            over_at=closed.at if closed else None,
            changes=_changes(commitment.log),
            last=_last(commitment.log),
            part_of=commitment.part_of,
        )

    def _run(self, run: Run, state: RunState) -> _Entry:
        closed = state.closed
        return _Entry(
            id=run.id,
            kind="run",
            handle=self._handles.shortest(run.id),
            what=run.title,
            due=self._day(state.promise_due),
            customer=run.for_,
            outcome=run.promise.text if run.promise else run.provides,
            who=(state.owner,) if state.owner else (),
            asker=state.owner,
            over=(closed.result or "closed") if closed else None,
            over_at=closed.at if closed else None,
            changes=_changes(run.log),
            last=_last(run.log),
            process=run.process,
            part_of=run.part_of,
        )

    def _step(self, run: Run, state: RunState, step: StepState) -> _Entry:
        is_mark = step.step.mark is not None
        over, over_at = _end_of(state, step)
        return _Entry(
            id=run.id,
            step=step.id,
            kind="mark" if is_mark else "step",
            handle=f"{self._handles.shortest(run.id)} {step.id}",
            what=filled_path(step.step.title, run.inputs, step.step.part),
            due=self._day(step.due),
            title=run.title,
            customer=run.for_,
            outcome=step.step.done_when,
            who=() if is_mark else _people_of(step),
            with_=step.with_,
            asker=None if is_mark else self._standing.step_partner(state, step),
            is_done=step.stage in (StepStage.DONE, StepStage.OFFERED) or step.is_finished,
            over=over,
            over_at=over_at,
            changes=_changes(run.log),
            last=_last(run.log),
            process=run.process,
            part_of=run.part_of,
        )

    def _day(self, due: Due | None) -> date | None:
        """Return a day, or an instant in UTC."""
        if isinstance(due, datetime):
            return moment(due, self._standing.ledger.timezone)
        return due if isinstance(due, date) else None


def _people_of(step: StepState) -> tuple[str, ...]:
    """Return whose vote is missing or will be, else the one who has it."""
    if step.awaited:
        return step.awaited
    if step.step.is_gate and step.stage is StepStage.WAITING and step.who:
        return step.who
    return (step.owner,) if step.owner else ()


def _end_of(run: RunState, step: StepState) -> tuple[str | None, datetime | None]:
    """Return how and when a step was over: finished, or left when its run was closed."""
    if step.is_finished and step.step.mark is None:
        return step.how.value if step.how else "done", step.finished_at
    if run.closed is not None and not run.is_live:
        return "dropped", run.closed.at
    return None, None


def _changes(log: Sequence[Event]) -> int:
    """Count the lines that may have changed a day or a person.

    Also those that were taken back, and that which did: a calendar takes an entry only for newer
    if the count is higher. In a run a step may move with any other.
    """
    return sum(event.event not in _QUIET for event in log)


def _last(log: Sequence[Event]) -> datetime | None:
    return max((event.at for event in log), default=None)
