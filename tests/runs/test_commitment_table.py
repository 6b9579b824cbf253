"""The table of a commitment's states, row by row, and what is in none of its rows."""

from __future__ import annotations

from typing import Any

import pytest

from nextstep.model.events import Event
from nextstep.model.people import Settings
from nextstep.model.time import DueWord
from nextstep.runs.commitments import commitment_state
from nextstep.runs.partners import partner_of
from nextstep.runs.states import CommitmentState
from tests.runs.builders import CALENDAR, NOW, at, commitment, commitment_is, day, did

PROPOSED = (did("lena", "proposed"),)
OPEN = (did("dev", "agreed", how="call"),)
OFFERED = (*OPEN, did("dev", "offered", to="raj", gaps=("March",), watch_for="the outage"))
DONE = (*OPEN, did("dev", "done", proof="DHL 4711"))
CLOSED = (*DONE, did("dev", "closed", result="kept", outcome="she has it"))
FRI, WED = day("2026-11-20"), day("2026-12-02")


def moved(by: str, **more: Any) -> Event:
    return did(by, "moved", from_=FRI, to=WED, why="later", **more)


ROWS: list[tuple[tuple[Event, ...], Event, str]] = [
    (PROPOSED, did("dev", "agreed"), "open"),
    (PROPOSED, moved("dev"), "proposed"),
    (PROPOSED, moved("lena"), "proposed"),
    (PROPOSED, did("dev", "changed", field="what", from_="a", to="b"), "proposed"),
    (PROPOSED, did("lena", "changed", field="outcome", from_="a", to="b"), "proposed"),
    (PROPOSED, did("dev", "closed", result="dropped", why="no time"), "closed"),
    (OPEN, moved("dev"), "open"),
    (OPEN, moved("mia", agreed_by=("dev",)), "open"),
    (OPEN, did("dev", "changed", field="what", from_="a", to="b"), "open"),
    (OPEN, did("mia", "asked"), "open"),
    (OPEN, did("lena", "noted", text="x"), "open"),
    (OPEN, did("dev", "blocked", why="no access", on="raj"), "open"),
    (OPEN, did("dev", "unblocked"), "open"),
    (OPEN, did("dev", "offered", to="raj"), "open"),
    (OFFERED, did("dev", "offered", to="ines"), "open"),
    (OFFERED, did("raj", "accepted"), "open"),
    (OFFERED, did("raj", "returned", why="no time"), "open"),
    (OFFERED, did("dev", "returned"), "open"),
    (OPEN, did("dev", "done"), "done"),
    (OPEN, did("dev", "closed", result="kept", outcome="x"), "closed"),
    (DONE, did("mia", "closed", result="partly", outcome="x"), "closed"),
    (DONE, did("mia", "asked"), "done"),
    (DONE, did("dev", "reopened", why="wrong file"), "open"),
    (DONE, did("lena", "reopened", why="wrong file"), "open"),
    (CLOSED, did("mia", "reopened", why="wrong file"), "open"),
    (DONE, did("lena", "noted", text="x"), "done"),
    (CLOSED, did("lena", "noted", text="x"), "closed"),
    (CLOSED, did("lena", "feedback", words="good"), "closed"),
    (CLOSED, did("dev", "changed", field="outcome", from_="a", to="b"), "closed"),
]

IMPOSSIBLE: list[tuple[tuple[Event, ...], Event]] = [
    (PROPOSED, did("lena", "agreed")),
    (PROPOSED, moved("raj")),
    (PROPOSED, did("raj", "changed", field="what", from_="a", to="b")),
    (PROPOSED, did("dev", "done")),
    (PROPOSED, did("dev", "offered", to="raj")),
    (PROPOSED, did("mia", "asked")),
    (PROPOSED, did("dev", "blocked")),
    (PROPOSED, did("dev", "unblocked")),
    (PROPOSED, did("dev", "reopened", why="x")),
    (PROPOSED, did("dev", "closed", result="kept", outcome="x")),
    (OPEN, did("lena", "proposed", time="2026-11-02T09:00:00Z")),
    (OPEN, moved("mia")),
    (OPEN, did("dev", "changed", field="who", from_="dev", to="raj")),
    (OPEN, did("dev", "changed", field="due", from_=FRI, to=WED)),
    (OPEN, did("dev", "changed", field="people.writer", from_="dev", to="raj")),
    (OPEN, did("dev", "done", "draft")),
    (OPEN, did("raj", "offered", to="raj")),
    (OPEN, did("dev", "offered", to="dev")),
    (OPEN, did("raj", "accepted")),
    (OPEN, did("raj", "returned")),
    (OPEN, did("lena", "done")),
    (OPEN, did("mia", "closed", result="kept", outcome="x")),
    (OPEN, did("dev", "reopened", why="x")),
    (OPEN, did("dev", "ticked", item="x")),
    (OPEN, did("dev", "skipped", why="x")),
    (OPEN, did("dev", "approved")),
    (OPEN, did("dev", "sang")),
    (OFFERED, did("ines", "accepted")),
    (OFFERED, did("ines", "returned")),
    (OFFERED, did("dev", "done")),
    (OFFERED, did("dev", "closed", result="kept", outcome="x")),
    (DONE, moved("dev")),
    (DONE, did("dev", "offered", to="raj")),
    (DONE, did("dev", "blocked")),
    (DONE, did("dev", "unblocked")),
    (DONE, did("dev", "done")),
    (DONE, did("dev", "agreed")),
    (DONE, did("raj", "reopened", why="x")),
    (DONE, did("dev", "reopened")),
    (CLOSED, did("dev", "closed", result="missed", outcome="x")),
    (CLOSED, did("mia", "asked")),
    (CLOSED, did("dev", "done")),
    (CLOSED, moved("dev")),
]


