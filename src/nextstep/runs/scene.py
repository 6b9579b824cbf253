"""An event of a run, and the step it speaks of as it was at that moment."""

from __future__ import annotations

from msgspec import Struct

from nextstep.model.events import Event, instant_text
from nextstep.runs.facts import Offer
from nextstep.runs.readiness import Moment
from nextstep.runs.states import StepStage, Waiting
from nextstep.runs.story import Refusal, named
from nextstep.runs.tracks import Replay, Track

WAITING, READY, DONE = StepStage.WAITING, StepStage.READY, StepStage.DONE
OFFERED, FINISHED = StepStage.OFFERED, StepStage.FINISHED


class Scene(Struct, frozen=True):
    """An event and the step it speaks of, as the step was at that moment."""

    replay: Replay
    track: Track
    event: Event
    moment: Moment
    stage: StepStage

    def answered(self, what: str, offer: Offer | None = None) -> None:
        """Keep what the event is an answer to: of an offer also when that was made."""
        when = f" {instant_text(offer.at)}" if offer is not None else ""
        self.replay.answers[self.event.index] = f"{what}{when}"

    def not_now(self, right: str) -> Refusal:
        """Refuse the event for where the step is."""
        where = self.stage.value
        if self.track.offer is not None and self.stage is OFFERED:
            where += f" to {named(self.track.offer.to)}"
        id_, kind = self.track.step.id, self.event.event
        return f"`{kind}` is not possible while `{id_}` is {where}", right


def words_for(waiting: Waiting | None, *, plain: bool = False) -> str:
    """Return what a step waits for, for a sentence; names are in backticks unless it is ``plain``."""
    if waiting is None:
        return "nothing"
    parts = [*waiting.steps, *waiting.inputs, *waiting.unknown]
    if waiting.until is not None:
        parts.append(waiting.until.isoformat())
    return ", ".join(parts if plain else (f"`{one}`" for one in parts)) or "its date"
