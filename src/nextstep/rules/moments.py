"""Days against the order of events: nothing is due before it was agreed, or told before it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from nextstep.dates.now import Now
from nextstep.dates.zones import local_day
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, commitment_example
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.source import Keys, Source
from nextstep.rules.place import found_at

_HEAD = "what: Send Lena the offer\nwho: dev\noutcome: She can decide\ndue: {}\nlog:\n"
_AGREED = "  - {{at: {}, by: dev, event: agreed, how: call}}\n"


def _logged(due: str, agreed: str, more: str = "") -> Example:
    return commitment_example(_HEAD.format(due) + _AGREED.format(agreed) + more)


_GOOD = _logged("2026-11-27", "2026-11-12T15:10Z")

DUE_BEFORE_AGREED = Rule(
    code="NS317",
    name="due-before-agreed",
    severity=Severity.WARNING,
    what="Something is due before the day on which it was agreed, or the run began.",
    why="It was late before anybody could begin. Often the year or the month is mistyped.",
    fix="Correct the date, or agree on a new one.",
    bad=_logged("2025-11-27", "2026-11-12T15:10Z"),
    good=_GOOD,
)
EVENT_AHEAD = Rule(
    code="NS318",
    name="event-in-the-future",
    severity=Severity.WARNING,
    what="The `at` of an event is more than a day ahead of now.",
    why="An event is a fact. A date in the future is a slip of the pen or a clock that runs ahead, "
    "and events that come later would be read in the wrong order.",
    fix="Correct the `at`; for what is planned, write a commitment.",
    bad=_logged("2026-11-27", "2027-11-12T15:10Z"),
    good=_GOOD,
)
EVENT_BEFORE_AGREED = Rule(
    code="NS319",
    name="event-before-the-agreement",
    severity=Severity.WARNING,
    what="Something was moved, done, offered or closed before it was agreed, or before its run "
    "began.",
    why="The order of the log says what happened; here it cannot have happened so.",
    fix="Correct the `at` of one of the two, or begin the log with `proposed`.",
    bad=_logged(
        "2026-11-27",
        "2026-11-12T15:10Z",
        '  - {at: 2026-11-10T09:00Z, by: dev, event: moved, to: 2026-11-27, why: "holiday"}\n',
    ),
    good=_logged(
        "2026-11-27",
        "2026-11-12T15:10Z",
        '  - {at: 2026-11-13T09:00Z, by: dev, event: moved, to: 2026-11-27, why: "holiday"}\n',
    ),
)

RULES = (DUE_BEFORE_AGREED, EVENT_AHEAD, EVENT_BEFORE_AGREED)
_ONCE_AGREED = frozenset(
    {"moved", "offered", "accepted", "returned", "done", "closed", "asked", "blocked", "reopened"}
)


def latest_allowed(now: Now) -> datetime:
    """Return the instant after which an event lies in the future: clocks may differ by a day."""
    ahead = timedelta(days=2 if now.bare else 1)
    return now.instant + min(ahead, datetime.max.replace(tzinfo=UTC) - now.instant)


def of_commitment(
    commitment: Commitment, events: tuple[Event, ...], latest: datetime, timezone: str
) -> Iterator[Diagnostic]:
    """Yield what cannot be in the days of a commitment; ``events`` count and are in order."""
    if not events:
        return
    if events[-1].at > latest:
        yield from ahead(commitment.source, events, latest)
    agreed = next((event for event in events if event.event in ("agreed", "proposed")), None)
    if agreed is None:
        return
    due, place = _first_due(commitment, events)
    if due is not None and due <= agreed.at.date() and due < local_day(agreed.at, timezone):
        yield found_at(
            DUE_BEFORE_AGREED,
            commitment.source,
            place,
            f"`{due}` is before it was {agreed.event}, on {local_day(agreed.at, timezone)}",
            hint="correct the date, or agree on a new one",
        )
    if agreed is not events[0] and agreed.event == "agreed":
        yield from _too_early(commitment.source, events, agreed)


def ahead(source: Source, events: tuple[Event, ...], latest: datetime) -> Iterator[Diagnostic]:
    """Yield a finding for each event that lies in the future."""
    for event in events:
        if event.at > latest:
            yield found_at(
                EVENT_AHEAD,
                source,
                ("log", event.index, "at"),
                f"this `{event.event}` is dated in the future",
                hint="correct the `at`; for what is planned, write a commitment",
            )


def _first_due(commitment: Commitment, events: tuple[Event, ...]) -> tuple[date | None, Keys]:
    """Return the day that was agreed first, and where it is written."""
    moved = next((event for event in events if event.event == "moved"), None)
    if moved is None:
        return _day(commitment.due), ("due",)
    return _day(moved.values.get("from")), ("log", moved.index, "from")


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _too_early(source: Source, events: tuple[Event, ...], agreed: Event) -> Iterator[Diagnostic]:
    for event in events[: events.index(agreed)]:
        if event.event in _ONCE_AGREED:
            yield found_at(
                EVENT_BEFORE_AGREED,
                source,
                ("log", event.index, "at"),
                f"this was {event.event} before it was agreed",
                hint="correct the `at` of one of the two, or begin the log with `proposed`",
            )


def of_run(
    run: Run, events: tuple[Event, ...], latest: datetime, timezone: str
) -> Iterator[Diagnostic]:
    """Yield what cannot be in the days of a run; ``events`` count and are in order."""
    if events and events[-1].at > latest:
        yield from ahead(run.source, events, latest)
    if run.started is None:
        return
    for event in events:
        if local_day(event.at, timezone) >= run.started:
            break
        if event.event in _ONCE_AGREED and event.event != "moved":
            yield found_at(
                EVENT_BEFORE_AGREED,
                run.source,
                ("log", event.index, "at"),
                f"this `{event.event}` is before the run started, on {run.started}",
                hint="correct the `at`, or `started`",
            )
    for step in run.steps:
        due = _day(step.due)
        if due is not None and due < run.started and step.mark is None:
            yield found_at(
                DUE_BEFORE_AGREED,
                run.source,
                ("steps", step.index, "due"),
                f"`{due}` is before the run started, on {run.started}",
                hint="correct the date, or agree on a new one",
            )
