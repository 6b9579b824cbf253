"""Laws that hold for every log, however odd: the states are facts, and never fail."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from nextstep.dates.now import now_at
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.process import Item, Step, Strength
from nextstep.model.time import DueWord
from nextstep.runs.commitments import commitment_state
from nextstep.runs.run_states import run_state
from nextstep.runs.states import CommitmentState, RunState, StepStage
from tests.runs.builders import CALENDAR, commitment, day, gate, handed, mark, run, step

PEOPLE = ("dev", "lena", "raj", "olga", "sue", "vacant")
FIRST = datetime(2026, 11, 2, 9, tzinfo=UTC)
LAST = now_at(datetime(2026, 12, 31, tzinfo=UTC), CALENDAR.timezone)
KINDS = (
    "proposed agreed moved changed offered accepted returned ticked done approved asked closed "
    "blocked unblocked skipped confirmed trained feedback undone reopened noted sang"
).split()

PLAN = (
    step("write", "dev", due="2026-11-06", items=(Item(item="figures"),)),
    step("part/a", "lena", after="write", handoff=handed("raj")),
    step("part/b", "raj", after="write", optional=True, rule="2bd after write"),
    step("sum", "dev", after="part", role="writer"),
    gate("ok", "sue raj", after="sum", need="any", on_return={"to": "part", "max_rounds": 1}),
    step("legal", "vacant", after="ok", when="tier == 'x'"),
    mark("live", rule="5bd after start"),
    step("send", "dev", after="legal live", handoff=handed(None, tell=("sue",))),
    step("undo", "raj", after="send", undoes="sum", not_before="1bd after send"),
    gate("end", "olga", after="undo", on_return={"stop": True}),
    step("weekly", "dev", rule="start", repeat="every friday for 3 times", handoff=handed("raj")),
)

instants = st.integers(0, 24 * 30).map(lambda hours: FIRST + timedelta(hours=hours))
days = st.integers(0, 60).map(lambda more: date(2026, 11, 1) + timedelta(days=more))
dues = st.one_of(days, st.sampled_from(DueWord), instants)
people = st.sampled_from(PEOPLE)
some_people = people.map(lambda one: (one,))
words = st.sampled_from(("figures", "x", ""))
fields_changed = st.sampled_from(("who", "what", "people.writer", "inputs.tier"))
results = st.sampled_from(("kept", "partly", "missed", "dropped"))

# What each kind carries, drawn from little, so that much of it fits together.
CARRIED: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "moved": {"from": dues, "to": dues, "agreed_by": some_people},
    "changed": {"field": fields_changed, "from": people, "to": people},
    "offered": {
        "to": people,
        "duty": st.sampled_from((True, "owner")),
        "gaps": some_people,
    },
    "accepted": {"gaps": some_people},
    "returned": {"why": words},
    "ticked": {"item": words},
    "done": {"out_of_order": st.sampled_from((True, "they asked"))},
    "approved": {"content": st.sampled_from(("81aa", "9f2b"))},
    "closed": {"result": results, "why": words, "expects": st.just((("figures", "met"),))},
    "skipped": {"why": words},
    "reopened": {"why": words},
    "undone": {"of": instants, "of_by": people},
}


@st.composite
def logs(draw: st.DrawFn, *, steps: bool) -> tuple[Event, ...]:
    """Well-formed events in any order, some of one instant, a few of them undoing others."""
    ids = [*(one.id for one in PLAN), "part", "gone", None]
    found: list[Event] = []
    for place in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(KINDS))
        said = draw(st.fixed_dictionaries({}, optional=CARRIED.get(kind, {})))
        if kind == "undone" and found:
            said = {"of": draw(st.sampled_from(found)).at}
        of = draw(st.sampled_from(ids)) if steps else None
        found.append(Event(draw(instants), draw(people), kind, of, said, place))
    return tuple({event.canonical: event for event in found}.values())


@st.composite
def likely_logs(draw: st.DrawFn) -> tuple[Event, ...]:
    """Events of a run that mostly follow each other as they do in life, an hour apart."""
    people_of = {one.id: one.who or ("olga",) for one in PLAN}
    found: list[Event] = []
    for place in range(draw(st.integers(0, 20))):
        of = draw(st.sampled_from([one for one in PLAN if one.mark is None]))
        kinds = ["approved", "approved", "returned", "skipped"] if of.is_gate else ["done"]
        if of.handoff is not None and of.handoff.to:
            kinds = ["offered", "accepted", "returned", "done"]
        kind = draw(st.sampled_from([*kinds, *kinds, "reopened", "skipped", "offered"]))
        by = draw(st.sampled_from((*people_of[of.id], *people_of[of.id], "raj", "olga")))
        said: dict[str, Any] = {"why": "x", "to": draw(st.sampled_from(("raj", "dev")))}
        if draw(st.integers(0, 3)) == 0:
            said["duty"] = True
        if draw(st.integers(0, 5)) == 0:
            said["out_of_order"] = "they asked"
        found.append(Event(FIRST + timedelta(hours=12 * place), by, kind, of.id, said, place))
    return tuple(found)


settings_of_runs = st.fixed_dictionaries(
    {},
    optional={
        "inputs": st.sampled_from(({"tier": "x"}, {"tier": "y"}, {"tier": "1"})),
        "strength": st.sampled_from((Strength(level="enforce"), Strength())),
        "owner": st.sampled_from((None, "olga", "writer")),
        "people": st.sampled_from(({"writer": "raj"}, {"writer": "vacant"})),
    },
)


def of_commitment(events: tuple[Event, ...], **fields: Any) -> CommitmentState:
    made: Commitment = replace(commitment(**fields), log=events)
    return commitment_state(made, LAST, CALENDAR)


def of_run(events: tuple[Event, ...], steps: tuple[Step, ...] = PLAN, **fields: Any) -> RunState:
    made: Run = replace(run(*steps, **fields), log=events)
    return run_state(made, LAST, CALENDAR)


def facts(state: CommitmentState | RunState, *without: str) -> dict[str, Any]:
    return {name: getattr(state, name) for name in state.__struct_fields__ if name not in without}


any_run_log = st.one_of(logs(steps=True), likely_logs())


@given(logs(steps=False), st.sampled_from((None, "dev", "raj")), dues)
def test_the_state_of_a_commitment_never_fails(
    events: tuple[Event, ...], who: str | None, due: Any
) -> None:
    state = of_commitment(events, who=who, due=due)
    assert (state.who, state.due) == (who, due)
    assert all(bad.why and bad.right for bad in state.impossible)


@given(any_run_log, settings_of_runs)
def test_the_state_of_a_run_never_fails(events: tuple[Event, ...], fields: dict[str, Any]) -> None:
    state = of_run(events, **fields)
    assert list(state.steps) == [one.id for one in PLAN]
    assert all(bad.why and bad.right for bad in state.impossible)


@given(logs(steps=False), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter_to_a_commitment(
    events: tuple[Event, ...], chance: Any
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert of_commitment(tuple(shuffled)) == of_commitment(events)


@given(any_run_log, settings_of_runs, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter_to_a_run(
    events: tuple[Event, ...], fields: dict[str, Any], chance: Any
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert of_run(tuple(shuffled), **fields) == of_run(events, **fields)


def undoing(events: tuple[Event, ...]) -> Event:
    last = max(events, key=lambda event: (event.at, event.canonical))
    said: dict[str, Any] = {"of": last.at, "of_by": last.by, "of_event": last.event}
    return Event(last.at + timedelta(hours=1), "olga", "undone", None, said, len(events))


def is_one(events: tuple[Event, ...]) -> bool:
    last = max(events, key=lambda event: (event.at, event.canonical))
    same = [one for one in events if (one.at, one.by, one.event) == (last.at, last.by, last.event)]
    return len(same) == 1


@given(logs(steps=False).filter(bool).filter(is_one))
def test_undoing_the_last_event_of_a_commitment_gives_the_state_before_it(
    events: tuple[Event, ...],
) -> None:
    last = max(events, key=lambda event: (event.at, event.canonical))
    before = tuple(event for event in events if event is not last)
    assert of_commitment((*events, undoing(events))) == of_commitment(before)


@given(any_run_log.filter(bool).filter(is_one), settings_of_runs)
def test_undoing_the_last_event_of_a_run_gives_the_state_before_it(
    events: tuple[Event, ...], fields: dict[str, Any]
) -> None:
    last = max(events, key=lambda event: (event.at, event.canonical))
    before = tuple(event for event in events if event is not last)
    assert of_run((*events, undoing(events)), **fields) == of_run(before, **fields)


said_in_passing: st.SearchStrategy[dict[str, Any]] = st.just({"text": "a word"})
notes = st.builds(
    Event,
    instants,
    people,
    st.sampled_from(("noted", "feedback")),
    st.none(),
    said_in_passing,
    st.just(99),
)


@given(logs(steps=False), notes)
def test_a_note_changes_nothing_in_a_commitment(events: tuple[Event, ...], note: Event) -> None:
    kept = tuple(one for one in events if one.at != note.at and one.values.get("of") != note.at)
    with_note = facts(of_commitment((*kept, note)), "events")
    assert with_note == facts(of_commitment(kept), "events")


@given(any_run_log, notes)
def test_a_note_changes_nothing_in_a_run(events: tuple[Event, ...], note: Event) -> None:
    kept = tuple(one for one in events if one.at != note.at and one.values.get("of") != note.at)
    with_note = facts(of_run((*kept, note)), "events", "feedback")
    assert with_note == facts(of_run(kept), "events", "feedback")


@given(any_run_log, settings_of_runs)
def test_what_can_be_acted_on_is_with_exactly_one_person(
    events: tuple[Event, ...], fields: dict[str, Any]
) -> None:
    state = of_run(events, **fields)
    for one in state.steps.values():
        if one.is_next and fields.get("owner", "olga") == "olga":
            assert one.owner is not None
        if one.stage is StepStage.OFFERED:
            assert one.offer is not None
            assert one.owner == one.offer.by
        else:
            assert one.offer is None


def unfinished_before(state: RunState, id_: str) -> set[str]:
    """Every step before this one, through those that were passed over, that is not finished."""
    found: set[str] = set()
    pending, seen = list(state.steps[id_].after), set()
    while pending:
        before = pending.pop()
        if before in seen:
            continue
        seen.add(before)
        one = state.steps[before]
        if not one.is_finished:
            found.add(before)
        elif one.how in ("skipped", "waived", "not needed"):
            pending.extend(one.after)
    return found


@given(any_run_log, settings_of_runs)
def test_no_step_is_ready_before_what_it_comes_after(
    events: tuple[Event, ...], fields: dict[str, Any]
) -> None:
    state = of_run(events, **fields)
    for one in state.steps.values():
        if one.stage is StepStage.READY:
            assert unfinished_before(state, one.id) == set()


@given(any_run_log, settings_of_runs)
@example((Event(FIRST, "dev", "done", "sum", {}, 0),), {})
def test_no_step_was_done_before_what_it_comes_after_without_saying_so(
    events: tuple[Event, ...], fields: dict[str, Any]
) -> None:
    """Each event is looked at in the state that the events before it left."""
    ordered = sorted(events, key=lambda event: (event.at, event.canonical))
    if any(event.event == "undone" for event in ordered):
        return
    for place, event in enumerate(ordered):
        if event.event not in ("done", "offered", "approved") or event.step not in dict.fromkeys(
            one.id for one in PLAN
        ):
            continue
        made: Run = replace(run(*PLAN, **fields), log=tuple(ordered[:place]))
        before = run_state(made, now_at(event.at, CALENDAR.timezone), CALENDAR)
        if before.steps[event.step].stage is not StepStage.WAITING:
            continue
        done: Run = replace(made, log=tuple(ordered[: place + 1]))
        after = run_state(done, now_at(event.at, CALENDAR.timezone), CALENDAR).steps[event.step]
        assert after.stage is StepStage.WAITING or after.out_of_order


@given(any_run_log, settings_of_runs)
def test_a_run_that_is_closed_or_ready_to_close_owes_nothing(
    events: tuple[Event, ...], fields: dict[str, Any]
) -> None:
    state = of_run(events, **fields)
    if state.stage.value == "ready to close":
        assert state.owed == ()
        open_steps = [one for one in state.steps.values() if not one.is_finished]
        assert all(one.step.optional or one.step.undoes for one in open_steps)
    if not state.is_live:
        assert state.closed is not None
        assert state.with_whom == ()


def test_the_day_of_these_laws_is_after_all_dates_of_the_plan() -> None:
    assert day("2026-12-31") == LAST.today
