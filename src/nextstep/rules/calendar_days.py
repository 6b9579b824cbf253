"""Agreed days against the calendar and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.ledger import Ledger
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.model.process import Step
from nextstep.model.source import Keys, Source
from nextstep.rules.ended import finished_steps, has_ended
from nextstep.rules.order import order_of_run
from nextstep.rules.place import found_at

_CALENDAR = """\
calendar:
  closed: [2026-12-25]
  holidays: {country: DE, from: 2026-01-01, to: 2026-12-31}
"""
_OFFER = "commitments/2026/11/offer-k3f9.yaml"
_PRICES = "commitments/2026/11/prices-7qhd.yaml"


def _commitment(due: str, more: str = "") -> str:
    return f"what: Send Lena the offer\noutcome: She can decide\ndue: {due}\n{more}"


PAST_KNOWN_HOLIDAYS = Rule(
    code="NS313",
    name="date-past-the-known-holidays",
    severity=Severity.WARNING,
    what="Something open is due on a day for which public holidays are not written out.",
    why="Working days are counted as if there were no holidays then, and dates come out too early.",
    fix="Write out the holidays of the next years under `closed`, and correct `holidays`: "
    "`nextstep init --holidays` does both.",
    bad=Example({"nextstep.yaml": _CALENDAR, _OFFER: _commitment("2027-01-08")}),
    good=Example({"nextstep.yaml": _CALENDAR, _OFFER: _commitment("2026-12-08")}),
)
DUE_ON_A_CLOSED_DAY = Rule(
    code="NS320",
    name="due-on-a-closed-day",
    severity=Severity.WARNING,
    what="Something open is due on a day that the calendar says is closed.",
    why="Nobody works on that day, so it will be done before it, or late.",
    fix="Agree on a day that is worked.",
    bad=Example({"nextstep.yaml": _CALENDAR, _OFFER: _commitment("2026-12-25")}),
    good=Example({"nextstep.yaml": _CALENDAR, _OFFER: _commitment("2026-12-23")}),
)
DUE_BEFORE_WHAT_IT_WAITS_FOR = Rule(
    code="NS321",
    name="due-before-what-it-waits-for",
    severity=Severity.WARNING,
    what="Something is due before another that it waits for.",
    why="If both are on time, one of them is late: the two dates were never looked at together.",
    fix="Agree on a later date for the one, or an earlier one for the other.",
    bad=Example(
        {
            _PRICES: _commitment("2026-12-04"),
            _OFFER: _commitment("2026-11-27", "after: [prices-7qhd]\n"),
        }
    ),
    good=Example(
        {
            _PRICES: _commitment("2026-11-25"),
            _OFFER: _commitment("2026-11-27", "after: [prices-7qhd]\n"),
        }
    ),
)

AWAY_BACKWARDS = Rule(
    code="NS322",
    name="away-that-ends-before-it-begins",
    severity=Severity.ERROR,
    what="Somebody is away until a day that comes before the first one.",
    why="It counts as no absence at all, so nobody sees that they are away.",
    fix="Write the first day as `from` and the last one as `to`.",
    bad=Example(
        {"nextstep.yaml": "people:\n  eva: {away: [{from: 2026-12-27, to: 2026-12-21}]}\n"}
    ),
    good=Example(
        {"nextstep.yaml": "people:\n  eva: {away: [{from: 2026-12-21, to: 2026-12-27}]}\n"}
    ),
)

RULES = (
    PAST_KNOWN_HOLIDAYS,
    DUE_ON_A_CLOSED_DAY,
    DUE_BEFORE_WHAT_IT_WAITS_FOR,
    AWAY_BACKWARDS,
)


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield the agreed days, from today on, that do not fit the calendar or each other."""
    del before
    judge = _Judge(ledger.calendar, now.today)
    looks = judge.looks
    for commitment in ledger.commitments.values():
        due = commitment.due
        if looks and type(due) is date and judge.is_odd(due) and not has_ended(commitment):
            yield from judge.day(commitment.source, ("due",), commitment.id, due)
        if commitment.after and not has_ended(commitment):
            yield from _order_of(ledger, commitment)
    for run in ledger.runs.values():
        if not has_ended(run):
            yield from _of_run(run, judge)
    yield from judge.beyond(ledger)
    yield from _absences(ledger)


