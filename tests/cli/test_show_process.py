"""A process is shown with everything that it says about a step."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.files.step_fields import PROCESS_STEP
from tests.commands import run
from tests.rules.ledgers import write

HEAD = """\
title: Review
owner: ana
customer: buyers
provides: A page to decide on
inputs: [sold]
roles: [writer, reader, lead]
cycle: sold
order: free
steps:
"""
STEP = "  - {{id: write, do: Write, who: writer, due: fri of week 2, done_when: There{}}}\n"
GATE = "  - {{id: agree, approve: The page, who: [lead, reader], due: asap, {}}}\n"
HANDED = "handoff: {{to: reader, must_include: [map, {{item: price, critical: true}}], {}}}"

SAID = {
    "how: docs/pages.md": "how: docs/pages.md",
    "template: page.md": "template: page.md",
    "for_customer: You get a page": "the customer reads: You get a page",
    "with: [reader, lead]": "writer, with reader and lead",
    "each: [north, south]": "one part each: north, south",
    "after: [agree]": "after agree",
    "when: sold == '1'": "only when sold == '1'",
    "not_before: 3d after start": "not before 3 days after the start",
    "until: 5d after start": "until 5 days after the start",
    "grace: 1bd": "overdue 1 working day later",
    "items: [spelled, {item: sourced, critical: true}]": "to tick off: spelled, sourced (critical)",
    "items: [spelled, {item: priced, critical: true, when: sold == '1'}]": "to tick off: spelled, "
    "priced (critical, only when sold == '1')",
    "proof: a number": "proof: a number",
    "optional: true": "may be skipped",
    "critical: true": "no way back",
    "keeps_promise: true": "keeps the promise",
    "undoes: agree": "undoes agree",
    "repeat: every friday": "every friday",
    "escalate: {after: 3bd, tell: [lead, reader]}": "3 working days past its date: lead and reader "
    "are asked what it needs",
    HANDED.format(
        "readback: true"
    ): "hands over to reader: map, price (critical) · the receiver says",
    HANDED.format("accept_within: 1bd"): "answer within 1 working day",
    HANDED.format("watch_for: the outage"): "watch for: the outage",
    "handoff: {tell: [lead], must_include: [map]}": "tells lead: map",
    "handoff: {must_include: [{item: map, when: sold == '1'}]}": "map (only when sold == '1')",
}
VOTED = {
    "need: all": "all of them approve",
    "blind: true": "votes are hidden until all are in",
    "on_return: stop": "a no is final",
    "on_return: {to: write, max_rounds: 2}": "a no leads back to write · after 2 rounds the owner",
}


def shown(root: Path, steps: str) -> str:
    """Return the page about a process with these steps, as one line."""
    write(root, {"processes/review.yaml": HEAD + steps})
    ran = run("-C", str(root), "show", "review", env={"COLUMNS": "80"})
    assert (ran.code, ran.err) == (0, "")
    return " ".join(ran.out.split())


@pytest.mark.parametrize("said", SAID)
def test_what_a_step_says_is_shown(said: str, tmp_path: Path) -> None:
    gate = GATE.format("need: any")
    assert SAID[said] in shown(tmp_path, STEP.format(f", {said}") + gate)
    assert SAID[said] not in shown(tmp_path, STEP.format("") + gate)


@pytest.mark.parametrize("said", VOTED)
def test_what_a_gate_says_is_shown(said: str, tmp_path: Path) -> None:
    assert VOTED[said] in shown(tmp_path, STEP.format("") + GATE.format(said))


def test_weeks_are_counted_from_what_the_process_says(tmp_path: Path) -> None:
    page = shown(tmp_path, STEP.format(""))
    assert "due Fri of week 2" in page
    assert "weeks from sold" in page


def test_a_step_that_is_due_with_another_says_so(tmp_path: Path) -> None:
    page = shown(tmp_path, STEP.format("") + "  - {id: ready, mark: It is ready, due: write}\n")
    assert "when write is finished · a date that nobody does" in page


def test_the_cases_that_a_process_is_for_are_shown_with_their_reason(tmp_path: Path) -> None:
    cases = "when: sold == '1'\nbecause: {sold == '1': The others have a page}\n"
    assert "only when sold == '1', because the others have a page" in shown(
        tmp_path, STEP.format("") + cases
    )


def test_no_field_of_a_step_is_left_out() -> None:
    told = {"id", "do", "approve", "mark", "who", "due", "done_when"}
    told |= {said.partition(":")[0] for said in (*SAID, *VOTED)}
    assert {field.name for field in PROCESS_STEP.fields} == told
