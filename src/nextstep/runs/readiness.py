"""Whether a step is finished, ready or waiting, and for what, at a moment of its run."""

from __future__ import annotations

from collections.abc import Iterable

from nextstep.dates.now import Now
from nextstep.model.process import Step
from nextstep.model.time import Day, Due
from nextstep.runs.needs import finished_without_event, is_triggered, was_carried_out
from nextstep.runs.repeats import comes_again
from nextstep.runs.run_dates import RunDates
from nextstep.runs.states import How, StepStage, Waiting
from nextstep.runs.timing import day_of, has_come
from nextstep.runs.tracks import Replay, Track


class Moment:
    """The steps of a run at a moment: ``now`` may be that of an event long ago."""

    def __init__(self, replay: Replay, dates: RunDates, now: Now) -> None:
        """Look at nothing yet. What was looked at once is kept: nothing happens in a moment."""
        self._replay = replay
        self._dates = dates
        self._now = now
        self._hows: dict[str, How | None] = {}
        self._waits: dict[str, Waiting | None] = {}

    def stage(self, track: Track) -> StepStage:
        """Return how far a step is."""
        if self.how(track) is not None:
            return StepStage.FINISHED
        if track.offer is not None:
            return StepStage.OFFERED
        if track.done is not None:
            return StepStage.DONE
        return StepStage.READY if self.waiting(track) is None else StepStage.WAITING

    def how(self, track: Track) -> How | None:
        """Return how a step was finished, None while it is not."""
        if track.how is not None:
            return track.how
        id_ = track.step.id
        if id_ not in self._hows:
            self._hows[id_] = self._how_by_itself(track)
        return self._hows[id_]

    def _how_by_itself(self, track: Track) -> How | None:
        how = finished_without_event(self._replay, track)
        if how is None and track.step.mark is not None:
            if self._is_due(track):
                return How.MARK
        elif how is None and comes_again(track.step) and self._dates.is_over(track.step.id):
            return track.times[-1].how if track.times else How.NOT_NEEDED
        return how

    def _is_due(self, track: Track) -> bool:
        day = day_of(self._dates.due(track.step.id).due)
        return day is not None and has_come(day, self._now, self._replay.calendar)

    def due_of(self, track: Track) -> Due | None:
        """Return when a step is due."""
        return self._dates.due(track.step.id).due

    def is_between_times(self, track: Track) -> bool:
        """Whether a step comes again, and nothing is done and no day has come this time."""
        idle = track.done is None and track.offer is None
        return comes_again(track.step) and idle and not self._is_due(track)

    def waiting(self, track: Track) -> Waiting | None:
        """Return what an unfinished step waits for, None when it is ready."""
        id_ = track.step.id
        if id_ not in self._waits:
            self._waits[id_] = self._waiting(track)
        return self._waits[id_]

    def _waiting(self, track: Track) -> Waiting | None:
        step = track.step
        steps = self.unmet(track.after)
        if step.undoes is not None and not is_triggered(self._replay, track):
            missing = self._replay.ids_of(step.undoes) or (step.undoes,)
            steps += tuple(id_ for id_ in missing if id_ not in steps)
        if step.mark is not None:
            dated = self._dates.due(step.id)
            return Waiting(steps, track.unknown, day_of(dated.due), dated.missing)
        until, unknown = self._not_before(step)
        if steps or track.unknown or until is not None or unknown:
            return Waiting(steps, track.unknown, until, unknown)
        return None

    def _not_before(self, step: Step) -> tuple[Day | None, tuple[str, ...]]:
        """Return a day that lies ahead, or what has to happen before it is known."""
        if step.not_before is None:
            return None, ()
        found = self._dates.resolved(step.not_before)
        until = day_of(found.day)
        if until is not None and has_come(until, self._now, self._replay.calendar):
            until = None
        return until, found.missing

    def unmet(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the unfinished steps among these.

        A step that was passed over does not free what comes after it from what came before it:
        where one of these was skipped or is not needed, what it comes after is looked at instead.
        """
        found: dict[str, None] = {}
        visited: set[str] = set()
        pending = list(reversed(tuple(ids)))
        while pending:
            id_ = pending.pop()
            if id_ in visited:
                continue
            visited.add(id_)
            track = self._replay.tracks.get(id_)
            how = None if track is None else self.how(track)
            if track is None or how is None:
                found[id_] = None
            elif not was_carried_out(how):
                pending.extend(reversed(track.after))
        return tuple(found)
