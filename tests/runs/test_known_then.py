"""What happened is judged by what was known then: later facts make no honest line impossible."""

from __future__ import annotations

from nextstep.model.events import Event
from tests.runs.builders import at, day, did, mark, run_is, stages, step


def changed(name: str, before: str, after: str) -> Event:
    return did("olga", "changed", field=f"inputs.{name}", from_=before, to=after, why="news")


PERMIT = (
    step("plan", "ann"),
    step("permit", "fay", after="plan", when="size == 'big'"),
    step("buy", "gil", after="permit"),
)


def test_what_was_done_while_it_was_needed_counts_when_it_is_not_needed_any_more() -> None:
    events = (
        did("ann", "done", "plan"),
        did("fay", "blocked", "permit", why="closed"),
        did("fay", "done", "permit"),
        changed("size", "big", "small"),
        did("gil", "done", "buy"),
    )
    state = run_is(*PERMIT, events=events, inputs={"size": "small"}, strength="enforce")
    assert state.impossible == ()
    assert state.steps["permit"].how == "done"


def test_what_came_in_its_order_then_stays_so_when_a_step_before_it_is_needed_later() -> None:
    events = (
        did("ann", "done", "plan"),
        did("gil", "done", "buy"),
        changed("size", "small", "big"),
    )
    state = run_is(*PERMIT, events=events, inputs={"size": "big"}, strength="enforce")
    assert state.impossible == ()
    assert stages(state) == {"plan": "finished", "permit": "ready", "buy": "finished"}
    assert state.steps["buy"].out_of_order is None


def test_inputs_that_no_line_tells_of_are_those_of_the_file() -> None:
    state = run_is(*PERMIT, events=(did("ann", "done", "plan"),), inputs={"size": "small"})
    assert stages(state)["buy"] == "ready"
    state = run_is(
        *PERMIT,
        events=(did("ann", "done", "plan"), changed("size", "small", "middle")),
        inputs={"size": "big"},
    )
    assert stages(state)["permit"] == "ready"


def test_the_first_day_of_a_step_is_the_one_that_was_agreed_then() -> None:
    build = step("build", "hal", not_before="3bd before fair_day")
    events = (
        did("hal", "done", "build", time="2026-12-10T09:00Z"),
        did("olga", "changed", time="2026-12-10T10:00Z", field="inputs.fair_day",
            from_="2026-12-14", to="2026-12-21", why="later"),
    )  # fmt: skip
    fields = {"inputs": {"fair_day": "2026-12-21"}, "strength": "enforce"}
    state = run_is(build, events=events, now=at("2026-12-11T09:00Z"), **fields)
    assert state.impossible == ()
    assert state.steps["build"].how == "done"


def test_a_date_that_nobody_does_can_be_moved_to_a_day_that_has_come() -> None:
    fair = mark("fair", due="2026-11-20")
    before = day("2026-11-30")
    events = (
        did("kim", "blocked", "fair", why="ice", time="2026-11-21T08:00Z"),
        did("olga", "moved", "fair", time="2026-11-21T09:00Z", from_=before, to=day("2026-11-20"),
            why="it was yesterday"),
    )  # fmt: skip
    state = run_is(fair, events=events)
    assert state.impossible == ()
    assert stages(state) == {"fair": "finished"}
    assert state.steps["fair"].due == day("2026-11-20")
