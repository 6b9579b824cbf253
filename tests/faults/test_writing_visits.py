"""Which verbs the models know, and in which states they come to each of them."""

from __future__ import annotations

import inspect
from datetime import datetime, timedelta
from importlib import import_module
from random import Random

from msgspec.structs import replace

from nextstep.cli.app import COMMANDS
from nextstep.runs.states import CommitmentStage
from tests.faults import duty_model, promise_verbs, run_place
from tests.faults.promise_model import PEOPLE, Promise, Things
from tests.faults.promise_place import BEGIN
from tests.faults.promise_roads import ROADS, by_each, things_of
from tests.faults.promise_rows import Act
from tests.faults.promise_verbs import (
    NEVER_REFUSED,
    OF_ALL,
    RHYTHM,
    WORDS,
    new_thing,
    outcome,
)
from tests.faults.test_writing_states import DAYS
from tests.faults.visits import Visits, never_done, never_refused, table

STEPS = 4000
TYPED_BY_HAND = {"add", "start"}
"""What the machines type themselves, before there is anything in a table of words."""
LEFT_TO_COMMIT = {"edit", "fmt"}
"""What writes events and leaves the commit to who changed the file by hand."""
SELDOM_AN_EVENT = "edit, the words"
"""It is refused only after other words of somebody else: a story of its own tells that."""
FLAGS = ("comes again", "nobody's", "blocked", "offer pending", "asked")
RESULTS = ("kept", "partly", "missed", "dropped")


def test_each_verb_that_records_is_one_of_a_model() -> None:
    tables = (promise_verbs.WORDS, duty_model.WORDS, run_place.WORDS)
    known = {words.split()[0] for table in tables for words in table.values()} | TYPED_BY_HAND
    records = {
        name
        for name, module in COMMANDS.items()
        if "no_commit" in inspect.signature(import_module(module).command).parameters
    }
    assert records | LEFT_TO_COMMIT == known


def walk(steps: int, seed: int) -> Visits:
    """Go about in the model alone, and return in which states each verb was tried."""
    chance, visited = Random(seed), Visits()
    things: Things = {}
    seen: set[tuple[str, str]] = set()
    at = BEGIN
    for number in range(steps):
        at += timedelta(hours=chance.choice((1, 1, 1, 30)))
        if not things or number % 20 == 0:
            things = beginning(chance, at)
        acts = [any_act(chance, things, at, number) for _ in range(chance.choice((1, 12)))]
        acts.sort(key=lambda one: place_of(things, one) in seen)
        act = next((one for one in acts if outcome(things, one) is not None), acts[0])
        seen.add(place_of(things, act))
        after = outcome(things, act)
        label = "" if act.row in OF_ALL else things[act.name].now.label
        visited[act.row, label, after is not None] += 1
        things = after or things
    return visited


def place_of(things: Things, act: Act) -> tuple[str, str]:
    """Return what is tried where: what was not tried there yet is chosen first."""
    return act.row, things[act.name].now.stage


def any_act(chance: Random, things: Things, at: datetime, command: int) -> Act:
    """Return anything by anybody; half of the time by who has it."""
    name = chance.choice(list(things))
    by = chance.choice((things[name].now.who or "mia", chance.choice(PEOPLE)))
    return Act(
        row=chance.choice(list(WORDS)),
        name=name,
        by=by,
        typist=chance.choice((by, chance.choice(PEOPLE))),
        at=at,
        command=command,
        person=chance.choice(PEOPLE),
        day=chance.choice(DAYS),
        place=chance.randrange(9),
    )


def beginning(chance: Random, at: datetime) -> Things:
    """Return three things: of somebody, proposed to somebody, and of nobody; one comes again."""
    things: Things = {}
    act = Act(row="add", name="", by="dev", typist="dev", at=at, command=-1)
    for number, (who, stage) in enumerate((("dev", "open"), ("raj", "proposed"), ("", "proposed"))):
        repeat = RHYTHM if chance.random() < 0.5 else ""
        new = Promise(what=f"t{number}", who=who, stage=stage, due="2026-11-20", repeat=repeat)
        things = new_thing(things, act, new)
    first = replace(
        act, name="t0", row=chance.choice(("note", *["done, later"] * 3, "block", "offer"))
    )
    return outcome(things, first) or things


def test_the_table_of_all_states_has_each_verb_done_and_refused() -> None:
    visited = Visits()
    for road in ROADS:
        things = things_of("r0", road) | things_of("r1", road)
        for row in WORDS:
            for act in by_each(row, "r0", BEGIN):
                visited[row, "", outcome(things, act) is not None] += 1
    assert never_done(visited, set(WORDS)) == set()
    assert never_refused(visited, set(WORDS)) == NEVER_REFUSED | {SELDOM_AN_EVENT}


def test_in_any_order_each_verb_is_done_and_refused_and_each_state_is_come_to() -> None:
    visited = walk(STEPS, 1)
    labels = {label for _, label, _ in visited}
    tried = {(row, label.partition(",")[0]) for row, label, _ in visited}
    assert tried >= {
        (row, stage.value) for row in set(WORDS) - {*OF_ALL} for stage in CommitmentStage
    }
    for flag in (*FLAGS, *RESULTS):
        assert any(flag in label for label in labels), flag
    assert never_done(visited, set(WORDS)) == set()
    assert never_refused(visited, set(WORDS) - {SELDOM_AN_EVENT}) == NEVER_REFUSED
    print(table(visited))
