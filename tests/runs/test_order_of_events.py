"""Which events of a log count, and in which order."""

from __future__ import annotations

from msgspec.structs import replace

from nextstep.runs.order import effective
from tests.runs.builders import commitment_is, did, log

AGREED = did("dev", "agreed", time="2026-11-02T09:00Z")
DONE = did("dev", "done", time="2026-11-03T09:00Z")


def kinds(*events: object) -> list[str]:
    counting, _ = effective(log(*events))  # type: ignore[arg-type]
    return [event.event for event in counting]


def test_events_count_by_their_instant_whatever_their_place_in_the_file() -> None:
    assert kinds(DONE, AGREED) == ["agreed", "done"]


def test_events_of_one_instant_are_ordered_by_their_canonical_text() -> None:
    noted = did("ana", "noted", time="2026-11-02T09:00Z", text="x")
    assert kinds(AGREED, noted) == kinds(noted, AGREED) == ["noted", "agreed"]


def test_an_event_that_a_merge_wrote_twice_counts_once() -> None:
    assert kinds(AGREED, AGREED, DONE) == ["agreed", "done"]


def test_an_undone_event_and_the_undone_that_names_it_do_not_count() -> None:
    undone = did("mia", "undone", time="2026-11-04T09:00Z", of=DONE.at, why="typo")
    assert kinds(AGREED, DONE, undone) == ["agreed"]


def test_an_undone_can_itself_be_undone() -> None:
    first = did("mia", "undone", time="2026-11-04T09:00Z", of=DONE.at)
    second = did("mia", "undone", time="2026-11-05T09:00Z", of=first.at)
    assert kinds(AGREED, DONE, first, second) == ["agreed", "done"]
    third = did("mia", "undone", time="2026-11-06T09:00Z", of=second.at)
    assert kinds(AGREED, DONE, first, second, third) == ["agreed"]


def test_an_undone_that_names_no_event_is_impossible() -> None:
    lost = did("mia", "undone", time="2026-11-04T09:00Z", of=replace(DONE, index=7).at)
    state = commitment_is(AGREED, lost)
    assert [bad.event.event for bad in state.impossible] == ["undone"]
    assert state.impossible[0].why == (
        "`undone` means an event of `2026-11-03T09:00:00.000Z`, and there is none before it"
    )


def test_an_undone_cannot_name_an_event_that_came_after_it() -> None:
    early = did("mia", "undone", time="2026-11-02T10:00Z", of=DONE.at)
    assert commitment_is(AGREED, early, DONE).stage.value == "done"
    assert len(commitment_is(AGREED, early, DONE).impossible) == 1


def test_an_undone_of_a_shared_instant_says_whose_event_is_meant() -> None:
    noted = did("lena", "noted", time="2026-11-03T09:00Z", text="x")
    unclear = did("mia", "undone", time="2026-11-04T09:00Z", of=DONE.at)
    _, refused = effective(log(AGREED, DONE, noted, unclear))
    assert [bad.right for bad in refused] == [
        "write `of` as a map with `at`, `by` and `event` of the one that is meant"
    ]
    by = did("mia", "undone", time="2026-11-04T09:00Z", of=DONE.at, of_by="dev")
    kind = did("mia", "undone", time="2026-11-04T09:00Z", of=DONE.at, of_event="noted")
    assert kinds(AGREED, DONE, noted, by) == ["agreed", "noted"]
    assert kinds(AGREED, DONE, noted, kind) == ["agreed", "done"]
