"""Nothing is done or passed on before what is critical is there, as far as inputs tell it."""

from __future__ import annotations

from typing import Any

import pytest

from nextstep.dates.conditions import parse_condition
from nextstep.model.process import Check, Item
from nextstep.runs.states import How, RunState
from tests.runs.builders import did, gate, handed, run_is, step

SEATS = Item(
    item="four of five seats are in use",
    critical=True,
    check=Check(kind="holds", target="seats >= 80"),
)
CHAMPION = Item(item="champion", critical=True, check=Check(kind="input", target="champion"))
DONE = did("dev", "done", "adopt")


def seats(number: str, **more: Any) -> Any:
    return did("dev", "changed", field="inputs.seats", to=number, **more)


def adopting(*events: Any, inputs: Any = None, item: Item = SEATS, **fields: Any) -> RunState:
    said: dict[str, Any] = {"strength": "enforce", "inputs": inputs or {}, **fields}
    return run_is(step("adopt", items=(item,)), events=events, **said)


@pytest.mark.parametrize(("known", "done"), [("79", False), ("80", True), (None, False)])
def test_a_stage_ends_when_its_target_is_reached_and_not_before(
    known: str | None, *, done: bool
) -> None:
    state = adopting(DONE, inputs={"seats": known} if known else {})
    assert state.steps["adopt"].is_finished is done
    right = (
        "write `changed` with `seats` of `inputs` before it, or add `out_of_order` with the reason"
    )
    for bad in state.impossible:
        assert bad.why == "`done` of `adopt` came without `four of five seats are in use`"
        assert bad.right == right


def test_what_was_known_at_that_moment_decides() -> None:
    risen = adopting(DONE, seats("85", from_="40"), inputs={"seats": "85"})
    assert not risen.steps["adopt"].is_finished
    reached = adopting(seats("85", from_="40"), DONE, inputs={"seats": "85"})
    assert reached.steps["adopt"].is_finished
    fallen = (seats("85"), DONE, seats("30", from_="85"))
    assert adopting(*fallen, inputs={"seats": "30"}).steps["adopt"].is_finished


def test_where_the_order_is_advice_it_counts_and_says_so() -> None:
    one = adopting(DONE, strength="advise").steps["adopt"]
    assert (one.how, one.out_of_order, one.overridden) == (How.DONE, "yes", False)


def test_a_reason_is_heard() -> None:
    why = did("dev", "done", "adopt", out_of_order="they merge with Hooli")
    one = adopting(why).steps["adopt"]
    assert (one.how, one.out_of_order, one.overridden) == (
        How.DONE,
        "they merge with Hooli",
        True,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"critical": False},
        {"check": None},
        {"check": Check(kind="file", target="seats.md")},
        {"when": parse_condition("size == 'large'")},
    ],
)
def test_only_what_is_critical_asked_for_and_told_by_inputs_is_waited_for(change: Any) -> None:
    said: dict[str, Any] = {"critical": True, "check": SEATS.check, **change}
    item = Item(item=SEATS.item, **said)
    assert adopting(DONE, item=item, inputs={"size": "small"}).steps["adopt"].is_finished


def passing(*events: Any, **fields: Any) -> RunState:
    one = step("sell", handoff=handed("ana", must_include=(CHAMPION,)))
    return run_is(one, events=events, **fields)


OFFERED = did("dev", "offered", "sell")


def test_an_offer_without_what_is_critical_is_refused_where_the_order_is_firm() -> None:
    state = passing(OFFERED, strength="enforce")
    assert [bad.why for bad in state.impossible] == ["`offered` of `sell` came without `champion`"]
    assert passing(OFFERED, strength="enforce", inputs={"champion": "lena"}).offered == ("sell",)


def test_elsewhere_it_is_counted_among_the_gaps() -> None:
    offer = passing(OFFERED).steps["sell"].offer
    assert offer is not None
    assert offer.gaps == ("champion",)


def test_the_work_may_be_done_before_it_can_be_passed_on() -> None:
    state = passing(did("dev", "done", "sell"), strength="enforce")
    assert state.done == ("sell",)


def test_what_others_are_only_told_has_to_be_there_too() -> None:
    one = step("tell", handoff=handed(None, tell=("ana",), must_include=(CHAMPION,)))
    state = run_is(one, events=(did("dev", "done", "tell"),), strength="enforce")
    assert [bad.event.event for bad in state.impossible] == ["done"]


def test_nobody_approves_before_it_is_there() -> None:
    one = gate("ok", items=(CHAMPION,))
    vote = did("sue", "approved", "ok")
    assert not run_is(one, events=(vote,), strength="enforce").steps["ok"].is_finished
    known = {"champion": "lena"}
    assert run_is(one, events=(vote,), strength="enforce", inputs=known).steps["ok"].is_finished
