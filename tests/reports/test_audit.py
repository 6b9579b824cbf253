"""What a log and the history of its file tell otherwise, and what agrees although it seems not to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from nextstep.dates.now import now_on
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.events import Event
from nextstep.model.source import Source
from nextstep.repo.ancestry import AnchorCheck, Backwards
from nextstep.reports.audit import AuditReport, AuditScope, Evidence, audit_report
from nextstep.reports.audit_findings import Kind
from nextstep.trail.facts import Fact, How, Signature, Trail, Witness

_AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
_DAY = timedelta(days=1)
_PEOPLE = """\
people:
  dev: {emails: [dev@example.org]}
  lena: {emails: [lena@example.org]}
  sam: {emails: [sam@example.org]}
  guest: {}
"""
_OFFER = "what: Send Lena the offer\nwho: dev\nwith: [lena]\ndue: 2026-11-20\n"
_ID = "offer-k3f9"
_PATH = f"commitments/2026/11/{_ID}.yaml"


def _ledger(offer: str = _OFFER, settings: str = _PEOPLE) -> Ledger:
    files = {"nextstep.yaml": settings, _PATH: offer}
    sources = tuple(Source(path, text.encode()) for path, text in files.items())
    return load_ledger(Listing(sources, ()), root="acme")


def _signature(who: str, at: datetime | None) -> Signature:
    return Signature(who.capitalize(), f"{who}@example.org", at)


def _fact(
    event: str,
    *,
    day: float = 0,
    by: str = "dev",
    author: str | None = None,
    written: float | None = None,
    committed: float | None = None,
    commit: int | None = None,
    how: How = "commit",
    logged: bool = True,
    seen: bool = True,
    **values: Any,
) -> Fact:
    """A fact of the day's commit, as if whoever it names had written and committed it then."""
    at = _AT + day * _DAY
    order = round(day * 10) if commit is None else commit
    made = at if written is None else _AT + written * _DAY
    put = made if committed is None else _AT + committed * _DAY
    line = Event(at, by, "moved" if event in ("unlogged", "rewritten") else event, None, values, 0)
    return Fact(
        id=_ID,
        kind="commitment",
        event=event,
        step=None,
        at=at,
        by=by,
        recorded_by=None,
        values=values,
        logged=line if logged else None,
        seen=seen,
        witness=Witness(
            commit=f"{order:040x}",
            order=order,
            author=_signature(author or by, made),
            committer=_signature(author or by, put),
            parents=(f"{order - 1:040x}",),
            how=how,
        ),
        path=_PATH,
        what="Send Lena the offer",
    )


def _report(
    *facts: Fact,
    ledger: Ledger | None = None,
    evidence: Evidence | None = None,
    scope: AuditScope | None = None,
) -> AuditReport:
    trail = Trail(facts=facts, tip="f" * 40, commits=10)
    now = now_on(datetime(2026, 11, 23, tzinfo=UTC).date(), "UTC")
    return audit_report(
        ledger or _ledger(), trail, evidence or Evidence(), now, scope or AuditScope()
    )


def _kinds(*facts: Fact, ledger: Ledger | None = None) -> list[Kind]:
    return [one.kind for one in _report(*facts, ledger=ledger).items]


_MOVE: Mapping[str, Any] = {"from": _AT.date(), "to": (_AT + 4 * _DAY).date(), "why": "later"}


