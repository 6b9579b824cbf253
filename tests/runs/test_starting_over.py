"""What is forgotten when a step begins again, and whose it is after people changed."""

from __future__ import annotations

from typing import Any

from nextstep.model.events import Event
from nextstep.model.process import Item
from nextstep.runs.states import StepState, Waiting
from tests.runs.builders import day, did, gate, handed, run_is, step


def one(*events: Event, who: str = "dev", **fields: Any) -> StepState:
    state = run_is(step("a", who, **fields), events=events)
    assert state.impossible == ()
    return state.steps["a"]


REOPENED = did("olga", "reopened", "a", why="wrong year", time="2026-11-20T09:00Z")


def test_a_step_that_begins_again_forgets_its_ticks_gaps_and_readback() -> None:
    fields: dict[str, Any] = {"items": (Item(item="figures"),), "handoff": handed("ana")}
    before = (
        did("dev", "ticked", "a", item="figures"),
        did("dev", "offered", "a", to="ana", gaps=("March",)),
        did("ana", "accepted", "a", readback="draft by Wed"),
    )
    done = one(*before, **fields)
    assert (done.ticked, done.gaps, done.readback) == (("figures",), ("March",), "draft by Wed")
    again = one(*before, REOPENED, **fields)
    assert (again.ticked, again.gaps, again.readback) == ((), (), None)
    assert (again.since, again.owner) == (REOPENED.at, "dev")


def test_work_that_came_back_is_ticked_but_for_what_was_found_missing() -> None:
    fields: dict[str, Any] = {
        "items": (Item(item="figures"), Item(item="names")),
        "handoff": handed("ana"),
    }
    offered = (
        did("dev", "ticked", "a", item="figures"),
        did("dev", "ticked", "a", item="names"),
        did("dev", "offered", "a", to="ana"),
    )
    sent = did("ana", "returned", "a", missing=("names", "a page nobody listed"))
    assert one(*offered, sent, **fields).ticked == ("figures",)
    again = (sent, did("dev", "ticked", "a", item="names"))
    assert one(*offered, *again, **fields).ticked == ("figures", "names")
    unclear = did("ana", "returned", "a", why="unclear")
    assert one(*offered, unclear, **fields).ticked == ("figures", "names")


def test_a_gate_that_begins_again_needs_all_its_votes_again() -> None:
    yes = (did("sue", "approved", "a", content="81aa"), did("raj", "approved", "a", content="81aa"))
    again_yes = did("raj", "approved", "a", content="81aa", time="2026-11-20T10:00Z")
    events = (*yes, REOPENED, again_yes)
    again = run_is(gate("a", "sue raj"), events=events).steps["a"]
    assert (again.stage.value, again.voters, again.approved_content) == ("ready", ("sue",), None)


def test_a_gate_that_was_put_to_the_owner_and_reopened_is_with_its_people_again() -> None:
    events = (
        did("sue", "returned", "a", why="x"),
        did("sue", "returned", "a", why="x"),
        did("olga", "skipped", "a", why="we go on"),
        REOPENED,
    )
    put = gate("a", "sue", on_return={"max_rounds": 1})
    assert run_is(put, events=events[:2]).steps["a"].put_to_owner
    again = run_is(put, events=events).steps["a"]
    assert (again.put_to_owner, again.owner) == (False, "sue")


def test_what_was_out_of_order_and_reopened_no_longer_is() -> None:
    steps = (step("first"), step("a", after="first"))
    early = did("dev", "done", "a", out_of_order="they asked")
    said = run_is(*steps, events=(early,), strength="enforce").conformance
    assert (said.out_of_order, said.overridden) == (("a",), ("a",))
    again = run_is(*steps, events=(early, REOPENED), strength="enforce").conformance
    assert (again.out_of_order, again.overridden) == ((), ())


def test_a_gate_without_steps_before_it_is_ready_since_the_no() -> None:
    no = did("sue", "returned", "a", why="x", time="2026-11-18T09:00Z")
    state = run_is(gate("a"), events=(no,)).steps["a"]
    assert (state.stage.value, state.since, state.rounds) == ("ready", no.at, 1)


def test_one_of_two_can_give_a_step_back_and_the_other_keeps_it() -> None:
    back = did("raj", "returned", "a", why="not mine")
    state = one(back, who="dev raj")
    assert (state.who_told, state.vacant, state.owner) == (("dev",), False, "dev")


def test_a_step_given_back_and_passed_on_by_the_owner_is_the_receivers() -> None:
    back = did("dev", "returned", "a", why="not mine")
    offered = did("olga", "offered", "a", to="raj", duty=True)
    accepted = did("raj", "accepted", "a")
    state = one(back, offered, accepted, who="raj")
    assert (state.who_told, state.vacant, state.owner) == (("raj",), False, "raj")
    assert state.duty_offer is None


def test_a_step_given_back_can_be_bound_to_the_same_person_again() -> None:
    back = did("dev", "returned", "a", why="not mine")
    changed = did("olga", "changed", field="people.writer", from_="vacant", to="dev")
    state = run_is(step("a", "dev", role="writer"), events=(back, changed)).steps["a"]
    assert (state.who_told, state.vacant, state.owner) == (("dev",), False, "dev")


def test_a_vacant_step_that_somebody_accepts_as_a_duty_is_theirs() -> None:
    offered = did("olga", "offered", "a", to="raj", duty=True)
    state = one(offered, did("raj", "accepted", "a"), who="raj")
    assert (state.who_told, state.owner) == (("raj",), "raj")


def test_of_work_and_duty_offered_to_one_person_the_work_is_accepted_first() -> None:
    both = (
        did("dev", "offered", "a", to="raj", duty=True),
        did("dev", "offered", "a", to="raj"),
    )
    work = one(*both, did("raj", "accepted", "a"), handoff=handed("raj"))
    assert (work.how, work.who_told) == ("accepted", ("dev",))
    duty = one(*both, did("raj", "accepted", "a", duty=True), handoff=handed("raj"), who="raj")
    assert (duty.stage.value, duty.who_told) == ("offered", ("raj",))


def test_duty_offered_to_another_than_the_work_is_accepted_by_that_one() -> None:
    both = (
        did("dev", "offered", "a", to="ana"),
        did("dev", "offered", "a", to="raj", duty=True),
        did("raj", "accepted", "a"),
    )
    state = one(*both, handoff=handed("ana"), who="raj")
    assert (state.stage.value, state.who_told, state.owner) == ("offered", ("raj",), "dev")


def test_the_partner_has_asked_for_this_date_of_a_step_until_the_date_moves() -> None:
    asked = did("mia", "asked", "a")
    moved = did("dev", "moved", "a", from_=day("2026-11-20"), to=day("2026-11-25"))
    same = did("dev", "moved", "a", from_=day("2026-11-20"), to=day("2026-11-20"))
    assert one(asked).asked
    assert one(asked, same).asked
    assert not one(asked, moved).asked
    assert not one(moved).asked


def test_what_undoes_something_that_is_no_step_waits_for_it() -> None:
    state = run_is(step("a", undoes="gone"))
    assert state.steps["a"].waiting == Waiting(steps=("gone",))
    assert (state.owed, state.stage.value) == ((), "ready to close")


def test_what_undoes_a_gate_is_owed_once_the_gate_is_approved() -> None:
    steps = (gate("ok"), step("back", undoes="ok"))
    assert run_is(*steps, events=(did("sue", "approved", "ok"),)).owed == ("back",)
    waived = run_is(*steps, events=(did("olga", "skipped", "ok", why="x"),))
    assert (waived.owed, waived.steps["back"].how) == ((), "not needed")
