"""What a change makes late: overdue today, or not to be had in time with all that it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nextstep.dates.now import now_on
from nextstep.files.disk import Listing
from nextstep.files.ledger import load_ledger
from nextstep.model.source import Source
from nextstep.reports.handles import Handles
from nextstep.reports.review_late import Late, newly_late
from nextstep.reports.standing import Standing, standing

NOW = now_on(date(2026, 11, 23), "UTC")


def _standing(files: Mapping[str, str]) -> Standing:
    sources = tuple(
        Source(f"commitments/{name}.yaml", f"what: Do {name}\n{text}".encode())
        for name, text in files.items()
    )
    return standing(load_ledger(Listing(sources, ()), root="acme"), NOW)


def _late(before: Mapping[str, str], after: Mapping[str, str]) -> list[Late]:
    now = _standing(after)
    return list(newly_late(_standing(before), now, Handles(now.ledger)))


def test_what_was_late_before_is_not_told_again() -> None:
    before = {"old": "due: 2026-11-20\n", "new": "due: 2026-11-27\n"}
    after = before | {"new": "due: 2026-11-19\n", "made": "due: 2026-11-20\n"}
    told = [(one.id, one.now, one.by) for one in _late(before, after)]
    assert told == [("new", True, 2), ("made", True, 1)]


def test_what_waits_for_something_later_will_be_late() -> None:
    before = {
        "facts": "due: 2026-11-25\n",
        "report": "after: [facts]\n",
        "call": "due: 2026-11-27\nafter: [report]\n",
    }
    (late,) = _late(before, before | {"facts": "due: 2026-12-01\n"})
    assert (late.id, late.now, late.by) == ("call", False, 2)
    assert (late.because, late.until) == ("facts", date(2026, 12, 1))
    done = "due: 2026-12-01\nlog:\n  - {at: 2026-11-20T09:00Z, by: ana, event: done}\n"
    assert _late(before, before | {"facts": done}) == []


def test_a_circle_has_an_end() -> None:
    circle = {"a": "due: 2026-11-27\nafter: [b]\n", "b": "due: 2026-11-26\nafter: [a]\n"}
    assert [(one.id, one.because) for one in _late({}, circle)] == [("b", "a")]


def test_a_long_way_is_walked() -> None:
    files = {f"n{at}": f"after: [n{at + 1}]\n" for at in range(3_000)}
    files |= {"n0": "due: 2026-11-27\nafter: [n1]\n", "n3000": "due: 2026-12-01\n"}
    (late,) = _late({}, files)
    assert (late.id, late.because) == ("n0", "n3000")


def test_what_is_only_proposed_is_nobodys_promise_and_never_late() -> None:
    proposed = "log:\n  - {at: 2026-11-20T10:00Z, by: dev, event: proposed}\n"
    before = {"facts": "due: 2026-11-24\n"}
    after = {
        "facts": "due: 2026-11-27\n",
        "asked": f"due: 2026-11-20\nafter: [facts]\n{proposed}",
        "wish": f"due: 2026-11-25\nafter: [facts]\n{proposed}",
    }
    assert _late(before, after) == []
