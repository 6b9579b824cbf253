"""What was done to runs and their steps between two versions of a ledger."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from nextstep.model.commitment import Run
from nextstep.reports.review_changes import (
    Change,
    News,
    Sides,
    concerned,
    edits_of,
    links_to,
    log_change,
    moved,
    news,
)
from nextstep.reports.standing import Standing
from nextstep.rules.pairs import Pair
from nextstep.runs.states import RunState, StepState

_BY_EVENT = frozenset({"inputs", "people"})
_TOLD = ("handed", "reopened", "done", "noted")


def told(sides: Sides, pair: Pair) -> Iterator[Change]:
    """Yield what was done to a run."""
    before, after = pair.before, pair.now
    if isinstance(before, Run) and isinstance(after, Run):
        yield from _done_to(sides, pair, before, after)
    elif isinstance(after, Run):
        whole = _change(sides.after, sides.handles.shortest(after.id), after.id)
        yield replace(whole, kind="started")
    elif isinstance(before, Run):
        whole = _change(sides.before, sides.old_handles.shortest(before.id), before.id)
        closed = sides.before.runs[before.id].closed
        yield replace(whole, kind="deleted", closed=closed)


def _done_to(sides: Sides, pair: Pair, before: Run, after: Run) -> Iterator[Change]:
    state = sides.after.runs[after.id]
    moves = [move for step in state.steps.values() for move in step.moves]
    found = news(pair, sides.timezone, state.events, state.impossible, moves)
    whole = replace(
        _change(sides.after, sides.handles.shortest(after.id), after.id),
        was=before.id if before.id != after.id else None,
    )
    yield from log_change(whole, pair, sides.timezone)
    for step in state.steps.values():
        yield from _step(sides.before.runs[before.id], whole, step, found)
    yield from _changed(whole, found)
    for kind in _TOLD:
        happened = found.of(kind)
        if happened:
            yield replace(whole, kind=kind, happened=happened)
    if found.of("closed"):
        yield replace(
            whole,
            kind="closed",
            closed=state.closed,
            on_time=state.promise_kept,
            next=links_to(sides, state.closed),
            happened=found.of("closed"),
        )


def title_of(run: Run) -> str:
    """Return how a run is called: its title, and for whom it is."""
    return f"{run.title} for {run.for_}" if run.for_ else run.title


def _change(standing: Standing, handle: str, name: str) -> Change:
    run, state = standing.ledger.runs[name], standing.runs[name]
    return Change(
        kind="changed",
        record="run",
        id=name,
        handle=handle,
        path=run.source.path,
        title=title_of(run),
        who=concerned(state.owner),
        concerns=concerned(state.owner, run.requested_by),
        state=state.stage.value,
        outcome=run.provides,
        due=state.promise_due,
    )


def _step(before: RunState, whole: Change, step: StepState, found: News) -> Iterator[Change]:
    """Yield what was done to one step."""
    there = replace(
        whole,
        step=step.id,
        who=step.who,
        concerns=concerned(*step.who, step.owner),
        state=step.stage.value,
        due=step.due,
    )
    yield from _moved(before.steps.get(step.id), there, step, found)
    for kind in _TOLD:
        happened = found.of(kind, step.id)
        if happened:
            yield replace(there, kind=kind, happened=happened)


def _moved(
    before: StepState | None, there: Change, step: StepState, found: News
) -> Iterator[Change]:
    added = {
        (event.at, event.by)
        for event in found.events
        if event.event == "moved" and event.step == step.id
    }
    moves = [move for move in step.moves if (move.at, move.by) in added]
    was, now = before.step.due if before else None, step.step.due
    if not moves and (was is None or was == now):
        return
    was_due = before.due if before and before.due is not None else None
    taken_back = f"steps.{step.id}.due" in found.fields
    if was_due is None and moves:
        was_due = moves[0].before
    yield moved(there, was_due, step.moves, moves, taken_back=taken_back)


def _changed(whole: Change, found: News) -> Iterator[Change]:
    """Yield the fields that differ; the dates of steps are told where they were moved."""
    happened = found.of("changed")
    edits = tuple(
        edit
        for edit in edits_of(found, by_event=_BY_EVENT)
        if edit.field != f"steps.{edit.step}.due" and not (edit.step and edit.field in found.fields)
    )
    if happened or edits:
        yield replace(whole, happened=happened, edits=edits)
