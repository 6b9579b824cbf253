"""Verbs in any order on commitments in real git, against a small model: refusals and crashes, too.

The program must do exactly what the model does, say no where it says no and leave every file and
the branch as they were; and after a kill at any step of the disk each file is old or new in whole.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.faults.promise_model import PEOPLE, Fact, Promise, Thing
from tests.faults.promise_place import Place
from tests.faults.promise_rows import Act
from tests.faults.promise_verbs import OF_ALL, RHYTHM, WORDS, new_thing, outcome
from tests.faults.visits import Visits, never_done, table
from tests.forked import listen

WHOLE = "NEXTSTEP_FUZZ_EXAMPLES" in os.environ
EXAMPLES = max(4, int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "200")) // 50)
STEPS = 25 if WHOLE else 12
ENOUGH = 100
"""After so many examples each verb was done; the table of all states has the refusals."""
DAYS = ("2026-11-20", "2026-11-23", "2026-12-09", "2026-12-17")
MOST = 6
ENDING = ("drop", *(f"done, {one}" for one in ("and", "drop", "kept", "miss", "or", "part")))
HOW = ("do", "do", "do", "do", "do", "do", "crash", "crash", "look_first", "during_a_merge")
AT = datetime(2026, 11, 2, 10, tzinfo=UTC)

VISITED = Visits()
"""What the machine tried."""

people, days = st.sampled_from(PEOPLE), st.sampled_from(DAYS)


class Recording(RuleBasedStateMachine):
    """Four people, the days that go by, and a disk that may stop at any step."""

    def __init__(self) -> None:
        """Make a new repository."""
        super().__init__()
        self.place = Place()

    def teardown(self) -> None:
        """See that the repository is sound, and remove it."""
        VISITED.update(self.place.visited)
        self.place.remove()

    @initialize()
    def begin(self) -> None:
        self.place.add(self.promise("dev", ("lena",), "2026-12-01"), "dev")

    def promise(self, who: str, with_: tuple[str, ...], due: str, **more: str) -> Promise:
        what = f"Thing number {len(self.place.things)}"
        return Promise(what=what, who=who, with_=with_, due=due, **more)  # type: ignore[arg-type]

    @precondition(lambda self: len(self.place.things) < MOST)
    @rule(
        by=people,
        who=people,
        with_=people,
        due=st.sampled_from(("", *DAYS)),
        partner=st.sampled_from(("", "", *PEOPLE)),
        said=st.sampled_from(("", "", "--proposed", "--agreed")),
        kind=st.sampled_from(("", "repeat", "after", "part of")),
    )
    def add(self, by: str, who: str, with_: str, due: str, **more: str) -> None:
        partner, said, kind = more["partner"], more["said"], more["kind"]
        words = [*([said] if said else []), *(["--partner", partner] if partner else [])]
        is_proposed = said == "--proposed" or (who != by and said != "--agreed")
        given = {"partner": partner, "stage": "proposed" if is_proposed else "open"}
        links: dict[str, object] = {}
        match kind:
            case "repeat":
                words += ["--repeat", RHYTHM]
                given["repeat"] = RHYTHM
            case "after":
                name = max(self.place.things)
                words += ["--after", self.place.ids[name]]
                links = {"after": (name,)}
            case "part of":
                words += ["--part-of", "spring"]
                links = {"part_of": "spring"}
        others = (with_,) if with_ != who else () if who == by else (by,)
        self.place.add(self.promise(who, others, due, **given), by, *words, **links)

    @precondition(lambda self: len(self.place.things) < MOST)
    @rule(by=people, who=people)
    def meet(self, by: str, who: str) -> None:
        """Write down what came of a meeting: one next step of somebody, and one of nobody yet."""
        act = self.place.act("add", "", by)
        with_, stage = ((), "open") if who == by else ((by,), "proposed")
        theirs = self.promise(who, with_, "2026-12-09", stage=stage, outcome="")
        after = new_thing(self.place.things, act, theirs)
        free = Promise(what="Somebody does this", outcome="", stage="proposed")
        given = self.place.folder / "lines.txt"
        given.write_text(f"- [ ] {theirs.what} @{who} 2026-12-09\n- [ ] {free.what}\n")
        words = ["add", "--meeting", "Review", "-", "--yes"]
        ran = self.place.run(act, *words, first=lambda: os.dup2(os.open(given, os.O_RDONLY), 0))
        assert ran.code == 0, ran
        self.place.recorded(act, new_thing(after, act, free))

    @rule(count=st.integers(1, 9))
    def wait(self, count: int) -> None:
        """Let days go by."""
        self.place.at += timedelta(days=count)

    @rule(
        data=st.data(),
        row=st.sampled_from(sorted(WORDS)),
        by=people,
        typist=people,
        person=people,
        day=days,
        place=st.integers(0, 20),
        how=st.sampled_from(HOW),
    )
    def act(self, data: st.DataObject, row: str, by: str, how: str, **more: Any) -> None:
        """Do anything, whoever it is."""
        name = data.draw(st.sampled_from(sorted(self.place.things)))
        getattr(self, how)(self.place.act(row, name, by, **more))

    @rule(seed=st.integers(0, 2**32), how=st.sampled_from(HOW))
    def go_on(self, seed: int, how: str) -> None:
        """Do something that is possible; more often than not something that ends nothing."""
        chance, place = Random(seed), self.place
        ends = ENDING if chance.random() < 0.6 else ()
        rows = [row for row in WORDS if not row.startswith(ends)]
        chance.shuffle(rows)
        person, day = chance.choice(PEOPLE), chance.choice(DAYS)
        for row in rows:
            acts = [
                place.act(row, name, by, person=person, day=day)
                for name in sorted(place.things)[: 1 if row in OF_ALL else None]
                for by in PEOPLE
            ]
            acts = [one for one in acts if outcome(place.things, one) not in (None, place.things)]
            if acts:
                getattr(self, how)(chance.choice(acts))
                return

    def do(self, act: Act) -> None:
        self.place.try_it(act)

    def look_first(self, act: Act) -> None:
        before = self.place.all_of_it()
        self.place.run(act, *self.place.words(act), "--dry-run")
        assert self.place.all_of_it() == before

    def during_a_merge(self, act: Act) -> None:
        head = self.place.made.path / ".git/MERGE_HEAD"
        head.write_text(self.place.made.git("rev-parse", "HEAD"))
        before = self.place.all_of_it()
        after = outcome(self.place.things, act)
        ran = self.place.run(act, *self.place.words(act))
        assert self.place.all_of_it() == before
        if after not in (None, self.place.things):
            assert ran.code == 2
            assert "a merge is in progress" in ran.err
        head.unlink()

    def crash(self, act: Act) -> None:
        """Kill a verb before one of its steps; somebody commits what it left."""
        count = 0

        def stop(step: str, what: str) -> None:
            nonlocal count
            del step, what
            count += 1
            if count > self.place.turn % 14:
                os.kill(os.getpid(), signal.SIGKILL)

        words = self.place.words(act)
        ran = self.place.run(act, *words, first=lambda: listen(stop))
        assert ran.code in {0, 2, 3, -signal.SIGKILL}, (words, ran)
        self.place.take_what_is_there(act)

    @rule(data=st.data(), by=people, day=days)
    def by_hand(self, data: st.DataObject, by: str, day: str) -> None:
        """Change a date in an editor: it gets its event, or is refused one and put back."""
        name = data.draw(st.sampled_from(sorted(self.place.things)))
        if self.place.things[name].now.due not in ("", day):
            self.place.change_by_hand(self.place.act("by hand", name, by, day=day))

    @invariant()
    def the_files_say_what_the_model_says(self) -> None:
        self.place.agree_with_the_files()


MACHINE = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    deadline=None,
)


def fact(kind: str, by: str = "dev", **more: str) -> Fact:
    return Fact(kind=kind, by=by, typist=by, **more)  # type: ignore[arg-type]


BLOCKED, OFFERED, ASKED = fact("blocked"), fact("offered", to="mia"), fact("asked", "mia")
ROADS: tuple[tuple[Fact, ...], ...] = (
    (fact("proposed", "mia"),),
    (fact("agreed"),),
    (fact("agreed"), BLOCKED),
    (fact("agreed"), OFFERED),
    (fact("agreed"), BLOCKED, OFFERED),
    (fact("agreed"), ASKED),
    (fact("agreed"), fact("done")),
    (fact("agreed"), fact("done"), ASKED),
    *(
        (fact("agreed"), fact("closed", result=one))
        for one in ("kept", "partly", "missed", "dropped")
    ),
    (fact("proposed", "mia"), fact("closed", "mia", result="dropped")),
    (fact("proposed", "mia"), fact("noted", "mia")),
    (fact("noted", "mia"),),
)
"""What was recorded before, for each state of the table; in the last two nobody has it."""


def thing(name: str, road: tuple[Fact, ...]) -> Thing:
    who = "" if road in ROADS[-2:] else "dev"
    made = Thing(begun=Promise(what=f"A {name}", who=who, with_=("lena",), due="2026-11-20"))
    for number, one in enumerate(road):
        after = made.with_facts([one], AT + timedelta(hours=number), -1 - number)
        assert after is not None, road
        made = after
    return made


def cells(place: Place, number: int) -> Iterator[Act]:
    """Yield each verb by everybody to whom it says no, then by one for whom it does it.

    At small scale that is one verb of eight, by one person.
    """
    for turn, row in enumerate(sorted(WORDS)):
        if not WHOLE and (turn + number) % 8:
            continue
        ways = [place.act(row, f"r{turn}", by, person="mia") for by in PEOPLE]
        refused = [one for one in ways if outcome(place.things, one) is None]
        possible = [one for one in ways if one not in refused]
        chosen = [*refused, *possible[turn % len(ways) :][:1], *possible[:1]]
        yield from chosen if WHOLE else chosen[-1:]


def test_verbs_in_any_order_do_what_the_model_does() -> None:
    run_state_machine_as_test(Recording, settings=MACHINE)
    print(table(VISITED))
    assert EXAMPLES < ENOUGH or never_done(VISITED, set(WORDS)) == set()


@pytest.mark.parametrize("number", range(len(ROADS)))
def test_every_verb_in_every_state_does_it_or_says_no(number: int) -> None:
    road = ROADS[number]
    place = Place()
    names = [f"r{turn}" for turn in range(len(WORDS))]
    place.begin_with({name: thing(name, road) for name in names})
    for act in cells(place, number):
        place.try_it(act)
        place.agree_with_the_files()
    place.remove()
