"""The table of a step's states, row by row, and what is in none of its rows."""

from __future__ import annotations

from typing import Any

import pytest

from nextstep.dates.conditions import parse_condition
from nextstep.model.commitment import Run
from nextstep.model.events import Event
from nextstep.model.process import Handoff, Item, Step
from nextstep.runs.passing_on import steps_behind
from nextstep.runs.run_states import run_state
from nextstep.runs.states import RunState, StepState
from tests.runs.builders import CALENDAR, NOW, day, did, gate, handed, log, mark, run, run_is, step

STEPS = (
    step("draft", "dev", due="2026-11-16", items=(Item(item="figures"),)),
    step("pages", "ines", after="draft", handoff=handed("ana"), due="2026-11-18"),
    step("compile", "ana", after="pages"),
    gate("approve", "sue raj", after="compile", on_return={"to": "pages", "max_rounds": 1}),
    step("legal", "nora", after="approve", handoff=handed(None, tell=("kim",))),
    step("part/one", "kim", after="legal"),
    mark("meeting", due="2026-12-15"),
)

DRAFTED = (did("dev", "done", "draft"),)
OFFERED = (*DRAFTED, did("ines", "offered", "pages", to="ana"))
ACCEPTED = (*OFFERED, did("ana", "accepted", "pages"))
COMPILED = (*ACCEPTED, did("ana", "done", "compile"))
APPROVED = (*COMPILED, did("sue", "approved", "approve"), did("raj", "approved", "approve"))


def moved(by: str, step_id: str, **more: Any) -> Event:
    old, new = day("2026-11-16"), day("2026-11-25")
    return did(by, "moved", step_id, from_=old, to=new, **more)


ROWS: list[tuple[tuple[Event, ...], Event, str, str]] = [
    ((), did("dev", "done", "draft"), "draft", "finished"),
    (DRAFTED, did("ines", "done", "pages"), "pages", "done"),
    (DRAFTED, did("ines", "offered", "pages", to="ana"), "pages", "offered"),
    (
        (*DRAFTED, did("ines", "done", "pages")),
        did("ines", "offered", "pages", to="ana"),
        "pages",
        "offered",
    ),
    (OFFERED, did("ana", "accepted", "pages", gaps=("March",)), "pages", "finished"),
    (OFFERED, did("ana", "returned", "pages", why="which month?"), "pages", "ready"),
    (OFFERED, did("ines", "returned", "pages"), "pages", "done"),
    ((), did("dev", "returned", "draft", why="not mine"), "draft", "ready"),
    (COMPILED, did("sue", "approved", "approve"), "approve", "ready"),
    (
        (*COMPILED, did("sue", "approved", "approve")),
        did("raj", "approved", "approve"),
        "approve",
        "finished",
    ),
    (COMPILED, did("sue", "returned", "approve", why="figures"), "approve", "waiting"),
    ((), did("dev", "skipped", "draft", why="not needed"), "draft", "finished"),
    ((), did("olga", "skipped", "draft", why="not needed"), "draft", "finished"),
    ((), did("ines", "skipped", "pages", why="not needed"), "pages", "finished"),
    (DRAFTED, did("sam", "skipped", "approve", why="Sue agreed by mail"), "approve", "finished"),
    (APPROVED, did("olga", "skipped", "part/one", why="too late"), "part/one", "finished"),
    (OFFERED, did("olga", "skipped", "pages", why="no answer"), "pages", "finished"),
    ((), moved("dev", "draft"), "draft", "ready"),
    ((), moved("ana", "draft", agreed_by=("dev",)), "draft", "ready"),
    ((), moved("ines", "pages"), "pages", "waiting"),
    (OFFERED, moved("ines", "pages"), "pages", "offered"),
    ((), did("dev", "ticked", "draft", item="figures"), "draft", "ready"),
    ((), did("dev", "blocked", "draft", why="no access"), "draft", "ready"),
    ((), did("dev", "unblocked", "draft"), "draft", "ready"),
    ((), did("mia", "asked", "draft"), "draft", "ready"),
    ((), did("dev", "offered", "draft", to="raj", duty=True), "draft", "ready"),
    (DRAFTED, did("dev", "reopened", "draft", why="wrong year"), "draft", "ready"),
    (COMPILED, did("olga", "reopened", "pages", why="wrong year"), "pages", "ready"),
    (APPROVED, did("nora", "done", "legal"), "legal", "finished"),
    ((), did("kim", "noted", "legal", text="x"), "legal", "waiting"),
    ((), did("kim", "noted", "nothing", text="x"), "draft", "ready"),
    (DRAFTED, did("kim", "feedback", "draft", words="x"), "draft", "finished"),
    ((), did("olga", "changed", field="inputs.tier", from_="a", to="b"), "draft", "ready"),
    ((), did("olga", "confirmed", version="3f9c"), "draft", "ready"),
    ((), did("ines", "trained", person="ines"), "draft", "ready"),
    ((), did("dev", "blocked", why="strike"), "draft", "ready"),
]

