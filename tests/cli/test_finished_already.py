"""Who acts on a step that is finished hears how that came, and a way back that can be typed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.review_run import at_desk
from tests.recording import team
from tests.repositories import Made

RUN = """\
title: Move the office
owner: dev
started: 2026-11-02
inputs: {tier: basic}
steps:
  - {id: law, do: Read every claim, who: dev, when: tier == 'gold'}
  - {id: kick, mark: The kick-off, due: 2026-11-10}
  - {id: rent, do: Pay the rent, who: dev, repeat: every month until 2026-11-15, due: 2026-11-03}
  - {id: lift, do: Rent a lift, who: dev}
  - {id: stop, do: Give it back, who: dev, undoes: lift}
  - {id: pack, do: Pack the boxes, who: dev}
log:
  - {at: 2026-11-03T09:00Z, by: dev, event: done, step: rent}
  - {at: 2026-11-04T09:00Z, by: dev, event: noted, step: rent, text: It was a lot}
  - {at: 2026-11-04T10:00Z, by: dev, event: skipped, step: lift, why: We carry it}
  - {at: 2026-11-05T09:00Z, by: dev, event: done, step: pack}
"""
ENDS = {
    "law": ("law is not needed: only when tier == 'gold'", "change 7qhd inputs.tier VALUE"),
    "rent": (
        "rent is finished already: done by dev on Tue 3 Nov, for the last time",
        "undo 7qhd --at 2026-11-03T09:00:00.000Z",
    ),
    "stop": (
        "stop is not needed: it undoes lift, which was passed over",
        "reopen 7qhd lift --why TEXT",
    ),
    "kick": ("kick is a date, and it has come", "move 7qhd kick DATE --why TEXT"),
    "pack": ("pack is finished already: done by dev on Thu 5 Nov", "reopen 7qhd pack --why TEXT"),
}
ACTS = (
    "done 7qhd {}",
    "move 7qhd {} fri --why x",
    "block 7qhd {} --why x",
    "offer 7qhd {} --to raj",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", {"commitments/2026/11/move-office-7qhd.yaml": RUN})


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("step", ["law", "rent", "stop", "pack"])
def test_every_verb_tells_how_a_step_was_finished_and_the_way_back(
    ledger: Made, step: str, act: str
) -> None:
    ran = at_desk(ledger, *shlex.split(act.format(step)))
    said, back = ENDS[step]
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"nextstep: {said}\n  nextstep {back}")
    assert f"nextstep note 7qhd --step {step} --text TEXT" in ran.err


@pytest.mark.parametrize("step", ["law", "rent", "stop", "kick"])
def test_only_what_an_event_finished_is_opened_again(ledger: Made, step: str) -> None:
    ran = at_desk(ledger, "reopen", "7qhd", step, "--why", "It came back")
    said, back = ENDS[step]
    assert ran.code == 2
    assert ran.err.startswith(f"nextstep: {said}\n  nextstep {back}")
    assert at_desk(ledger, "reopen", "7qhd", "pack", "--why", "It came back").code == 0


@pytest.mark.parametrize("step", ENDS)
def test_each_way_back_is_taken_as_it_is_printed(ledger: Made, step: str) -> None:
    words = ENDS[step][1].replace("VALUE", "gold --why TEXT").replace("DATE", "2026-12-01")
    ran = at_desk(ledger, *shlex.split(words))
    assert ran.code == 0, ran.err
    assert at_desk(ledger, "block", "7qhd", step, "--why", "No key").code == 0
