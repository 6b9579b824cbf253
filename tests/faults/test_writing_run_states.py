"""Verbs in any order on a run in real git, against a small model: refusals and crashes, too.

After each verb the program says of the run what the model says. What is refused leaves the file and
the branch as they were; what is done is one commit of that file alone, whose log only grows; and
after a kill at any step of the disk the file is old or new in whole.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.faults.machines import WHOLE, at_length
from tests.faults.run_model import (
    BEGIN,
    ON_STEPS,
    OUTSIDER,
    OWNER,
    RECEIVER,
    RUN,
    Model,
    after,
    is_there_already,
    people_at,
)
from tests.faults.run_place import Place, log_of, said, typed
from tests.faults.writing import record
from tests.forked import killed_before

STEPS = 20 if WHOLE else 8
APART = 1 if WHOLE else 37
"""At small scale one cell of so many is tried: the whole table takes minutes."""

ROAD: tuple[tuple[tuple[str, str, str] | None, tuple[str, ...]], ...] = (
    (None, ("draft", "pages/left", "send")),
    (("done", "draft", "ann"), ("draft",)),
    (("offer", "draft", "ann"), ("draft",)),
    (("accept", "draft", RECEIVER), ("draft", "pages/left", "sign")),
    (("done", "pages/left", "cy"), ("pages/left",)),
    (("done", "pages/right", "dee"), ("draft", "sign")),
    (("approve", "sign", "eve"), ("sign",)),
    (("approve", "sign", "fay"), ("sign", "send")),
    (("block", "send", "gil"), ("send",)),
    (("done", "send", "gil"), ("sign", "send")),
    (("close", RUN, OWNER), ("draft", "sign", "send")),
)
"""What happens in a run, one after the other, and the steps at which each verb is tried then."""


class Cell(NamedTuple):
    """A verb by somebody, at a step of a run that stands somewhere."""

    model: Model
    file: bytes
    step: str
    verb: str
    who: str


def cells(place: Place, id_: str) -> Iterator[Cell]:
    """Go the road, and yield each verb by everybody; at small scale by one after the other."""
    model = BEGIN
    for turn, (event, steps) in enumerate(ROAD):
        if event is not None:
            verb, on, who = event
            changed = after(model, verb, on, who)
            assert changed is not None, event
            place.try_it(id_, typed(model, verb, id_, on, who), possible=True)
            model = changed
        file = place.path(id_).read_bytes()
        for step in steps:
            people = people_at(model, step)
            for number, verb in enumerate(ON_STEPS):
                some = people if WHOLE else (people[(number + turn) % len(people)],)
                yield from (Cell(model, file, step, verb, who) for who in some)


def test_every_verb_in_every_state_of_a_step_does_it_or_says_no() -> None:
    place = Place()
    id_ = place.begin()
    tried = list(cells(place, id_))[::APART]
    refused = 0
    done: set[str] = set()
    for model, file, step, verb, who in tried:
        place.put_back(id_, file)
        changed = after(model, verb, step, who)
        nothing = is_there_already(model, verb, step, who)
        possible = nothing or changed is not None
        words = typed(model, verb, id_, step, who)
        place.try_it(id_, words, possible=possible, nothing=nothing)
        refused += not possible
        if changed is not None and not nothing:
            assert place.shown(id_) == said(changed), words
            done.add(verb)
    states = {(model.steps[step].kind, model.stage(step)) for model, _, step, _, _ in tried}
    print(
        f"\n{len(tried)} cells, {refused} of them refused; {len(states)} states: {sorted(states)}"
    )
    assert not WHOLE or (len(states), done) == (13, set(ON_STEPS))
    place.remove()


HELPFUL = {"work": ("offer", "done", "accept", "return"), "gate": ("approve", "approve", "return")}
FINAL = ("close", "drop", "assign", "assign")
CRASHED = ("note", "block", "done", "offer", "approve", "return", "move-agreed", "skip")


class Running(RuleBasedStateMachine):
    """Everybody of a run, and a disk that may stop at any step."""

    def __init__(self) -> None:
        """Make a new repository."""
        super().__init__()
        self.place = Place()
        self.model = self.before = BEGIN
        self.can_undo = False

    def teardown(self) -> None:
        """See that the repository is sound, and remove it."""
        self.place.remove()

    @initialize()
    def begin(self) -> None:
        self.id = self.place.begin()

    @precondition(lambda self: not self.model.over)
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """Do what a step that is next waits for."""
        ready = [
            one for one in self.model.steps if self.model.stage(one) not in ("waiting", "finished")
        ]
        if not ready:
            self.verb("close", RUN, OWNER)
            return
        step = data.draw(st.sampled_from(ready))
        kind = self.model.steps[step].kind
        verb = data.draw(st.sampled_from(HELPFUL.get(kind, ("done",))))
        people = (*self.model.having(step), *((RECEIVER,) if kind == "work" else ()))
        self.verb(verb, step, data.draw(st.sampled_from(people)))

    @rule(data=st.data(), verb=st.sampled_from(ON_STEPS), step=st.sampled_from(list(BEGIN.steps)))
    def act(self, data: st.DataObject, verb: str, step: str) -> None:
        """Do anything, whoever it is."""
        self.verb(verb, step, data.draw(st.sampled_from(people_at(self.model, step))))

    @rule(
        verb=st.sampled_from(FINAL),
        who=st.sampled_from([OWNER, OUTSIDER]),
        person=st.sampled_from(["gil", "hal"]),
    )
    def about_the_run(self, verb: str, who: str, person: str) -> None:
        if verb == "close":
            who = OWNER
        if verb == "assign" and (self.model.over or (person,) == self.model.steps["send"].who):
            return
        self.verb(verb, RUN, who, person)

    @precondition(lambda self: self.can_undo)
    @rule()
    def undo(self) -> None:
        """Take the last thing back; a second time it counts again."""
        self.place.try_it(self.id, ["undo", self.id, "--yes", "--by", OWNER], possible=True)
        self.model, self.before = self.before, self.model

    @rule(
        data=st.data(),
        verb=st.sampled_from(CRASHED),
        step=st.sampled_from(list(BEGIN.steps)),
        at=st.integers(0, 13),
    )
    def crash(self, data: st.DataObject, verb: str, step: str, at: int) -> None:
        """Kill a verb before one of the steps of the disk; somebody commits what it left."""
        who = data.draw(st.sampled_from(people_at(self.model, step)))
        path = self.place.path(self.id)
        before = path.read_bytes().decode()
        words = typed(self.model, verb, self.id, step, who)
        ran = record(self.place.made, *words, first=killed_before(at))
        assert ran.code in {0, 2, -signal.SIGKILL}, (words, ran)
        changed = after(self.model, verb, step, who)
        if path.read_bytes().decode() == before:
            assert ran.code != 0, (words, ran)
        else:
            assert changed is not None, (words, ran)
            assert log_of(path.read_bytes().decode()).startswith(log_of(before)), words
            self.model, self.before, self.can_undo = changed, self.model, True
        self.place.commit_what_is_left(self.id)

    @invariant()
    def the_program_says_what_the_model_says(self) -> None:
        assert self.place.shown(self.id) == said(self.model)

    def verb(self, verb: str, step: str, who: str, person: str = "") -> None:
        changed = after(self.model, verb, step, who, person)
        nothing = is_there_already(self.model, verb, step, who)
        possible = nothing or changed is not None
        words = typed(self.model, verb, self.id, step, who, person=person)
        self.place.try_it(self.id, words, possible=possible, nothing=nothing)
        if changed is not None and not nothing:
            self.model, self.before, self.can_undo = changed, self.model, True


Running.TestCase.settings = at_length(STEPS)


class TestRunning(Running.TestCase):  # type: ignore[valid-type, misc]
    """Any order of verbs, refusals and crashes."""