def test_a_promise_that_is_kept_as_its_log_says_agrees() -> None:
    story = (
        _fact("agreed"),
        _fact("moved", day=1, **_MOVE),
        _fact("done", day=2),
        _fact("closed", day=3, result="kept"),
    )
    report = _report(*story)
    assert report.items == ()
    assert (report.events, report.known.commits, report.disagrees) == (4, 10, False)


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        (_fact("unlogged", day=1, **_MOVE), Kind.REMOVED),
        (_fact("rewritten", day=1, **_MOVE), Kind.REWRITTEN),
        (_fact("unlogged", day=1, how="dropped by a merge", **_MOVE), Kind.DROPPED),
        (_fact("moved", day=1, logged=False, how="dropped by a merge", **_MOVE), Kind.DROPPED),
        (_fact("moved", day=1, logged=False, **_MOVE), Kind.UNRECORDED),
        (_fact("changed", day=1, logged=False, field="outcome", to="x"), Kind.UNRECORDED),
        (_fact("moved", day=1, seen=False, **_MOVE), Kind.ONLY_CLAIMED),
        (_fact("noted", day=1, how="made in a merge"), Kind.IN_MERGE),
        (_fact("unread", day=1, logged=False), Kind.UNREAD),
        (_fact("done", day=1, by="lena"), Kind.NOT_THEIRS),
        (_fact("noted", day=1, by="lena", author="sam"), Kind.OTHER_AUTHOR),
        (_fact("noted", day=1, by="lena", author="bot"), Kind.UNKNOWN_ADDRESS),
        (_fact("noted", day=1, written=2.1), Kind.EARLIER),
        (_fact("noted", day=3, written=1.9), Kind.LATER),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_each_kind_is_told(fact: Fact, kind: Kind) -> None:
    assert _kinds(_fact("agreed"), fact) == [kind]


@pytest.mark.parametrize(
    "fact",
    [
        _fact("noted", day=1, by="lena", author="sam", recorded_by="sam"),
        _fact("noted", day=1, by="guest", author="bot"),
        _fact("noted", day=1, written=2),
        _fact("noted", day=2, written=1),
        _fact("noted", day=9, written=1, committed=9),
        _fact("noted", day=1, written=-900, committed=1),
        _fact("edited", day=1, logged=False, field="with"),
        _fact("renamed", day=1, logged=False),
    ],
    ids=[
        "recorded by its author",
        "by somebody without an address",
        "a day before it was written",
        "a day after it was committed",
        "committed again later",
        "an author's clock in another century",
        "a field without events",
        "moved to another folder",
    ],
)
def test_what_agrees(fact: Fact) -> None:
    assert _kinds(_fact("agreed"), fact) == []


def test_events_of_people_without_an_address_are_counted_as_not_compared() -> None:
    assert _report(_fact("agreed"), _fact("noted", day=1, by="guest", author="bot")).uncompared == 1


def test_nobody_is_compared_where_nobody_has_an_address() -> None:
    ledger = _ledger(settings="timezone: UTC\n")
    report = _report(_fact("noted", author="bot"), ledger=ledger)
    assert (report.items, report.uncompared) == ((), 1)


def test_a_change_that_is_taken_back_in_its_own_commit_need_not_show() -> None:
    moved = _fact("moved", day=1, seen=False, **_MOVE)
    undone = _fact("undone", day=1.01, commit=10, of=moved.at)
    assert _kinds(_fact("agreed"), moved, undone) == []


def test_a_change_that_is_recorded_in_a_later_commit_agrees() -> None:
    """Its line may be dated when it was changed, or when it was written down."""
    by_hand = _fact("moved", day=1, logged=False, **_MOVE)
    for line in (
        _fact("moved", day=5, seen=False, **_MOVE),
        _fact("moved", day=1, commit=50, written=5, seen=False, **_MOVE),
    ):
        report = _report(_fact("agreed"), by_hand, line)
        assert (report.items, report.recorded_later) == ((), 1)


