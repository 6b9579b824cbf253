"""The checklists of a process as it is written: roles in place of people, time frames for dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from nextstep.dates.rule_words import length_words, rule_words
from nextstep.model.process import Handoff, Process, Promise, Step
from nextstep.reports.checklist_hands import Hands, roles_of
from nextstep.reports.checklist_items import Looking, Missed, listed, missed_before
from nextstep.reports.checklist_records import Card, Checklist, Following, Gate, Hand
from nextstep.reports.checklist_run import kind_of
from nextstep.reports.checklist_targets import targets
from nextstep.reports.handles import Handles
from nextstep.reports.parties import party
from nextstep.reports.rows import After
from nextstep.reports.show_promise import PromiseView
from nextstep.reports.show_steps import place_of
from nextstep.reports.standing import Standing
from nextstep.runs.before_and_after import all_after
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.plan_order import resolved_after

_NOTHING_KNOWN: Mapping[str, str] = {}


class _Plan(Struct, frozen=True, kw_only=True):
    """A process with all that its cards are made of."""

    standing: Standing
    process: Process
    after: Mapping[str, tuple[str, ...]]
    hands: Hands
    handle: str


def process_checklist(
    standing: Standing, name: str, step: str | None = None, part: str | None = None
) -> Checklist:
    """Return the checklist of a step of a process, or of a part of it; else of all hand-offs."""
    process = standing.ledger.processes[name]
    settings, today = standing.ledger.settings, standing.now.today
    handle = Handles(standing.ledger).shortest(name)
    plan = _Plan(
        standing=standing,
        process=process,
        after=resolved_after(process),
        hands=Hands(settings, today, roles=roles_of(process)),
        handle=handle,
    )
    wanted = [one for one in process.steps if (one.id == step if step else one.handoff is not None)]
    return Checklist(
        kind="process",
        handle=f"{handle} {step}" if step else handle,
        id=name,
        path=process.source.path,
        title=process.title,
        step=step,
        state=process.state,
        owner=party(settings, process.owner, today),
        deputy=party(settings, process.deputy, today),
        promise=_promise(process.promise),
        cards=tuple(_card(plan, one, part) for one in wanted),
        targets=targets(standing, process),
        roadblocks=process.roadblocks,
    )


def _card(plan: _Plan, step: Step, part: str | None) -> Card:
    process, handoff = plan.process, step.handoff or Handoff()
    number, of = place_of(process.steps, step)
    next_ = tuple(_next(plan, step))
    looking = Looking(part=part)
    missed = missed_before(plan.standing, process.id, step.id) if step.handoff else Missed()
    kind = kind_of(step)
    who = () if kind == "mark" else step.who or process.who
    return Card(
        handle=f"{plan.handle} {step.id}",
        kind=kind,
        step=step.id,
        part=part,
        number=number,
        of=of,
        what=_path(step.title, part) or step.id,
        frame=rule_words(step.rule.expression) if step.rule else None,
        answer_within=length_words(handoff.accept_within) if handoff.accept_within else None,
        when=step.when_text,
        because=process.because.get(step.when_text or ""),
        from_=plan.hands.of_all(who),
        to=_receiver(plan, step, next_) if step.is_handed_over else Hand(),
        told=tuple(map(plan.hands.of, handoff.tell)),
        with_=step.with_,
        must_include=listed(handoff.must_include, looking, missed),
        items=listed(step.items, looking, Missed()),
        how=_path(step.how, part),
        template=_path(step.template, part),
        done_when=step.done_when,
        proof=step.proof,
        watch_for=(handoff.watch_for,) if handoff.watch_for else (),
        readback=handoff.readback,
        critical=step.critical,
        gate=_gate(plan, step, part) if step.is_gate else None,
        next=next_,
        after_you=_after(plan, step.id),
    )


def _path(path: str | None, part: str | None) -> str | None:
    return None if path is None else filled_path(path, _NOTHING_KNOWN, part)


def _receiver(plan: _Plan, step: Step, next_: tuple[Following, ...]) -> Hand:
    if step.handoff is not None and step.handoff.to is not None:
        return plan.hands.of(step.handoff.to)
    return plan.hands.of_all(who for one in next_ for who in one.who)


def _gate(plan: _Plan, step: Step, part: str | None) -> Gate:
    back = step.on_return
    stops = back.stop if back else False
    leads = () if stops else plan.after[step.id]
    return Gate(
        looks_at=_path(step.approve, part),
        there=None,
        need=step.need,
        votes=0,
        votes_needed=0,
        voted=(),
        blind=step.blind,
        returns_to=(back.to,) if back and back.to else leads,
        max_rounds=back.max_rounds if back else None,
        stops=stops,
        changed_since=False,
    )


def _next(plan: _Plan, step: Step) -> Iterator[Following]:
    """Yield the steps that wait for one; a mark stands for what comes after it."""
    pending, visited = [step.id], {step.id}
    while pending:
        before = pending.pop(0)
        for later in plan.process.steps:
            if before not in plan.after[later.id] or later.id in visited:
                continue
            visited.add(later.id)
            if later.mark is not None:
                pending.append(later.id)
                continue
            yield Following(
                step=later.id,
                what=later.title,
                who=later.who or plan.process.who,
                vote=later.is_gate,
                state=None,
                due=None,
                overdue=False,
                frame=rule_words(later.rule.expression) if later.rule else None,
                done_when=later.done_when,
            )


def _after(plan: _Plan, step_id: str) -> tuple[After, ...]:
    """Return all steps that come after one, in the order of the file."""
    after = all_after(plan.after, step_id) - {step_id}
    return tuple(
        After(later.id, later.who or plan.process.who, vote=later.is_gate)
        for later in plan.process.steps
        if later.id in after and later.mark is None
    )


def _promise(promise: Promise | None) -> PromiseView | None:
    if promise is None:
        return None
    return PromiseView(
        text=promise.text,
        rule=promise.rule.text if promise.rule else None,
        rule_words=rule_words(promise.rule.expression) if promise.rule else None,
        due=None,
        missing=(),
        notes=(),
        kept=None,
        expected=None,
        late_by=None,
    )
