"""What is past its date and not overdue: only a step that is owed, or a promise, has time left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.repositories import write

PROPOSED = """\
what: Send the offer
who: dev
with: [ana]
due: 2026-11-20
log:
  - {at: 2026-11-18T08:00Z, by: ana, event: proposed}
"""
RUN = """\
title: Print run
started: 2026-11-09
owner: ana
promise: {text: On your table, due: {by: day, grace: 3bd}}
inputs: {day: 2026-11-20}
steps:
  - {id: set, do: Set it, who: dev, after: [], due: 2026-11-20, grace: 3bd, keeps_promise: true}
  - {id: tell, do: Tell them, who: dev, after: [], due: 2026-11-20, optional: true, grace: 3bd}
"""
DROPPED = (
    "log:\n  - {at: 2026-11-22T10:00Z, by: ana, event: closed, result: dropped, why: they left}\n"
)
GRACE, PAST = "due Fri 20 Nov, 1 working day ago, in its grace", "due Fri 20 Nov, 1 working day ago"


def told(folder: Path, *words: str) -> str:
    ran = run("-C", str(folder), *words, env={"COLUMNS": "200"}, today="2026-11-23")
    assert ran.code == 0, ran.err
    return ran.out


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    settings = "timezone: UTC\npeople: {ana: {}, dev: {}}\n"
    write(folder, {"nextstep.yaml": settings, "commitments/offer-k3f9.yaml": PROPOSED})
    write(folder, {"commitments/print-7qhd.yaml": RUN})
    return folder


def test_what_is_only_proposed_has_no_grace(ledger: Path) -> None:
    out = told(ledger, "show", "k3f9")
    assert PAST in out
    assert "grace" not in out


def test_a_promise_and_a_step_that_is_owed_have_their_grace(ledger: Path) -> None:
    assert f"{GRACE};" in told(ledger, "show", "7qhd")
    assert GRACE in told(ledger, "show", "7qhd", "set")
    assert "grace" not in told(ledger, "show", "7qhd", "tell").partition("promise")[0]
    assert GRACE in told(ledger, "list", "--kind", "run", "--format", "text")


def test_a_run_that_is_over_leaves_nothing_in_its_grace(ledger: Path) -> None:
    write(ledger, {"commitments/print-7qhd.yaml": RUN + DROPPED})
    for words in (("7qhd",), ("7qhd", "set")):
        assert "grace" not in told(ledger, "show", *words)
