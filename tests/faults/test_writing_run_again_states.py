"""Verbs in any order on steps that come again, in real git, against a small model.

What ends one time opens the next; a date that is moved is that of one time; what is taken back is
taken back from the last time on.
"""

from __future__ import annotations

import signal
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from nextstep.dates.now import now_at
from nextstep.model.calendar import Calendar
from nextstep.runs.run_states import run_state
from nextstep.runs.states import StepState
from tests.faults.machines import WHOLE, at_length
from tests.faults.run_again_model import (
    DEPUTY,
    ON_RUNS,
    ON_STEPS,
    OUTSIDER,
    OWNER,
    PLAN,
    PROCESS,
    RECEIVER,
    Model,
    is_possible,
    says_nothing_new,
)
from tests.faults.run_again_story import Story
from tests.faults.run_fair_by_hand import nothing_by_hand
from tests.faults.run_fair_model import RUN, Act
from tests.faults.run_fair_place import FIRST, FairPlace, typed
from tests.faults.run_fair_plan import SETTINGS
from tests.faults.run_place import log_of
from tests.faults.visits import Visits, table
from tests.forked import killed_before, run

STEPS = 25 if WHOLE else 8
ROAD: tuple[tuple[str, str, str], ...] = (
    ("approve", "look", "eve"),
    ("return", "look", "fay"),
    ("approve", "look", "eve"),
    ("approve", "look", "fay"),
    ("tick", "count", "ann"),
    ("done", "count", "ann"),
    ("offer", "count", "ann"),
    ("accept", "count", RECEIVER),
    ("skip", "sweep", "cy"),
    ("move", "sweep", "cy"),
    ("block", "sweep", "cy"),
    ("unblock", "sweep", OWNER),
    ("move-agreed", "count", OUTSIDER),
    ("override", "wrap", "gil"),
    ("note", "look", OUTSIDER),
    ("reopen", "wrap", OWNER),
    ("done", "sweep", "cy"),
    ("skip", "wrap", OWNER),
    ("undo", "", OWNER),
    ("skip", "wrap", OWNER),
    ("close", RUN, OWNER),
    ("reopen", RUN, OWNER),
    ("later", "2026-12-09T08:00Z", ""),
    ("ask", "sweep", OWNER),
    ("drop", RUN, OWNER),
)
"""A way on which each verb is done; at small scale the beginning of it is gone."""
DAYS = tuple(f"2026-{day}T08:00Z" for day in ("11-24", "11-25", "11-30", "12-01", "12-09", "12-21"))
MOVED_TO = ("2026-11-27", "2026-12-11", "2026-12-22")
EVERYBODY = ("ann", "cy", "eve", "fay", "gil", RECEIVER, OWNER, DEPUTY, OUTSIDER)
VISITED = Visits()
"""What was tried."""


class Stall(FairPlace):
    """A repository with a run of the market stall in it."""

    files: ClassVar[Mapping[str, str]] = {
        "nextstep.yaml": SETTINGS,
        "processes/stall.yaml": PROCESS,
    }

    def start_it(self) -> str:
        """Start the run as the owner, and return its id."""
        words = ("start", "stall", "--for", "Globex", "--yes")
        ran = run(self.made.path, *words, env=self.as_person(OWNER, FIRST))
        assert ran.code == 0, ran
        (path,) = self.made.path.glob("commitments/**/*.yaml")
        return path.stem

    def stands(self, id_: str, at: datetime) -> object:
        """Return where the run stands at an instant, as its file says it."""
        state = run_state(self.record_of(id_), now_at(at, "UTC"), Calendar())
        assert (state.impossible, state.unclear) == ((), ())
        return state.stage.value, {id_: _seen(step) for id_, step in state.steps.items()}


