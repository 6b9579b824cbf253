"""Runs as a whole: order, conditions, parts, what is owed, closing, and whom to tell."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from nextstep.dates.conditions import parse_condition
from nextstep.model.events import Event
from nextstep.model.process import Escalation, Promise, Step
from nextstep.runs.states import How, RunStage, RunState, Waiting
from tests.runs.builders import (
    at,
    day,
    did,
    gate,
    handed,
    length,
    mark,
    rule,
    run_is,
    stages,
    step,
)


def finish(id_: str, by: str = "dev", time: str | None = None, **more: Any) -> Event:
    return did(by, "done", id_, time=time, **more)


def test_a_step_waits_for_all_that_it_comes_after() -> None:
    steps = (step("a"), step("b"), step("c", after="a b"))
    one = run_is(*steps, events=(finish("a"),)).steps["c"]
    assert (one.stage.value, one.waiting) == ("waiting", Waiting(steps=("b",)))
    ready = run_is(*steps, events=(finish("a"), finish("b"))).steps["c"]
    assert (ready.stage.value, ready.waiting) == ("ready", None)
    assert ready.since == at("2026-11-02T10:00Z").instant


def test_a_step_without_after_waits_for_nothing() -> None:
    one = run_is(step("a")).steps["a"]
    assert (one.stage.value, one.since) == ("ready", day("2026-11-02"))


def test_a_name_in_after_that_is_no_step_holds_the_step_back() -> None:
    assert run_is(step("a", after="gone")).steps["a"].waiting == Waiting(steps=("gone",))


def test_steps_that_wait_for_each_other_never_begin_and_the_run_is_stalled() -> None:
    state = run_is(step("a", after="b"), step("b", after="a"))
    assert stages(state) == {"a": "waiting", "b": "waiting"}
    assert state.stalled


def test_what_comes_after_a_fan_out_waits_for_every_part() -> None:
    steps = (step("pages/a", "dev"), step("pages/b", "raj"), step("sum", "ana", after="pages"))
    state = run_is(*steps, events=(finish("pages/a"),))
    assert state.groups == {"pages": ("pages/a", "pages/b")}
    assert state.steps["sum"].waiting == Waiting(steps=("pages/b",))
    assert stages(run_is(*steps, events=(finish("pages/a"), finish("pages/b", "raj"))))["sum"] == (
        "ready"
    )


@pytest.mark.parametrize(
    ("inputs", "stage", "how", "waiting"),
    [
        ({"tier": "enterprise"}, "ready", None, None),
        ({"tier": "standard"}, "finished", "not needed", None),
        ({}, "waiting", None, Waiting(inputs=("tier",))),
    ],
)
def test_a_condition_decides_whether_a_step_is_needed(
    inputs: dict[str, str], stage: str, how: str | None, waiting: Waiting | None
) -> None:
    one = run_is(step("legal", when="tier == 'enterprise'"), inputs=inputs).steps["legal"]
    assert (one.stage.value, one.how, one.waiting) == (stage, how, waiting)


def test_values_without_an_order_leave_a_condition_open() -> None:
    one = run_is(step("legal", when="seats > 5"), inputs={"seats": "many"}).steps["legal"]
    assert one.waiting == Waiting(inputs=("seats",))


def test_a_step_that_is_not_needed_does_not_free_what_comes_after_it_too_early() -> None:
    steps = (
        step("write"),
        step("legal", after="write", when="tier == 'x'"),
        step("send", after="legal"),
    )
    state = run_is(*steps, inputs={"tier": "y"})
    assert stages(state) == {"write": "ready", "legal": "finished", "send": "waiting"}
    assert state.steps["send"].waiting == Waiting(steps=("write",))
    assert (
        stages(run_is(*steps, inputs={"tier": "y"}, events=(finish("write"),)))["send"] == "ready"
    )


def test_nor_does_a_step_that_was_skipped_early() -> None:
    steps = (step("write"), step("read", after="write"), step("send", after="read"))
    skipped = did("olga", "skipped", "read", why="short")
    assert stages(run_is(*steps, events=(skipped,)))["send"] == "waiting"
    assert stages(run_is(*steps, events=(skipped, finish("write"))))["send"] == "ready"


def test_a_step_is_not_ready_before_its_day() -> None:
    one = step("ask", not_before="2026-11-24")
    assert run_is(one).steps["ask"].waiting == Waiting(until=day("2026-11-24"))
    ready = run_is(one, now=at("2026-11-24T08:00Z")).steps["ask"]
    assert (ready.stage.value, ready.since) == ("ready", day("2026-11-24"))


def test_a_day_that_hangs_on_something_unknown_holds_a_step_back_too() -> None:
    one = run_is(step("ask", not_before="go_live")).steps["ask"]
    assert one.waiting == Waiting(unknown=("go_live",))


def test_a_mark_is_finished_when_its_date_has_come() -> None:
    for today, stage in (("2026-11-22T12:00Z", "waiting"), ("2026-11-23T12:00Z", "finished")):
        steps = (mark("live", rule="go_live"), step("ask", after="live"))
        state = run_is(*steps, inputs={"go_live": "2026-11-23"}, now=at(today))
        assert stages(state)["live"] == stage
    assert stages(state)["ask"] == "ready"
    assert state.steps["live"].how == "mark"


def test_a_mark_that_has_come_may_still_be_put_off_by_who_leads() -> None:
    steps = (mark("live", due="2026-12-01"), step("ask", after="live"))
    late = did("olga", "moved", "live", "2026-11-20T10:00Z", from_="2026-11-20", to="2026-12-01")
    state = run_is(*steps, events=(late,))
    assert (state.impossible, stages(state)["live"]) == ((), "waiting")
    not_theirs = replace(late, by="dev")
    assert [bad.event.by for bad in run_is(*steps, events=(not_theirs,)).impossible] == ["dev"]


def test_a_mark_that_is_not_needed_is_not_moved() -> None:
    steps = (mark("live", due="2026-12-01", when="kind == 'big'"), step("ask"))
    late = did("olga", "moved", "live", "2026-11-20T10:00Z", from_="2026-11-20", to="2026-12-01")
    state = run_is(*steps, events=(late,), inputs={"kind": "small"})
    assert [bad.event.event for bad in state.impossible] == ["moved"]


def test_what_was_done_before_a_marks_date_was_done_out_of_order() -> None:
    steps = (mark("live", due="2026-11-10"), step("ask", after="live"))
    early = run_is(*steps, events=(finish("ask", time="2026-11-09T10:00Z"),))
    assert early.steps["ask"].out_of_order == "yes"
    in_time = run_is(*steps, events=(finish("ask", time="2026-11-10T10:00Z"),))
    assert in_time.steps["ask"].out_of_order is None


ACCESS = (
    step("grant", optional=True),
    step("work"),
    step("revoke", after="work", undoes="grant"),
)


def test_what_undoes_a_step_waits_for_it_to_be_done() -> None:
    state = run_is(*ACCESS, events=(finish("work"),))
    assert state.steps["revoke"].waiting == Waiting(steps=("grant",))
    assert (state.owed, state.stage.value) == ((), "ready to close")


def test_what_undoes_a_step_that_is_done_is_owed() -> None:
    state = run_is(*ACCESS, events=(finish("grant"), finish("work")))
    assert stages(state)["revoke"] == "ready"
    assert (state.owed, state.stage.value) == (("revoke",), "open")
    closed = did("olga", "closed", result="kept", outcome="x")
    early = run_is(*ACCESS, events=(finish("grant"), finish("work"), closed))
    assert [bad.why for bad in early.impossible] == [
        "the run was closed while `revoke` is not finished"
    ]


def test_what_undoes_a_step_that_never_happens_is_not_needed() -> None:
    skipped = did("olga", "skipped", "grant", why="they have it")
    state = run_is(*ACCESS, events=(skipped, finish("work")))
    assert (state.steps["revoke"].how, state.stage.value) == ("not needed", "ready to close")


def test_an_unfinished_optional_step_never_keeps_a_run_open() -> None:
    steps = (step("a"), step("b", optional=True))
    state = run_is(*steps, events=(finish("a"), did("dev", "closed", result="kept", outcome="x")))
    assert (state.stage.value, state.impossible) == ("closed", ())


def test_a_run_is_ready_to_close_when_every_step_is_finished() -> None:
    steps = (step("a"), gate("b", after="a"))
    assert run_is(*steps, events=(finish("a"),)).stage.value == "open"
    over = (finish("a"), did("sue", "approved", "b"))
    assert run_is(*steps, events=over).stage.value == "ready to close"
    early = run_is(*steps, events=(did("olga", "closed", result="kept", outcome="x"), *over))
    assert [bad.why for bad in early.impossible] == [
        "the run was closed while `a`, `b` is not finished"
    ]


def test_the_owner_may_drop_a_run_any_time_with_a_reason() -> None:
    state = run_is(
        step("a", due="2026-11-03"),
        events=(did("sam", "closed", result="dropped", why="the customer left"),),
    )
    assert (state.stage.value, state.with_whom, state.overdue) == ("dropped", (), False)


def test_an_override_counts_as_such_only_where_the_order_was_enforced_on_that_day() -> None:
    from nextstep.model.process import Strength

    steps = (step("a"), step("b", after="a"))
    early = finish("b", time="2026-11-10T10:00Z", out_of_order="they asked")
    for until, overridden in (("2026-11-10", ("b",)), ("2026-11-09", ())):
        limited = Strength(level="enforce", until=day(until))
        conformance = run_is(*steps, events=(early,), strength=limited).conformance
        assert conformance.out_of_order == ("b",)
        assert conformance.overridden == overridden


def test_expectations_are_met_or_not_once_somebody_said_so() -> None:
    expects = ("figures", "changes", "dates")
    said = (("figures", "met"), ("changes", "two are missing"))
    closed = did("olga", "closed", result="partly", outcome="x", expects=said)
    state = run_is(step("a"), events=(finish("a"), closed), expects=expects)
    assert [(one.text, one.met) for one in state.expects] == [
        ("figures", True),
        ("changes", False),
        ("dates", None),
    ]
    assert [one.met for one in run_is(step("a"), expects=expects).expects] == [None, None, None]


def test_feedback_is_kept_also_after_the_end() -> None:
    said = did("lena", "feedback", score="9", words="clear")
    closed = did("olga", "closed", result="kept", outcome="x")
    state = run_is(step("a"), events=(finish("a"), closed, said))
    assert [(one.by, one.score, one.words) for one in state.feedback] == [("lena", "9", "clear")]


def promised(*events: Event, **fields: Any) -> RunState:
    steps = (step("a"), step("deliver", after="a", keeps_promise=True))
    text = Promise(text="Five days before", rule=rule("5bd before meeting"))
    return run_is(*steps, events=events, promise=text, inputs={"meeting": "2026-11-27"}, **fields)


def test_a_promise_is_due_by_its_rule_unless_its_date_was_agreed() -> None:
    assert promised().promise_due == day("2026-11-19")
    agreed = promised(promise_due=day("2026-12-01"))
    assert (agreed.promise_due, agreed.promise_kept) == (day("2026-12-01"), None)


@pytest.mark.parametrize(("today", "late"), [("2026-11-20", False), ("2026-11-21", True)])
def test_a_promise_is_overdue_after_its_day_and_grace(today: str, *, late: bool) -> None:
    text = Promise(text="In your hands", rule=rule({"by": "2026-11-19", "grace": "1d"}))
    steps = (step("deliver", keeps_promise=True), step("tell", keeps_promise=True))
    now = at(f"{today}T10:00Z")
    assert run_is(*steps, promise=text, now=now).promise_overdue is late
    half = run_is(*steps, promise=text, now=now, events=(finish("deliver"),))
    assert (half.promise_overdue, half.overdue) == (late, late)
    both = (finish("deliver"), finish("tell"))
    assert not run_is(*steps, promise=text, now=now, events=both).promise_overdue


def test_a_promise_is_kept_by_the_day_on_which_its_step_was_done() -> None:
    early = promised(finish("a"), finish("deliver", time="2026-11-19T10:00Z"))
    late = promised(finish("a"), finish("deliver", time="2026-11-20T10:00Z"))
    assert (early.promise_kept, late.promise_kept) == (True, False)
    assert promised().promise_kept is False
    assert promised(now=at("2026-11-19T10:00Z")).promise_kept is None


def test_a_promise_is_kept_by_those_of_its_steps_that_are_needed() -> None:
    steps = (
        step("mail", keeps_promise=True, when="channel == 'mail'"),
        step("post", keeps_promise=True, when="channel == 'paper'"),
    )
    promise = Promise(text="In your hands", rule=rule("2026-11-19"))
    said: dict[str, Any] = {"promise": promise, "inputs": {"channel": "mail"}}
    for time, kept in (("2026-11-19T10:00Z", True), ("2026-11-20T10:00Z", False)):
        assert run_is(*steps, events=(finish("mail", time=time),), **said).promise_kept is kept


def test_without_a_step_that_keeps_it_the_result_says_whether_a_promise_was_kept() -> None:
    promise = Promise(text="Soon")
    for result, kept in (("kept", True), ("partly", False), ("missed", False)):
        closed = did("olga", "closed", result=result, outcome="x")
        state = run_is(step("a"), events=(finish("a"), closed), promise=promise)
        assert state.promise_kept is kept
    dropped = did("olga", "closed", result="dropped", why="x")
    assert run_is(step("a"), events=(dropped,), promise=promise).promise_kept is None
    assert run_is(step("a")).promise_kept is None


def test_conformance_lists_what_was_not_done_as_written() -> None:
    steps = (
        step("a"),
        step("b", after="a"),
        gate("c"),
        step("d", when="x == '1'"),
        step("e", handoff=handed()),
    )
    events = (
        finish("b"),
        did("olga", "skipped", "a", why="x"),
        did("olga", "skipped", "c", why="x"),
        did("dev", "offered", "e", to="ana", gaps=("March",)),
        did("ana", "accepted", "e"),
    )
    said = run_is(*steps, events=events, inputs={"x": "2"}, process=None).conformance
    assert (said.skipped, said.waived, said.not_needed) == (("a",), ("c",), ("d",))
    assert (said.out_of_order, said.overridden, said.gaps) == (("b",), (), ("e",))
    assert said.ad_hoc


def test_a_run_says_what_is_ready_what_is_next_and_with_whom_it_is() -> None:
    steps = (
        step("a", "dev"),
        step("b", "raj", handoff=handed("ana")),
        step("c", "kim", after="a b"),
        step("d", "sue", after="c"),
        step("e", "kim", after="a", when="tier == 'x'"),
    )
    state = run_is(*steps, events=(did("raj", "offered", "b", to="ana"),))
    assert (state.ready, state.offered, state.done) == (("a",), ("b",), ())
    assert (state.next_after, state.with_whom) == (("c",), ("dev", "ana"))
    assert not state.stalled


def test_a_run_that_waits_for_an_input_alone_is_stalled_and_for_a_day_is_not() -> None:
    assert run_is(step("a", when="tier == 'x'")).stalled
    assert not run_is(step("a", not_before="2026-12-01")).stalled
    assert not run_is(mark("a", due="2026-12-01")).stalled


SLOW = handed("ana", accept_within=length("1bd"))
PAST_ANSWER = Escalation(after=length("2bd"), past="accept_within", tell=("owner",))


@pytest.mark.parametrize(
    ("today", "told"),
    [("2026-11-12T12:00Z", []), ("2026-11-13T12:00Z", [("a", day("2026-11-13"), ("olga",))])],
)
def test_an_offer_without_an_answer_is_told_to_the_owner_after_a_while(
    today: str, told: list[tuple[str, object, tuple[str, ...]]]
) -> None:
    offered = did("dev", "offered", "a", time="2026-11-10T10:00Z", to="ana")
    state = run_is(
        step("a", handoff=SLOW), events=(offered,), escalate=(PAST_ANSWER,), now=at(today)
    )
    assert state.steps["a"].answer_by == day("2026-11-11")
    assert [(one.step, one.since, one.tell) for one in state.escalations] == told


def test_hours_of_an_answer_run_from_the_offer_and_do_not_stop_at_night() -> None:
    quick = handed("ana", accept_within=length("4h"))
    offered = did("dev", "offered", "a", time="2026-11-10T20:00Z", to="ana")
    one = run_is(step("a", handoff=quick), events=(offered,)).steps["a"]
    assert one.answer_by == at("2026-11-11T00:00Z").instant


@pytest.mark.parametrize(
    ("tell", "told"),
    [
        ("deputy", ("sam",)),
        ("chief", ("zoe",)),
        ("mia", ("mia",)),
        ("chief mia owner", ("zoe", "mia", "olga")),
    ],
)
def test_what_is_overdue_for_so_long_is_told_to_whom_the_run_says(
    tell: str, told: tuple[str, ...]
) -> None:
    late = Escalation(after=length("3bd"), past="due", tell=tuple(tell.split()))
    one: Step = step("a", due="2026-11-17")
    people = {"chief": "zoe"}
    early = run_is(one, escalate=(late,), people=people, now=at("2026-11-19T12:00Z"))
    assert early.escalations == ()
    state = run_is(one, escalate=(late,), people=people, now=at("2026-11-20T12:00Z"))
    assert [(each.past, each.since, each.tell) for each in state.escalations] == [
        ("due", day("2026-11-20"), told)
    ]


def test_a_step_may_say_itself_who_is_told_and_the_others_are_not_meant() -> None:
    late = Escalation(after=length("3bd"), tell=("mia", "sue"))
    steps = (step("a", due="2026-11-17", escalate=(late,)), step("b", due="2026-11-17"))
    state = run_is(*steps, escalate=(Escalation(after=length("1bd")),), now=at("2026-11-20T12:00Z"))
    assert [(one.step, one.tell) for one in state.escalations] == [
        ("a", ("olga",)),
        ("b", ("olga",)),
        ("a", ("mia", "sue")),
    ]


@pytest.mark.parametrize(("tell", "told"), [("chief", "olga"), ("chief mia", "olga mia")])
def test_for_a_role_that_nobody_plays_the_owner_is_told(tell: str, told: str) -> None:
    late = Escalation(after=length("1bd"), tell=tuple(tell.split()))
    one: Step = step("a", due="2026-11-17")
    state = run_is(one, escalate=(late,), people={"chief": "vacant"}, now=at("2026-11-20T12:00Z"))
    assert [each.tell for each in state.escalations] == [tuple(told.split())]


@pytest.mark.parametrize(("now", "told"), [("05:59", 0), ("06:01", 1)])
def test_hours_past_a_day_are_counted_from_its_end(now: str, told: int) -> None:
    late = Escalation(after=length("7h"), past="due", tell=("owner",))
    one: Step = step("a", due="2026-11-17")
    state = run_is(one, escalate=(late,), now=at(f"2026-11-18T{now}Z"))
    assert len(state.escalations) == told


def test_an_owner_may_be_a_role_that_one_person_holds() -> None:
    state = run_is(step("a", "vacant"), owner="chief", people={"chief": "zoe"})
    assert (state.owner, state.steps["a"].owner) == ("zoe", "zoe")


def test_the_partner_asks_about_a_run_as_a_whole_or_a_step() -> None:
    state = run_is(step("a"), events=(did("mia", "asked"), did("mia", "asked", "a")))
    assert state.asked_at == at("2026-11-02T09:00Z").instant
    assert state.steps["a"].asked


def test_a_run_can_be_blocked_as_a_whole() -> None:
    blocked = did("dev", "blocked", why="strike")
    state = run_is(step("a"), events=(blocked,))
    assert state.blocked is not None
    assert state.blocked.why == "strike"
    assert run_is(step("a"), events=(blocked, did("dev", "unblocked"))).blocked is None


def test_a_step_with_the_name_of_a_fan_out_is_meant_before_its_parts() -> None:
    steps = (step("a/x"), step("a"), step("b", after="a"))
    assert stages(run_is(*steps, events=(finish("a"),)))["b"] == "ready"


def test_where_a_run_is_not_for_its_case_no_step_is_needed() -> None:
    plan = (step("a"), step("b", after="a", when="tier == 'gold'"), mark("m", rule="start"))
    cases = parse_condition("severity in ['1', '2']")
    small = run_is(*plan, when=cases, inputs={"severity": "3"})
    assert {one.how for one in small.steps.values()} == {How.NOT_NEEDED}
    assert small.stage is RunStage.READY_TO_CLOSE
    open_ = run_is(*plan, when=cases, inputs={"tier": "gold"})
    assert open_.steps["a"].waiting == Waiting(inputs=("severity",))
    assert open_.steps["b"].waiting == Waiting(steps=("a",), inputs=("severity",))
    great = run_is(*plan, when=cases, inputs={"severity": "1", "tier": "lead"})
    assert stages(great) == {"a": "ready", "b": "finished", "m": "finished"}


def test_a_case_that_cannot_be_weighed_is_said_once_for_the_whole_run() -> None:
    state = run_is(
        step("a"), step("b"), when=parse_condition("seats > 100"), inputs={"seats": "many"}
    )
    assert [(one.step, one.field) for one in state.unclear] == [(None, "when")]
    assert state.steps["b"].waiting == Waiting(inputs=("seats",))
