"""Verbs in any order on a process in real git, against a small model: who leads it, and its reviews."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from msgspec.structs import replace

from nextstep.files.disk import read_tree
from nextstep.files.ledger import load_ledger
from nextstep.model.events import instant_text
from nextstep.model.process import Process
from nextstep.runs.duties import duty_state
from tests.commands import Ran
from tests.faults.duty_model import DUTIES, WORDS, Charge, Charter, outcome, place_meant
from tests.faults.machines import WHOLE, at_length
from tests.faults.promise_model import PEOPLE
from tests.faults.promise_place import as_person, logged, said
from tests.faults.promise_rows import Act
from tests.faults.visits import Visits, table
from tests.faults.writing import record
from tests.recording import team
from tests.repositories import Made

STEPS = 25 if WHOLE else 10
PATH = "processes/release.yaml"
PROCESS = """\
title: Release
owner: dev
deputy: lena
customer: everybody
provides: A release
review: {every: 6mo}

steps:
  - {id: write, do: Write it, who: raj, due: 3bd after start, done_when: It is written}
"""
VISITED = Visits()
"""What was tried."""
BEGIN = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Office:
    """A repository with one process, the model of it, and the time of day."""

    def __init__(self) -> None:
        """Make it."""
        self.folder = Path(tempfile.mkdtemp(prefix="nextstep-duties-"))
        self.made: Made = team(self.folder / "team", {PATH: PROCESS})
        self.charter = Charter(begun=Charge())
        self.commits, self.turn, self.at = 1, 0, BEGIN

    def act(self, row: str, by: str, *, typist: str = "", **more: Any) -> Act:
        self.turn += 1
        self.at += timedelta(seconds=7)
        return Act(
            row=row, name="", by=by, typist=typist or by, at=self.at, command=self.turn, **more
        )

    def try_it(self, act: Act) -> None:
        """Run a verb: it makes what the model makes of it in one commit, or leaves all as it was."""
        after = outcome(self.charter, act)
        VISITED[act.row, self.charter.now.label, after is not None] += 1
        before = (self.made.path / PATH).read_bytes()
        ran = self.run(act)
        if after is None:
            assert (ran.code, bool(ran.err)) == (2, True), (act, ran)
            assert (self.made.path / PATH).read_bytes() == before
        else:
            assert ran.code == 0, (act, ran)
            self.charter = after
            self.commits += 1
        self.agree()

    def run(self, act: Act) -> Ran:
        instant = ""
        if act.row == "undo, at" and self.charter.log:
            instant = instant_text(self.charter.log[place_meant(self.charter, act)].at)
        elif act.row == "undo, at":
            instant = instant_text(BEGIN)
        words = shlex.split(WORDS[act.row].format(person=act.person, instant=instant))
        by = ["--by", act.by] if act.by != act.typist else []
        return record(self.made, *words, *by, first=lambda: None, **as_person(act))

    def agree(self) -> None:
        """See that the file says what the model says, with all of its events."""
        process = self.process()
        state = duty_state(process.log, members={"support": ("mia", "raj")})
        assert state.impossible == ()
        found = Charge(
            owner=process.owner or "",
            deputy=process.deputy or "",
            offers=tuple(
                (duty, offer.event.by, " ".join(offer.to)) for duty, offer in state.offers.items()
            ),
            last=process.reviews[0].last,
            learned=frozenset(
                event.text("person") or "" for event in state.events if event.event == "trained"
            ),
        )
        now = self.charter.now
        assert sorted(found.offers) == sorted(now.offers)
        assert replace(found, offers=()) == replace(now, offers=())
        assert logged(process) == [said(fact) for fact in self.charter.log]
        assert int(self.made.git("rev-list", "--count", "HEAD")) == self.commits

    def process(self) -> Process:
        ledger = load_ledger(read_tree(str(self.made.path)), root="team", timezone="UTC")
        assert not ledger.faulty
        return ledger.processes["release"]


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    shutil.rmtree(made.folder)


people = st.sampled_from(PEOPLE)


class Leading(RuleBasedStateMachine):
    """Four people who lead a process in turn."""

    def __init__(self) -> None:
        """Make a new repository."""
        super().__init__()
        self.office = Office()

    def teardown(self) -> None:
        """See that the repository is sound, and remove it."""
        self.office.made.git("fsck", "--strict", "--no-dangling")
        shutil.rmtree(self.office.folder)

    @rule(count=st.integers(1, 9))
    def wait(self, count: int) -> None:
        """Let days go by."""
        self.office.at += timedelta(days=count)

    @rule(
        row=st.sampled_from(sorted(WORDS)),
        by=people,
        typist=people,
        person=people,
        place=st.integers(0, 20),
    )
    def act(self, row: str, by: str, **more: Any) -> None:
        """Do anything, whoever it is."""
        self.office.try_it(self.office.act(row, by, **more))

    @rule(seed=st.integers(0, 2**32))
    def go_on(self, seed: int) -> None:
        """Do something that is possible."""
        chance, office = Random(seed), self.office
        person = chance.choice(PEOPLE)
        acts = [office.act(row, by, person=person) for row in sorted(WORDS) for by in PEOPLE]
        acts = [one for one in acts if outcome(office.charter, one) is not None]
        self.office.try_it(chance.choice(acts))

    @invariant()
    def the_file_says_what_the_model_says(self) -> None:
        self.office.agree()


def test_verbs_in_any_order_do_what_the_model_does() -> None:
    run_state_machine_as_test(
        Leading,
        settings=at_length(STEPS),
    )
    print(table(VISITED))


def go_through(office: Office, *acts: tuple[str, str] | tuple[str, str, str]) -> None:
    for row, by, *more in acts:
        office.try_it(office.act(row, by, person=more[0] if more else "raj"))


def test_a_duty_goes_back_to_who_had_it_whoever_offered_it(office: Office) -> None:
    go_through(office, ("offer", "lena", "raj"), ("accept", "raj"), ("undo", "raj"))
    assert office.process().owner == "dev"
    go_through(office, ("offer, deputy", "dev", "mia"), ("accept", "mia"), ("undo", "mia"))
    assert office.process().deputy == "lena"


def test_of_both_duties_each_can_be_answered_by_itself(office: Office) -> None:
    go_through(
        office, ("offer", "dev"), ("offer, deputy", "lena"), ("accept", "raj"), ("return", "raj")
    )
    go_through(office, ("return, deputy", "raj"), ("accept", "raj"))
    assert (office.process().owner, office.process().deputy) == ("raj", "lena")


def test_an_answer_is_about_its_own_duty_whatever_counts_again_later(office: Office) -> None:
    go_through(office, ("offer, deputy", "lena", "mia"), ("undo", "lena"))
    go_through(office, ("offer", "lena", "raj"), ("return", "lena"))
    office.try_it(office.act("undo, at", "raj", person="raj", place=0))
    assert [duty for duty, *_ in office.charter.now.offers] == ["deputy"]


@pytest.mark.parametrize("duty", DUTIES if WHOLE else DUTIES[:1])
def test_every_verb_in_every_state_does_it_or_says_no(office: Office, duty: str) -> None:
    begin = ("offer, deputy", "dev") if duty == "deputy" else ("offer", "dev")
    for states in ((), (begin,), (("offer", "lena"),)):
        go_through(office, *states)
        for row in WORDS:
            for by in PEOPLE if WHOLE else ("raj",):
                act = office.act(row, by, person="mia")
                if WHOLE or outcome(office.charter, act) is None:
                    office.try_it(act)


ROAD = (
    ("offer", "dev", "raj"),
    ("return", "raj"),
    ("offer", "lena", "raj"),
    ("accept", "raj"),
    ("undo", "raj"),
    ("offer, deputy", "lena", "mia"),
    ("return, owner", "raj"),
    ("return, deputy", "mia"),
    ("offer", "dev", "raj"),
    ("offer, deputy", "dev", "mia"),
    ("accept, deputy", "mia"),
    ("accept, owner", "raj"),
    ("confirm", "mia"),
    ("trained", "raj", "dev"),
    ("note", "dev"),
    ("undo, at", "dev"),
)
"""A way on which each verb is done, whatever chance left out; at small scale its beginning."""


def test_each_verb_is_done_on_one_way(office: Office) -> None:
    for row, by, *more in ROAD if WHOLE else ROAD[:3]:
        act = office.act(row, by, person=more[0] if more else "raj", place=-1)
        assert outcome(office.charter, act) is not None, act
        office.try_it(act)
    assert {row for row, *_ in ROAD} == set(WORDS)
