"""What was done to commitments between two versions of a ledger."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from nextstep.model.commitment import Commitment
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
from nextstep.rules.pairs import Pair
from nextstep.runs.states import CommitmentStage, CommitmentState

_BY_EVENT = frozenset({"what", "outcome", "who"})
_HANDED = frozenset({"who", "with"})
_TOLD = ("handed", "reopened", "proposed", "agreed", "done", "noted")


def told(sides: Sides, pair: Pair) -> Iterator[Change]:
    """Yield what was done to a commitment."""
    before, after = pair.before, pair.now
    if isinstance(before, Commitment) and isinstance(after, Commitment):
        yield from _done_to(sides, pair, before, after)
    elif isinstance(after, Commitment):
        state = sides.after.commitments[after.id]
        closed, times = state.closed, len(state.moves)
        whole = replace(_change(sides, after.id), times=times)
        kind = "proposed" if whole.state == CommitmentStage.PROPOSED.value else "new"
        yield replace(whole, kind=kind, closed=closed, next=links_to(sides, closed))
    elif isinstance(before, Commitment):
        yield _gone(sides, before)


def _gone(sides: Sides, commitment: Commitment) -> Change:
    state = sides.before.commitments[commitment.id]
    return Change(
        kind="deleted",
        record="commitment",
        id=commitment.id,
        handle=sides.old_handles.shortest(commitment.id),
        path=commitment.source.path,
        title=commitment.what,
        who=concerned(state.who),
        concerns=concerned(state.who, *state.with_),
        state=state.stage.value,
        outcome=commitment.outcome,
        due=state.due,
        closed=state.closed,
    )


def _done_to(sides: Sides, pair: Pair, before: Commitment, after: Commitment) -> Iterator[Change]:
    state = sides.after.commitments[after.id]
    found = news(pair, sides.timezone, state.events, state.impossible, state.moves)
    whole = replace(_change(sides, after.id), was=before.id if before.id != after.id else None)
    yield from log_change(whole, pair, sides.timezone)
    yield from _moved(whole, before, state, found)
    yield from _changed(whole, before, after, found)
    for kind in _TOLD:
        happened = found.of(kind)
        if happened:
            yield replace(whole, kind=kind, happened=happened)
    if found.of("closed"):
        yield replace(
            whole,
            kind="closed",
            closed=state.closed,
            on_time=state.on_time,
            next=links_to(sides, state.closed),
            happened=found.of("closed"),
        )


def _moved(
    whole: Change, before: Commitment, state: CommitmentState, found: News
) -> Iterator[Change]:
    """Yield the change of its date."""
    added = {(event.at, event.by) for event in found.events if event.event == "moved"}
    moves = [move for move in state.moves if (move.at, move.by) in added]
    if moves or before.due != state.due:
        taken_back = "due" in found.fields
        yield moved(whole, before.due, state.moves, moves, taken_back=taken_back)


def _changed(whole: Change, before: Commitment, after: Commitment, found: News) -> Iterator[Change]:
    """Yield the fields that differ; who has it is told where it was passed on."""
    happened = found.of("changed")
    but = {"due"} | (_HANDED if "who" in found.fields else frozenset())
    edits = tuple(edit for edit in edits_of(found, by_event=_BY_EVENT) if edit.field not in but)
    if happened or edits:
        people = concerned(*whole.concerns, before.who, *before.with_, after.who)
        yield replace(whole, kind="changed", happened=happened, edits=edits, concerns=people)


def _change(sides: Sides, name: str) -> Change:
    commitment, state = sides.after.ledger.commitments[name], sides.after.commitments[name]
    return Change(
        kind="new",
        record="commitment",
        id=name,
        handle=sides.handles.shortest(name),
        path=commitment.source.path,
        title=commitment.what,
        who=concerned(state.who),
        concerns=concerned(state.who, *state.with_),
        state=state.stage.value,
        outcome=commitment.outcome,
        due=state.due,
    )