class TestAsBefore:
    """A change without a line that was changed back leaves nothing to be recorded."""

    THERE = _fact("moved", day=1, logged=False, **_MOVE)
    BACK = _fact(
        "moved", day=3, logged=False, **{**_MOVE, "from": _MOVE["to"], "to": _MOVE["from"]}
    )

    def test_both_ways_name_the_commit_that_went_back(self) -> None:
        items = _report(_fact("agreed"), self.THERE, self.BACK).items
        assert [one.kind for one in items] == [Kind.UNRECORDED] * 2
        assert {one.again for one in items} == {self.BACK.witness.commit}

    def test_another_field_of_that_commit_is_told_by_itself(self) -> None:
        given: Mapping[str, Any] = {"field": "who", "from": "dev", "to": "sam"}
        other = _fact("changed", day=1, logged=False, **given)
        items = _report(_fact("agreed"), self.THERE, other, self.BACK).items
        assert [(one.changes[0].field, bool(one.again)) for one in items] == [
            ("due", True),
            ("who", False),
            ("due", True),
        ]

    def test_by_way_of_another_value_too(self) -> None:
        further = (_AT + 9 * _DAY).date()
        on = _fact("moved", day=2, logged=False, **{"from": _MOVE["to"], "to": further})
        back = _fact("moved", day=3, logged=False, **{"from": further, "to": _MOVE["from"]})
        items = _report(_fact("agreed"), self.THERE, on, back).items
        assert [one.again for one in items] == [back.witness.commit] * 3

    def test_not_where_the_log_tells_of_the_field_in_between(self) -> None:
        line = _fact("moved", day=2, **{**_MOVE, "from": _MOVE["to"], "to": _MOVE["to"]})
        items = _report(_fact("agreed"), self.THERE, line, self.BACK).items
        assert [one.again for one in items] == [None, None]


def test_a_line_that_came_back_says_so() -> None:
    gone = _fact("unlogged", day=2, **_MOVE)
    line = gone.logged
    assert line is not None
    back = _fact("moved", day=4, **_MOVE)
    again = replace(back, logged=line)
    assert _report(gone, again).items[0].again == again.witness.commit


class TestWhoMayEnd:
    """Only who has it ends a promise that is open."""

    def test_anybody_closes_what_is_done(self) -> None:
        done = _fact("done", day=1)
        assert _kinds(_fact("agreed"), done, _fact("closed", day=2, by="lena", result="kept")) == []

    def test_what_was_reopened_is_not_done(self) -> None:
        story = (_fact("done", day=1), _fact("reopened", day=2, why="it broke"))
        assert _kinds(*story, _fact("closed", day=3, by="lena", result="kept")) == [Kind.NOT_THEIRS]

    def test_who_takes_part_drops_what_was_only_proposed(self) -> None:
        proposed = _fact("proposed", by="lena")
        assert _kinds(proposed, _fact("closed", day=1, by="lena", result="dropped")) == []

    def test_who_accepted_it_has_it_since(self) -> None:
        story = (
            _fact("done", day=1, by="lena"),
            _fact("offered", day=2, by="lena", to="dev"),
            _fact("accepted", day=3, by="dev"),
            _fact("closed", day=4, by="dev", result="kept"),
        )
        assert _kinds(*story) == []
        assert _kinds(*story[1:], _fact("closed", day=5, by="lena", result="kept")) == [
            Kind.NOT_THEIRS
        ]

    def test_who_is_named_by_hand_in_the_same_commit_did_not_have_it(self) -> None:
        closed = _fact("closed", day=1, result="kept")
        passed: dict[str, Any] = {"from": "sam", "to": "dev"}
        renamed = _fact("changed", day=1, commit=10, logged=False, field="who", **passed)
        found = _report(_fact("agreed", by="sam"), closed, renamed).items
        assert [(one.kind, one.person) for one in found] == [
            (Kind.UNRECORDED, None),
            (Kind.NOT_THEIRS, "sam"),
        ]

    def test_anybody_of_a_role_may(self) -> None:
        ledger = _ledger(
            _OFFER.replace("dev", "desk"), f"{_PEOPLE}roles:\n  desk: {{people: [dev, sam]}}\n"
        )
        assert _kinds(_fact("done", day=1, by="sam"), ledger=ledger) == []


def test_a_line_that_came_back_with_another_minute_is_one_finding() -> None:
    """It was taken out in one commit, and written anew in a later one."""
    out = _fact("unlogged", day=1, commit=20, **_MOVE)
    again = _fact("moved", day=1.01, commit=30, written=1.01, seen=False, **{**_MOVE, "why": "ill"})
    (told,) = _report(_fact("agreed"), out, again).items
    assert (told.kind, told.again) == (Kind.REMOVED, again.witness.commit)
    other = _fact("moved", day=1.01, commit=30, written=1.01, seen=False, to=_AT.date())
    assert _kinds(_fact("agreed"), out, other) == [Kind.REMOVED, Kind.ONLY_CLAIMED]
    (told,) = _report(_fact("agreed"), out, replace(again, seen=True)).items
    assert (told.kind, told.again) == (Kind.REMOVED, None)


