"""The dates of a run: agreed, or resolved from rules and from what has happened."""

from __future__ import annotations

import pytest

from nextstep.model.events import Event
from nextstep.model.process import Promise, Step
from nextstep.model.time import DueWord
from nextstep.runs.states import StepState
from tests.runs.builders import at, day, did, handed, length, mark, run_is, step
from tests.runs.builders import rule as said

# Mon 9 Nov 2026, 10:00 in Berlin and so on, one for each thing that happens.
DONE = did("dev", "done", "a", time="2026-11-09T09:00Z")
OFFERED = did("dev", "offered", "a", to="ana", time="2026-11-10T09:00Z")
ACCEPTED = did("ana", "accepted", "a", time="2026-11-12T23:30Z")
HANDED = step("a", due="2026-11-06", handoff=handed())
INPUTS = {"meeting": "2026-12-15", "call": "2026-11-23T14:00Z", "account": "globex"}


def dated(rule: object, *events: Event, first: Step = HANDED, **fields: object) -> StepState:
    said = {"inputs": INPUTS, "events": events, **fields}
    state = run_is(first, step("b", rule=rule), **said)  # type: ignore[arg-type]
    return state.steps["b"]


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("2026-11-30", "2026-11-30"),
        ("5bd after start", "2026-11-09"),
        ("meeting", "2026-12-15"),
        ("5bd before meeting", "2026-12-08"),
        ("1bd after a", "2026-11-16"),
        ("1bd after a.accepted", "2026-11-16"),
        ("1bd after a.offered", "2026-11-11"),
        ("1bd after a.done", "2026-11-10"),
        ("1bd after a.due", "2026-11-09"),
        ("fri of week 2", "2026-11-13"),
        ("earlier of 5bd after start or meeting", "2026-11-09"),
    ],
)
def test_a_rule_counts_from_what_happened(rule: str, due: str) -> None:
    state = dated(rule, DONE, OFFERED, ACCEPTED)
    assert (state.due, state.due_agreed, state.due_missing) == (day(due), False, ())


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ("1bd after a", "a"),
        ("1bd after a.accepted", "a.accepted"),
        ("1bd after a.offered", "a.offered"),
        ("1bd after a.done", "a.done"),
        ("1bd after go_live", "go_live"),
        ("1bd after account", "account"),
    ],
)
def test_a_rule_without_its_anchor_has_no_date_yet_and_says_what_is_missing(
    rule: str, missing: str
) -> None:
    state = dated(rule)
    assert (state.due, state.due_missing) == (None, (missing,))
    assert not state.overdue


def test_an_agreed_date_wins_over_its_rule() -> None:
    state = run_is(step("a", rule="5bd after start", due="2026-11-30")).steps["a"]
    assert (state.due, state.due_agreed) == (day("2026-11-30"), True)


def test_hours_count_from_an_input_with_an_hour() -> None:
    assert dated("24h after call").due == at("2026-11-24T14:00Z").instant


def test_hours_from_a_day_without_one_are_no_date_and_say_why() -> None:
    state = dated("24h after meeting")
    assert state.due is None
    assert "a day without an hour" in " ".join(state.notes)


def test_days_are_counted_from_the_day_in_the_ledgers_zone() -> None:
    assert dated("1d after a", DONE, OFFERED, ACCEPTED).due == day("2026-11-14")


def test_after_a_return_a_date_counts_from_the_next_acceptance() -> None:
    back = did("ana", "returned", "a", time="2026-11-11T09:00Z")
    assert dated("1bd after a", DONE, OFFERED, back).due_missing == ("a",)
    again = did("dev", "offered", "a", to="ana", time="2026-11-12T09:00Z")
    assert dated("1bd after a", DONE, OFFERED, back, again, ACCEPTED).due == day("2026-11-16")


def test_a_skipped_step_counts_as_finished_when_that_was_decided() -> None:
    skipped = did("olga", "skipped", "a", why="x", time="2026-11-10T09:00Z")
    assert dated("1bd after a", skipped).due == day("2026-11-11")
    assert dated("1bd after a.accepted", skipped).due == day("2026-11-11")


def test_a_step_that_is_not_needed_passes_on_when_what_came_before_it_was_finished() -> None:
    steps = (
        step("a"),
        step("legal", after="a", when="account == 'x'"),
        step("b", after="legal", rule="1bd after legal"),
    )
    assert run_is(*steps, inputs=INPUTS).steps["b"].due_missing == ("legal",)
    state = run_is(*steps, inputs=INPUTS, events=(DONE,))
    assert (state.steps["b"].due, state.steps["b"].since) == (day("2026-11-10"), DONE.at)


def test_a_step_that_is_not_needed_and_comes_after_nothing_counts_from_the_start() -> None:
    state = dated("1bd after a", first=step("a", when="account == 'x'"))
    assert state.due == day("2026-11-03")


def test_a_fan_out_is_finished_with_its_last_part() -> None:
    steps = (step("p/x"), step("p/y"), step("b", after="p", rule="1bd after p"))
    one = did("dev", "done", "p/x", time="2026-11-10T09:00Z")
    two = did("dev", "done", "p/y", time="2026-11-09T09:00Z")
    assert run_is(*steps, events=(one,)).steps["b"].due_missing == ("p",)
    assert run_is(*steps, events=(one, two)).steps["b"].due == day("2026-11-11")


def test_a_mark_ahead_is_a_date_to_count_from() -> None:
    assert dated("1bd before a", first=mark("a", rule="meeting")).due == day("2026-12-14")


