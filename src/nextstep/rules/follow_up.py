"""What nobody asked about: overdue in silence, proposed in vain, open for years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem
from nextstep.dates.workdays import add_months, working_days_between
from nextstep.dates.zones import local_day
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Rule, commitment_example
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.time import DueWord
from nextstep.rules.place import found_at
from nextstep.runs.states import CommitmentStage, CommitmentState, RunState, StepState

_QUIET_DAYS = 3
_DAYS_TO_ANSWER = 10
_OLD = 24
"""Months."""

_HEAD = "what: Send Lena the offer\nwho: dev\noutcome: She can decide\ndue: {}\nlog:\n"
_AGREED = "  - {at: 2026-11-02T09:00Z, by: dev, event: agreed, how: call}\n"
_PROPOSED = "  - {at: 2026-11-02T09:00Z, by: lena, event: proposed}\n"

OVERDUE_IN_SILENCE = Rule(
    code="NS440",
    name="overdue-without-follow-up",
    severity=Severity.WARNING,
    what=f"Something has been overdue for more than {_QUIET_DAYS} working days, and nothing has "
    "happened to it since its day.",
    why="On the day somebody asks how it went. Where nobody asks, a date is only a wish, and the "
    "next one will be believed less.",
    fix="Ask how it went, and write down what you heard: done, moved, noted or closed.",
    bad=commitment_example(_HEAD.format("2026-11-13") + _AGREED),
    good=commitment_example(
        _HEAD.format("2026-11-13")
        + _AGREED
        + "  - {at: 2026-11-16T09:00Z, by: mia, event: asked}\n"
    ),
)
NEVER_AGREED = Rule(
    code="NS441",
    name="proposed-and-never-agreed",
    severity=Severity.WARNING,
    what=f"Something was proposed, and {_DAYS_TO_ANSWER} working days or its own day have gone by "
    "without an answer.",
    why="One of the two believes that it is agreed. A proposal is never overdue, so that no list "
    "asks about it.",
    fix="Agree on it, with an `agreed` event, or close it as dropped with the reason.",
    bad=commitment_example(_HEAD.format("2026-12-11") + _PROPOSED),
    good=commitment_example(_HEAD.format("2026-12-11") + _PROPOSED + _AGREED.replace("02T", "03T")),
)
OPEN_FOR_YEARS = Rule(
    code="NS442",
    name="open-for-two-years",
    severity=Severity.WARNING,
    what="Something is open, and the last word on it is older than two years.",
    why="Nobody means to do it any more. It stays in every list, and hides what is meant.",
    fix="Agree on it anew with a date, or close it as dropped with the reason.",
    bad=commitment_example(_HEAD.format("asap") + _AGREED.replace("2026", "2024")),
    good=commitment_example(_HEAD.format("asap") + _AGREED),
)

RULES = (OVERDUE_IN_SILENCE, NEVER_AGREED, OPEN_FOR_YEARS)


def of_commitment(
    commitment: Commitment, state: CommitmentState | None, now: Now, calendar: Calendar
) -> Iterator[Diagnostic]:
    """Yield what nobody asked about; ``state`` is None for a commitment without a log."""
    events = state.events if state is not None else ()
    zone = calendar.timezone
    if state is not None and not state.is_live:
        return
    due = _day(commitment.due, zone)
    last = _last_word(due, events, zone)
    if last is not None and last < _years_ago(now.today):
        yield _old(commitment, last)
    elif state is not None and state.stage is CommitmentStage.PROPOSED:
        yield from _unanswered(commitment, due, events, now, calendar)
    elif due is not None and _is_quiet(due, _begun(events, zone), events, now.today, calendar):
        yield found_at(
            OVERDUE_IN_SILENCE,
            commitment.source,
            ("due",),
            _silent("this", due),
            hint="ask how it went, and add an event to `log`: done, moved, noted or closed",
        )


def of_run(run: Run, state: RunState, now: Now, calendar: Calendar) -> Iterator[Diagnostic]:
    """Yield the open steps of a run that nobody asked about, or that the run itself is old."""
    if not state.is_live:
        return
    zone = calendar.timezone
    days = [_day(step.due, zone) for step in state.steps.values()]
    latest = max((day for day in (run.started, *days) if day is not None), default=None)
    last = _last_word(latest, state.events, zone)
    if last is not None and last < _years_ago(now.today):
        yield _old(run, last)
        return
    for step in state.steps.values():
        due = _day(step.due, zone)
        if step.is_next and step.overdue and due is not None:
            told = [event for event in state.events if event.step in (None, step.id)]
            if _is_quiet(due, run.started, told, now.today, calendar):
                yield _silent_step(run, step, due)


def _day(due: date | DueWord | None, zone: str) -> date | None:
    return None if due is None or isinstance(due, DueWord) else local_day(due, zone)


def _last_word(day: date | None, events: Sequence[Event], zone: str) -> date | None:
    """Return the later of a day and of the last event."""
    told = local_day(events[-1].at, zone) if events else None
    return max((one for one in (day, told) if one is not None), default=None)


def _years_ago(today: date) -> date:
    try:
        return add_months(today, -_OLD)
    except DateProblem:  # today is in one of the first years there are
        return date.min


def _begun(events: Sequence[Event], zone: str) -> date | None:
    """Return the day on which something was agreed or proposed."""
    agreed = (event for event in events if event.event in ("agreed", "proposed"))
    first = next(agreed, None)
    return None if first is None else local_day(first.at, zone)


def _is_quiet(
    due: date, begun: date | None, events: Sequence[Event], today: date, calendar: Calendar
) -> bool:
    """Return whether something is well overdue, and no event stands in its log from that day on.

    A day before it was begun is wrong in another way, and not looked at here.
    """
    return (
        due < today
        and (begun is None or begun <= due)
        and working_days_between(due, today, calendar) > _QUIET_DAYS
        and not any(local_day(event.at, calendar.timezone) >= due for event in reversed(events))
    )


def _silent(name: str, due: date) -> str:
    """Return the message: it stays the same from day to day, so that a baseline knows it."""
    return f"{name} was due on {due}, and nothing has been said since"


def _silent_step(run: Run, step: StepState, due: date) -> Diagnostic:
    return found_at(
        OVERDUE_IN_SILENCE,
        run.source,
        ("steps", step.step.index, "due" if step.due_agreed else "rule"),
        _silent(f"`{step.id}`", due),
        hint="ask how it went, and add an event to `log`: done, moved, noted or asked",
    )


def _unanswered(
    commitment: Commitment,
    due: date | None,
    events: Sequence[Event],
    now: Now,
    calendar: Calendar,
) -> Iterator[Diagnostic]:
    proposed = next(event for event in events if event.event == "proposed")
    day = local_day(proposed.at, calendar.timezone)
    is_past = due is not None and due < now.today
    if is_past or working_days_between(day, now.today, calendar) > _DAYS_TO_ANSWER:
        yield found_at(
            NEVER_AGREED,
            commitment.source,
            ("log", proposed.index, "event"),
            f"this was proposed on {day} and never agreed",
            hint="agree on it with an `agreed` event, or close it as dropped with `why`",
        )


def _old(record: Commitment | Run, last: date) -> Diagnostic:
    return found_at(
        OPEN_FOR_YEARS,
        record.source,
        ("what",) if isinstance(record, Commitment) else ("title",),
        f"this is open, and the last word on it is of {last}",
        hint="agree on it anew with a date, or close it as dropped with `why`",
    )
