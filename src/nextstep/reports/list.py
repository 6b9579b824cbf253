"""The report of `nextstep list`: everything in a ledger that passes some filters, in any state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from nextstep.dates.workdays import local_day
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.model.time import DueWord
from nextstep.reports.filters import Scope, names_nobody
from nextstep.reports.row_making import RowMaker
from nextstep.reports.rows import Row
from nextstep.reports.standing import Standing
from nextstep.reports.unread import Unread, unread_files
from nextstep.runs.plans import plans

KINDS = ("commitment", "run", "step", "plan")
OVER = frozenset({"closed", "dropped", "finished"})
STATES = (
    *("proposed", "open", "done", "closed"),
    *("waiting", "ready", "offered", "finished", "ready to close", "dropped"),
    *("blocked", "all"),
)


class Wanted(Struct, frozen=True, kw_only=True):
    """Which things to list; what is empty or None does not narrow.

    ``states`` are of `STATES`; without any, what is over is left out. ``who`` has it; ``pair`` are
    two people, either of whom has something for the other (None: anybody) or asks how it went.
    ``text`` occurs in what
    it is or in its outcome, in exactly these letters, large or small. ``due_from`` and ``due_to``
    are the first and last day.
    """

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    who: str | None = None
    pair: tuple[str | None, str] | None = None
    scope: Scope = Scope()
    customer: str | None = None
    text: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    overdue: bool = False


class Way(Struct, frozen=True):
    """A direction of a pair: ``who`` has it for ``whom``, or is asked by them how it went."""

    who: str | None
    whom: str | None
    asked: bool = False


class Group(Struct, frozen=True):
    """Rows that belong together: all of them, or one direction of a pair."""

    rows: tuple[Row, ...]
    way: Way | None = None


class ListReport(Struct, frozen=True, kw_only=True):
    """What was found. ``over`` counts what passes but is left out because it is over.

    ``solo`` tells that the ledger names nobody.
    """

    today: date
    calendar: Calendar
    wanted: Wanted
    groups: tuple[Group, ...]
    over: int
    solo: bool
    unread: tuple[Unread, ...]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(group.rows) for group in self.groups)


def list_report(standing: Standing, wanted: Wanted) -> ListReport:
    """Return what passes the filters, by due date, what has none last."""
    found = [row for row in _rows(standing, wanted) if _passes(row, wanted, standing)]
    listed = [row for row in found if _is_in_state(row, wanted)]
    over = 0 if wanted.states else sum(row.state in OVER for row in found)
    listed.sort(key=lambda row: _order(row, standing))
    return ListReport(
        today=standing.now.today,
        calendar=standing.ledger.calendar,
        wanted=wanted,
        groups=_groups(listed, wanted, standing),
        over=over,
        solo=names_nobody(standing.ledger),
        unread=unread_files(standing.ledger),
    )


def _rows(standing: Standing, wanted: Wanted) -> Iterator[Row]:
    """Yield a row for everything of the kinds asked for.

    Without a kind these are commitments and runs; where somebody's part is asked for, steps stand
    for the runs, because they are what a person has.
    """
    maker = RowMaker(standing)
    personal = wanted.who or wanted.pair or wanted.scope.role
    kinds = wanted.kinds or (("commitment", "step") if personal else ("commitment", "run"))
    if "commitment" in kinds:
        for name in standing.commitments:
            yield maker.commitment(name)
    for name, run in standing.runs.items():
        if "run" in kinds:
            yield maker.run(name)
        if "step" in kinds:
            yield from (maker.step(name, step) for step in run.steps)
    if "plan" in kinds:
        yield from _plans(standing, maker)


def _plans(standing: Standing, maker: RowMaker) -> Iterator[Row]:
    """Yield a row for each plan: the names in ``part_of`` that are no process."""
    ledger, zone = standing.ledger, standing.now.timezone
    records: tuple[Commitment | Run, ...] = (
        *ledger.commitments.values(),
        *ledger.runs.values(),
    )
    parts = [(one.id, (one.part_of or "").partition(".")[0] or None) for one in records]
    for name, plan in plans(parts, standing.commitments, standing.runs).items():
        if name in ledger.processes:
            continue
        live = [_member(maker, one) for one in plan.open]
        dates = [row.due for row in live if isinstance(row.due, date)]
        yield Row(
            handle=maker.handles.shortest(name),
            id=name,
            kind="plan",
            state="open" if live else "closed",
            path="",
            what=name,
            who=tuple(sorted({who for row in live for who in row.who})),
            due=min(dates, key=lambda due: local_day(due, zone), default=None),
            overdue=bool(plan.late),
            parts=len(plan.kept) + len(plan.open) + len(plan.not_kept),
            open_parts=len(live),
        )


def _member(maker: RowMaker, name: str) -> Row:
    return maker.commitment(name) if name in maker.standing.commitments else maker.run(name)


def _passes(row: Row, wanted: Wanted, standing: Standing) -> bool:
    """Return whether a row passes every filter but the one of states."""
    day = None
    if row.due is not None and not isinstance(row.due, DueWord):
        day = local_day(row.due, standing.now.timezone)
    part_of = row.id if row.kind == "plan" else row.part_of
    checks = (
        wanted.who is None or wanted.who in (*row.who, *row.offered_to),
        wanted.pair is None or bool(_ways(row, wanted.pair, standing)),
        wanted.scope.has(role=row.role, process=row.process, part_of=part_of),
        wanted.customer is None or _same(wanted.customer, row.customer),
        wanted.text is None or _says(row, wanted.text),
        wanted.due_from is None or (day is not None and day >= wanted.due_from),
        wanted.due_to is None or (day is not None and day <= wanted.due_to),
        row.overdue or not wanted.overdue,
    )
    return all(checks)


def _is_in_state(row: Row, wanted: Wanted) -> bool:
    if "all" in wanted.states:
        return True
    if not wanted.states:
        return row.state not in OVER
    is_blocked = row.blocked is not None and row.state not in OVER
    return row.state in wanted.states or ("blocked" in wanted.states and is_blocked)


def _ways(row: Row, pair: tuple[str | None, str], standing: Standing) -> tuple[Way, ...]:
    """Return in which directions of a pair a row goes."""
    one, other = pair
    takers = {*row.whom, *row.offered_to, *(name for after in row.then for name in after.who)}
    takers -= set(row.who)
    found = []
    if other in takers and (one is None or one in row.who):
        found.append(Way(one, other))
    if other in row.who and (one in takers or (one is None and takers)):
        found.append(Way(other, one))
    return tuple(found) or _asked(row, pair, standing)


def _asked(row: Row, pair: tuple[str | None, str], standing: Standing) -> tuple[Way, ...]:
    """Return the direction in which one of a pair only asks the other how it went."""
    one, other = pair
    partner = _partner(row, standing)
    if not row.who or partner is None or partner in row.who:
        return ()
    if partner == other and (one is None or one in row.who):
        return (Way(one, other, asked=True),)
    if partner == one and other in row.who:
        return (Way(other, one, asked=True),)
    return ()


def _partner(row: Row, standing: Standing) -> str | None:
    if row.kind == "commitment":
        return standing.partner(standing.ledger.commitments[row.id])
    if row.kind == "step" and row.step is not None:
        run = standing.runs[row.id]
        return standing.step_partner(run, run.steps[row.step])
    return None


def _groups(rows: list[Row], wanted: Wanted, standing: Standing) -> tuple[Group, ...]:
    """Return the rows as one group, or one for each direction of a pair."""
    if wanted.pair is None:
        return (Group(tuple(rows)),) if rows else ()
    one, other = wanted.pair
    going: dict[Way, list[Row]] = {
        Way(who, whom, asked): []
        for asked in (False, True)
        for who, whom in ((one, other), (other, one))
    }
    for row in rows:
        for way in _ways(row, wanted.pair, standing):
            going[way].append(row)
    return tuple(Group(tuple(some), way) for way, some in going.items() if some)


def _order(row: Row, standing: Standing) -> tuple[date, str, str]:
    day = date.max
    if row.due is not None and not isinstance(row.due, DueWord):
        day = local_day(row.due, standing.now.timezone)
    return (day, row.id, row.step or "")


def _says(row: Row, text: str) -> bool:
    folded = text.casefold()
    words = (row.what, row.outcome, row.title, row.customer, row.id)
    return any(folded in part.casefold() for part in words if part)


def _same(name: str, other: str | None) -> bool:
    return other is not None and name.casefold() == other.casefold()