def test_the_weeks_of_a_cycle_count_from_the_input_that_is_named() -> None:
    assert dated("mon of week 1", cycle="meeting").due == day("2026-12-14")
    assert dated("mon of week 1", cycle="go_live").due_missing == ("cycle",)


def test_the_first_case_that_holds_decides() -> None:
    cases = [{"when": "tier == '1'", "by": "3d after start"}, {"by": "5d after start"}]
    assert dated(cases, inputs={"tier": "1"}).due == day("2026-11-05")
    assert dated(cases, inputs={"tier": "2"}).due == day("2026-11-07")
    assert dated(cases, inputs={}).due_missing == ("tier",)


def test_dates_that_count_from_each_other_have_no_date() -> None:
    steps = (step("a", rule="1d after b.due"), step("b", rule="1d after a.due"))
    state = run_is(*steps)
    assert [one.due for one in state.steps.values()] == [None, None]


def test_words_are_dates_too() -> None:
    assert run_is(step("a", due=DueWord.ASAP)).steps["a"].due is DueWord.ASAP
    assert run_is(step("a", rule="asap")).steps["a"].due is DueWord.ASAP
    assert not run_is(step("a", due=DueWord.NONE)).steps["a"].overdue


def test_grace_puts_off_overdue_and_not_on_time() -> None:
    graced = step("a", due="2026-11-20", grace=length("2bd"))
    assert not run_is(graced, now=at("2026-11-24T12:00Z")).steps["a"].overdue
    late = run_is(graced, now=at("2026-11-25T12:00Z")).steps["a"]
    assert (late.overdue, late.days_late) == (True, 3)
    done = did("dev", "done", "a", time="2026-11-23T12:00Z")
    assert run_is(graced, events=(done,)).steps["a"].on_time is False


def test_grace_may_stand_in_the_rule_also_when_the_date_was_agreed() -> None:
    shaped = {"by": "5bd after start", "grace": "20bd"}
    for fields in ({}, {"due": "2026-11-09"}):
        state = run_is(step("a", rule=shaped, **fields)).steps["a"]
        assert (state.due, state.grace, state.overdue) == (day("2026-11-09"), length("20bd"), False)


def test_the_end_of_an_interval_is_resolved_too() -> None:
    state = run_is(step("a", not_before="start", until="10bd after start")).steps["a"]
    assert (state.not_before, state.until) == (day("2026-11-02"), day("2026-11-16"))


def test_moves_of_a_step_tell_the_story_and_the_file_the_date() -> None:
    move = did(
        "dev",
        "moved",
        "a",
        from_=day("2026-11-06"),
        to=day("2026-11-20"),
        why="x",
        time="2026-11-09T09:00Z",
    )
    state = run_is(step("a", due="2026-11-25"), events=(move,)).steps["a"]
    assert state.due == day("2026-11-25")
    assert [(one.to, one.late) for one in state.moves] == [(day("2026-11-20"), True)]


def test_whoever_changes_what_a_date_counts_from_moves_it_along() -> None:
    steps = (
        step("prepare", "sue", rule="45d before close_date", due="2026-11-16"),
        step("check", "ana", rule="2bd after prepare.due", due="2026-11-18"),
        step("other", "ana", rule="2bd after start", due="2026-11-04"),
    )
    later = did(
        "kim", "changed", field="inputs.close_date", from_="2026-12-31", to="2027-01-07",
        time="2026-11-02T10:00:00.000Z",
    )  # fmt: skip

    def moved_to(id_: str, day_: str, time: str = "2026-11-02T10:00:00.001Z") -> Event:
        return did("kim", "moved", id_, from_=day("2026-11-16"), to=day(day_), time=time)

    def refused(*events: Event) -> list[str]:
        state = run_is(*steps, events=events, inputs={"close_date": "2027-01-07"})
        return [one.event.step or "" for one in state.impossible]

    prepare, check = moved_to("prepare", "2026-11-23"), moved_to("check", "2026-11-25")
    assert refused(later, prepare, check) == []
    assert refused(prepare, check) == ["check", "prepare"]
    assert refused(later, moved_to("other", "2026-11-06")) == ["other"]
    assert refused(later, moved_to("prepare", "2026-11-23", "2026-11-02T10:05Z")) == ["prepare"]


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("a", "2026-11-13"),
        ("a.done", "2026-11-09"),
        ("later of a.done and a.offered", "2026-11-10"),
        ({"by": "a.done", "grace": "1bd"}, "2026-11-09"),
        ([{"when": "account == 'globex'", "by": "a.done"}], "2026-11-09"),
    ],
)
def test_what_is_due_when_a_step_ends_has_all_of_that_day(rule: object, due: str) -> None:
    state = dated(rule, DONE, OFFERED, ACCEPTED)
    assert (state.due, state.overdue) == (day(due), True)
    promised = Promise(text="soon", rule=said(rule))
    run_ = run_is(HANDED, promise=promised, inputs=INPUTS, events=(DONE, OFFERED, ACCEPTED))
    assert run_.promise_due == day(due)


def test_an_hour_that_was_agreed_stays_an_hour() -> None:
    assert dated("call").due == at("2026-11-23T14:00Z").instant
    assert dated("earlier of a.done or 1h after a.done", DONE).due == DONE.at
    reached = run_is(HANDED, mark("m", rule="a.done"), step("b", rule="2h after m"), events=(DONE,))
    assert reached.steps["b"].due == at("2026-11-09T11:00Z").instant
