"""A run of hundreds of steps and thousands of events is read like any other."""

from __future__ import annotations

from itertools import pairwise

import pytest

from nextstep.model.events import Event
from nextstep.model.process import Step
from tests.runs.builders import day, did, gate, run_is, stages, step

MANY = 600


def chain(**fields: str) -> list[Step]:
    return [step(f"s{n}", after=f"s{n - 1}" if n else "", **fields) for n in range(MANY)]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_long_chain_of_dates_is_counted_to_its_end(*, backwards: bool) -> None:
    steps = [
        step(f"s{n}", rule=f"1d after s{n - 1}.due" if n else "1d after start") for n in range(MANY)
    ]
    state = run_is(*(reversed(steps) if backwards else steps))
    assert state.steps["s29"].due == day("2026-12-02")
    assert state.steps[f"s{MANY - 1}"].due == day("2028-06-24")


def test_the_end_of_what_came_before_passes_through_a_long_chain_that_is_not_needed() -> None:
    steps = [*chain(when="tier == 'enterprise'"), step("last", rule=f"1d after s{MANY - 1}")]
    state = run_is(*reversed(steps), inputs={"tier": "standard"})
    assert state.steps["last"].due == day("2026-11-03")


def test_ways_that_part_and_meet_again_are_walked_once() -> None:
    steps: list[Step] = []
    for n in range(60):
        after = f"s{n - 1}/x s{n - 1}/y" if n else ""
        steps += (step(f"s{n}/{part}", after=after, when="tier == 'enterprise'") for part in "xy")
    state = run_is(*steps, step("last", rule="1d after s59"), inputs={"tier": "standard"})
    assert state.steps["last"].due == day("2026-11-03")


def test_dates_that_count_from_each_other_are_unknown_and_those_beside_them_are_not() -> None:
    state = run_is(
        step("a", rule="1d after b.due"),
        step("b", rule="1d after c.due"),
        step("c", rule="1d after a.due"),
        step("d", rule="1d after start"),
        step("e", rule="earlier of 1d after d.due or 2d after c.due"),
    )
    assert [state.steps[id_].due for id_ in "abcde"] == [None, None, None, day("2026-11-03"), None]
    assert state.steps["e"].due_missing == ("c.due",)


def test_a_case_that_does_not_hold_makes_no_circle() -> None:
    cases = [{"when": "tier == 'enterprise'", "by": "1d after b.due"}, {"by": "1d after start"}]
    state = run_is(
        step("b", rule="1d after a.due"), step("a", rule=cases), inputs={"tier": "standard"}
    )
    assert (state.steps["a"].due, state.steps["b"].due) == (day("2026-11-03"), day("2026-11-04"))


def test_work_that_is_sent_back_through_a_long_chain_begins_again_at_its_first_step() -> None:
    steps = [*chain(), gate("gate", after=f"s{MANY - 1}", on_return={"to": "s1"})]
    events: list[Event] = []
    for _ in range(4):
        events += (did("dev", "done", f"s{n}") for n in range(len(events) > 0, MANY))
        events.append(did("sue", "returned", "gate", why="wrong year"))
    state = run_is(*steps, events=tuple(events))
    assert state.impossible == ()
    assert set(list(stages(state).values())[2:]) == {"waiting"}
    assert (state.ready, state.steps["gate"].rounds) == (("s1",), 4)


def test_people_who_change_a_thousand_times_are_followed_back_to_the_first() -> None:
    names = [f"p{n}" for n in range(1000)]
    events = tuple(
        did("olga", "changed", field="people.writer", from_=before, to=after)
        for before, after in pairwise(names)
    )
    steps = [step(f"s{n}", "p999", role="writer") for n in range(200)]
    first = did("p0", "returned", "s7", why="not mine")
    state = run_is(*steps, events=(first, *events))
    assert state.impossible == ()
    assert state.steps["s7"].who_told == ("p999",)
