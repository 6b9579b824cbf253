"""What each event does to a run as a whole, and the way of every other one to its step."""

from __future__ import annotations

from nextstep.dates.now import now_at
from nextstep.model.events import Event
from nextstep.model.process import VACANT
from nextstep.runs.commitment_events import closed_of
from nextstep.runs.facts import Blocked, Feedback, Impossible
from nextstep.runs.needs import is_triggered, weigh
from nextstep.runs.readiness import Moment
from nextstep.runs.repeats import comes_again, end_this_time
from nextstep.runs.run_dates import RunDates
from nextstep.runs.same_edit import remember
from nextstep.runs.scene import Scene
from nextstep.runs.states import StepStage
from nextstep.runs.step_events import STEP_EVENTS
from nextstep.runs.story import Refusal, named
from nextstep.runs.tracks import Replay, Track, changed_input

_WITHOUT_EFFECT = frozenset({"noted", "feedback", "changed", "confirmed", "trained"})
_CHANGING = ("inputs.", "people.")
_OF_THE_RUN = frozenset({"asked", "blocked", "unblocked", "closed", "reopened"})


def read_all(replay: Replay, dates: RunDates, events: tuple[Event, ...]) -> None:
    """Take all events into the run; those that are impossible are kept apart."""
    for event in events:
        refusal = _read(replay, dates, event)
        if refusal is not None:
            replay.impossible.append(Impossible(event, *refusal))
        elif event.event not in _WITHOUT_EFFECT:
            replay.seen.add(event.by)
            dates.forget()
        elif changed_input(event) is not None:
            weigh(replay)
            dates.forget()


def _read(replay: Replay, dates: RunDates, event: Event) -> Refusal | None:
    kind = event.event
    if kind in _WITHOUT_EFFECT:
        if kind == "changed" and not (event.text("field") or "").startswith(_CHANGING):
            return (
                f"`changed` is not for `{event.text('field')}`",
                "write `field: inputs.` or `people.` and the name; for a date write `moved`",
            )
        _keep_in_mind(replay, event)
        return None
    if replay.closed is not None:
        if kind == "reopened" and event.step is None:
            return _run_reopened(replay, event)
        return (
            f"`{kind}` is not possible after the run was {_ended(replay)}",
            "write `reopened` without a step before it, or `noted`",
        )
    moment = Moment(replay, dates, now_at(event.at, replay.calendar.timezone))
    if event.step is None and kind in _OF_THE_RUN:
        return _of_the_run(replay, moment, event)
    return _of_a_step(replay, moment, event)


def _of_a_step(replay: Replay, moment: Moment, event: Event) -> Refusal | None:
    kind = event.event
    told = STEP_EVENTS.get(kind)
    if told is None:
        allowed = ", ".join(sorted({*STEP_EVENTS, *_OF_THE_RUN, *_WITHOUT_EFFECT}))
        where = "a step" if kind in _OF_THE_RUN else "a run"
        return f"`{kind}` does not belong to {where}", f"write one of {allowed}"
    if event.step is None:
        return f"`{kind}` does not say of which step", "add `step`"
    track = replay.tracks.get(event.step)
    if track is None:
        parts = replay.groups.get(event.step)
        if parts:
            return f"`{event.step}` is done in parts", f"write one of {named(parts)}"
        return (
            f"`{event.step}` is not a step of this run",
            f"write one of {named(tuple(replay.tracks))}",
        )
    refusal = told(Scene(replay, track, event, moment, moment.stage(track)))
    if refusal is None and comes_again(track.step):
        _keep_which_time(replay, track, event)
        if track.how is not None:
            end_this_time(replay, track, event, moment.due_of(track))
    return refusal


def _keep_which_time(replay: Replay, track: Track, event: Event) -> None:
    """Keep which time of its step an event is about: it hangs on the ends of those before."""
    answer = replay.answers.get(event.index, "")
    replay.answers[event.index] = f"time {len(track.times)} {answer}"


def _keep_in_mind(replay: Replay, event: Event) -> None:
    if event.event == "feedback":
        score = event.values.get("score")
        replay.feedback.append(
            Feedback(event.at, event.by, None if score is None else str(score), event.text("words"))
        )
    elif event.event == "changed":
        _rebind(replay, event)
        remember(replay, event, (event.text("field") or "").removeprefix("inputs."))


def _rebind(replay: Replay, event: Event) -> None:
    """Let an input have another value, or another person play a role in the steps of that role."""
    before, after = event.text("from"), event.text("to")
    if after is None:
        return
    name = changed_input(event)
    if name is not None:
        replay.inputs[name] = after
    new = () if after == VACANT else (after,)
    for id_ in replay.played_in(event):
        track = replay.tracks[id_]
        if before in track.who:
            place = track.who.index(before)
            track.who = (*track.who[:place], *new, *track.who[place + 1 :])
        elif not track.who:
            track.who = new
        if track.who:
            track.vacated_by = None


def _of_the_run(replay: Replay, moment: Moment, event: Event) -> Refusal | None:
    if event.event == "closed":
        return _closed(replay, moment, event)
    if event.event == "reopened":
        return "the run is not closed", "add `step`, or leave it out"
    if event.event == "asked":
        replay.asked_at = event.at
    elif event.event == "blocked":
        replay.blocked = Blocked(event.at, event.by, event.text("why"), event.text("on"))
    else:
        replay.blocked = None
    return None


def _closed(replay: Replay, moment: Moment, event: Event) -> Refusal | None:
    if event.text("result") == "dropped":
        if not replay.leads(event.by):
            allowed = named((*replay.owners, *replay.deputies))
            return f"`{event.by}` dropped the run", f"let one of {allowed} drop it"
        if not event.text("why"):
            return "the run was dropped and nothing says why", "add `why`"
    else:
        open_steps = keeping_open(replay, moment)
        if open_steps:
            return (
                f"the run was closed while {named(open_steps)} is not finished",
                "finish or skip it first, or write `result: dropped` with why",
            )
    replay.closed = closed_of(event)
    replay.blocked = None
    return None


def keeping_open(replay: Replay, moment: Moment) -> tuple[str, ...]:
    """Return the steps for which the run cannot close yet.

    Those are all that are not finished, less the optional ones, what undoes a step that is not
    done, and what comes again and is not due yet. What undoes a step that is done is owed even if
    it is optional.
    """
    return tuple(
        id_
        for id_, track in replay.tracks.items()
        if moment.stage(track) is not StepStage.FINISHED
        and not moment.is_between_times(track)
        and (
            is_triggered(replay, track)
            if track.step.undoes is not None
            else not track.step.optional
        )
    )


def _run_reopened(replay: Replay, event: Event) -> Refusal | None:
    if not replay.leads(event.by):
        allowed = named((*replay.owners, *replay.deputies))
        return f"`{event.by}` reopened the run", f"let one of {allowed} reopen it"
    replay.closed = replay.stopped_by = None
    replay.reopened += 1
    return None


def _ended(replay: Replay) -> str:
    if replay.stopped_by is not None:
        return f"stopped at `{replay.stopped_by}`"
    dropped = replay.closed is not None and replay.closed.result == "dropped"
    return "dropped" if dropped else "closed"
