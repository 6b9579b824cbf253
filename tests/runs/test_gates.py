"""Gates: votes, what they are for, and where a no leads."""

from __future__ import annotations

from typing import Any

import pytest

from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.runs.run_states import run_state
from nextstep.runs.states import RunState
from tests.runs.builders import CALENDAR, NOW, day, did, gate, log, mark, run, run_is, stages, step

PLAN = (step("write", "dev"), step("check", "raj", after="write"), step("side", "kim"))
WRITTEN = (did("dev", "done", "write"), did("raj", "done", "check"), did("kim", "done", "side"))


def decided(*events: Event, **fields: Any) -> RunState:
    people = str(fields.pop("who", "sue ana"))
    return run_is(*PLAN, gate("ok", people, after="check", **fields), events=(*WRITTEN, *events))


def yes(by: str, content: str | None = None) -> Event:
    return did(by, "approved", "ok", **({"content": content} if content else {}))


def no(by: str, **more: Any) -> Event:
    return did(by, "returned", "ok", **{"why": "figures", **more})


@pytest.mark.parametrize(
    ("need", "votes", "stage"),
    [
        (None, ["sue"], "ready"),
        (None, ["sue", "ana"], "finished"),
        ("all", ["sue"], "ready"),
        ("all", ["sue", "ana"], "finished"),
        ("any", ["ana"], "finished"),
        ("1", ["ana"], "finished"),
        ("2", ["ana"], "ready"),
        ("2", ["ana", "sue"], "finished"),
        ("2", ["ana", "ana"], "ready"),
    ],
)
def test_a_gate_is_finished_when_it_has_the_votes_it_needs(
    need: str | None, votes: list[str], stage: str
) -> None:
    state = decided(*(yes(by) for by in votes), need=need)
    assert stages(state)["ok"] == stage
    assert state.steps["ok"].how == ("approved" if stage == "finished" else None)


def test_an_open_gate_says_whose_vote_is_missing_and_is_with_the_first_of_them() -> None:
    one = decided(yes("sue")).steps["ok"]
    assert (one.voters, one.votes_needed, one.owner) == (("ana",), 2, "ana")
    assert [vote.by for vote in one.votes] == ["sue"]
    assert decided(yes("sue")).with_whom == ("ana",)


def test_any_step_with_need_is_a_gate() -> None:
    steps = (step("agree", "sue ana", need="any"),)
    assert stages(run_is(*steps, events=(did("ana", "approved", "agree"),))) == {
        "agree": "finished"
    }
    done = run_is(*steps, events=(did("ana", "done", "agree"),))
    assert [bad.why for bad in done.impossible] == ["`agree` is decided by votes"]


def test_the_owner_votes_at_a_gate_that_nobody_is_bound_to() -> None:
    assert decided(yes("olga"), who="vacant").steps["ok"].how == "approved"
    assert [bad.event.by for bad in decided(yes("sue"), who="vacant").impossible] == ["sue"]


def test_a_vacant_seat_beside_others_counts_and_the_owner_votes_for_it() -> None:
    assert decided(yes("sue"), who="sue vacant").steps["ok"].how is None
    both = decided(yes("sue"), yes("olga"), who="sue vacant").steps["ok"]
    assert (both.how, both.who) == ("approved", ("sue", "olga"))


def test_a_no_sends_the_work_back_to_what_the_gate_comes_after() -> None:
    state = decided(yes("ana"), no("sue", missing=("March",)))
    assert stages(state) == {
        "write": "finished",
        "check": "ready",
        "side": "finished",
        "ok": "waiting",
    }
    assert (state.steps["ok"].votes, state.steps["ok"].rounds) == ((), 1)
    returned = state.steps["check"].returned
    assert returned is not None
    assert (returned.by, returned.missing, returned.why) == ("sue", ("March",), "figures")


def test_a_no_goes_on_past_what_nobody_works_on() -> None:
    steps = (
        step("write"),
        step("legal", after="write", when="tier == 'enterprise'"),
        mark("meeting", after="write", due=day("2026-11-02")),
        gate("ok", after="legal meeting"),
    )
    events = (did("dev", "done", "write"), did("sue", "returned", "ok", why="figures"))
    state = run_is(*steps, events=events, inputs={"tier": "standard"})
    assert (state.impossible, state.ready) == ((), ("write",))
    assert state.steps["ok"].stage.value == "waiting"


