"""What is open and moves nowhere is told, with what it waits for."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.diagnostics.diagnostic import Diagnostic
from tests.rules.ledgers import findings

HEAD = "title: Offer\nowner: ana\nstarted: 2026-11-16\n"
ASK, SEND, RUN = "commitments/ask.yaml", "commitments/send.yaml", "commitments/run.yaml"


def run(*steps: str, inputs: str = "{account: globex}", log: str = "") -> dict[str, str]:
    listed = "".join(f"  - {{{step}}}\n" for step in steps)
    return {RUN: f"{HEAD}inputs: {inputs}\nsteps:\n{listed}{log}"}


def step(id_: str, more: str) -> str:
    return f"id: {id_}, do: Do it, who: max, rule: 2bd after start, due: 2026-12-01{more}"


def commitment(*more: str, due: str = "2026-12-04") -> str:
    lines = ["what: Send it", "who: max", "outcome: They have it", f"due: {due}", *more]
    return "\n".join(lines) + "\n"


def part(*more: str, due: str = "2026-12-04") -> str:
    return commitment("part_of: growth", *more, due=due)


def logged(*events: str) -> str:
    return "log:\n" + "\n".join(f"  - {{at: 2026-11-{event}}}" for event in events)


OLD = logged("10T09:00Z, by: eva, event: proposed")
WAITING = part("after: [ask]", due="2026-12-11")


def of(found: tuple[Diagnostic, ...], code: str) -> list[str]:
    return [one.message for one in found if one.code == code]


def test_a_run_that_waits_for_an_input_alone_is_stalled(tmp_path: Path) -> None:
    files = run(step("legal", ", when: tier == 'a'"), step("send", ", after: [legal]"))
    found = findings(tmp_path, files)
    assert of(found, "NS431") == ["nobody can act on this run: `legal` waits for the input `tier`"]
    assert [one.code for one in found] == ["NS431"]
    assert found[0].span is not None
    assert found[0].span.line == 6


def test_a_run_that_waits_for_a_day_nobody_knows_is_stalled(tmp_path: Path) -> None:
    files = run(step("send", ", not_before: meeting_date"))
    assert of(findings(tmp_path, files), "NS431") == [
        "nobody can act on this run: `send` waits for the day of `meeting_date`"
    ]


def test_of_much_that_a_run_waits_for_the_first_is_told(tmp_path: Path) -> None:
    files = run(*(step(f"s{number}", f", when: x{number} == 'a'") for number in range(5)))
    assert of(findings(tmp_path, files), "NS431") == [
        (
            "nobody can act on this run: `s0` waits for the input `x0`, `s1` waits for the input `x1`, "
            "`s2` waits for the input `x2`, and 2 more wait"
        )
    ]


@pytest.mark.parametrize(
    "files",
    [
        run(step("legal", ", when: tier == 'a'"), step("send", "")),
        run(step("send", ", not_before: 2026-12-01")),
        run(
            "id: talk, mark: The talk, rule: day",
            step("send", ", after: [talk]"),
            inputs="{day: 2026-12-01}",
        ),
        run(step("send", ", after: [sned]")),
        run(step("a", ", after: [b]"), step("b", ", after: [a]")),
        run(step("send", ", when: account > 3")),
        run(
            step("legal", ", when: tier == 'a'"),
            log="log:\n  - {at: 2026-11-20T09:00Z, by: ana, event: closed, result: dropped, "
            'why: "they took another", nothing_further: "no"}\n',
        ),
    ],
    ids=["another step", "a day", "a mark", "no step", "a circle", "no order", "closed"],
)
def test_a_run_that_goes_on_or_is_told_of_otherwise_is_not_called_stalled(
    files: dict[str, str], tmp_path: Path
) -> None:
    assert of(findings(tmp_path, files), "NS431") == []


def test_a_plan_in_which_everybody_waits_for_a_yes_is_stalled(tmp_path: Path) -> None:
    found = findings(tmp_path, {ASK: part(OLD), SEND: WAITING})
    assert of(found, "NS432") == [
        "nothing in `growth` can be acted on: this waits for `ask`, to which nobody has said yes"
    ]
    assert [one.path for one in found if one.code == "NS432"] == [SEND]


def test_a_plan_may_wait_for_something_outside_it(tmp_path: Path) -> None:
    found = findings(tmp_path, {ASK: commitment(OLD), SEND: WAITING})
    assert [one.path for one in found if one.code == "NS432"] == [SEND]


def test_a_plan_that_waits_for_a_stalled_run_is_stalled(tmp_path: Path) -> None:
    files = run(step("legal", ", when: tier == 'a'")) | {SEND: part("after: [run]")}
    assert of(findings(tmp_path, files), "NS432") == [
        "nothing in `growth` can be acted on: this waits for the run `run`, which is stalled"
    ]


FRESH = logged("19T09:00Z, by: eva, event: proposed")
AGREED = logged("10T09:00Z, by: eva, event: proposed", "11T09:00Z, by: max, event: agreed")
DONE = logged("11T09:00Z, by: max, event: done")
THIRD = "commitments/third.yaml"


@pytest.mark.parametrize(
    "files",
    [
        {ASK: part(FRESH), SEND: WAITING},
        {ASK: part(AGREED), SEND: WAITING},
        {ASK: part(DONE), SEND: WAITING},
        {ASK: part(OLD), SEND: WAITING, THIRD: part()},
        {ASK: part(OLD)},
        {ASK: part(OLD), SEND: part(OLD)},
        {ASK: part(AGREED.replace("by: max", "by: [max]")), SEND: WAITING},
        {ASK: part("after: [send]"), SEND: WAITING},
        {ASK: commitment(), SEND: WAITING},
    ],
    ids=[
        "proposed lately",
        "agreed",
        "done",
        "another that goes on",
        "one alone",
        "two proposals",
        "a yes that cannot be read",
        "a circle",
        "one outside that goes on",
    ],
)
def test_a_plan_with_a_next_step_or_a_fault_told_elsewhere_is_not_called_stalled(
    files: dict[str, str], tmp_path: Path
) -> None:
    assert of(findings(tmp_path, files), "NS432") == []


PROCESS = """\
title: Offer
owner: ana
customer: {who: the sales team, kind: internal}
provides: An offer
inputs: [tier, account]
steps:
  - {id: send, do: Send it, who: ana, due: 2bd after start, done_when: They have it}