def name(row: object) -> str | None:
    if isinstance(row, tuple):
        return "+".join(event.event for event in row)
    return f"{row.by} {row.event}" if isinstance(row, Event) else None


@pytest.mark.parametrize(("before", "event", "stage"), ROWS, ids=name)
def test_each_row_of_the_table_leads_where_it_says(
    before: tuple[Event, ...], event: Event, stage: str
) -> None:
    who = "raj" if event.event == "accepted" else "dev"
    state = commitment_is(*before, event, who=who)
    assert (state.stage.value, state.impossible) == (stage, ())


@pytest.mark.parametrize(("before", "event"), IMPOSSIBLE, ids=name)
def test_what_is_in_no_row_is_impossible_and_changes_nothing(
    before: tuple[Event, ...], event: Event
) -> None:
    if event.event == "proposed":
        before = (did("lena", "proposed"), *before)
        event = did("lena", "proposed", to="again")
    without, state = commitment_is(*before), commitment_is(*before, event)
    assert [bad.event.event for bad in state.impossible] == [event.event]
    assert all(bad.why and bad.right for bad in state.impossible)
    assert all_of(state) == all_of(without)


def all_of(state: CommitmentState) -> dict[str, object]:
    said = {field: getattr(state, field) for field in state.__struct_fields__}
    return said | {"events": None, "impossible": None}


def test_an_impossible_event_that_was_undone_is_no_finding() -> None:
    bad = did("lena", "done", time="2026-11-02T10:00Z")
    undone = did("lena", "undone", time="2026-11-02T11:00Z", of=bad.at)
    assert commitment_is(*OPEN, bad, undone).impossible == ()


def test_an_impossible_event_says_what_is_wrong_and_what_would_be_right() -> None:
    (bad,) = commitment_is(*OFFERED, did("dev", "done")).impossible
    assert (bad.event.index, bad.why) == (2, "`done` is not possible while it is offered to `raj`")
    assert bad.right == "write `returned` by `dev` before it: that withdraws the offer"


def test_a_file_without_a_log_is_agreed_and_open() -> None:
    state = commitment_is()
    assert (state.stage.value, state.who, state.overdue, state.days_late) == (
        "open",
        "dev",
        True,
        1,
    )


def test_a_proposed_commitment_is_never_overdue() -> None:
    assert not commitment_is(*PROPOSED).overdue
    assert commitment_is(*PROPOSED, did("dev", "agreed")).overdue


def test_who_may_be_changed_while_it_is_only_proposed() -> None:
    changed = did("lena", "changed", field="who", from_="dev", to="raj")
    state = commitment_is(*PROPOSED, changed, did("raj", "agreed"), who="raj")
    assert (state.stage.value, state.impossible) == ("open", ())


def test_the_giver_has_it_until_the_offer_is_accepted() -> None:
    state = commitment_is(*OFFERED)
    assert state.offer is not None
    assert (state.who, state.offer.by, state.offer.to) == ("dev", "dev", ("raj",))
    assert (state.offer.gaps, state.offer.watch_for) == (("March",), "the outage")
    assert state.offer.duty


def test_an_accepted_offer_makes_the_receiver_who_has_it() -> None:
    state = commitment_is(*OFFERED, did("raj", "accepted"), did("raj", "done"), who="raj")
    assert (state.who, state.offer, state.impossible) == ("raj", None, ())
    assert state.since == at("2026-11-02T11:00Z").instant
    late = commitment_is(*OFFERED, did("raj", "accepted"), did("dev", "done"), who="raj")
    assert [bad.event.event for bad in late.impossible] == ["done"]


