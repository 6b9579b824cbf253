"""The checklists of a run: of one step, or of everything that it hands over."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from nextstep.dates.rule_words import length_words
from nextstep.model.commitment import Run
from nextstep.model.process import Handoff, Step
from nextstep.reports.checklist_answers import answer_of, gate_of, offer_of
from nextstep.reports.checklist_hands import Hands
from nextstep.reports.checklist_items import (
    Looking,
    Missed,
    Sizes,
    listed,
    missed_before,
    plain_words,
)
from nextstep.reports.checklist_records import Card, Checklist, Following, Hand, Offered
from nextstep.reports.checklist_targets import targets
from nextstep.reports.handles import Handles
from nextstep.reports.parties import party
from nextstep.reports.show_promise import promise_view
from nextstep.reports.show_steps import following_steps, place_of, step_line
from nextstep.reports.standing import Standing
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.passing_on import steps_behind
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
    line = step_line(run, scene.state, state.id, scene.zone)
    number, of = place_of(run.steps, step)
    next_ = tuple(_next(scene, state.id))
    offered = offer_of(state, scene.zone)
    gaps = offered.gaps if offered else state.gaps
    looking = Looking(
        run=True,
        inputs=run.inputs,
        part=step.part,
        sizes=scene.sizes,
        ticked=frozenset(state.ticked),
        gaps=plain_words(gaps),
        accepted=state.how is How.ACCEPTED and _is_told_apart(gaps, handoff),
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
        when=line.when,
        because=run.because.get(line.when or ""),
        from_=_giver(scene, state),
        to=_receiver(scene, state, next_) if step.is_handed_over else Hand(),
        told=tuple(map(scene.hands.of, handoff.tell)),
        with_=state.with_,
        offered=offered,
        answer=answer_of(scene.state, state, scene.zone),
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
        gate=gate_of(state, _path(scene, step, step.approve), scene.sizes)
        if step.is_gate
        else None,
        next=next_,
        after_you=following_steps(state.id, scene.state),
    )


def _is_told_apart(gaps: tuple[str, ...], handoff: Handoff) -> bool:
    """Whether every gap is one of the things of the list: then all others were there."""
    return plain_words(gaps) <= plain_words(one.item for one in handoff.must_include)


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
    return Hand(role=role, who=scene.hands.people(names))


def _receiver(scene: _Scene, state: StepState, next_: tuple[Following, ...]) -> Hand:
    """Return who signs for it: who it was offered to, as planned, else who has the next step."""
    to = state.step.handoff.to if state.step.handoff else None
    if state.offer is not None:
        names = state.offer.receivers or state.offer.to
        planned = scene.hands.of(to) if to else Hand()
        known = {one.id for one in planned.who}
        role = planned.role if known.issuperset(names) else None
        return Hand(role=role, who=scene.hands.people(names))
    if to is not None:
        return scene.hands.of(to)
    return scene.hands.of_all(who for one in next_ for who in one.who)


def _watch_for(handoff: Handoff, offered: Offered | None) -> tuple[str, ...]:
    said = (handoff.watch_for, offered.watch_for if offered else None)
    return tuple(dict.fromkeys(one for one in said if one))


def _next(scene: _Scene, step_id: str) -> Iterator[Following]:
    """Yield the steps that come straight after; parts of a fan-out are one."""
    found: dict[str, Following] = {}
    for id_ in steps_behind(scene.state, step_id):
        state = scene.state.steps[id_]
        base = state.step.base
        before = found.get(base)
        who = (*(before.who if before else ()), *state.who)
        line = step_line(scene.run, scene.state, state.id, scene.zone)
        if before is not None and state.is_finished:
            found[base] = replace(before, who=tuple(dict.fromkeys(who)))
            continue
        found[base] = Following(
            step=base,
            what=line.what,
            who=tuple(dict.fromkeys(who)),
            vote=state.step.is_gate,
            state=line.state,
            due=None if state.is_finished else state.due,
            overdue=state.overdue,
            frame=line.rule_words,
            done_when=state.step.done_when,
        )
    yield from found.values()