IMPOSSIBLE: list[tuple[tuple[Event, ...], Event]] = [
    ((), did("ines", "offered", "pages", to="ana")),
    ((), did("ana", "accepted", "pages")),
    ((), did("ana", "returned", "pages")),
    ((), did("sue", "approved", "approve")),
    ((), did("sue", "returned", "approve")),
    ((), did("dev", "approved", "draft")),
    ((), did("dev", "done", "nothing")),
    ((), did("olga", "changed", field="inputs", from_="a", to="b")),
    ((), did("olga", "changed", "draft", field="due", from_="a", to="b")),
    ((), did("dev", "done")),
    ((), did("kim", "done", "part")),
    ((), did("dev", "done", "meeting")),
    ((), did("dev", "offered", "meeting", to="ana")),
    ((), did("raj", "returned", "draft", why="x")),
    ((), did("kim", "skipped", "draft", why="x")),
    ((), did("dev", "skipped", "draft")),
    ((), did("sue", "skipped", "approve", why="x")),
    ((), did("kim", "skipped", "part/one", why="x")),
    ((), moved("ana", "draft")),
    ((), did("dev", "ticked", "draft", item="names")),
    ((), did("dev", "ticked", "draft")),
    ((), did("kim", "offered", "draft", to="raj", duty=True)),
    ((), did("dev", "reopened", "draft")),
    ((), did("dev", "reopened")),
    ((), did("dev", "agreed", "draft")),
    ((), did("dev", "proposed")),
    ((), did("dev", "sang", "draft")),
    ((), did("dev", "closed", "draft", result="kept")),
    ((), did("olga", "closed", result="kept", outcome="x")),
    ((), did("dev", "closed", result="dropped", why="x")),
    ((), did("olga", "closed", result="dropped")),
    (DRAFTED, did("dev", "done", "draft")),
    (DRAFTED, did("dev", "offered", "draft", to="ana")),
    (DRAFTED, did("dev", "offered", "draft", to="ana", duty=True)),
    (DRAFTED, did("dev", "skipped", "draft", why="x")),
    (DRAFTED, moved("dev", "draft")),
    (DRAFTED, did("dev", "ticked", "draft", item="figures")),
    (DRAFTED, did("mia", "asked", "draft")),
    (DRAFTED, did("dev", "blocked", "draft")),
    (DRAFTED, did("dev", "unblocked", "draft")),
    ((*DRAFTED, did("ines", "done", "pages")), did("ines", "done", "pages")),
    ((*DRAFTED, did("ines", "done", "pages")), did("ines", "reopened", "pages")),
    (OFFERED, did("raj", "accepted", "pages")),
    (OFFERED, did("raj", "returned", "pages")),
    (OFFERED, did("ines", "done", "pages")),
    (OFFERED, did("ines", "offered", "pages", to="raj")),
    (COMPILED, did("ines", "reopened", "pages", why="x")),
    (COMPILED, did("sue", "done", "approve")),
    (COMPILED, did("sue", "offered", "approve", to="ana")),
    (COMPILED, did("ana", "approved", "approve")),
    (COMPILED, did("ana", "returned", "approve")),
    (APPROVED, did("sue", "returned", "approve")),
    (APPROVED, did("olga", "skipped", "approve", why="x")),
]


