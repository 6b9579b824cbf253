"""From what the log says of a step to its state at a moment."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from nextstep.dates.now import Now
from nextstep.model.time import Day
from nextstep.runs.facts import Offer
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.gate_events import missing_voters, votes_needed
from nextstep.runs.needs import is_triggered
from nextstep.runs.readiness import Moment
from nextstep.runs.run_dates import Dated, RunDates
from nextstep.runs.states import How, StepStage, StepState
from nextstep.runs.timing import day_of, is_after, is_overdue, latest, working_days_late
from nextstep.runs.tracks import Replay, Track


class View(Struct, frozen=True):
    """All that the state of a step is taken from. ``content`` gives the blob of a path."""

    replay: Replay
    dates: RunDates
    moment: Moment
    now: Now
    content: Callable[[str], str | None] | None


def step_state(view: View, track: Track) -> StepState:
    """Return where a step stands."""
    step, replay = track.step, view.replay
    stage = view.moment.stage(track)
    dated = view.dates.due(step.id)
    vacant = _is_vacant(track)
    who = () if vacant else track.bound
    overdue = _is_overdue(view, track, stage, dated)
    gate_open = step.is_gate and stage is not StepStage.FINISHED
    not_before = view.dates.resolved(step.not_before) if step.not_before else None
    until = view.dates.resolved(step.until) if step.until else None
    return StepState(
        id=step.id,
        step=step,
        stage=stage,
        how=view.moment.how(track),
        who=who,
        with_=step.with_,
        owner=_owner(replay, track, stage, who),
        vacant=vacant and stage is not StepStage.FINISHED and step.mark is None,
        put_to_owner=track.put_to_owner and gate_open,
        assigned=stage is not StepStage.FINISHED and bool(who) and replay.seen.isdisjoint(who),
        who_told=track.who,
        since=_since(view, track, stage),
        after=track.after,
        waiting=view.moment.waiting(track) if stage is StepStage.WAITING else None,
        due=dated.due,
        due_agreed=dated.agreed,
        due_missing=dated.missing,
        notes=dated.notes,
        grace=dated.grace,
        not_before=day_of(not_before.day) if not_before else None,
        until=day_of(until.day) if until else None,
        moves=track.moves_now,
        asked=track.asked,
        asked_at=track.asked_at,
        overdue=overdue,
        days_late=working_days_late(dated.due, view.now.today, replay.calendar)
        if overdue and dated.due
        else 0,
        on_time=_on_time(view, track, dated),
        rounds=track.rounds,
        offer=track.offer,
        duty_offer=track.duty_offer,
        answer_by=_answer_by(view, track, track.offer),
        returned=track.returned,
        ticked=track.ticked,
        blocked=track.blocked,
        done=track.done,
        finished_at=track.finished_at,
        finished_on=view.dates.finished_on(step.id) if stage is StepStage.FINISHED else None,
        why=track.why,
        gaps=track.gaps,
        readback=track.readback,
        votes=track.votes,
        votes_needed=votes_needed(step, track.who) if step.is_gate else 0,
        voters=missing_voters(track) if gate_open else (),
        approved_content=track.approved_content,
        changed_since=_changed_since(view, track),
        out_of_order=track.out_of_order,
        overridden=track.overridden,
        reopened=track.reopened,
        times=track.times,
    )


def _is_vacant(track: Track) -> bool:
    """Nobody is bound; or who was bound gave it back, and the file still names them alone."""
    return set(track.bound) <= {track.vacated_by}


def _owner(replay: Replay, track: Track, stage: StepStage, who: tuple[str, ...]) -> str | None:
    if track.step.mark is not None:
        return None
    if track.offer is not None:
        return track.offer.by
    leader = replay.owners[0] if replay.owners else None
    if track.put_to_owner and stage is not StepStage.FINISHED:
        return leader
    if track.step.is_gate and stage is not StepStage.FINISHED:
        voters = [one for one in missing_voters(track) if one in who]
        return next(iter(voters or who), leader)
    return who[0] if who else leader


def _since(view: View, track: Track, stage: StepStage) -> Day | None:
    if stage is StepStage.FINISHED:
        return view.dates.finished_on(track.step.id)
    if track.offer is not None:
        return track.offer.at
    if stage is StepStage.DONE and track.done is not None:
        return track.done.at
    if stage is StepStage.WAITING:
        return None
    days: list[Day | None] = [view.replay.run.started, track.since]
    days += [view.dates.finished_on(id_) for id_ in track.after if id_ in view.replay.tracks]
    if track.step.not_before is not None:
        days.append(day_of(view.dates.resolved(track.step.not_before).day))
    return latest([day for day in days if day is not None], view.replay.calendar)


def _is_overdue(view: View, track: Track, stage: StepStage, dated: Dated) -> bool:
    """Whether the work is late: not of what is done, optional, a mark, or not asked for yet."""
    step, replay = track.step, view.replay
    if replay.closed is not None or stage not in (StepStage.WAITING, StepStage.READY):
        return False
    if step.mark is not None or step.optional:
        return False
    if step.undoes is not None and not is_triggered(replay, track):
        return False
    return is_overdue(dated.due, view.now, replay.calendar, dated.grace)


def _on_time(view: View, track: Track, dated: Dated) -> bool | None:
    day = day_of(dated.due)
    at = track.finished_at if track.how is How.APPROVED else None
    if track.done is not None and track.how not in (How.SKIPPED, How.WAIVED):
        at = track.done.at
    if day is None or at is None:
        return None
    return not is_after(at, day, view.replay.calendar)


def _answer_by(view: View, track: Track, offer: Offer | None) -> Day | None:
    handoff = track.step.handoff
    if offer is None or handoff is None or handoff.accept_within is None:
        return None
    return view.dates.plus(offer.at, handoff.accept_within)


def _changed_since(view: View, track: Track) -> bool | None:
    """Whether the file that was approved is another one now; blobs may be shortened."""
    approved = track.approved_content
    if view.content is None or approved is None or track.step.approve is None:
        return None
    inputs = view.replay.run.inputs
    now = view.content(filled_path(track.step.approve, inputs, track.step.part))
    return now is None or not (now.startswith(approved) or approved.startswith(now))