def test_a_commitment_can_be_passed_on_more_than_once() -> None:
    state = commitment_is(
        *OFFERED,
        did("raj", "accepted"),
        did("raj", "offered", to="ines"),
        did("ines", "accepted"),
        did("raj", "reopened", why="it was mine once"),
        who="ines",
    )
    assert [bad.event.event for bad in state.impossible] == ["reopened"]
    assert (state.who, state.who_told) == ("ines", "ines")


def test_a_who_that_the_log_does_not_lead_to_is_kept_apart() -> None:
    state = commitment_is(*OFFERED, did("raj", "accepted"), did("dev", "done"), who="dev")
    assert (state.who, state.who_told, state.impossible) == ("dev", "raj", ())


def test_an_offer_to_a_role_is_accepted_by_the_first_of_its_people() -> None:
    offered = commitment(
        *OPEN, did("dev", "offered", to="engineer"), did("ines", "accepted"), who="ines"
    )
    state = commitment_state(offered, NOW, CALENDAR, members={"engineer": ("raj", "ines")})
    assert (state.who_told, state.impossible) == ("ines", ())


def test_a_returned_offer_is_told_and_withdrawn_by_the_giver() -> None:
    sent = commitment_is(*OFFERED, did("raj", "returned", missing=("March",), why="no figures"))
    taken = commitment_is(*OFFERED, did("dev", "returned"))
    assert [(one.missing, one.why, one.withdrawn) for one in sent.returns] == [
        (("March",), "no figures", False)
    ]
    assert [one.withdrawn for one in taken.returns] == [True]


def test_a_move_tells_whether_it_came_after_the_due_date() -> None:
    early = did("dev", "moved", time="2026-11-18T22:30Z", from_=day("2026-11-18"), to=FRI)
    late = did("dev", "moved", time="2026-11-20T23:30Z", from_=FRI, to=WED, agreed_by=("lena",))
    moves = commitment_is(early, late, due=WED).moves
    assert [(move.before, move.to, move.late, move.agreed_by) for move in moves] == [
        (day("2026-11-18"), FRI, False, ()),
        (FRI, WED, True, ("lena",)),
    ]


def test_a_move_of_what_was_only_proposed_is_never_late() -> None:
    first, later = (
        did(by, "moved", time=f"2026-11-{on}T09:00Z", from_=FRI, to=WED)
        for by, on in (("lena", 23), ("dev", 24))
    )
    agreed = did("dev", "agreed", time="2026-11-23T12:00Z")
    state = commitment_is(*PROPOSED, first, agreed, later, due=WED)
    assert [(move.late, move.proposed) for move in state.moves] == [(False, True), (True, False)]


def test_nobody_agrees_with_themselves_to_move_what_another_has() -> None:
    moved = did("lena", "moved", from_=FRI, to=WED, agreed_by=("lena",))
    assert len(commitment_is(moved, due=WED).impossible) == 1
    agreed = did("lena", "moved", from_=FRI, to=WED, agreed_by=("lena", "dev"))
    assert commitment_is(agreed, due=WED).impossible == ()


def test_moving_from_and_to_no_date_is_never_late() -> None:
    moves = commitment_is(did("dev", "moved", from_=DueWord.ASAP, to=DueWord.NONE)).moves
    assert [(move.before, move.to, move.late) for move in moves] == [
        (DueWord.ASAP, DueWord.NONE, False)
    ]


def test_the_partner_has_asked_for_this_date_until_the_date_moves() -> None:
    asked = commitment_is(*OPEN, did("mia", "asked"))
    again = commitment_is(*OPEN, did("mia", "asked"), moved("dev"), due=WED)
    assert (asked.asked, again.asked, again.asked_at) == (True, False, asked.asked_at)


def test_blocked_is_a_flag_that_ends_with_unblocked_or_done() -> None:
    blocked = (*OPEN, did("dev", "blocked", why="no access", on="raj"))
    state = commitment_is(*blocked)
    assert state.blocked is not None
    assert (state.blocked.why, state.blocked.on) == ("no access", "raj")
    assert commitment_is(*blocked, did("dev", "unblocked")).blocked is None
    assert commitment_is(*blocked, did("dev", "done")).blocked is None


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ((did("dev", "done", time="2026-11-20T22:59Z"),), [True]),
        ((did("dev", "done", time="2026-11-20T23:01Z"),), [False]),
        ((did("dev", "closed", time="2026-11-20T10:00Z", result="partly"),), [True]),
        ((did("dev", "closed", time="2026-11-23T10:00Z", result="kept"),), [False]),
        ((did("dev", "closed", time="2026-11-20T10:00Z", result="missed"),), [False]),
        ((did("dev", "closed", time="2026-11-20T10:00Z", result="dropped"),), [None]),
        ((), [None]),
    ],
)
def test_the_day_of_done_in_the_ledgers_zone_decides_on_time(
    events: tuple[Event, ...], told: list[bool | None]
) -> None:
    assert [commitment_is(*events).on_time] == told


