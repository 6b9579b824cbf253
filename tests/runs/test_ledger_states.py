"""What several records together tell: who waits, how plans stand, who has what."""

from __future__ import annotations

from nextstep.runs.ledger_states import Held, Plan, held_by, plans, waiting_on
from tests.runs.builders import commitment, commitment_is, day, did, gate, handed, run_is, step

OPEN = commitment_is(due=day("2026-11-27"))
LATE = commitment_is()
DONE = commitment_is(did("dev", "done"))
KEPT = commitment_is(did("dev", "closed", result="kept", outcome="x"))
PARTLY = commitment_is(did("dev", "closed", result="partly", outcome="x"))


def test_a_commitment_waits_until_what_it_comes_after_is_done_or_closed() -> None:
    states = {"open": OPEN, "done": DONE, "kept": KEPT}
    waiting = commitment(after=("open", "done", "kept", "gone"))
    assert waiting_on(states, waiting) == ("open",)


def test_a_commitment_can_wait_for_a_run_or_a_step_of_one() -> None:
    steps = (step("a"), step("p/x"), step("p/y"))
    done = (did("dev", "done", "a"), did("dev", "done", "p/x"))
    runs = {"run": run_is(*steps, events=done)}
    waiting = commitment(after=("run", "run/a", "run/p", "run/p/x", "run/p/y"))
    assert waiting_on({}, waiting, runs) == ("run", "run/p", "run/p/y")


def test_a_plan_tells_what_is_kept_open_and_late() -> None:
    states = {"open": OPEN, "late": LATE, "done": DONE, "kept": KEPT, "partly": PARTLY}
    closed = (did("dev", "done", "a"), did("olga", "closed", result="kept", outcome="x"))
    runs = {"run": run_is(step("a"), events=closed), "going": run_is(step("a"))}
    parts = [(id_, "growth") for id_ in (*states, *runs)] + [("kept", None), ("late", "other")]
    assert plans(parts, states, runs) == {
        "growth": Plan(
            kept=("done", "kept", "run"),
            open=("open", "late", "going"),
            late=("late",),
            not_kept=("partly",),
        ),
        "other": Plan(open=("late",), late=("late",)),
    }


def test_everything_that_is_open_is_with_somebody() -> None:
    offered = commitment_is(did("dev", "offered", to="raj"))
    nobody = commitment_is(who=None)
    steps = (
        step("a", "dev", handoff=handed()),
        step("b", "kim", after="a"),
        gate("c", "sue ana"),
        step("d", "raj"),
    )
    events = (
        did("dev", "offered", "a", to="ana"),
        did("sue", "approved", "c"),
        did("raj", "done", "d"),
    )
    states = {"one": OPEN, "two": offered, "three": nobody, "four": KEPT}
    assert held_by(states, {"run": run_is(*steps, events=events)}) == {
        "dev": Held(commitments=("one", "two"), steps=(("run", "a"),)),
        "": Held(commitments=("three",)),
        "raj": Held(offers=("two",)),
        "kim": Held(steps=(("run", "b"),)),
        "ana": Held(steps=(("run", "c"),), step_offers=(("run", "a"),)),
    }


def test_what_is_over_is_with_nobody() -> None:
    dropped = run_is(step("a"), events=(did("olga", "closed", result="dropped", why="x"),))
    assert held_by({"four": KEPT, "five": DONE}, {"run": dropped}) == {}
