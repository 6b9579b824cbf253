"""Everything about one run, or about one step of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from nextstep.model.commitment import Run
from nextstep.model.events import instant_text
from nextstep.model.process import Customer, Roadblock
from nextstep.reports.handles import Handles
from nextstep.reports.parties import Party, party
from nextstep.reports.rows import day_of
from nextstep.reports.show_commitment import following
from nextstep.reports.show_links import Happening, Link, Refused, happenings, link, refusals
from nextstep.reports.show_promise import PromiseView, promise_view
from nextstep.reports.show_steps import StepDetail, StepLine, step_detail, step_line, step_names
from nextstep.reports.standing import Standing
from nextstep.runs.facts import Blocked, Closed, Feedback, Met
from nextstep.runs.states import Conformance, Escalated, RunState

_PASSING = frozenset({"offered", "accepted", "returned"})


class Passing(Struct, frozen=True):
    """The hand-offs of one step, in order, and how often it came back."""

    step: str
    rounds: int
    events: tuple[Happening, ...]


class RunView(Struct, frozen=True, kw_only=True):
    """A run with all its steps.

    ``next`` are the ids of steps that somebody can act on now, none where it is over. ``happened`` are the events of the
    run itself and its notes; hand-offs are in ``handoffs``.
    """

    kind: str = "run"
    handle: str
    id: str
    path: str
    title: str
    for_: str | None
    state: str
    process: str | None
    version: str | None
    requested_by: Party | None
    started: date | None
    source: str | None
    part_of: str | None
    owner: Party | None
    deputy: Party | None
    customer: Customer | None
    provides: str | None
    promise: PromiseView | None
    expects: tuple[Met, ...]
    inputs: Mapping[str, str]
    when: str | None
    people: Mapping[str, str]
    because: Mapping[str, str]
    strength: str
    roadblocks: tuple[Roadblock, ...]
    steps: tuple[StepLine, ...]
    next: tuple[str, ...]
    owed: tuple[str, ...]
    over_rounds: tuple[str, ...]
    stalled: bool
    stopped_by: str | None
    blocked: Blocked | None
    escalations: tuple[Escalated, ...]
    handoffs: tuple[Passing, ...]
    conformance: Conformance
    feedback: tuple[Feedback, ...]
    closed: Closed | None
    closed_on: date | None
    follows: Link | None
    followed_by: tuple[Link, ...]
    happened: tuple[Happening, ...]
    impossible: tuple[Refused, ...]


class StepView(Struct, frozen=True, kw_only=True):
    """One step of a run: where it stands, what it needs, what happened to it, and whom to ask."""

    kind: str = "step"
    handle: str
    id: str
    path: str
    title: str
    for_: str | None
    owner: Party | None
    deputy: Party | None
    promise: PromiseView | None
    step: StepLine
    detail: StepDetail
    people: Mapping[str, Party]
    before: tuple[StepLine, ...]
    targets: Mapping[str, str]
    roadblocks: tuple[Roadblock, ...]
    happened: tuple[Happening, ...]
    impossible: tuple[Refused, ...]


def run_view(standing: Standing, name: str) -> RunView:
    """Return everything about a run."""
    run, state = standing.ledger.runs[name], standing.runs[name]
    zone, settings = standing.now.timezone, standing.ledger.settings
    today, handles = standing.now.today, Handles(standing.ledger)
    log, names = _log(run, state, zone), step_names(run)
    return RunView(
        handle=handles.shortest(name),
        id=name,
        path=run.source.path,
        title=run.title,
        for_=run.for_,
        state=state.stage.value,
        process=run.process,
        version=run.version,
        requested_by=party(settings, run.requested_by, today),
        started=run.started,
        source=run.origin,
        part_of=run.part_of,
        owner=party(settings, state.owner or run.owner, today),
        deputy=party(settings, state.deputy or run.deputy, today),
        customer=run.customer,
        provides=run.provides,
        promise=promise_view(standing, run, state),
        expects=state.expects,
        inputs=run.inputs,
        when=run.when_text,
        people=run.people,
        because=run.because,
        strength=run.strength.level,
        roadblocks=run.roadblocks,
        steps=tuple(step_line(run, state, step, zone, names) for step in state.steps),
        next=(*state.ready, *state.done, *state.offered) if state.is_live else (),
        owed=state.owed if state.is_live else (),
        over_rounds=state.over_rounds if state.is_live else (),
        stalled=state.stalled,
        stopped_by=state.stopped_by,
        blocked=state.blocked,
        escalations=state.escalations,
        handoffs=_handoffs(state, log),
        conformance=state.conformance,
        feedback=state.feedback,
        closed=state.closed,
        closed_on=day_of(state.closed.at, zone) if state.closed else None,
        follows=link(standing, handles, run.follows) if run.follows else None,
        followed_by=following(standing, handles, name, state.closed.next if state.closed else ()),
        happened=tuple(one for one in log if one.step is None),
        impossible=refusals(state.impossible, zone),
    )


def step_view(standing: Standing, name: str, step_id: str) -> StepView:
    """Return everything about one step of a run."""
    run, state = standing.ledger.runs[name], standing.runs[name]
    zone, settings, today = standing.now.timezone, standing.ledger.settings, standing.now.today
    line = step_line(run, state, step_id, zone)
    process = standing.ledger.processes.get(run.process or "")
    detail = step_detail(run, state, step_id)
    refused = tuple(one for one in state.impossible if one.event.step == step_id)
    named = (*line.who, *line.bound, *detail.with_, *detail.hands_to, *detail.told)
    return StepView(
        handle=f"{Handles(standing.ledger).shortest(name)} {step_id}",
        id=name,
        path=run.source.path,
        title=run.title,
        for_=run.for_,
        owner=party(settings, state.owner or run.owner, today),
        deputy=party(settings, state.deputy or run.deputy, today),
        promise=promise_view(standing, run, state),
        step=line,
        detail=detail,
        people={one: found for one in named if (found := party(settings, one, today))},
        before=tuple(step_line(run, state, one, zone) for one in line.after if one in state.steps),
        targets=process.targets if process else {},
        roadblocks=run.roadblocks,
        happened=tuple(one for one in _log(run, state, zone) if one.step == step_id),
        impossible=refusals(refused, zone),
    )


def _log(run: Run, state: RunState, zone: str) -> tuple[Happening, ...]:
    """Return the log of a run, without the votes of a blind gate at which some are missing."""
    hidden = {
        (one.id, vote.by, instant_text(vote.at))
        for one in state.steps.values()
        if one.hides_votes
        for vote in one.votes
    }
    moves = [move for step in state.steps.values() for move in step.moves]
    told = happenings(run.log, state.events, state.impossible, moves, zone)
    return tuple(one for one in told if (one.step, one.by, one.at) not in hidden)


def _handoffs(state: RunState, log: Iterable[Happening]) -> tuple[Passing, ...]:
    """Return the hand-offs of a run by step: a step is listed once something was passed on."""
    by_step: dict[str, list[Happening]] = {}
    for one in log:
        if one.event in _PASSING and one.step and one.step in state.steps and not one.undone:
            by_step.setdefault(one.step, []).append(one)
    return tuple(
        Passing(name, state.steps[name].rounds, tuple(by_step[name]))
        for name in state.steps
        if name in by_step
    )
