"""The checklists of a run: of one step, or of everything that it hands over."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nextstep.dates.rule_words import length_words
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.process import Handoff, Step
from nextstep.reports.checklist_hands import Hands
from nextstep.reports.checklist_items import (
    Looking,
    Missed,
    Sizes,
    is_path,
    listed,
    missed_before,
    plain_words,
)
from nextstep.reports.checklist_records import (
    Answer,
    Card,
    Checklist,
    Following,
    Gate,
    Hand,
    Offered,
)
from nextstep.reports.checklist_targets import targets
from nextstep.reports.handles import Handles
from nextstep.reports.parties import party
from nextstep.reports.rows import day_of
from nextstep.reports.show_promise import promise_view
from nextstep.reports.show_steps import StepLine, following_steps, place_of, step_line
from nextstep.reports.standing import Standing
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import How, RunState, StepState


class _Scene(Struct, frozen=True, kw_only=True):
    """A run with all that its cards are made of. ``sizes`` is None where no file can be seen."""

    standing: Standing
    run: Run
    state: RunState
    hands: Hands
    sizes: Sizes | None
    handle: str

    @property
    def zone(self) -> str:
        return self.standing.now.timezone


def run_checklist(
    standing: Standing, name: str, step: str | None = None, *, sizes: Sizes | None = None
) -> Checklist:
    """Return the checklist of a step of a run; without it, those of all its hand-offs.

    ``sizes`` tells how large the file at a path below the ledger is, None where there is none.
    """
    run, state = standing.ledger.runs[name], standing.runs[name]
    settings, today = standing.ledger.settings, standing.now.today
    handle = Handles(standing.ledger).shortest(name)
    scene = _Scene(
        standing=standing,
        run=run,
        state=state,
        hands=Hands(settings, today, bound=run.people),
        sizes=sizes,
        handle=handle,
    )
    wanted = [step] if step else [one.id for one in run.steps if one.handoff is not None]
    return Checklist(
        kind="run",
        handle=f"{handle} {step}" if step else handle,
        id=name,
        path=run.source.path,
        title=run.title,
        for_=run.for_,
        step=step,
        state=state.stage.value,
        owner=party(settings, state.owner or run.owner, today),
        deputy=party(settings, state.deputy or run.deputy, today),
        promise=promise_view(standing, run, state),
        cards=tuple(_card(scene, state.steps[one]) for one in wanted),
        targets=targets(standing, standing.ledger.processes.get(run.process or "")),
        roadblocks=run.roadblocks,
        looked=sizes is not None,
    )


def _card(scene: _Scene, state: StepState) -> Card:
    run, step, handoff = scene.run, state.step, state.step.handoff or Handoff()
    line = step_line(run, state, scene.zone)
    number, of = place_of(run.steps, step)
    next_ = tuple(_next(scene, state.id))
    offered = _offered(scene, state)
    gaps = offered.gaps if offered else state.gaps
    looking = Looking(
        run=True,
        inputs=run.inputs,
        part=step.part,
        sizes=scene.sizes,
        ticked=frozenset(state.ticked),
        gaps=plain_words(gaps),
    )
    missed = missed_before(scene.standing, run.process, step.base) if step.handoff else Missed()
    return Card(
        handle=f"{scene.handle} {state.id}",
        kind=kind_of(step),
        step=state.id,
        part=step.part,
        number=number,
        of=of,
        what=line.what,
        standing=line,
        state=line.state,
        due=state.due,
        overdue=state.overdue,
        frame=line.rule_words,
        answer_within=length_words(handoff.accept_within) if handoff.accept_within else None,
        when=step.when_text,
        because=run.because.get(step.when_text or ""),
        from_=_giver(scene, state),
        to=_receiver(scene, state, next_) if step.is_handed_over else Hand(),
        told=tuple(map(scene.hands.of, handoff.tell)),
        with_=state.with_,
        offered=offered,
        answer=_answer(scene, state, line),
        must_include=listed(handoff.must_include, looking, missed),
        items=listed(step.items, looking, Missed()),
        how=_path(scene, step, step.how),
        template=_path(scene, step, step.template),
        done_when=step.done_when,
        proof=step.proof,
        proof_given=state.done.proof if state.done else None,
        watch_for=_watch_for(handoff, offered),
        readback=handoff.readback,
        critical=step.critical,
        gate=_gate(scene, state) if step.is_gate else None,
        next=next_,
        after_you=following_steps(state.id, scene.state),
    )


def kind_of(step: Step) -> str:
    """Return what kind of checklist a step has."""
    if step.mark is not None:
        return "mark"
    if step.is_gate:
        return "gate"
    if step.handoff is None:
        return "step"
    return "handoff" if step.is_handed_over else "tell"


def _path(scene: _Scene, step: Step, path: str | None) -> str | None:
    return None if path is None else filled_path(path, scene.run.inputs, step.part)


def _giver(scene: _Scene, state: StepState) -> Hand:
    """Return who hands over: who offered or did it, else who it belongs to, else the owner."""
    role = state.step.role
    if state.offer is not None:
        names: tuple[str, ...] = (state.offer.by,)
    elif state.done is not None:
        names = (state.done.by,)
    elif state.step.is_gate:
        names = state.who or ((state.owner,) if state.owner else ())
    else:
        names = state.who
    return Hand(role=role, people=scene.hands.people(names))


def _receiver(scene: _Scene, state: StepState, next_: tuple[Following, ...]) -> Hand:
    """Return who signs for it: who it was offered to, as planned, else who has the next step."""
    to = state.step.handoff.to if state.step.handoff else None
    if state.offer is not None:
        names = state.offer.receivers or state.offer.to
        planned = scene.hands.of(to) if to else Hand()
        known = {one.id for one in planned.people}
        role = planned.role if known.issuperset(names) else None
        return Hand(role=role, people=scene.hands.people(names))
    if to is not None:
        return scene.hands.of(to)
    return scene.hands.of_all(who for one in next_ for who in one.who)


def _offered(scene: _Scene, state: StepState) -> Offered | None:
    offer = state.offer or state.duty_offer
    on = day_of(offer.at, scene.zone) if offer else None
    if offer is None or on is None:
        return None
    return Offered(
        on=on,
        by=offer.by,
        to=offer.receivers or offer.to,
        answer_by=state.answer_by,
        gaps=offer.gaps,
        watch_for=offer.watch_for,
        duty=offer is state.duty_offer,
    )


def _answer(scene: _Scene, state: StepState, line: StepLine) -> Answer | None:
    """Return what was said to the last offer, or by the gate that sent it back."""
    if state.how is How.ACCEPTED:
        event = _accepted(scene.state, state.id)
        if event is None or line.reached is None:
            return None
        return Answer(
            event="accepted",
            on=line.reached,
            by=event.by,
            gaps=state.gaps,
            readback=state.readback,
        )
    back = state.returned
    on = day_of(back.at, scene.zone) if back else None
    if back is None or on is None or back.withdrawn or state.is_finished:
        return None
    return Answer(event="returned", on=on, by=back.by, missing=back.missing, why=back.why)


def _accepted(state: RunState, step: str) -> Event | None:
    """Return the event with which the work of a step was signed for."""
    refused = {id(one.event) for one in state.impossible}
    found = None
    for event in state.events:
        if event.step == step and event.event == "accepted" and id(event) not in refused:
            found = event
    return found


def _watch_for(handoff: Handoff, offered: Offered | None) -> tuple[str, ...]:
    said = (handoff.watch_for, offered.watch_for if offered else None)
    return tuple(dict.fromkeys(one for one in said if one))


def _gate(scene: _Scene, state: StepState) -> Gate:
    step, back = state.step, state.step.on_return
    looks_at = _path(scene, step, step.approve)
    there = None
    if scene.sizes is not None and looks_at is not None and is_path(looks_at):
        there = bool(scene.sizes(looks_at))
    hidden = step.blind and not state.is_finished
    return Gate(
        looks_at=looks_at,
        there=there,
        need=step.need,
        votes=len(state.votes),
        votes_needed=state.votes_needed,
        voted=() if hidden else tuple(vote.by for vote in state.votes),
        blind=hidden,
        returns_to=(back.to,) if back and back.to else () if back and back.stop else state.after,
        max_rounds=back.max_rounds if back else None,
        stops=back.stop if back else False,
        changed_since=bool(state.changed_since),
    )


def _next(scene: _Scene, step_id: str) -> Iterator[Following]:
    """Yield the steps that come straight after; parts of a fan-out are one."""
    found: dict[str, Following] = {}
    for state in _behind(scene.state, step_id):
        base = state.step.base
        before = found.get(base)
        who = (*(before.who if before else ()), *state.who)
        line = step_line(scene.run, state, scene.zone)
        found[base] = Following(
            step=base,
            what=line.what,
            who=tuple(dict.fromkeys(who)),
            vote=state.step.is_gate,
            state=state.stage.value,
            due=state.due,
            overdue=state.overdue,
            frame=line.rule_words,
            done_when=state.step.done_when,
        )
    yield from found.values()


def _behind(state: RunState, step_id: str) -> Iterator[StepState]:
    """Yield the steps that wait for one. What is not needed stands for what comes after it."""
    pending, visited = [step_id], {step_id}
    while pending:
        before = pending.pop(0)
        for later in state.steps.values():
            if before not in later.after or later.id in visited:
                continue
            visited.add(later.id)
            if later.how is How.NOT_NEEDED or later.step.mark is not None:
                pending.append(later.id)
            else:
                yield later