def test_a_no_sends_the_work_back_to_the_step_named_and_what_lies_between_begins_again() -> None:
    state = decided(no("sue"), on_return={"to": "write"})
    assert stages(state) == {
        "write": "ready",
        "check": "waiting",
        "side": "finished",
        "ok": "waiting",
    }
    assert state.steps["check"].done is None


def test_a_no_can_send_all_parts_back() -> None:
    parts = (step("pages/a", "dev"), step("pages/b", "raj"), step("sum", "kim", after="pages"))
    done = (
        did("dev", "done", "pages/a"),
        did("raj", "done", "pages/b"),
        did("kim", "done", "sum"),
        did("sue", "returned", "ok", why="x"),
    )
    state = run_is(*parts, gate("ok", after="sum", on_return={"to": "pages"}), events=done)
    assert stages(state) == {
        "pages/a": "ready",
        "pages/b": "ready",
        "sum": "waiting",
        "ok": "waiting",
    }


def test_after_a_no_everybody_votes_again() -> None:
    again = (did("raj", "done", "check"), yes("sue"))
    assert stages(decided(yes("ana"), no("sue"), *again))["ok"] == "ready"
    assert stages(decided(yes("ana"), no("sue"), *again, yes("ana")))["ok"] == "finished"


def test_past_its_rounds_a_gate_stays_ready_and_is_put_to_the_owner() -> None:
    limited = {"on_return": {"to": "check", "max_rounds": 1}}
    again = did("raj", "done", "check")
    state = decided(no("sue"), again, no("sue"), **limited)
    one = state.steps["ok"]
    assert (one.stage.value, one.rounds, one.put_to_owner, one.owner) == ("ready", 2, True, "olga")
    assert stages(state)["check"] == "finished"
    assert (state.over_rounds, state.with_whom) == (("ok",), ("olga",))
    waived = decided(
        no("sue"), again, no("sue"), did("olga", "skipped", "ok", why="we go on"), **limited
    )
    assert (waived.steps["ok"].how, waived.over_rounds) == ("waived", ())


def test_where_a_no_is_final_it_drops_the_run() -> None:
    state = decided(no("sue"), yes("ana"), on_return={"stop": True})
    assert (state.stage.value, state.stopped_by) == ("dropped", "ok")
    assert state.closed is not None
    assert (state.closed.by, state.closed.why) == ("sue", "figures")
    assert [bad.why for bad in state.impossible] == [
        "`approved` is not possible after the run was stopped at `ok`"
    ]
    reopened = decided(no("sue"), did("olga", "reopened", why="x"), on_return={"stop": True})
    assert (reopened.stage.value, stages(reopened)["ok"]) == ("open", "ready")


def test_votes_count_for_the_content_of_the_latest_vote_alone() -> None:
    state = decided(yes("sue", "81aa0c4d"), yes("ana", "9f2b7e01"))
    one = state.steps["ok"]
    assert (one.stage.value, one.voters, one.approved_content) == ("ready", ("sue",), None)
    agreed = decided(yes("sue", "81aa0c4d"), yes("ana", "9f2b7e01"), yes("sue", "9f2b7e01"))
    assert agreed.steps["ok"].approved_content == "9f2b7e01"


def approved_run(*events: Event) -> Run:
    made = gate("ok", "sue ana", after="check")
    return run(*PLAN, made, events=(*WRITTEN, *events))


def test_content_that_changed_after_the_approval_is_a_flag_until_it_is_approved_again() -> None:
    votes = (yes("sue", "81aa0c4d"), yes("ana", "81aa0c4d"))
    renewed = (*votes, yes("sue", "9f2b7e01"))

    def changed(*events: Event, now: str | None) -> bool | None:
        state = run_state(approved_run(*events), NOW, CALENDAR, content={"docs/ok.md": now}.get)
        assert state.impossible == ()
        assert state.steps["ok"].is_finished
        return state.steps["ok"].changed_since

    assert changed(*votes, now="81aa0c4d77") is False
    assert changed(*votes, now="9f2b7e0144") is True
    assert changed(*votes, now=None) is True
    assert changed(*renewed, now="9f2b7e0144") is True
    assert changed(*renewed, yes("ana", "9f2b7e01"), now="9f2b7e0144") is False
    assert run_state(approved_run(*votes), NOW, CALENDAR).steps["ok"].changed_since is None