def _seen(step: StepState) -> object:
    """Return what the program says of a step: of one that is finished, how its times ended."""
    times = [(one.due, one.how.value, one.on_time) for one in step.times]
    if step.is_finished:
        return times or [(step.due, step.how.value if step.how else "", step.on_time)]
    return {
        "stage": step.stage.value,
        "times": times,
        "who": step.who_told,
        "due": step.due,
        "done": step.done is not None,
        "giver": step.offer.by if step.offer else "",
        "votes": {one.by for one in step.votes},
        "rounds": step.rounds,
        "put": step.put_to_owner,
        "ticked": bool(step.ticked),
        "blocked": step.blocked is not None,
        "asked": step.asked,
    }


def said(model: Model) -> object:
    """Return the same of the model."""
    return model.state(), {id_: _said(model, id_) for id_ in PLAN}


def _said(model: Model, id_: str) -> object:
    step = model.steps[id_]
    times = [(one.due, one.how, one.in_time) for one in step.times]
    if model.finished(id_):
        return times
    return {
        "stage": model.stage(id_),
        "times": times,
        "who": step.who,
        "due": model.due(id_),
        "done": step.done is not None,
        "giver": step.giver,
        "votes": set(step.votes),
        "rounds": step.rounds,
        "put": step.put,
        "ticked": step.ticked,
        "blocked": step.blocked,
        "asked": step.asked,
    }


def act_of(model: Model, verb: str, step: str, who: str, at: datetime, *, number: int = 0) -> Act:
    """Return an act with what its verb needs beside."""
    more = agreed = ""
    if verb in {"move", "move-agreed"}:
        days = [one for one in MOVED_TO if one != str(model.due(step))]
        more = days[number % len(days)]
        agreed = (model.steps[step].who or (OWNER,))[0] if verb == "move-agreed" else ""
    elif verb == "tick":
        more = PLAN[step].item or "the till"
    return Act(verb=verb, who=who, at=at, step=step, more=more, agreed=agreed)


