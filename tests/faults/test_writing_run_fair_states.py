"""Verbs in any order on a run of many conditions, in real git, against a model that can look back.

What is refused leaves the file and the branch as they were; what is done is one commit of that file
alone. Whatever is taken back, by whomever, the run stands as if it had never been recorded; where
others built on it, or where it would mean another thing then, nothing is taken back.
"""

from __future__ import annotations

import signal
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from tests.faults.machines import WHOLE, at_length
from tests.faults.run_fair_acts import BY_HAND, ON_RUNS, ON_STEPS, outcome
from tests.faults.run_fair_by_hand import nothing_by_hand, record_by_hand
from tests.faults.run_fair_choices import (
    HELPFUL,
    can_be_typed,
    filled,
    is_refused,
    people_at,
    says_nothing_new,
)
from tests.faults.run_fair_model import RUN, Act, Model, begin
from tests.faults.run_fair_place import FIRST, FairPlace, said, typed
from tests.faults.run_fair_plan import DAYS, DEPUTY, OUTSIDER, OWNER, PLAN, RECEIVER
from tests.faults.run_fair_story import Story
from tests.faults.run_fair_told import told_of
from tests.faults.run_place import log_of
from tests.forked import killed_before, run

STEPS = 25 if WHOLE else 8


class Fair(RuleBasedStateMachine):
    """Everybody of a fair and somebody from outside, over weeks, and a disk that may stop."""

    def __init__(self) -> None:
        """Make a new repository."""
        super().__init__()
        self.place = FairPlace()
        self.at = FIRST

    def teardown(self) -> None:
        """See that the repository is sound, and remove it."""
        self.place.remove()

    @initialize(enforce=st.booleans(), size=st.sampled_from(["small", "big"]))
    def begin(self, *, enforce: bool, size: str) -> None:
        self.id = self.place.start(enforce=enforce, size=size)
        begun = begin(enforce=enforce, size=size)
        self.story = Story(begun=begun, now=begun)

    @property
    def model(self) -> Model:
        return self.story.now

    @precondition(lambda self: not self.model.over)
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """Do what a step that is next waits for."""
        day = self.at.date()
        ready = [one for one in PLAN if self.model.stage(one, day) not in ("waiting", "finished")]
        if not ready:
            self.say(Act(verb="close", who=OWNER, at=self.tick()))
            return
        step = data.draw(st.sampled_from(ready))
        verb = data.draw(st.sampled_from(HELPFUL[PLAN[step].kind]))
        duty = self.model.steps[step].duty
        people = (*(self.model.steps[step].who or (OWNER,)), RECEIVER, *(duty or ()))
        self.at_step(data, verb, step, data.draw(st.sampled_from(people)))

    @rule(data=st.data(), verb=st.sampled_from(ON_STEPS), step=st.sampled_from(list(PLAN)))
    def anything(self, data: st.DataObject, verb: str, step: str) -> None:
        """Do anything, whoever it is."""
        self.at_step(data, verb, step, data.draw(st.sampled_from(people_at(self.model, step))))

    @rule(
        data=st.data(),
        verb=st.sampled_from(ON_RUNS),
        who=st.sampled_from([OWNER, OWNER, DEPUTY, "cy", OUTSIDER]),
    )
    def about_the_run(self, data: st.DataObject, verb: str, who: str) -> None:
        if verb == "drop" and data.draw(st.integers(0, 5)) > 0:
            return
        self.at_step(data, verb, RUN, who)

    @precondition(lambda self: self.story.standing())
    @rule(data=st.data(), last=st.booleans())
    def take_back(self, data: st.DataObject, *, last: bool) -> None:
        """Take back what somebody recorded, or let it count again."""
        standing = self.story.standing()
        place = standing[-1] if last else data.draw(st.sampled_from(standing))
        told = self.story.told[place]
        who = data.draw(st.sampled_from([told.act.who, OWNER, "cy", OUTSIDER]))
        self.undo(place, who)

    @precondition(lambda self: self.story.standing())
    @rule(who=st.sampled_from([OWNER, "cy", "ann"]))
    def take_back_the_last(self, who: str) -> None:
        """Take back the last thing without naming it: only what is one's own."""
        place = self.story.standing()[-1]
        self.undo(place, who, named=self.story.told[place].act.who == who)

    @rule(day=st.sampled_from(DAYS[1:]), who=st.sampled_from([OWNER, DEPUTY, "hal"]))
    def later(self, day: object, who: str) -> None:
        """Let days pass; who is told that something stands still finds it in what is due."""
        if str(day) <= str(self.at.date()):
            return
        self.at = datetime.fromisoformat(f"{day}T08:00Z")
        told = [one for one in told_of(self.model, self.at.date()) if who in one[3]]
        due = self.place.due_of(who, self.at)
        assert {step for step, *_ in told} <= {one.get("step") for one in due}
        shown = {(one["step"], one["past"], one["past_since"]) for one in due if one["past"]}
        assert shown <= {(step, past, str(since)) for step, past, since, _ in told}

    @rule()
    def all_is_recorded(self) -> None:
        """Ask for what was changed by hand and has no event."""
        nothing_by_hand(self.place, self.id, Act(verb="record", who=OWNER, at=self.tick()))

    @rule()
    def draw_again(self) -> None:
        """Change what a gate looks at."""
        self.place.draw_again()

    @rule(
        data=st.data(),
        verb=st.sampled_from([one for one in ON_STEPS if one not in BY_HAND]),
        step=st.sampled_from(list(PLAN)),
        at=st.integers(0, 13),
    )
    def crash(self, data: st.DataObject, verb: str, step: str, at: int) -> None:
        """Kill a verb before one of the steps of the disk; somebody commits what it left."""
        who = data.draw(st.sampled_from(people_at(self.model, step)))
        act = self.act(data, verb, step, who)
        path = self.place.path(self.id)
        before = path.read_bytes()
        words, environ = typed(self.id, act), self.place.as_person(act.who, act.at)
        ran = run(self.place.made.path, *words, env=environ, first=killed_before(at))
        assert ran.code in {0, 2, 3, -signal.SIGKILL}, (words, ran)
        if path.read_bytes() != before:
            assert log_of(path.read_bytes().decode()).startswith(log_of(before.decode())), words
            self.story = self.story.tell(act, self.place.last_instant(self.id, before))
        self.place.commit_what_is_left(self.id)

    @invariant()
    def the_program_says_what_the_model_says(self) -> None:
        assert self.place.seen(self.id, self.at) == said(self.model, self.at, self.place.content())

    def tick(self) -> datetime:
        """Return an instant that was not yet."""
        self.at += timedelta(minutes=1)
        return self.at

    def act(self, data: st.DataObject, verb: str, step: str, who: str) -> Act:
        act = Act(verb=verb, who=who, at=self.tick(), step=step)
        content = self.place.content()
        return filled(self.model, act, content, lambda some: data.draw(st.sampled_from(some)))

    def at_step(self, data: st.DataObject, verb: str, step: str, who: str) -> None:
        act = self.act(data, verb, step, who)
        if can_be_typed(self.model, act):
            self.say(act)

    def say(self, act: Act) -> None:
        nothing = says_nothing_new(self.model, act)
        found = (
            None if is_refused(self.model, act, self.place.content()) else outcome(self.model, act)
        )
        before = self.place.path(self.id).read_bytes()
        possible = found is not None or nothing
        if act.verb in BY_HAND:
            record_by_hand(self.place, self.id, act, possible=possible)
        else:
            words = typed(self.id, act)
            self.place.act(self.id, act, words, possible=possible, nothing=nothing)
        if found is not None and not nothing:
            self.story = self.story.tell(act, self.place.last_instant(self.id, before))

    def undo(self, place: int, who: str, *, named: bool = True) -> None:
        """Take something back that is named by its time, or by being the last."""
        act = Act(verb="undo", who=who, at=self.tick())
        after = self.story.undo(place, act) if named else None
        before = self.place.path(self.id).read_bytes()
        words = ["undo", self.id, "--yes"]
        if named:
            words += ["--at", self.story.told[place].at]
        self.place.act(self.id, act, words, possible=after is not None)
        if after is not None:
            at = self.place.last_instant(self.id, before)
            self.story = replace(after, told=(*after.told[:-1], replace(after.told[-1], at=at)))


Fair.TestCase.settings = at_length(STEPS)


class TestFair(Fair.TestCase):  # type: ignore[valid-type, misc]
    """Any order of verbs, whatever is taken back; refusals and crashes."""