def name(row: object) -> str | None:
    if isinstance(row, tuple):
        return row[-1].event + str(len(row)) if row else "new"
    return f"{row.by} {row.event} {row.step}" if isinstance(row, Event) else None


def here(*events: Event) -> RunState:
    return run_state(run(*STEPS, events=events), NOW, CALENDAR)


@pytest.mark.parametrize(("before", "event", "step_id", "stage"), ROWS, ids=name)
def test_each_row_of_the_table_leads_where_it_says(
    before: tuple[Event, ...], event: Event, step_id: str, stage: str
) -> None:
    state = here(*before, event)
    assert state.impossible == ()
    assert state.steps[step_id].stage.value == stage


@pytest.mark.parametrize(("before", "event"), IMPOSSIBLE, ids=name)
def test_what_is_in_no_row_is_impossible_and_changes_nothing(
    before: tuple[Event, ...], event: Event
) -> None:
    without, state = here(*before), here(*before, event)
    assert [bad.event for bad in state.impossible] == [log(*before, event)[-1]]
    assert all(bad.why and bad.right for bad in state.impossible)
    assert told(state) == told(without)


def told(state: RunState) -> dict[str, object]:
    said = {field: getattr(state, field) for field in state.__struct_fields__}
    return said | {"events": None, "impossible": None}


def of(id_: str, *events: Event, **fields: Any) -> StepState:
    state = run_state(run(*STEPS, events=events, **fields), NOW, CALENDAR)
    assert state.impossible == ()
    return state.steps[id_]


def test_a_ready_step_is_with_who_it_names_and_a_vacant_one_with_the_process_owner() -> None:
    assert of("draft").owner == "dev"
    vacant = run_state(run(step("draft", "vacant")), NOW, CALENDAR).steps["draft"]
    assert (vacant.owner, vacant.vacant, vacant.who) == ("olga", True, ())


def test_a_role_of_the_run_stands_for_the_person_bound_to_it() -> None:
    steps = (step("pages/fin", "writer"), step("pages/ops", "writer"), step("legal", "lawyer"))
    people = {"writer/fin": "fin", "writer/ops": "vacant", "lawyer": "nora"}
    state = run_state(run(*steps, people=people), NOW, CALENDAR)
    assert [one.who for one in state.steps.values()] == [("fin",), (), ("nora",)]


def test_done_and_not_handed_over_is_with_its_who() -> None:
    state = of("pages", *DRAFTED, did("ines", "done", "pages"))
    assert (state.stage.value, state.owner) == ("done", "ines")


def test_the_giver_owns_an_offer_until_it_is_accepted() -> None:
    offered, accepted = of("pages", *OFFERED), of("pages", *ACCEPTED)
    assert offered.offer is not None
    assert (offered.owner, offered.offer.receivers) == ("ines", ("ana",))
    assert (accepted.how, accepted.who, accepted.owner) == ("accepted", ("ines",), "ines")


def test_an_offer_implies_that_the_work_exists() -> None:
    done = of("pages", *OFFERED).done
    assert done is not None
    assert done.offered


def test_accepting_keeps_the_gaps_of_both_and_what_was_said_back() -> None:
    state = of(
        "pages",
        *DRAFTED,
        did("ines", "offered", "pages", to="ana", gaps=("March", "names")),
        did("ana", "accepted", "pages", gaps=("March", "year"), readback="draft by Wed"),
    )
    assert (state.gaps, state.readback) == (("March", "names", "year"), "draft by Wed")