class Coming(RuleBasedStateMachine):
    """Everybody of a market stall, over weeks."""

    def __init__(self) -> None:
        """Make a new repository."""
        super().__init__()
        self.place, self.story, self.at = Stall(), Story(), FIRST

    def teardown(self) -> None:
        """See that the repository is sound, and remove it."""
        self.place.remove()

    @initialize()
    def begin(self) -> None:
        self.id = self.place.start_it()

    @rule(
        verb=st.sampled_from(ON_STEPS),
        step=st.sampled_from(list(PLAN)),
        who=st.sampled_from(EVERYBODY),
        number=st.integers(0, 1),
    )
    def anything(self, verb: str, step: str, who: str, number: int) -> None:
        """Do anything at a step, whoever it is."""
        self.say(act_of(self.story.now, verb, step, who, self.tick(), number=number))

    @rule(verb=st.sampled_from(ON_RUNS), who=st.sampled_from([OWNER, DEPUTY, "ann", OUTSIDER]))
    def about_the_run(self, verb: str, who: str) -> None:
        if verb != "drop" or self.at.day % 2:
            self.say(Act(verb=verb, who=who, at=self.tick()))

    @rule(seed=st.integers(0, 2**32), ends=st.booleans(), count=st.integers(1, 4))
    def go_on(self, seed: int, count: int, *, ends: bool) -> None:
        """Do several things that are possible; often what ends a time."""
        chance = Random(seed)
        for _ in range(count):
            self.go_on_once(chance, ends=ends)
            self.the_program_says_what_the_model_says()

    def go_on_once(self, chance: Random, *, ends: bool) -> None:
        at = self.tick()
        acts = [
            act_of(self.story.now, verb, step, who, at, number=chance.randrange(2))
            for step in (*PLAN, RUN)
            for verb in (ON_RUNS if step == RUN else ON_STEPS)
            for who in EVERYBODY
        ]
        acts = [one for one in acts if is_possible(self.story.now, one)]
        ending = {"done", "offer", "accept", "approve", "skip"}
        acts = [one for one in acts if one.verb in ending] * ends or acts
        verb = chance.choice(sorted({one.verb for one in acts}))
        self.say(chance.choice([one for one in acts if one.verb == verb]))

    @precondition(lambda self: self.story.standing())
    @rule(data=st.data(), last=st.booleans(), who=st.sampled_from([OWNER, "ann", "cy", OUTSIDER]))
    def take_back(self, data: st.DataObject, *, last: bool, who: str) -> None:
        """Take back what somebody recorded, or let it count again."""
        standing = self.story.standing()
        self.undo(standing[-1] if last else data.draw(st.sampled_from(standing)), who)

    @rule(day=st.sampled_from(DAYS))
    def later(self, day: str) -> None:
        """Let days pass."""
        self.at = max(self.at, datetime.fromisoformat(day))

    @rule(
        verb=st.sampled_from(ON_STEPS),
        step=st.sampled_from(list(PLAN)),
        who=st.sampled_from(EVERYBODY),
        at=st.integers(0, 13),
    )
    def crash(self, verb: str, step: str, who: str, at: int) -> None:
        """Kill a verb before one of the steps of the disk; somebody commits what it left."""
        act = act_of(self.story.now, verb, step, who, self.tick())
        path = self.place.path(self.id)
        before = path.read_bytes()
        words, environ = typed(self.id, act), self.place.as_person(who, act.at)
        ran = run(self.place.made.path, *words, env=environ, first=killed_before(at))
        assert ran.code in {0, 2, 3, -signal.SIGKILL}, (words, ran)
        if path.read_bytes() != before:
            assert log_of(path.read_text()).startswith(log_of(before.decode())), words
            self.story = self.story.tell(act, self.place.last_instant(self.id, before))
        self.place.commit_what_is_left(self.id)

    @rule()
    def all_is_recorded(self) -> None:
        """Ask for what was changed by hand and has no event."""
        nothing_by_hand(self.place, self.id, Act(verb="record", who=OWNER, at=self.tick()))

    @invariant()
    def the_program_says_what_the_model_says(self) -> None:
        assert self.place.stands(self.id, self.at) == said(self.story.now)

    def tick(self) -> datetime:
        """Return an instant that was not yet."""
        self.at += timedelta(minutes=1)
        return self.at

    def say(self, act: Act) -> None:
        model = self.story.now
        nothing = says_nothing_new(model, act)
        possible = nothing or is_possible(model, act)
        label = model.state() if act.step == RUN else model.stage(act.step)
        VISITED[act.verb, label, possible] += 1
        before = self.place.path(self.id).read_bytes()
        words = typed(self.id, act)
        self.place.act(self.id, act, words, possible=possible, nothing=nothing)
        if possible and not nothing:
            self.story = self.story.tell(act, self.place.last_instant(self.id, before))

    def undo(self, place: int, who: str) -> None:
        """Take something back that is named by its time."""
        act = Act(verb="undo", who=who, at=self.tick())
        after = self.story.undo(place, act)
        VISITED["undo", self.story.now.state(), after is not None] += 1
        before = self.place.path(self.id).read_bytes()
        words = ["undo", self.id, "--yes", "--at", self.story.told[place].at]
        self.place.act(self.id, act, words, possible=after is not None)
        if after is not None:
            at = self.place.last_instant(self.id, before)
            self.story = replace(after, told=(*after.told[:-1], replace(after.told[-1], at=at)))


def test_verbs_in_any_order_do_what_the_model_does() -> None:
    run_state_machine_as_test(
        Coming,
        settings=at_length(STEPS),
    )
    print(table(VISITED))


def test_each_verb_is_done_on_one_way_through_the_run() -> None:
    """What chance may leave out is here."""
    stall = Coming()
    stall.begin()
    for verb, step, who in ROAD if WHOLE else ROAD[:4]:
        told = stall.story.told
        if verb == "later":
            stall.later(step)
        elif verb == "undo":
            stall.undo(stall.story.standing()[-1], who)
        else:
            stall.say(act_of(stall.story.now, verb, step, who, stall.tick()))
        assert verb == "later" or len(stall.story.told) == len(told) + 1, (verb, step)
        stall.the_program_says_what_the_model_says()
    stall.teardown()
    assert {verb for verb, _, _ in ROAD} == {*ON_STEPS, *ON_RUNS, "undo", "later"}
