"""What a page about one thing says of others, and of what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from nextstep.dates.zones import local_day, local_time
from nextstep.model.events import UNDONE, Event, EventValue, instant_text
from nextstep.model.time import Due
from nextstep.reports.handles import Handles
from nextstep.reports.standing import Standing
from nextstep.runs.facts import Impossible, Move
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.order import named_by


class Link(Struct, frozen=True, kw_only=True):
    """Another record: what to type for it, what it is, who has it and where it stands.

    ``state`` is None where a file names something that is not in the ledger.
    """

    handle: str
    id: str
    what: str
    who: str | None = None
    state: str | None = None
    due: Due | None = None
    overdue: bool = False
    result: str | None = None


class Happening(Struct, frozen=True, kw_only=True):
    """An event of a log. ``at`` is the instant as the tool writes it, ``on`` the ledger's day.

    ``values`` are those of its line; of one that is ``undone`` also whose event it took back, and
    which, as ``of_by`` and ``of_event``.

    ``late`` is told of a ``moved``: whether it came after the date that it moved. An event that
    was ``undone`` no longer counts; an ``impossible`` one never did.
    """

    at: str
    on: date
    clock: str
    by: str
    event: str
    step: str | None = None
    values: Mapping[str, EventValue] = {}
    late: bool | None = None
    undone: bool = False
    impossible: bool = False


class Refused(Struct, frozen=True, kw_only=True):
    """An event that is impossible: where it stands in the log (from 1), why, what would be right."""

    number: int
    event: str
    on: date
    why: str
    right: str


def link(standing: Standing, handles: Handles, name: str) -> Link:
    """Return a link to a commitment or a run, or to a step of one (``run/step``)."""
    commitment = standing.ledger.commitments.get(name)
    if commitment is not None:
        state = standing.commitments[name]
        return Link(
            handle=handles.shortest(name),
            id=name,
            what=commitment.what,
            who=state.who,
            state=state.stage.value,
            due=state.due,
            overdue=state.overdue,
            result=state.closed.result if state.closed else None,
        )
    run_name, _, step = name.partition("/")
    run = standing.ledger.runs.get(run_name)
    if run is None:
        return Link(handle=name, id=name, what="")
    run_state = standing.runs[run_name]
    if step in run_state.steps:
        there = run_state.steps[step]
        return Link(
            handle=f"{handles.shortest(run_name)} {step}",
            id=name,
            what=filled_path(there.step.title, run.inputs, there.step.part),
            who=there.owner,
            state=run_state.stage_of(there).value,
            due=there.due,
            overdue=there.overdue,
            result=there.how.value if there.how else None,
        )
    return Link(
        handle=handles.shortest(run_name),
        id=run_name,
        what=f"{run.title} for {run.for_}" if run.for_ else run.title,
        who=run_state.owner,
        state=run_state.stage.value,
        due=run_state.promise_due,
        overdue=run_state.overdue,
        result=run_state.closed.result if run_state.closed else None,
    )


def happenings(  # noqa: PLR0913 - all of them are what is known of a log
    log: Iterable[Event],
    counting: Iterable[Event],
    impossible: Iterable[Impossible],
    moves: Iterable[Move],
    timezone: str,
    *,
    whole: Sequence[Event] | None = None,
) -> tuple[Happening, ...]:
    """Return the events of a log in order; those left out of ``counting`` were undone.

    ``whole`` is all of the log where only some of its events are wanted.
    """
    log = tuple(log)
    every = log if whole is None else whole
    counted = set(map(id, counting))
    refused = {id(one.event) for one in impossible}
    late = {(move.at, move.by): move.late for move in moves if not move.proposed}
    ordered = sorted(log, key=lambda event: (event.at, event.canonical))
    return tuple(
        Happening(
            at=instant_text(event.at),
            on=local_day(event.at, timezone),
            clock=f"{local_time(event.at, timezone):%H:%M}",
            by=event.by,
            event=event.event,
            step=event.step,
            values=values_of(event, every),
            late=late.get((event.at, event.by)) if event.event == "moved" else None,
            undone=event.event != UNDONE and id(event) not in counted | refused,
            impossible=id(event) in refused,
        )
        for event in ordered
    )


def values_of(event: Event, log: Sequence[Event]) -> Mapping[str, EventValue]:
    """Return what an event carries, and of an ``undone`` one which event of the log it named."""
    if event.event != UNDONE:
        return event.values
    named = named_by(event, log)
    if len(named) != 1:
        return event.values
    return {**event.values, "of_by": named[0].by, "of_event": named[0].event}


def refusals(impossible: Iterable[Impossible], timezone: str) -> tuple[Refused, ...]:
    """Return the impossible events, each with what would be right."""
    return tuple(
        Refused(
            number=one.event.index + 1,
            event=one.event.event,
            on=local_day(one.event.at, timezone),
            why=one.why,
            right=one.right,
        )
        for one in impossible
    )
