"""A log that cannot be followed, and an ending that says too little, are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from tests.rules.ledgers import codes, findings

PLACE = "commitments/2026/11/offer-k3f9.yaml"
RUN = "commitments/2026/11/review-globex.yaml"
HEAD = "what: Send the offer\nwho: dev\noutcome: They decide\ndue: 2026-11-27\nlog:\n"


def logged(*events: str, head: str = HEAD) -> dict[str, str]:
    lines = [f"  - {{at: 2026-11-1{day}T09:00Z, {event}}}\n" for day, event in enumerate(events)]
    return {PLACE: head + "".join(lines)}


def run(steps: str, *events: str, head: str = "") -> dict[str, str]:
    lines = [
        f"  - {{at: 2026-11-1{day + 6}T09:00Z, {event}}}\n" for day, event in enumerate(events)
    ]
    return {
        RUN: f"title: Review\nowner: ana\nstarted: 2026-11-16\n{head}steps:\n{steps}log:\n"
        + "".join(lines)
    }


STEP = "  - {id: write, do: Write, who: max, rule: 3bd after start, due: 2026-11-19}\n"


class Case(Struct, frozen=True):
    """A ledger, and the one finding in it: code, line and a part of its message or hint."""

    files: dict[str, str]
    code: str
    line: int
    says: str


CASES = {
    "accepted and never offered": Case(
        logged("by: mia, event: accepted", head=HEAD), "NS404", 6, "nothing was offered"
    ),
    "done by somebody else": Case(
        logged("by: zoe, event: done"), "NS404", 6, "it is `dev` who has it"
    ),
    "undone what never was": Case(
        logged("by: dev, event: undone, of: 2026-10-01T09:00Z"), "NS404", 6, "none before it"
    ),
    "handed over without its proof": Case(
        run(STEP.replace("}", ", proof: number}"), "by: max, event: offered, step: write, to: ana"),
        "NS414",
        7,
        "write `done` with `proof` before it",
    ),
    "moved on from another day": Case(
        logged(
            "by: dev, event: moved, from: 2026-11-18, to: 2026-11-20",
            "by: dev, event: moved, from: 2026-11-21, to: 2026-11-27",
        ),
        "NS405",
        7,
        "`2026-11-21`, and the change before it ended with `2026-11-20`",
    ),
    "a date changed without a word": Case(
        logged("by: dev, event: moved, from: 2026-11-18, to: 2026-11-20"),
        "NS406",
        4,
        "write `2026-11-20`, or add the event",
    ),
    "a date taken away without a word": Case(
        logged(
            "by: dev, event: moved, from: 2026-11-18, to: 2026-11-20",
            head=HEAD.replace("due: 2026-11-27", "due: asap"),
        ),
        "NS406",
        4,
        "the last `moved` says `2026-11-20`",
    ),
    "who has it changed without a word": Case(
        logged("by: dev, event: offered, to: mia", "by: mia, event: accepted"),
        "NS406",
        2,
        "`who` is `dev`, and the last `accepted` says `mia`",
    ),
    "words changed without a word": Case(
        logged('by: dev, event: changed, field: outcome, from: "x", to: "They sign"'),
        "NS406",
        3,
        "`They sign`",
    ),
    "an input changed without a word": Case(
        run(
            STEP,
            "by: ana, event: changed, field: inputs.tier, from: small, to: big",
            head="inputs: {tier: medium}\n",
        ),
        "NS406",
        4,
        "`inputs.tier` is `medium`",
    ),
    "an input changed that is not there": Case(
        run(
            STEP,
            "by: ana, event: changed, field: inputs.teir, from: small, to: big",
            head="inputs: {tier: big}\n",
        ),
        "NS406",
        4,
        "`inputs.teir` is not there",
    ),
    "a change of what does not change so": Case(
        logged("by: dev, event: changed, field: duedate, from: x, to: y"),
        "NS404",
        6,
        "`changed` is not for `duedate`",
    ),
    "a step's date changed without a word": Case(
        run(STEP, "by: max, event: moved, step: write, from: 2026-11-19, to: 2026-11-20"),
        "NS406",
        5,
        "`due` of `write` is `2026-11-19`",
    ),
    "closed and nothing came of it": Case(
        logged("by: dev, event: closed, result: missed, nothing_further: x"),
        "NS407",
        6,
        "what came of it",
    ),
    "dropped for no reason": Case(
        logged("by: dev, event: closed, result: dropped"), "NS407", 6, "nothing says why"
    ),
    "closed and nothing is next": Case(
        logged("by: dev, event: closed, result: partly, outcome: x"), "NS408", 6, "next"
    ),
    "returned and nothing was missing": Case(
        logged("by: dev, event: offered, to: mia", "by: mia, event: returned"),
        "NS409",
        7,
        "what was missing",
    ),
    "offered to nobody": Case(logged("by: dev, event: offered"), "NS410", 6, "to whom"),
    "done without the proof": Case(
        run(STEP.replace("due:", "proof: a number, due:"), "by: max, event: done, step: write"),
        "NS414",
        7,
        "asks for a proof (a number)",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_the_log_leaves_open_is_found_where_it_stands(case: Case, tmp_path: Path) -> None:
    found = findings(tmp_path, case.files)
    assert codes(found) == [case.code]
    assert found[0].span is not None
    assert found[0].span.line == case.line
    assert case.says in f"{found[0].message} {found[0].hint}"


CLEAN = {
    "a date moved twice": logged(
        "by: dev, event: moved, from: 2026-11-18, to: 2026-11-20",
        "by: dev, event: moved, from: 2026-11-20, to: 2026-11-27",
    ),
    "a date moved to none": logged(
        "by: dev, event: moved, from: 2026-11-27, to: none",
        "by: dev, event: moved, from: none, to: 2026-11-27",
    ),
    "a move that was undone": logged(
        "by: dev, event: moved, from: 2026-11-20, to: 2026-11-27",
        "by: dev, event: moved, from: 2026-11-27, to: 2026-12-04",
        "by: dev, event: undone, of: 2026-11-11T09:00Z",
    ),
    "withdrawn without a reason": logged(
        "by: dev, event: offered, to: mia", "by: dev, event: returned"
    ),
    "passed on": logged(
        "by: dev, event: offered, to: mia",
        "by: mia, event: accepted",
        head=HEAD.replace("who: dev", "who: mia"),
    ),
    "dropped, with why": logged("by: dev, event: closed, result: dropped, why: not wanted"),
    "closed without an outcome at the beginning": logged(
        "by: dev, event: closed, result: kept, outcome: x, nothing_further: y",
        head=HEAD.replace("outcome: They decide\n", "").replace("due: 2026-11-27\n", ""),
    ),
}


@pytest.mark.parametrize("files", CLEAN.values(), ids=CLEAN.keys())
def test_a_log_that_can_be_followed_is_left_alone(files: dict[str, str], tmp_path: Path) -> None:
    assert findings(tmp_path, files) == ()


def test_the_order_of_lines_in_a_log_does_not_matter(tmp_path: Path) -> None:
    moves = [
        "  - {at: 2026-11-10T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20}\n",
        "  - {at: 2026-11-11T09:00Z, by: dev, event: moved, from: 2026-11-20, to: 2026-11-27}\n",
    ]
    assert findings(tmp_path, {PLACE: HEAD + "".join(reversed(moves))}) == ()


def test_an_approved_file_that_is_gone_counts_as_changed(tmp_path: Path) -> None:
    gate = "  - {id: agree, approve: docs/$account/offer.md, who: sue, rule: asap, due: asap}\n"
    vote = "by: sue, event: approved, step: agree, content: 824d7d7a6e77"
    files = run(gate, vote, head="inputs: {account: globex}\n")
    assert codes(findings(tmp_path, files)) == ["NS416"]
    files["docs/globex/offer.md"] = "The offer for Globex: 40 seats.\n"
    assert findings(tmp_path, files) == ()


def test_a_role_that_several_hold_has_as_many_votes_at_the_gate_of_a_run(tmp_path: Path) -> None:
    gate = "  - {id: agree, approve: The offer, who: board, need: 2, due: 2026-11-27}\n"
    settings = "people: {ana: {}, max: {}, sue: {}}\nroles: {board: {people: [max, sue]}}\n"
    files = run(gate, "by: max, event: approved, step: agree")
    assert codes(findings(tmp_path, {"nextstep.yaml": settings, **files})) == []
    bound = run(gate, "by: max, event: approved, step: agree", head="people: {board: max}\n")
    assert "NS415" in codes(findings(tmp_path, {"nextstep.yaml": settings, **bound}))
