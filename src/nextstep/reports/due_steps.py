"""What is open in the runs of a ledger, sorted by what it asks of the reader."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.reports.due_entries import Entry, Section, View, Why
from nextstep.reports.row_making import step_people
from nextstep.runs.states import RunStage, RunState, StepStage, StepState

_OF_OTHERS = (Section.FOLLOW_UP, Section.WAITING)
_OFTEN = 2
"""So often may a hand-off come back before the owner is asked; a gate says it in `max_rounds`."""


def run_entries(view: View) -> Iterator[Entry]:
    """Yield the open runs and their steps that concern the reader."""
    for name, state in view.standing.runs.items():
        if state.is_live:
            yield from _owner_entries(view, name, state)
            for step in state.steps.values():
                entry = _step_entry(view, name, state, step)
                if entry is not None:
                    yield entry


def own_days_ahead(view: View) -> Iterator[Entry]:
    """Yield the dated steps of the reader whose turn has not come yet."""
    for name, state in view.standing.runs.items():
        if not state.is_live:
            continue
        for step in state.steps.values():
            day = view.day(step.due)
            waits = step.stage is StepStage.WAITING and step.step.mark is None
            if waits and day is not None and view.is_for(step_people(step)):
                yield Entry(
                    section=Section.LATER,
                    why=Why.LATER,
                    kind="step",
                    name=name,
                    step=step.id,
                    day=day,
                )


def _owner_entries(view: View, name: str, state: RunState) -> Iterator[Entry]:
    """Yield what a run as a whole asks of its owner, or owes the one who requested it."""
    run = view.standing.ledger.runs[name]
    why = None
    section = Section.NEEDS
    if view.is_for((state.owner,) if state.owner else ()):
        if state.stage is RunStage.READY_TO_CLOSE:
            why = Why.CLOSE
        elif state.stalled:
            why = Why.STALLED
        elif state.promise_overdue:
            why = Why.PROMISE
    elif run.requested_by == view.me:
        section, why = Section.WAITING, Why.OWED
    if why is not None:
        yield Entry(
            section=section,
            why=why,
            kind="run",
            name=name,
            day=view.day(state.promise_due),
            late=state.promise_overdue,
        )


def _step_entry(view: View, name: str, run: RunState, state: StepState) -> Entry | None:
    if state.step.mark is not None or state.is_finished:
        return None
    placed = _place(view, run, state)
    escalation = _escalation(view, run, state)
    if escalation is not None and (placed is None or placed[0] in _OF_OTHERS):
        placed = (Section.NEEDS, Why.ESCALATED)
    elif _comes_back(view, run, state) and (placed is None or placed[0] in _OF_OTHERS):
        placed = (Section.NEEDS, Why.RETURNED)
    if placed is None:
        return None
    section, why = placed
    return Entry(
        section=section,
        why=why,
        kind="step",
        name=name,
        step=state.id,
        day=view.day(state.due),
        late=state.overdue or view.is_late(state.answer_by),
        escalation=escalation,
    )


def _place(  # noqa: PLR0911 - a table of cases, one return each
    view: View, run: RunState, state: StepState
) -> tuple[Section, Why] | None:
    """Return where an unfinished step stands for the reader, or None where it is not theirs."""
    duty = state.duty_offer
    if duty is not None and view.is_for(duty.receivers or duty.to):
        return Section.ACCEPT, Why.OFFERED
    if not state.is_next:
        return None
    people = step_people(state)
    if view.is_for(people):
        if state.stage is StepStage.OFFERED:
            return Section.ACCEPT, Why.OFFERED
        return view.dated(state.due, overdue=state.overdue)
    if state.blocked is not None and state.blocked.on == view.me:
        return Section.NEEDS, Why.HELP
    if not people:
        return Section.NOBODY, Why.NOBODY
    if state.stage is StepStage.OFFERED and state.owner == view.me:
        return Section.WAITING, Why.OFFERED
    if view.standing.is_to_ask(state) and view.standing.step_partner(run, state) == view.me:
        return Section.FOLLOW_UP, Why.ASK
    return (Section.WAITING, Why.OWED) if _is_awaited(view, run, state) else None


def _is_awaited(view: View, run: RunState, state: StepState) -> bool:
    """Return whether the reader owns the run, or does what comes next after the step."""
    if run.owner == view.me or view.me in state.with_:
        return True
    following = (run.steps[name] for name in run.next_after)
    return any(view.me in step.who and state.id in step.after for step in following)


def _comes_back(view: View, run: RunState, state: StepState) -> bool:
    """Return whether a hand-off came back so often that its owner, who reads, is to look at it.

    Whatever the owner wrote down about it since is the answer.
    """
    back = state.returned
    if run.owner != view.me or state.step.is_gate or back is None or state.rounds < _OFTEN:
        return False
    return not any(
        event.by == run.owner and event.at > back.at and event.step in (None, state.id)
        for event in run.events
    )


def _escalation(view: View, run: RunState, state: StepState) -> int | None:
    """Return the place of the escalation of a step of which the reader is to be told."""
    for at, told in enumerate(run.escalations):
        if told.step == state.id and view.me in told.tell:
            return at
    return None
