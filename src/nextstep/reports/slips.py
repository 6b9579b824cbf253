"""`nextstep slips`: which dates were moved, how often and how far, before or after they were due."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.files.ledger import Ledger
from nextstep.model.calendar import Calendar
from nextstep.reports.filters import Scope
from nextstep.reports.slips_carried import Carried, carried_over
from nextstep.reports.slips_entries import Slip, slips_of
from nextstep.reports.slips_tallies import Tallies, tallies_of
from nextstep.reports.standing import Standing
from nextstep.reports.trail import Known, known_of
from nextstep.reports.trail_entries import entries
from nextstep.reports.trail_records import Records
from nextstep.reports.unread import Unread, unread_files
from nextstep.trail.facts import Fact, Trail

_OVER = ("closed", "dropped", "finished")


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

    def covers(self, day: date | None) -> bool:
        """Whether a day was asked for: one that is not known only where every day was."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


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
    every = list(slips_of(told, standing, wanted.covers))
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


def _fits(slip: Slip, wanted: SlipsWanted) -> bool:
    """Return whether a date was asked for: by what it belongs to, and by who has or moved it."""
    if not wanted.scope.has(role=None, process=slip.process, part_of=slip.part_of):
        return False
    if wanted.step is not None and (slip.step or "").partition("/")[0] != wanted.step:
        return False
    movers = {move.by for move in slip.moves}
    return wanted.who is None or wanted.who in (*slip.who, *movers)


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
