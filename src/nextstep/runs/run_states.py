"""Where a run and its steps stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from nextstep.dates.now import Now
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.time import Rule
from nextstep.runs.beginnings import begin
from nextstep.runs.escalations import escalations
from nextstep.runs.facts import Met
from nextstep.runs.needs import Need, is_triggered, need_of, was_carried_out, weigh
from nextstep.runs.order import effective
from nextstep.runs.readiness import Moment
from nextstep.runs.repeats import comes_again
from nextstep.runs.run_dates import Dated, RunDates
from nextstep.runs.run_events import keeping_open, read_all
from nextstep.runs.states import (
    Conformance,
    How,
    RunStage,
    RunState,
    StepStage,
    StepState,
    Unclear,
)
from nextstep.runs.step_states import View, step_state
from nextstep.runs.timing import day_of, is_after, is_overdue
from nextstep.runs.tracks import Replay

_NOBODY: Mapping[str, tuple[str, ...]] = {}
_CHANGING = ("changed", "moved")
_MET = frozenset({"met", "yes", "true"})


def run_state(
    run: Run,
    now: Now,
    calendar: Calendar,
    *,
    members: Mapping[str, tuple[str, ...]] = _NOBODY,
    content: Callable[[str], str | None] | None = None,
) -> RunState:
    """Derive where a run and each of its steps stand at an instant.

    ``members`` are the people of each role that `nextstep.yaml` knows. ``content`` gives the blob
    of a path of the ledger's work tree, None where there is no such file; without it
    ``changed_since`` of an approved step stays unknown.

    What the tables leave open is decided so:

    - A step that was skipped or is not needed does not free what comes after it from what came
      before it: a step after it waits for that too. A date that counts from a step that is not
      needed counts from when what came before it was finished.
    - ``after`` that names no step of the run holds a step back: better late than out of order.
    - Votes count for the content of the latest vote. A vote after the approval renews it.
    - What is done and not handed over, or offered, is not overdue; nor is an optional step.
    - The giver is who offered. Who may do or offer a step is not checked: ``by`` says who did.
    - A mark's date that lies ahead is known to what counts from it.
    """
    events, refused = effective(run.log)
    replay, dates, needs = replayed(run, events, calendar, members)
    replay.impossible[:0] = refused
    moment = Moment(replay, dates, now)
    view = View(replay, dates, moment, now, content)
    steps = {id_: step_state(view, track) for id_, track in replay.tracks.items()}
    promise = dates.promise()
    stage = _stage(replay, moment)
    return RunState(
        stage=stage,
        steps=steps,
        owner=replay.owners[0] if replay.owners else None,
        deputy=replay.deputies[0] if replay.deputies else None,
        groups=replay.groups,
        ready=_in_stage(steps, StepStage.READY),
        done=_in_stage(steps, StepStage.DONE),
        offered=_in_stage(steps, StepStage.OFFERED),
        next_after=_next_after(steps),
        with_whom=_with_whom(steps) if replay.closed is None else (),
        owed=_owed(replay, steps),
        keeping_open=keeping_open(replay, moment),
        over_rounds=tuple(id_ for id_, state in steps.items() if state.put_to_owner),
        stalled=stage is RunStage.OPEN and not any(map(_can_go_on, steps.values())),
        blocked=replay.blocked,
        promise_due=promise.due,
        promise_missing=promise.missing,
        promise_notes=promise.notes,
        promise_kept=_promise_kept(replay, steps, promise, now),
        promise_overdue=_is_promise_overdue(replay, steps, promise, now),
        closed=replay.closed,
        stopped_by=replay.stopped_by,
        expects=_expects(replay),
        feedback=tuple(replay.feedback),
        conformance=_conformance(run, steps),
        escalations=tuple(escalations(replay, dates, steps, now)),
        asked_at=replay.asked_at,
        reopened=replay.reopened,
        unclear=tuple(_unclear(replay, dates, needs, steps)),
        impossible=tuple(replay.impossible),
        events=events,
    )


def replayed(
    run: Run,
    events: tuple[Event, ...],
    calendar: Calendar,
    members: Mapping[str, tuple[str, ...]],
) -> tuple[Replay, RunDates, Mapping[str, Need]]:
    """Return a run after the events that count, its dates, and which of its steps are needed.

    An event is judged by the inputs and the dates as they were then, the rest by those of the file.
    """
    replay = begin(run, events, calendar, members)
    needs = weigh(replay)
    dates = RunDates(replay)
    read_all(replay, dates, events)
    if any(event.event in _CHANGING for event in events):
        replay.as_in_file()
        dates.forget()
        needs = weigh(replay)
    return replay, dates, needs


def _stage(replay: Replay, moment: Moment) -> RunStage:
    if replay.closed is not None:
        dropped = replay.closed.result == "dropped"
        return RunStage.DROPPED if dropped else RunStage.CLOSED
    goes_on = keeping_open(replay, moment) or any(
        comes_again(track.step)
        and not track.step.optional
        and moment.stage(track) is not StepStage.FINISHED
        for track in replay.tracks.values()
    )
    return RunStage.OPEN if goes_on else RunStage.READY_TO_CLOSE


def _in_stage(steps: Mapping[str, StepState], stage: StepStage) -> tuple[str, ...]:
    return tuple(id_ for id_, state in steps.items() if state.stage is stage)


def _next_after(steps: Mapping[str, StepState]) -> tuple[str, ...]:
    """Return the steps whose turn it is once all that can be acted on now is finished."""
    return tuple(
        id_
        for id_, state in steps.items()
        if state.waiting is not None
        and state.waiting.steps
        and not state.waiting.inputs
        and all(one in steps and steps[one].is_next for one in state.waiting.steps)
    )


def _with_whom(steps: Mapping[str, StepState]) -> tuple[str, ...]:
    people: list[str] = []
    for state in steps.values():
        if state.offer is not None:
            people += state.offer.receivers or (state.offer.by,)
        elif state.is_next and state.awaited:
            people += state.awaited
        elif state.is_next and state.owner is not None:
            people.append(state.owner)
    return tuple(dict.fromkeys(people))


def _owed(replay: Replay, steps: Mapping[str, StepState]) -> tuple[str, ...]:
    return tuple(
        id_
        for id_, state in steps.items()
        if state.step.undoes is not None
        and not state.is_finished
        and is_triggered(replay, replay.tracks[id_])
    )


def _can_go_on(state: StepState) -> bool:
    """Whether somebody can act on a step now, or will be able to when a day comes."""
    ahead = state.waiting is not None and state.waiting.until is not None
    return state.is_next or ahead


def _promise_kept(
    replay: Replay, steps: Mapping[str, StepState], promise: Dated, now: Now
) -> bool | None:
    if replay.run.promise is None and promise.due is None:
        return None
    keeping = [
        state
        for state in steps.values()
        if state.step.keeps_promise and state.how is not How.NOT_NEEDED
    ]
    due = day_of(promise.due)
    if keeping and all(was_carried_out(state.how) for state in keeping):
        ends = [state.done.at if state.done else state.finished_at for state in keeping]
        return (
            None
            if due is None
            else not any(end is not None and is_after(end, due, replay.calendar) for end in ends)
        )
    if replay.closed is not None:
        result = replay.closed.result
        return {"kept": True, "partly": False, "missed": False}.get(result or "")
    late = is_overdue(promise.due, now, replay.calendar, promise.grace)
    return False if late and keeping else None


def _is_promise_overdue(
    replay: Replay, steps: Mapping[str, StepState], promise: Dated, now: Now
) -> bool:
    """Whether the day of the promise, with its grace, is over before all that keeps it is."""
    keeping = [state for state in steps.values() if state.step.keeps_promise]
    if replay.closed is not None or (keeping and all(state.is_finished for state in keeping)):
        return False
    return is_overdue(promise.due, now, replay.calendar, promise.grace)


def _unclear(
    replay: Replay, dates: RunDates, needs: Mapping[str, Need], steps: Mapping[str, StepState]
) -> Iterator[Unclear]:
    """Find what a run asks for and cannot be worked out from what it says."""
    run = replay.run
    whole = need_of(run.when, run.inputs)
    if whole.problem is not None:
        yield Unclear(None, "when", whole.problem)
    if run.promise is not None and run.promise.rule is not None and run.promise_due is None:
        yield from _uncountable(dates, None, "promise", run.promise.rule)
    for id_, state in steps.items():
        step, problem = state.step, needs[id_].problem
        if state.is_finished:
            continue
        if problem is not None:
            yield Unclear(id_, "when", problem)
        rule = step.rule if step.due is None else None
        if comes_again(step):
            yield from _uncountable_rhythm(dates, state)
        for field, asked in (
            ("rule", rule),
            ("not_before", step.not_before),
            ("until", step.until),
        ):
            if asked is not None:
                yield from _uncountable(dates, id_, field, asked)


def _uncountable_rhythm(dates: RunDates, state: StepState) -> Iterator[Unclear]:
    """Find a rhythm that has no day though the first day is known."""
    found = dates.due(state.id)
    first_known = state.step.rule is None or dates.resolved(state.step.rule).day is not None
    if found.due is None and not found.missing and found.notes and first_known:
        yield Unclear(state.id, "repeat", found.notes[-1])


def _uncountable(dates: RunDates, step: str | None, field: str, rule: Rule) -> Iterator[Unclear]:
    found = dates.resolved(rule)
    if found.day is None and not found.missing and found.notes:
        yield Unclear(step, field, found.notes[-1])


def _expects(replay: Replay) -> tuple[Met, ...]:
    said = dict(replay.closed.expects) if replay.closed is not None else {}
    texts = dict.fromkeys((*replay.run.expects, *said))
    return tuple(Met(text, said[text] in _MET if text in said else None) for text in texts)


def _conformance(run: Run, steps: Mapping[str, StepState]) -> Conformance:
    def where(holds: Callable[[StepState], object]) -> tuple[str, ...]:
        return tuple(id_ for id_, state in steps.items() if holds(state))

    return Conformance(
        skipped=where(lambda state: state.how is How.SKIPPED),
        waived=where(lambda state: state.how is How.WAIVED),
        not_needed=where(lambda state: state.how is How.NOT_NEEDED),
        out_of_order=where(lambda state: state.out_of_order),
        overridden=where(lambda state: state.overridden),
        gaps=where(lambda state: state.gaps),
        ad_hoc=run.process is None,
    )