class _Judge:
    """The calendar, and what was found beyond its end: that is said once, where it ends."""

    def __init__(self, calendar: Calendar, today: date) -> None:
        self.calendar = calendar
        self.today = today
        self.looks = bool(calendar.closed) or calendar.known is not None
        self.first_beyond: tuple[date, str] | None = None

    def is_odd(self, day: date) -> bool:
        known = self.calendar.known
        return day >= self.today and (
            day in self.calendar.closed or (known is not None and day > known[1])
        )

    def day(self, source: Source, keys: Keys, name: str, day: date) -> Iterator[Diagnostic]:
        if day in self.calendar.closed:
            yield found_at(
                DUE_ON_A_CLOSED_DAY,
                source,
                keys,
                f"`{day}` is a closed day",
                hint="agree on a day that is worked",
            )
        elif self.first_beyond is None or (day, name) < self.first_beyond:
            self.first_beyond = (day, name)

    def beyond(self, ledger: Ledger) -> Iterator[Diagnostic]:
        source, known = ledger.settings.source, self.calendar.known
        if self.first_beyond is None or source is None or known is None:
            return
        day, name = self.first_beyond
        yield found_at(
            PAST_KNOWN_HOLIDAYS,
            source,
            ("calendar", "holidays", "to"),
            f"public holidays are written out up to `{known[1]}`, and `{name}` is due on {day}",
            hint="write out the holidays after it: `nextstep init --holidays` does it",
        )


def _absences(ledger: Ledger) -> Iterator[Diagnostic]:
    source = ledger.settings.source
    for person in ledger.settings.people.values():
        for index, absence in enumerate(person.away):
            if absence.last < absence.first and source is not None:
                yield found_at(
                    AWAY_BACKWARDS,
                    source,
                    ("people", person.id, "away", index, "to"),
                    f"`{absence.last}` comes before `{absence.first}`",
                    hint="write the first day as `from` and the last one as `to`",
                )


def _order_of(ledger: Ledger, commitment: Commitment) -> Iterator[Diagnostic]:
    for index, name in enumerate(commitment.after):
        other = ledger.commitments.get(name)
        if other is not None and _is_before(commitment.due, other.due) and not has_ended(other):
            yield found_at(
                DUE_BEFORE_WHAT_IT_WAITS_FOR,
                commitment.source,
                ("after", index),
                f"this is due on {commitment.due}, and `{name}`, which comes first, on {other.due}",
                hint="agree on a later date for this one, or an earlier one for the other",
            )


def _is_before(due: object, other: object) -> bool:
    """Return whether one day is before another; instants are left to those who agreed them."""
    return type(due) is date and type(other) is date and due < other


def _of_run(run: Run, judge: _Judge) -> Iterator[Diagnostic]:
    finished = finished_steps(run)
    open_steps = {step.id: step for step in run.steps if step.id not in finished}
    graph = order_of_run(run)
    for step in open_steps.values():
        due = step.due
        if step.mark is None and type(due) is date and judge.is_odd(due):
            yield from judge.day(run.source, ("steps", step.index, "due"), run.id, due)
        for name in graph.get(step.id, ()):
            earlier = open_steps.get(name)
            if earlier is not None and _is_before(_day(step), _day(earlier)):
                yield found_at(
                    DUE_BEFORE_WHAT_IT_WAITS_FOR,
                    run.source,
                    ("steps", step.index, "due"),
                    f"`{step.id}` is due on {_day(step)}, and `{name}`, which comes first, on "
                    f"{_day(earlier)}",
                    hint="agree on a later date for this one, or an earlier one for the other",
                )


def _day(step: Step) -> date | None:
    due = step.due
    return due if isinstance(due, date) and not isinstance(due, datetime) else None