def test_without_a_date_nothing_is_on_time_or_overdue() -> None:
    done = did("dev", "done")
    for due in (None, DueWord.ASAP):
        assert commitment_is(done, due=due).on_time is None
        assert not commitment_is(due=due).overdue


def test_today_is_never_overdue_and_an_instant_is_once_it_is_over() -> None:
    assert not commitment_is(due=day("2026-11-23")).overdue
    noon = at("2026-11-23T11:00Z").instant
    assert not commitment_is(due=noon, now=at("2026-11-23T11:00Z")).overdue
    assert commitment_is(due=noon, now=at("2026-11-23T11:01Z")).overdue
    assert not commitment_is(due=noon, now=NOW).overdue


def test_what_is_done_or_closed_is_not_overdue() -> None:
    assert commitment_is(*OPEN).overdue
    assert not commitment_is(*DONE).overdue
    assert not commitment_is(*CLOSED).overdue


def test_closing_keeps_what_was_said() -> None:
    closed = commitment_is(
        *DONE,
        did(
            "dev",
            "closed",
            result="partly",
            outcome="two of five",
            learned="ask first",
            change="book earlier",
            next=("logs-v8hc",),
        ),
    ).closed
    assert closed is not None
    assert (closed.result, closed.outcome, closed.next) == ("partly", "two of five", ("logs-v8hc",))
    assert (closed.learned, closed.change) == ("ask first", "book earlier")
    further = commitment_is(did("dev", "closed", result="kept", nothing_further=True)).closed
    assert further is not None
    assert further.nothing_further == "yes"


def test_what_was_dropped_before_anybody_agreed_is_proposed_again() -> None:
    dropped = did("dev", "closed", result="dropped", why="not mine")
    reopened = did("lena", "reopened", why="it is")
    assert commitment_is(*PROPOSED, dropped, reopened).stage == "proposed"
    agreed = did("dev", "agreed")
    assert commitment_is(*PROPOSED, dropped, reopened, agreed).stage == "open"
    assert commitment_is(*PROPOSED, agreed, dropped, reopened).stage == "open"


def test_who_has_it_now_does_not_ask_themselves() -> None:
    handed = commitment(*OFFERED, did("raj", "accepted"), who="raj", partner="raj")
    state = commitment_state(handed, NOW, CALENDAR)
    assert partner_of(handed, state, Settings()) == "lena"
    alone = commitment(did("me", "agreed"), who="me", with_=(), partner="me")
    assert partner_of(alone, commitment_state(alone, NOW, CALENDAR), Settings()) == "me"


def test_reopening_forgets_how_it_ended() -> None:
    state = commitment_is(*CLOSED, did("lena", "reopened", why="wrong month"))
    assert (state.done, state.closed, state.on_time, state.reopened) == (None, None, None, 1)


def test_in_a_ledger_of_one_person_everything_is_theirs() -> None:
    state = commitment_is(
        did("me", "agreed"),
        did("me", "moved", from_=FRI, to=WED),
        did("me", "done"),
        did("me", "closed", result="kept", outcome="x", nothing_further="it is out"),
        who=None,
        with_=(),
        partner=None,
    )
    assert (state.stage.value, state.impossible) == ("closed", ())


@pytest.mark.parametrize(
    ("before", "event", "right"),
    [
        (PROPOSED, did("dev", "done"), "write `agreed` before it"),
        (DONE, did("dev", "done"), "write `reopened` first"),
        (PROPOSED, did("dev", "offered", to="raj"), "write `agreed` before it"),
        (DONE, did("dev", "offered", to="raj"), "write `reopened` first"),
        (PROPOSED, did("dev", "blocked"), "write `noted`"),
        (DONE, did("dev", "blocked"), "write `reopened` before it"),
        (
            OPEN,
            did("lena", "done"),
            "write `by: dev`, and `recorded_by` if somebody else wrote it down",
        ),
        (OPEN, moved("mia"), "add `agreed_by: dev`, once they agreed"),
        (CLOSED, did("raj", "reopened", why="x"), "let one of `dev`, `lena`, `mia` reopen it"),
    ],
    ids=name,
)
def test_what_would_be_right_depends_on_where_it_stands(
    before: tuple[Event, ...], event: Event, right: str
) -> None:
    assert [bad.right for bad in commitment_is(*before, event).impossible] == [right]