def test_an_offer_to_a_role_is_accepted_by_the_first_of_its_people() -> None:
    offered = did("ines", "offered", "pages", to="editor")
    one = run(*STEPS, events=(*DRAFTED, offered, did("raj", "accepted", "pages")))
    state = run_state(one, NOW, CALENDAR, members={"editor": ("ana", "raj")})
    assert (state.steps["pages"].how, state.impossible) == ("accepted", ())


def test_who_offered_work_to_a_role_of_theirs_does_not_sign_for_it_where_others_can() -> None:
    offered, signed = did("ines", "offered", "pages", to="editor"), did("ines", "accepted", "pages")
    one = run(*STEPS, events=(*DRAFTED, offered, signed))
    state = run_state(one, NOW, CALENDAR, members={"editor": ("ines", "raj")})
    assert (state.steps["pages"].stage, len(state.impossible)) == ("offered", 1)
    alone = run_state(one, NOW, CALENDAR, members={"editor": ("ines",)})
    assert (alone.steps["pages"].how, alone.impossible) == ("accepted", ())


def test_an_offer_to_a_vacant_role_is_answered_by_the_process_owner() -> None:
    offered = did("ines", "offered", "pages", to="editor")
    state = run_state(
        run(*STEPS, events=(*DRAFTED, offered), people={"editor": "vacant"}), NOW, CALENDAR
    )
    offer = state.steps["pages"].offer
    assert offer is not None
    assert (offer.to, offer.receivers) == (("editor",), ("olga",))


@pytest.mark.parametrize(
    ("handoff", "then", "receivers"),
    [
        (handed("editor"), "raj", ("kim",)),
        (handed(None), "raj zoe", ("raj", "zoe")),
        (handed(None), "", ("olga",)),
    ],
)
def test_work_offered_to_nobody_by_name_goes_where_it_is_planned_to_go(
    handoff: Handoff, then: str, receivers: tuple[str, ...]
) -> None:
    steps = (step("pages", handoff=handoff), gate("ok", then, after="pages"))
    offered, accepted = did("dev", "offered", "pages"), did(receivers[0], "accepted", "pages")
    pending = run_is(*steps, events=(offered,), people={"editor": "kim"}).steps["pages"].offer
    assert pending is not None
    assert pending.receivers == receivers
    state = run_is(*steps, events=(offered, accepted), people={"editor": "kim"})
    assert (state.impossible, state.steps["pages"].how) == ((), "accepted")


def test_work_goes_past_a_date_and_what_is_not_needed_to_who_comes_after() -> None:
    steps = (
        step("pages", handoff=handed(None)),
        step("legal", "nora", after="pages", when="tier == 'gold'"),
        mark("meeting", after="legal", due="2026-12-01"),
        step("deliver", "ana", after="meeting"),
    )
    offered = did("dev", "offered", "pages")
    for tier, receiver in (("plain", "ana"), ("gold", "nora")):
        state = run_is(*steps, events=(offered,), inputs={"tier": tier})
        pending = state.steps["pages"].offer
        assert pending is not None
        assert pending.receivers == (receiver,)
        assert [state.steps[id_].who for id_ in steps_behind(state, "pages")] == [(receiver,)]


def test_what_comes_back_is_ready_again_with_the_same_due_and_one_round_more() -> None:
    back = did("ana", "returned", "pages", missing=("March",), why="which month?")
    state = of("pages", *OFFERED, back)
    assert (state.stage.value, state.owner, state.rounds) == ("ready", "ines", 1)
    assert (state.due, state.done) == (day("2026-11-18"), None)
    assert state.returned is not None
    assert (state.returned.missing, state.returned.why) == (("March",), "which month?")
    assert of("pages", *OFFERED, back, did("ines", "offered", "pages", to="ana")).offer


def test_a_withdrawn_offer_counts_no_round() -> None:
    state = of("pages", *OFFERED, did("ines", "returned", "pages"))
    assert (state.stage.value, state.rounds, state.owner) == ("done", 0, "ines")


