"""`nextstep agree`: what was proposed is agreed by who is to have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.recording import commits, last, team
from tests.repositories import Made

LOOK = "commitments/2026/11/find-cause-k3f9.yaml"
FREE = "commitments/2026/11/pick-venue-7qhd.yaml"
MINE = "commitments/2026/11/send-offer-2mmx.yaml"
OLD = "commitments/2026/10/old-one-9wte.yaml"
RUN = "commitments/2026/11/release-p2mx.yaml"
FILES = {
    LOOK: "what: Find the cause\n\nwho: raj\nwith: [dev]\noutcome: We know it\n\n"
    "due: 2026-12-02\n\nlog:\n  - {at: 2026-11-20T10:00Z, by: dev, event: proposed}\n",
    FREE: "what: Pick the venue\noutcome: Invitations can go out\n\nlog:\n"
    "  - {at: 2026-11-20T10:00Z, by: mia, event: proposed}\n",
    MINE: "what: Send the offer\nwho: dev\noutcome: She can decide\ndue: 2026-11-27\n",
    OLD: "what: Old one\nwho: dev\ndue: 2026-10-20\nlog:\n"
    "  - {at: 2026-10-01T10:00Z, by: dev, event: agreed}\n"
    "  - {at: 2026-10-20T10:00Z, by: dev, event: closed, result: kept, outcome: It is there, "
    "nothing_further: it was all}\n",
    RUN: "title: Release\nstarted: 2026-11-20\nowner: dev\nsteps:\n"
    "  - {id: tag, do: Tag it, who: raj, due: 2026-11-27, done_when: There is a tag}\n",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", FILES)


def test_who_is_to_have_it_agrees_with_one_line(ledger: Made) -> None:
    ran = run("agree", "k3f9", "--by", "raj", "--how", "call", cwd=ledger.path)
    assert (ran.code, ran.err) == (0, "")
    commit = last(ledger)
    assert commit.paths == (LOOK,)
    assert commit.lines == (
        "+  - {at: 2026-11-23T00:00:00.000Z, by: raj, event: agreed, recorded_by: dev, how: call}",
    )
    assert commit.subject == "Agree: Find the cause"
    assert commit.trailers == ("Nextstep: agreed find-cause-k3f9",)
    assert ran.out.splitlines()[:3] == [
        'Agreed with dev: "Find the cause".',
        "raj has it, due Wed 2 Dec 2026, in 9 days (6 working days).",
        "raj is away on Wed 2 Dec; mia covers.",
    ]


def test_what_nobody_had_becomes_that_of_who_agrees(ledger: Made) -> None:
    ran = run("agree", "7qhd", cwd=ledger.path)
    assert ran.code == 0, ran.err
    assert last(ledger).lines == (
        "+who: dev",
        '+  - {at: 2026-11-23T00:00:00.000Z, by: dev, event: changed, field: who, to: "dev"}',
        "+  - {at: 2026-11-23T00:00:00.001Z, by: dev, event: agreed}",
    )
    assert last(ledger).subject == "Agree: Pick the venue"
    assert "Agree a date: nextstep move 7qhd DATE --why TEXT" in ran.out
    assert run("check", cwd=ledger.path).code == 0


def test_when_it_was_agreed_can_be_added_to_what_somebody_wrote_by_hand(ledger: Made) -> None:
    assert run("agree", "2mmx", cwd=ledger.path).code == 0
    assert last(ledger).lines[-1] == "+  - {at: 2026-11-23T00:00:00.000Z, by: dev, event: agreed}"


def test_several_are_agreed_in_one_commit(ledger: Made) -> None:
    assert run("agree", "7qhd", "2mmx", cwd=ledger.path).code == 0
    commit = last(ledger)
    assert commit.subject == "Agree 2 next steps"
    assert set(commit.paths) == {FREE, MINE}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("k3f9",), "it is raj who would have k3f9, and not dev"),
        (("k3f9",), "nextstep agree k3f9 --by raj"),
        (("9wte",), "9wte is closed already, by dev on Tue 20 Oct as kept: It is there"),
        (("p2mx",), "p2mx is a run, and its steps are given to people when it starts"),
        (("7qhd", "k3f9"), "nextstep agree k3f9 --by raj"),
        (("nope",), "there is no `nope`"),
    ],
)
def test_what_cannot_be_agreed_is_refused_with_what_to_type(
    ledger: Made, words: tuple[str, ...], said: str
) -> None:
    ran = run("agree", *words, cwd=ledger.path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert commits(ledger) == 1


def test_it_is_agreed_once(ledger: Made) -> None:
    run("agree", "2mmx", cwd=ledger.path)
    again = run("agree", "2mmx", cwd=ledger.path)
    assert again.code == 2
    assert "2mmx is agreed already, by dev on Mon 23 Nov" in again.err