"""


def started(inputs: str, more: str = "") -> dict[str, str]:
    text = HEAD.replace("title: Offer", "process: offer") + f"inputs: {inputs}\nsteps:\n"
    return {
        "processes/offer.yaml": PROCESS,
        RUN: f"{text}  - {{{step('send', more)}}}\n",
    }


def test_an_input_under_a_slip_of_the_pen_is_found(tmp_path: Path) -> None:
    found = findings(tmp_path, started("{account: globex, teir: gold}"))
    assert [(one.code, one.hint) for one in found] == [
        ("NS223", "write `tier`, which is missing here")
    ]


@pytest.mark.parametrize(
    ("inputs", "more"),
    [
        ("{account: globex, tier: gold, teir: gold}", ""),
        ("{account: globex, contact: Lena}", ""),
        ("{account: globex, tiers: gold}", ", when: tiers == 'gold'"),
        ("{account: globex, tiers: gold}", ", items: [{item: a, check: {input: tiers}}]"),
        ("{account: globex, tiers: gold}", ", items: [{item: a, when: tiers == 'gold'}]"),
    ],
    ids=["nothing is missing", "like none", "asked by a step", "looked at", "asked by an item"],
)
def test_an_input_that_people_read_or_the_run_uses_is_left_alone(
    inputs: str, more: str, tmp_path: Path
) -> None:
    assert of(findings(tmp_path, started(inputs, more)), "NS223") == []