def test_what_is_of_one_kind_and_one_commit_is_told_once() -> None:
    lines = [_fact("noted", day=1 + n / 100, commit=10, written=9, text=str(n)) for n in range(4)]
    (found,) = _report(_fact("agreed"), *lines).items
    assert (found.kind, found.count, len(found.events)) == (Kind.EARLIER, 4, 4)


def test_an_unknown_address_is_told_once_for_each_person() -> None:
    lines = [_fact("noted", day=n, author="home") for n in range(1, 5)]
    (found,) = _report(_fact("agreed"), *lines).items
    assert (found.kind, found.count, found.person) == (Kind.UNKNOWN_ADDRESS, 4, "dev")


def test_the_weightiest_stands_first_and_then_the_oldest() -> None:
    late = _fact("noted", day=1, written=8)
    gone = [_fact("unlogged", day=day, **_MOVE) for day in (3, 2)]
    found = _report(_fact("agreed"), late, *gone).items
    assert [one.kind for one in found] == [Kind.REMOVED, Kind.REMOVED, Kind.EARLIER]
    assert found[0].commit < found[1].commit


def test_days_choose_what_has_a_date_among_them() -> None:
    late = _fact("noted", day=1, written=8)
    seventeenth, twentieth = (_AT + 1 * _DAY).date(), (_AT + 4 * _DAY).date()
    for scope, number in (
        (AuditScope(until=seventeenth), 1),
        (AuditScope(since=twentieth), 1),
        (AuditScope(since=twentieth, until=(_AT + 6 * _DAY).date()), 0),
        (AuditScope(id="another-2222"), 0),
    ):
        assert len(_report(_fact("agreed"), late, scope=scope).items) == number


def test_an_anchor_that_does_not_hold_disagrees() -> None:
    for found, disagrees in (("held", False), ("left", True), ("gone", True), ("unknown", True)):
        evidence = Evidence(anchors=(AnchorCheck(typed="81c2f0e", found=found),))
        assert _report(_fact("agreed"), evidence=evidence).disagrees is disagrees


def test_clocks_are_told_of_commits_that_wrote_a_file() -> None:
    fact = _fact("agreed")
    backwards = (
        Backwards(fact.witness.commit, 2**63, "p" * 40, 2**64),
        Backwards("a" * 40, 0, "b" * 40, 99_999),
    )
    (clock,) = _report(fact, evidence=Evidence(backwards=backwards)).clocks
    assert (clock.commit, clock.at) == (fact.witness.commit, None)


def test_a_line_that_is_there_again_is_not_a_second_one() -> None:
    line = _fact("relogged", day=9, by="dev", author="lena", **_MOVE)
    assert _kinds(_fact("agreed"), line) == []
    assert _report(_fact("agreed"), line).events == 1


def test_votes_of_a_blind_gate_are_compared_once_all_are_in() -> None:
    run = """\
title: Offer for Globex
owner: dev
started: 2026-11-16
steps:
  - id: agree
    approve: docs/offer.md
    who: [lena, sam]
    need: all
    blind: true
    rule: 5bd after start
    due: 2026-11-23
log:
"""
    lines = [
        f"  - {{at: 2026-11-{day}T09:00:00Z, by: {by}, event: approved, step: agree}}\n"
        for day, by in ((16, "lena"), (17, "sam"))
    ]
    found = []
    for number in (1, 2):
        path = "commitments/2026/11/run-7qhd.yaml"
        text = run + "".join(lines[:number])
        sources = (Source("nextstep.yaml", _PEOPLE.encode()), Source(path, text.encode()))
        ledger = load_ledger(Listing(sources, ()), root="acme")
        logged = ledger.runs["run-7qhd"].log
        told = _fact("approved", by="lena", author="sam")
        vote = replace(told, id="run-7qhd", kind="run", step="agree", logged=logged[0])
        found.append([one.kind for one in _report(vote, ledger=ledger).items])
    assert found == [[], [Kind.OTHER_AUTHOR]]
