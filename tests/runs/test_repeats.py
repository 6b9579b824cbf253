"""Steps that come again: each time has its date, and ending one opens the next."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.model.events import Event
from nextstep.model.process import Process
from nextstep.model.source import Source
from nextstep.model.time import DueWord
from nextstep.runs.plan_order import resolved_after
from nextstep.runs.states import How, RunStage, RunState, StepStage, StepState
from tests.runs.builders import at, day, did, gate, handed, mark, run_is, stages, step

EVERY_FRIDAY = step("report", rule="2026-11-13", repeat="every friday")
PAY = step(
    "pay",
    rule={"by": "start", "not_on": ["closed"], "roll": "before"},
    repeat="FREQ=MONTHLY;BYMONTHDAY=15,-1",
)


def done(on: str, *, by: str = "dev", of: str = "report") -> Event:
    return did(by, "done", of, time=f"{on}T10:00Z")


def report(*events: Event, now: str = "2026-11-16T09:00Z", **fields: Any) -> StepState:
    fields = {"rule": "2026-11-13", "repeat": "every friday", **fields}
    return run_is(step("report", **fields), events=events, now=at(now)).steps["report"]


def test_a_step_that_comes_again_is_ready_and_due_for_the_first_time() -> None:
    one = report(now="2026-11-02T09:00Z")
    assert (one.stage, one.due, one.times) == (StepStage.READY, day("2026-11-13"), ())


def test_ending_one_time_opens_the_next_with_its_own_date() -> None:
    one = report(done("2026-11-13"), done("2026-11-19"))
    assert (one.stage, one.due) == (StepStage.READY, day("2026-11-27"))
    assert [(time.due, time.on_time) for time in one.times] == [
        (day("2026-11-13"), True),
        (day("2026-11-20"), True),
    ]
    assert one.done is None


def test_what_was_missed_is_owed_one_time_after_the_other() -> None:
    late = report(done("2026-11-24"), now="2026-11-24T12:00Z")
    assert (late.due, late.overdue) == (day("2026-11-20"), True)
    assert late.times[0].on_time is False
    passed = did("dev", "skipped", "report", time="2026-11-24T11:00Z", why="nobody was here")
    one = report(done("2026-11-24"), passed, now="2026-11-24T12:00Z")
    assert (one.due, one.overdue) == (day("2026-11-27"), False)
    assert (one.times[1].how, one.times[1].on_time) == (How.SKIPPED, None)


@pytest.mark.parametrize(
    ("number", "due"),
    list(enumerate("2026-11-13 2026-11-30 2026-12-15 2026-12-31 2027-01-15 2027-01-29".split())),
)
def test_each_time_has_the_shape_that_its_due_says(number: int, due: str) -> None:
    """The 15th and the last day of each month; where that is no working day, the one before it."""
    paid = (did("fin", "done", "pay", time=f"2026-11-02T{8 + n:02}:00Z") for n in range(number))
    assert run_is(PAY, events=tuple(paid)).steps["pay"].due == day(due)


def test_an_hour_stays_the_same_hour_when_the_clocks_change() -> None:
    weekly = step("call", rule={"by": "2026-10-23", "at": "09:00"}, repeat="every friday")
    first = run_is(weekly, started=day("2026-10-19"), now=at("2026-10-20T09:00Z"))
    assert first.steps["call"].due == at("2026-10-23T07:00Z").instant
    once = (did("dev", "done", "call", time="2026-10-23T06:00Z"),)
    later = run_is(weekly, started=day("2026-10-19"), events=once, now=at("2026-10-26T09:00Z"))
    assert later.steps["call"].due == at("2026-10-30T08:00Z").instant


def test_it_ends_with_its_rhythm() -> None:
    one = report(done("2026-11-13"), done("2026-11-20"), repeat="every friday for 2 times")
    assert (one.stage, one.how, len(one.times)) == (StepStage.FINISHED, How.DONE, 2)
    assert one.finished_on == at("2026-11-20T10:00Z").instant


def test_it_ends_with_its_interval() -> None:
    assert report(done("2026-11-13"), until="2026-11-19").is_finished
    assert not report(done("2026-11-13"), until="2026-11-20").is_finished
    assert report(until="2026-11-12").how is How.NOT_NEEDED


def test_it_goes_on_while_its_end_is_not_known() -> None:
    said = {"until": "leaving_day"}
    assert not report(done("2026-11-13"), **said).is_finished
    state = run_is(
        step("report", rule="2026-11-13", repeat="every friday", **said),
        events=(done("2026-11-13"),),
        inputs={"leaving_day": "2026-11-18"},
    )
    assert state.steps["report"].is_finished


def test_what_comes_after_it_waits_for_its_end() -> None:
    twice = step("report", rule="2026-11-13", repeat="every friday for 2 times")
    steps = (twice, step("sum", after="report"))
    once = (done("2026-11-13"),)
    assert stages(run_is(*steps, events=once))["sum"] == "waiting"
    assert stages(run_is(*steps, events=(*once, done("2026-11-20"))))["sum"] == "ready"


def test_in_the_order_given_nothing_waits_for_what_comes_again() -> None:
    plan = (step("a"), step("b", repeat="every friday"), step("c"))
    process = Process(id="p", source=Source("p.yaml", b""), title="P", steps=plan)
    assert resolved_after(process) == {"a": (), "b": ("a",), "c": ("a",)}


def test_a_moved_date_is_that_of_this_time_alone() -> None:
    moved = did("dev", "moved", "report", time="2026-11-11T09:00Z", to=day("2026-11-16"))
    one = report(moved)
    assert (one.due, one.due_agreed, len(one.moves)) == (day("2026-11-16"), True, 1)
    after = report(moved, done("2026-11-16"))
    assert (after.due, after.due_agreed, after.moves) == (day("2026-11-20"), False, ())
    assert after.times[0].on_time is True


def test_without_a_rule_its_due_is_the_first_time() -> None:
    one = report(rule="2026-11-13")
    said = step("report", due="2026-11-13", repeat="every friday")
    assert run_is(said).steps["report"].due == one.due
    assert run_is(said, events=(done("2026-11-13"),)).steps["report"].due == day("2026-11-20")


@pytest.mark.parametrize("rule", ["asap", "none"])
def test_without_a_day_it_is_counted_from_the_start(rule: str) -> None:
    assert report(rule=rule).due == day("2026-11-06")


def test_its_first_day_may_not_be_known_yet() -> None:
    one = report(rule="first_day")
    assert (one.stage, one.due, one.due_missing) == (StepStage.READY, None, ("first_day",))


def test_each_time_is_handed_over_anew() -> None:
    weekly = step("report", rule="2026-11-13", repeat="every friday", handoff=handed("ana"))
    offered = did("dev", "offered", "report", time="2026-11-12T09:00Z", to="ana")
    back = did("ana", "returned", "report", time="2026-11-12T10:00Z", why="no figures")
    again = did("dev", "offered", "report", time="2026-11-12T11:00Z", to="ana")
    taken = did("ana", "accepted", "report", time="2026-11-12T12:00Z")
    first = run_is(weekly, events=(offered, back), now=at("2026-11-12T12:30Z")).steps["report"]
    assert (first.rounds, first.times) == (1, ())
    one = run_is(weekly, events=(offered, back, again, taken)).steps["report"]
    assert (one.stage, one.due, one.rounds) == (StepStage.READY, day("2026-11-20"), 0)
    assert [(time.how, time.by) for time in one.times] == [(How.ACCEPTED, "ana")]


def test_a_gate_that_comes_again_is_voted_on_anew() -> None:
    monthly = gate("budget", "sue raj", rule="start", repeat="every month", need="all")
    yes = tuple(did(by, "approved", "budget") for by in ("sue", "raj"))
    one = run_is(monthly, events=yes).steps["budget"]
    assert (one.stage, one.votes, one.due) == (StepStage.READY, (), day("2026-12-02"))


def test_to_open_its_last_time_again_its_end_is_taken_back() -> None:
    twice = step("report", rule="2026-11-13", repeat="every friday for 2 times")
    again = did("dev", "reopened", "report", time="2026-11-21T09:00Z", why="a number was wrong")
    state = run_is(twice, events=(done("2026-11-13"), done("2026-11-20"), again))
    assert state.steps["report"].is_finished
    assert [one.right for one in state.impossible] == ["write `undone` of what ended its last time"]


def test_nobody_votes_on_a_gate_whose_last_time_is_over() -> None:
    twice = gate("budget", "sue", rule="start", repeat="every month for 2 times")
    yes = tuple(
        did("sue", "approved", "budget", time=f"2026-11-0{one}T09:00Z") for one in (3, 4, 5)
    )
    state = run_is(twice, events=yes)
    assert len(state.steps["budget"].times) == 2
    assert [one.event.at.day for one in state.impossible] == [5]


def closing(*events: Event, now: str) -> RunState:
    once = step("set-up", due="2026-11-06")
    return run_is(
        once, EVERY_FRIDAY, events=(done("2026-11-05", of="set-up"), *events), now=at(now)
    )


def test_a_run_with_a_step_that_goes_on_stays_open_and_may_be_closed_between_times() -> None:
    assert closing(now="2026-11-12T09:00Z").stage is RunStage.OPEN
    closed = did("olga", "closed", time="2026-11-12T09:00Z", result="kept", outcome="It runs")
    assert closing(closed, now="2026-11-12T10:00Z").stage is RunStage.CLOSED


def test_a_run_cannot_close_on_a_day_on_which_a_time_is_due() -> None:
    closed = did("olga", "closed", time="2026-11-13T09:00Z", result="kept", outcome="It runs")
    state = closing(closed, now="2026-11-13T10:00Z")
    assert "while `report` is not finished" in state.impossible[0].why


def test_what_may_be_skipped_keeps_no_run_open_however_often_it_comes() -> None:
    steps = (step("set-up"), step("remind", rule="start", repeat="every friday", optional=True))
    state = run_is(*steps, events=(done("2026-11-05", of="set-up"),))
    assert state.stage is RunStage.READY_TO_CLOSE
    assert not state.steps["remind"].overdue


def test_a_mark_comes_once() -> None:
    assert run_is(mark("live", rule="2026-11-13", repeat="every friday")).steps["live"].is_finished


def test_a_rhythm_that_never_comes_is_told() -> None:
    never = step("report", rule="start", repeat="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    state = run_is(never)
    assert [(one.step, one.field) for one in state.unclear] == [("report", "repeat")]
    assert "never comes" in state.unclear[0].why


@given(st.lists(st.sampled_from(("done", "skipped")), max_size=12))
def test_every_end_counts_once_and_the_date_is_that_of_the_next(ends: list[str]) -> None:
    events = tuple(
        did("dev", kind, "report", time=f"2026-11-{3 + place:02}T09:00Z", why="x")
        for place, kind in enumerate(ends)
    )
    one = report(*events)
    assert [time.how.value for time in one.times] == ends
    fridays = [time.due for time in one.times] + [one.due]
    first = date(2026, 11, 13).toordinal()
    assert [due.toordinal() for due in fridays if isinstance(due, date)] == [
        first + 7 * number for number in range(len(fridays))
    ]
    assert DueWord.NONE not in fridays
