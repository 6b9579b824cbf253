"""The days of a plan, if every step is done on the day that it is due."""

from __future__ import annotations

from nextstep.changes.planned_days import PlannedDays, faults
from nextstep.model.commitment import Run
from nextstep.model.process import Promise, Step
from nextstep.runs.run_states import run_state
from tests.runs.builders import CALENDAR, NOW, TODAY, day, rule, run, step

MANY = 600


def days_of(begun: Run) -> PlannedDays:
    return PlannedDays(begun, run_state(begun, NOW, CALENDAR), CALENDAR)


def chain(**fields: str) -> list[Step]:
    return [
        step(f"s{n}", rule=f"1d after s{n - 1}" if n else "1d after start", **fields)
        for n in range(MANY)
    ]


def test_a_promise_at_the_end_of_a_long_chain_is_counted_through_all_of_it() -> None:
    promise = Promise(text="All of it", rule=rule(f"1d after s{MANY - 1}"))
    begun = run(*chain(), promise=promise, started=day("2026-11-23"))
    state = run_state(begun, NOW, CALENDAR)
    days = PlannedDays(begun, state, CALENDAR)
    assert list(faults(state, days, TODAY)) == []
    assert (days.promised(), days.of("s29")) == (day("2028-07-16"), day("2026-12-23"))


def test_what_is_not_needed_passes_the_day_on_through_a_long_chain() -> None:
    passed = [
        step(f"p{n}", after=f"p{n - 1}" if n else "first", when="tier == 'gold'")
        for n in range(MANY)
    ]
    first = step("first", rule="3d after start")
    last = step("last", rule=f"1d after p{MANY - 1}")
    assert days_of(run(last, *passed, first, inputs={"tier": "basic"})).of("last") == day(
        "2026-11-06"
    )


def test_days_that_count_from_each_other_are_unknown_and_a_case_that_does_not_hold_is_none() -> (
    None
):
    circle = (step("a", rule="1d after b"), step("b", rule="1d after a"))
    cases = [{"when": "tier == 'gold'", "by": "1d after d"}, {"by": "1d after start"}]
    ends = (step("c", rule=cases), step("d", rule="1d after c"))
    days = days_of(run(*circle, *ends, inputs={"tier": "basic"}))
    assert [days.of(id_) for id_ in "abcd"] == [None, None, day("2026-11-03"), day("2026-11-04")]
