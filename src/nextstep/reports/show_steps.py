"""Where one step of a run stands, with everything that a page says about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.rule_words import length_words, rule_words
from nextstep.model.commitment import Run
from nextstep.model.process import HOLDS, INPUT, Handoff, Item, Step
from nextstep.model.time import Day, Due
from nextstep.reports.row_making import step_people
from nextstep.reports.rows import After, day_of
from nextstep.runs.before_and_after import all_after
from nextstep.runs.facts import Offer, Returned
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.needs import is_asked_for, need_of
from nextstep.runs.states import RunState, StepState, Waiting


class StepLine(Struct, frozen=True, kw_only=True):
    """One step of a run.

    ``who`` can act on it now or will, ``bound`` are those it belongs to, ``done_by`` did it.
    ``kind`` is ``do``, ``gate`` or ``mark``. ``state`` of what a run left unfinished is that of the
    run. ``rule`` is what its date comes from, as written and
    in words, and ``due_agreed`` tells whether the date was written down. Of a step that comes again
    ``repeat`` is its rhythm, ``times`` how many times are over and ``last_time`` when the last one
    was. ``reached`` is the day that it was finished, or came to where it is. ``voted`` is empty
    while the votes of a blind gate are hidden.
    """

    id: str
    what: str
    kind: str
    state: str
    how: str | None
    who: tuple[str, ...]
    bound: tuple[str, ...]
    role: str | None
    vacant: bool
    assigned: bool
    put_to_owner: bool
    done_by: str | None
    due: Due | None
    due_agreed: bool
    due_missing: tuple[str, ...]
    notes: tuple[str, ...]
    rule: str | None
    rule_words: str | None
    overdue: bool
    days_late: int
    on_time: bool | None
    since: date | None
    reached: date | None
    after: tuple[str, ...]
    waiting: Waiting | None
    answer_by: Day | None
    offer: Offer | None
    offered_on: date | None
    duty: bool
    returned: Returned | None
    rounds: int
    approved_then_changed: bool
    blocked: str | None
    blocked_on: str | None
    why: str | None
    gaps: tuple[str, ...]
    moved: int
    optional: bool
    critical: bool
    when: str | None
    votes: int
    votes_needed: int
    voted: tuple[str, ...]
    blind: bool
    out_of_order: str | None
    undoes: str | None
    repeat: str | None
    times: int
    last_time: date | None


class ToInclude(Struct, frozen=True, kw_only=True):
    """One thing of a list: whether it was ticked, and what a machine would look at.

    ``asked_for`` is false where its condition ``when`` does not hold in this run.
    """

    item: str
    critical: bool
    ticked: bool
    looks_at: str | None
    when: str | None
    asked_for: bool


class StepDetail(Struct, frozen=True, kw_only=True):
    """What is only said on the page of one step. Paths have the inputs of the run in them."""

    number: int | None
    of: int
    part: str | None
    with_: tuple[str, ...]
    how: str | None
    template: str | None
    approve: str | None
    done_when: str | None
    proof: str | None
    readback: bool
    hands_to: tuple[str, ...]
    told: tuple[str, ...]
    accept_within: str | None
    must_include: tuple[ToInclude, ...]
    items: tuple[ToInclude, ...]
    watch_for: str | None
    for_customer: str | None
    then: tuple[After, ...]


def step_line(
    run: Run, run_state: RunState, step_id: str, zone: str, names: Collection[str] | None = None
) -> StepLine:
    """Return where a step stands. ``names`` are those of the steps of the run, if they are known."""
    names = step_names(run) if names is None else names
    state = run_state.steps[step_id]
    step, offer = state.step, state.offer or state.duty_offer
    hidden = state.hides_votes
    return StepLine(
        id=state.id,
        what=_filled(step.title, run, step) or step.id,
        kind="mark" if step.mark is not None else "gate" if step.is_gate else "do",
        state=run_state.stage_of(state).value,
        how=state.how.value if state.how else None,
        who=() if state.is_finished or step.mark is not None else _people(state),
        bound=state.who,
        role=step.role,
        vacant=state.vacant and not state.is_finished,
        assigned=state.assigned,
        put_to_owner=state.put_to_owner,
        done_by=state.done.by if state.done else None,
        due=state.due,
        due_agreed=state.due_agreed,
        due_missing=state.due_missing,
        notes=state.notes,
        rule=step.rule.text if step.rule else None,
        rule_words=rule_words(step.rule.expression, names) if step.rule else None,
        overdue=state.overdue,
        days_late=state.days_late,
        on_time=state.on_time,
        since=_day(state.since, zone) if state.is_next and run_state.is_live else None,
        reached=_day(state.finished_on or state.finished_at or state.since, zone),
        after=state.after,
        waiting=state.waiting,
        answer_by=state.answer_by,
        offer=offer,
        offered_on=day_of(offer.at, zone) if offer else None,
        duty=offer is not None and offer.duty,
        returned=state.returned,
        rounds=state.rounds,
        approved_then_changed=bool(state.changed_since),
        blocked=(state.blocked.why or "") if state.blocked else None,
        blocked_on=state.blocked.on if state.blocked else None,
        why=state.why,
        gaps=state.gaps,
        moved=len(state.moves),
        optional=step.optional,
        critical=step.critical,
        when=_condition(run, step),
        votes=len(state.votes),
        votes_needed=state.votes_needed,
        voted=() if hidden else tuple(vote.by for vote in state.votes),
        blind=hidden,
        out_of_order=state.out_of_order,
        undoes=step.undoes,
        repeat=step.repeat if step.mark is None else None,
        times=len(state.times),
        last_time=_day(state.times[-1].at, zone) if state.times else None,
    )


def step_detail(run: Run, run_state: RunState, step_id: str) -> StepDetail:
    """Return what the page of a step says beyond where it stands."""
    state = run_state.steps[step_id]
    step, handoff = state.step, state.step.handoff or Handoff()
    number, of = place_of(run.steps, step)
    return StepDetail(
        number=number,
        of=of,
        part=step.part,
        with_=state.with_,
        how=_filled(step.how, run, step),
        template=_filled(step.template, run, step),
        approve=_filled(step.approve, run, step),
        done_when=step.done_when,
        proof=step.proof,
        readback=handoff.readback,
        hands_to=_receivers(handoff, run),
        told=handoff.tell,
        accept_within=length_words(handoff.accept_within) if handoff.accept_within else None,
        must_include=tuple(_to_include(one, state, run) for one in handoff.must_include),
        items=tuple(_to_include(one, state, run) for one in step.items),
        watch_for=handoff.watch_for,
        for_customer=step.for_customer,
        then=following_steps(step_id, run_state),
    )


def _people(state: StepState) -> tuple[str, ...]:
    """Return who acts on a step now, or will once it is ready."""
    people = step_people(state) if state.is_next else state.who
    return people or ((state.owner,) if state.owner else ())


def place_of(steps: Iterable[Step], step: Step) -> tuple[int | None, int]:
    """Return which step it is, of how many; parts count as one, marks not at all."""
    bases = list(dict.fromkeys(one.base for one in steps if one.mark is None))
    return (bases.index(step.base) + 1 if step.mark is None else None), len(bases)


def _receivers(handoff: Handoff, run: Run) -> tuple[str, ...]:
    """Return who signs for the work: the person of a role where the run binds one."""
    if handoff.to is None:
        return ()
    bound = run.people.get(handoff.to)
    return (bound or handoff.to,)


def _to_include(item: Item, state: StepState, run: Run) -> ToInclude:
    target = None
    if item.check is not None:
        target = _filled(item.check.target, run, state.step)
        if item.check.kind == INPUT:
            target = f"the input {item.check.target}"
        elif item.check.kind == HOLDS:
            target = f"whether {item.check.target}"
    return ToInclude(
        item=item.item,
        critical=item.critical,
        ticked=item.item in state.ticked,
        looks_at=target,
        when=item.when_text,
        asked_for=is_asked_for(item, run.inputs),
    )


def step_names(run: Run) -> set[str]:
    """Return the names by which the steps of a run can be counted on."""
    return {name for step in run.steps for name in (step.id, step.base)}


def _condition(run: Run, step: Step) -> str | None:
    """Return what decides whether a step is needed: of the whole run, where that does not hold."""
    spared = need_of(run.when, run.inputs).needed is False
    return run.when_text if spared else step.when_text


def _filled(path: str | None, run: Run, step: Step) -> str | None:
    """Return a path with the inputs of the run, and the part, in the places kept for them."""
    return None if path is None else filled_path(path, run.inputs, step.part)


def following_steps(step_id: str, run_state: RunState) -> tuple[After, ...]:
    """Return the unfinished steps that come after one, near ones and far ones, in order."""
    after = all_after(run_state.order, step_id) - {step_id}
    found: dict[str, After] = {}
    for state in run_state.steps.values():
        if state.id in after and not state.is_finished and state.step.mark is None:
            found.setdefault(
                state.step.base, After(state.step.base, state.who, vote=state.step.is_gate)
            )
    return tuple(found.values())


def _day(moment: Day | None, zone: str) -> date | None:
    return day_of(moment, zone) if isinstance(moment, datetime) else moment