def test_the_path_of_a_gate_may_hold_inputs() -> None:
    one = run(
        step("a", "sue", approve="docs/$account/$account_short.md"),
        inputs={"account": "globex", "account_short": "gx"},
        events=(did("sue", "approved", "a", content="81aa"),),
    )
    asked: list[str] = []

    def content(path: str) -> str:
        asked.append(path)
        return "81aa"

    assert run_state(one, NOW, CALENDAR, content=content).steps["a"].changed_since is False
    assert asked == ["docs/globex/gx.md"]


def test_a_waived_gate_was_not_approved() -> None:
    one = decided(yes("sue", "81aa"), did("olga", "skipped", "ok", why="mail")).steps["ok"]
    assert (one.how, one.approved_content) == ("waived", None)
    late = decided(did("olga", "skipped", "ok", why="mail"), yes("sue"))
    assert late.impossible[0].event == log(*WRITTEN, did("x", "x"), yes("sue"))[-1]


BLIND = {"need": "all", "blind": True}


def test_at_a_blind_gate_a_no_waits_until_all_have_voted() -> None:
    first = decided(no("sue"), **BLIND).steps["ok"]
    assert (first.stage.value, first.rounds, first.voters) == ("ready", 0, ("ana",))
    assert first.returned is None
    assert first.hides_votes
    state = decided(no("sue", missing=("March",)), yes("ana"), **BLIND)
    assert stages(state)["check"] == "ready"
    back = state.steps["check"].returned
    assert back is not None
    assert (back.by, back.missing, back.why) == ("sue", ("March",), "figures")


@pytest.mark.parametrize("last", [yes, no])
def test_the_order_of_votes_at_a_blind_gate_does_not_matter(last: Any) -> None:
    other = no if last is yes else yes
    state = decided(other("sue"), last("ana"), **BLIND)
    assert (stages(state)["ok"], state.steps["ok"].rounds) == ("waiting", 1)


def test_noes_at_a_blind_gate_are_one_round_with_all_their_reasons() -> None:
    state = decided(no("sue"), no("ana", why="tone"), **BLIND, on_return={"stop": True})
    assert state.stopped_by == "ok"
    assert state.closed is not None
    assert (state.closed.by, state.closed.why) == ("sue", "figures; tone")


def test_whoever_has_not_seen_the_others_may_change_their_vote() -> None:
    one = decided(no("sue"), yes("sue"), yes("ana"), **BLIND).steps["ok"]
    assert (one.how, one.rounds) == ("approved", 0)


def test_yeses_enough_decide_a_blind_gate_whatever_the_others_say() -> None:
    votes = (no("sue"), yes("ana"), yes("raj"))
    one = decided(*votes, who="sue ana raj", need="2", blind=True).steps["ok"]
    assert one.how == "approved"


def test_a_gate_that_names_itself_begins_its_votes_again() -> None:
    again = {"to": "ok", "max_rounds": 1}
    state = decided(yes("ana"), no("sue"), **BLIND, on_return=again)
    assert stages(state) == {"write": "finished", "check": "finished", "side": "finished"} | {
        "ok": "ready"
    }
    assert state.steps["ok"].voters == ("sue", "ana")
    agreed = decided(yes("ana"), no("sue"), yes("sue"), yes("ana"), **BLIND, on_return=again)
    assert agreed.steps["ok"].how == "approved"
    stuck = decided(yes("ana"), no("sue"), no("sue"), no("ana"), **BLIND, on_return=again)
    assert stuck.steps["ok"].put_to_owner
    assert not stuck.steps["ok"].hides_votes


def test_a_run_that_a_no_has_ended_is_not_blocked_any_more() -> None:
    state = decided(did("sue", "blocked", why="ice"), no("sue"), on_return={"stop": True})
    assert (state.stage, state.blocked) == ("dropped", None)


def test_nobody_votes_on_a_gate_that_is_not_needed() -> None:
    state = run_is(
        gate("ok", "sue", when="tier == 'x'"), events=(yes("sue"),), inputs={"tier": "y"}
    )
    assert state.steps["ok"].votes == ()
    assert [one.event.by for one in state.impossible] == ["sue"]
