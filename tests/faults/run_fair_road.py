"""A way through the fair on which each state comes up, and all that can be tried in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from nextstep.model.events import instant_text
from tests.faults.run_fair_acts import ON_RUNS, ON_STEPS, outcome
from tests.faults.run_fair_choices import can_be_typed, filled, is_refused, people_at
from tests.faults.run_fair_model import RUN, Act, Model, begin
from tests.faults.run_fair_plan import OWNER, PLAN, RECEIVER
from tests.faults.run_fair_story import Story

ROAD: tuple[tuple[str, str, str, str], ...] = (
    ("offer", "plan", "ann", ""),
    ("return", "plan", "ann", ""),
    ("offer", "plan", "ann", ""),
    ("accept", "plan", RECEIVER, ""),
    ("approve", "drawing", "eve", ""),
    ("return", "colours", "cy", ""),
    ("approve", "colours", "dee", ""),
    ("approve", "colours", "eve", ""),
    ("move", "buy", "gil", "2026-12-09"),
    ("block", "permit", "fay", ""),
    ("block", RUN, OWNER, ""),
    ("change", RUN, OWNER, "size=small"),
    ("skip", "word", "ann", ""),
    ("reopen", "word", "ann", ""),
    ("done", "word", "ann", ""),
    ("offer-duty", "buy", "gil", "hal"),
    ("done", "buy", "gil", ""),
    ("offer", "buy", "gil", ""),
    ("accept", "buy", RECEIVER, ""),
    ("skip", "go", OWNER, ""),
    ("later", RUN, "", "2026-12-10"),
    ("done", "build", "hal", ""),
    ("later", RUN, "", "2026-12-21"),
    ("done", "clear", "hal", ""),
    ("close", RUN, OWNER, ""),
    ("reopen", RUN, OWNER, ""),
    ("drop", RUN, OWNER, ""),
)

State: TypeAlias = tuple[str, str]
"""What kind of thing it is, and where it stands: of what is finished, how."""


class Shown(NamedTuple):
    """What a try shows: a verb in a state, and whether it is possible."""

    verb: str
    kind: str
    state: str
    yes: bool


class Turn(Struct, frozen=True, kw_only=True):
    """Where somebody stands on the road, at an instant."""

    story: Story
    at: datetime


class Try(Struct, frozen=True, kw_only=True):
    """Something to be tried: an act, or to take back what stands at a ``place`` of the story."""

    act: Act
    place: int | None = None


def turns(at: datetime, content: str) -> Iterator[tuple[Act | None, Turn]]:
    """Yield each turn of the road, with the act that leads to it: None for the start and for days.

    ``content`` is what the drawing holds all the time.
    """
    begun = begin(enforce=False, size="big")
    story = Story(begun=begun, now=begun)
    yield None, Turn(story=story, at=at)
    for verb, step, who, more in ROAD:
        at += timedelta(minutes=1)
        act = None
        if verb == "later":
            at = datetime.fromisoformat(f"{more}T08:00Z")
        else:
            act = Act(verb=verb, step=step, who=who, at=at, more=more)
            act = act if more else filled(story.now, act, content, min)
            story = story.tell(act, instant_text(at))
        yield act, Turn(story=story, at=at)


def state_of(model: Model, step: str, at: datetime) -> State:
    """Return the state of a step, or of the run."""
    if step == RUN:
        return RUN, model.state(at.date())
    how = model.how(step, at.date())
    stage = model.stage(step, at.date())
    return PLAN[step].kind, f"{stage}: {how}" if how else stage


def tries(turn: Turn, content: str) -> Iterator[tuple[Shown, Try]]:
    """Yield what can be tried at a turn, with what it shows."""
    model, at = turn.story.now, turn.at + timedelta(minutes=1)
    for step in (*PLAN, RUN):
        for verb in ON_RUNS if step == RUN else ON_STEPS:
            for who in people_at(model, step):
                act = Act(verb=verb, step=step, who=who, at=at)
                if not can_be_typed(model, act):
                    continue
                act = filled(model, act, content, min)
                yes = not is_refused(model, act, content) and outcome(model, act) is not None
                yield Shown(verb, *state_of(model, step, at), yes), Try(act=act)
    for place in turn.story.standing():
        told = turn.story.told[place]
        for who in dict.fromkeys((told.act.who, OWNER, "cy")):
            act = Act(verb="undo", who=who, at=at)
            yes = turn.story.undo(place, act) is not None
            yield (
                Shown(f"undo {told.act.verb}", *state_of(model, RUN, at), yes),
                Try(act=act, place=place),
            )