def test_who_has_done_nothing_yet_can_give_a_step_back_and_the_owner_acts() -> None:
    back = did("dev", "returned", "draft", why="I left the team")
    state = of("draft", back)
    assert (state.owner, state.vacant, state.who) == ("olga", True, ())
    rebound = did("olga", "changed", field="people.writer", from_="dev", to="raj")
    again = run_state(
        run(step("draft", "raj", role="writer"), events=(back, rebound)), NOW, CALENDAR
    ).steps["draft"]
    assert (again.owner, again.vacant, again.assigned) == ("raj", False, True)


def test_who_has_begun_cannot_give_a_step_back() -> None:
    steps = (*STEPS, step("more", "dev"))
    state = run_state(
        run(*steps, events=(*DRAFTED, did("dev", "returned", "more", why="x"))), NOW, CALENDAR
    )
    assert [bad.event.event for bad in state.impossible] == ["returned"]


def test_people_are_assigned_until_they_did_something() -> None:
    assert of("draft").assigned
    noted = of("draft", did("dev", "noted", text="x"))
    assert noted.assigned
    assert not of("draft", did("dev", "blocked", "draft", why="x")).assigned
    assert of("pages", *DRAFTED).assigned


def test_an_accepted_duty_makes_the_receiver_who_does_the_step() -> None:
    events = (
        did("dev", "offered", "draft", to="raj", duty=True),
        did("raj", "accepted", "draft"),
        did("raj", "moved", "draft", from_=day("2026-11-16"), to=day("2026-11-17")),
    )
    steps = (step("draft", "raj", due="2026-11-17"),)
    state = run_state(run(*steps, events=events), NOW, CALENDAR)
    assert state.impossible == ()
    one = state.steps["draft"]
    assert (one.stage.value, one.owner, one.who_told, one.duty_offer) == (
        "ready",
        "raj",
        ("raj",),
        None,
    )
    too_early = (events[2], *events[:2])
    late = run_state(run(*steps, events=too_early), NOW, CALENDAR)
    assert [bad.event.event for bad in late.impossible] == ["moved"]


def test_an_offered_duty_can_be_returned_and_leaves_the_step_alone() -> None:
    offered = did("dev", "offered", "draft", to="raj", duty=True)
    assert of("draft", offered).duty_offer
    for by in ("raj", "dev"):
        state = of("draft", offered, did(by, "returned", "draft", why="x"))
        assert (state.duty_offer, state.owner, state.rounds) == (None, "dev", 0)


def test_a_step_told_to_somebody_is_finished_when_it_is_done() -> None:
    assert of("legal", *APPROVED, did("nora", "done", "legal")).how == "told"


def test_a_skipped_gate_or_part_is_waived_and_another_step_skipped() -> None:
    skipped = of("draft", did("olga", "skipped", "draft", why="we have it"))
    waived = of("approve", did("olga", "skipped", "approve", why="by mail"))
    part = of("part/one", did("sam", "skipped", "part/one", why="by mail"))
    assert (skipped.how, waived.how, part.how) == ("skipped", "waived", "waived")
    assert skipped.why == "we have it"


def test_ticked_items_are_kept_once() -> None:
    tick = did("dev", "ticked", "draft", item="figures", time="2026-11-02T10:00Z")
    again = did("dev", "ticked", "draft", item="figures", time="2026-11-02T11:00Z")
    assert of("draft", tick, again).ticked == ("figures",)


def test_reopening_forgets_what_was_done_and_finishing_late_is_not_on_time() -> None:
    done = did("dev", "done", "draft", time="2026-11-16T10:00Z", proof="x")
    again = did("dev", "reopened", "draft", time="2026-11-17T10:00Z", why="wrong year")
    late = did("dev", "done", "draft", time="2026-11-18T10:00Z")
    assert of("draft", done).on_time is True
    reopened = of("draft", done, again)
    assert (reopened.done, reopened.on_time, reopened.reopened) == (None, None, 1)
    assert reopened.overdue
    assert of("draft", done, again, late).on_time is False


