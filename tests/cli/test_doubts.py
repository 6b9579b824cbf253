"""What is said beside a record that was written: names nobody checked, a date that is not here yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run
from tests.recording import commits, last, team
from tests.repositories import Made

PATH = "commitments/2026/11/offer-k3f9.yaml"
OFFER = "what: Send Lena the offer\n\nwho: dev\noutcome: She can decide\n\ndue: 2026-11-27\n"
BROKEN = "<<<<<<< HEAD\ntimezone: UTC\n=======\ntimezone: Europe/Paris\n>>>>>>> theirs\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", {PATH: OFFER})


def remarks(ledger: Made, *words: str) -> list[str]:
    ran = run(*words, "--json", cwd=ledger.path)
    assert ran.code == 0, ran.err
    told: list[str] = json.loads(ran.out)["remarks"]
    return told


def test_a_day_that_is_typed_and_not_here_yet_is_said(ledger: Made) -> None:
    (said,) = remarks(ledger, "note", "k3f9", "x", "--today", "2999-12-01")
    assert said.startswith("this is dated Sun 1 Dec 2999, and here it is ")
    assert commits(ledger) == 2
    (said,) = remarks(ledger, "note", "k3f9", "y")
    assert said == "the log of offer-k3f9 goes on to Sun 1 Dec 2999, so this is dated after that"
    assert "at: 2999-12-01T" in last(ledger).lines[-1]


def test_a_day_of_the_past_and_the_end_of_the_calendar_are_dates_like_others(ledger: Made) -> None:
    assert remarks(ledger, "note", "k3f9", "x", "--today", "2026-11-20") == []
    assert len(remarks(ledger, "note", "k3f9", "x", "--today", "9999-12-30")) == 1


def test_names_are_said_to_be_unchecked_where_the_settings_cannot_be_read(ledger: Made) -> None:
    (ledger.path / "nextstep.yaml").write_text(BROKEN)
    words = ("--with", "bobby", "--so", "x", "--due", "none")
    said, _ = remarks(ledger, "add", "X", *words, "--by", "dev", "--no-commit")
    assert said == (
        "no name was checked: nextstep.yaml cannot be read, see nextstep check nextstep.yaml"
    )
    ran = run("add", "X", *words, "--new-person", "bobby", cwd=ledger.path)
    assert ran.code == 2
    assert "nextstep.yaml cannot be read, and so nobody can be added to it" in ran.err
    assert "`nextstep check nextstep.yaml` says what is wrong" in ran.err
