"""How far plans are."""

from __future__ import annotations

from nextstep.runs.plans import Plan, plans
from tests.runs.builders import commitment_is, day, did, run_is, step

OPEN = commitment_is(due=day("2026-11-27"))
LATE = commitment_is()
DONE = commitment_is(did("dev", "done"))
KEPT = commitment_is(did("dev", "closed", result="kept", outcome="x"))
PARTLY = commitment_is(did("dev", "closed", result="partly", outcome="x"))


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