@pytest.mark.parametrize(
    ("strength", "reason", "taken"),
    [
        ("enforce", None, None),
        ("enforce", "the customer asked", "the customer asked"),
        ("advise", None, "yes"),
        ("advise", "the customer asked", "the customer asked"),
    ],
)
def test_done_before_its_turn_is_out_of_order_and_needs_a_reason_where_order_is_enforced(
    strength: str, reason: str | None, taken: str | None
) -> None:
    said = {"out_of_order": reason} if reason else {}
    early = did("ana", "done", "compile", **said)
    state = run_state(run(*STEPS, events=(early,), strength=strength), NOW, CALENDAR)
    one = state.steps["compile"]
    assert one.out_of_order == taken
    assert one.is_finished is (taken is not None)
    assert bool(state.impossible) is (taken is None)
    assert state.conformance.out_of_order == (("compile",) if taken else ())
    overridden = ("compile",) if taken and strength == "enforce" else ()
    assert state.conformance.overridden == overridden


def test_an_order_refused_says_what_the_step_waits_for() -> None:
    state = run_state(
        run(*STEPS, events=(did("ana", "done", "compile"),), strength="enforce"), NOW, CALENDAR
    )
    assert [bad.why for bad in state.impossible] == [
        "`compile` was done while it waited for `pages`"
    ]


def test_the_order_is_enforced_up_to_a_day_and_advised_after_it() -> None:
    from nextstep.model.process import Strength

    limited = Strength(level="enforce", until=day("2026-11-10"))
    for time, refused in (("2026-11-10T22:30Z", True), ("2026-11-10T23:30Z", False)):
        early = did("ana", "done", "compile", time=time)
        made: Run = run(*STEPS, events=(early,), strength=limited)
        assert bool(run_state(made, NOW, CALENDAR).impossible) is refused


def test_after_the_end_nothing_but_notes_is_possible_until_the_owner_reopens_it() -> None:
    dropped = did("olga", "closed", result="dropped", why="the customer left")
    state = here(dropped, did("dev", "done", "draft"), did("dev", "noted", text="x"))
    assert [bad.event.event for bad in state.impossible] == ["done"]
    assert state.stage.value == "dropped"
    again = here(dropped, did("olga", "reopened", why="back"), did("dev", "done", "draft"))
    assert (again.stage.value, again.reopened, again.impossible) == ("open", 1, ())
    others = here(dropped, did("dev", "reopened", why="back"))
    assert [bad.event.event for bad in others.impossible] == ["reopened"]


def single(step_: Step, *events: Event) -> StepState:
    return run_state(run(step_, events=events), NOW, CALENDAR).steps[step_.id]


def test_what_is_done_but_not_handed_over_or_optional_is_not_overdue() -> None:
    due = {"due": "2026-11-10"}
    assert single(step("a", **due)).overdue
    assert single(step("a", **due)).days_late == 9
    assert not single(step("a", optional=True, **due)).overdue
    assert not single(mark("a", **due)).overdue
    handing = step("a", handoff=handed(), **due)
    assert not single(handing, did("dev", "done", "a")).overdue
    assert not single(handing, did("dev", "offered", "a", to="ana")).overdue


@pytest.mark.parametrize(
    ("known", "possible"),
    [({"severity": "1"}, True), ({}, True), ({"severity": "2"}, False)],
    ids=["it holds", "nobody knows yet", "it does not hold"],
)
def test_an_item_is_asked_for_where_its_condition_holds(
    known: dict[str, str], *, possible: bool
) -> None:
    only_then = Item(item="liaison", when=parse_condition("severity == '1'"), when_text="said")
    state = run_is(
        step("invite", items=(Item(item="writer"), only_then)),
        events=(did("dev", "ticked", "invite", item="liaison"),),
        inputs=known,
    )
    assert bool(state.steps["invite"].ticked) is possible
    assert bool(state.impossible) is not possible
