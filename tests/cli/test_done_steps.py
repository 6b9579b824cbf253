"""`nextstep done` on a step of a run, and on the run when all its steps are finished."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Ran, run
from tests.conversation import Conversation
from tests.recording import commits, last, team
from tests.repositories import Made

PATH = "commitments/2026/11/move-office-7qhd.yaml"
RUN = """\
title: Move the office
owner: mia
started: 2026-11-02
expects: [every desk works on Monday, "nothing: is lost"]
{strength}steps:
  - {{id: pack, do: Pack the boxes, who: dev, due: 2026-11-20}}
  - {{id: carry, do: Carry the boxes, who: raj, rule: 2bd after pack, after: [pack]}}
  - {{id: send, do: Send the letters, who: dev, due: 2026-11-27, after: [pack], proof: tracking number}}
  - {{id: check, approve: plan.md, who: [mia], due: 2026-11-27, after: [carry]}}
  - {{id: keys, do: Hand over the keys, who: dev, after: [], due: 2026-11-30, handoff: {{to: mia, must_include: [the keys]}}}}
"""
DONE = """\
title: Move the office
owner: mia
for: Acme
started: 2026-11-02
expects: [every desk works on Monday, "nothing: is lost"]
steps:
  - {id: pack, do: Pack the boxes, who: dev, due: 2026-11-20}
log:
  - {at: 2026-11-20T09:00Z, by: dev, event: done, step: pack}
"""
AT = "at: 2026-11-23T00:00:00.000Z, by: dev"
ENFORCED = "strength: {level: enforce}\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", {PATH: RUN.format(strength="")})


@pytest.fixture
def firm(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", {PATH: RUN.format(strength=ENFORCED)})


@pytest.fixture
def finished(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", {PATH: DONE})


def done(ledger: Made, *words: str) -> Ran:
    return run("done", "7qhd", *words, cwd=ledger.path)


def test_a_step_is_one_event_and_the_dates_that_follow_from_it(ledger: Made) -> None:
    ran = done(ledger, "pack")
    assert (ran.code, ran.err) == (0, "")
    lines = last(ledger).lines
    assert lines[-1] == f"+  - {{{AT}, event: done, step: pack}}"
    assert [line for line in lines if "due: 2026-11-25" in line]
    said = ran.out.splitlines()
    assert said[0] == 'Done: pack of "Move the office", late.'
    assert said[1].startswith("After you: carry (raj), due Wed 25 Nov 2026, in 2 days")
    assert said[2].startswith("After you: send (dev), due Fri 27 Nov 2026")
    assert last(ledger).subject == "Done: Pack the boxes"
    assert last(ledger).trailers == ("Nextstep: done move-office-7qhd pack",)


def test_a_step_with_proof_is_done_with_its_proof(ledger: Made) -> None:
    done(ledger, "pack")
    ran = done(ledger, "send")
    assert ran.code == 2
    assert ran.err.splitlines()[1].strip() == "add --proof TEXT"
    assert done(ledger, "send", "--proof", "DHL 4711").code == 0
    assert last(ledger).lines[
        -1
    ] == f"+  - {{{AT}, event: done, step: send, proof: DHL 4711}}".replace("00.000Z", "00.002Z")


def test_where_the_order_is_kept_a_waiting_step_needs_a_reason(firm: Made) -> None:
    ran = done(firm, "carry")
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "nextstep: carry waits for pack, and the order of this run is kept",
        "  finish that first, or say why it comes before its turn: --override TEXT",
    ]
    assert commits(firm) == 1
    ran = done(firm, "carry", "--override", "the van was there")
    assert ran.code == 0, ran.err
    assert 'out_of_order: "the van was there"' in last(firm).lines[-1]
    assert "Out of order: it waited for pack." in ran.out


def test_where_the_order_is_advice_a_waiting_step_is_recorded_with_a_warning(ledger: Made) -> None:
    ran = done(ledger, "carry")
    assert ran.code == 0, ran.err
    assert "Out of order: it waited for pack." in ran.out


def test_what_is_handed_over_stays_mine_until_it_is_accepted(ledger: Made) -> None:
    ran = done(ledger, "keys")
    assert "It is yours until it is handed over to mia and accepted." in ran.out
    assert ran.out.splitlines()[-1].endswith("nextstep offer 7qhd keys")


def test_a_gate_a_finished_step_and_a_wrong_name_are_refused_with_what_to_type(
    ledger: Made,
) -> None:
    done(ledger, "pack")
    gate, again, wrong = done(ledger, "check"), done(ledger, "pack"), done(ledger, "pick")
    assert {gate.code, again.code, wrong.code} == {2}
    assert "nextstep approve 7qhd check" in gate.err
    assert "pack is finished already: done by dev on Mon 23 Nov" in again.err
    assert "did you mean `pack`?" in wrong.err
    assert commits(ledger) == 2


def test_a_step_is_done_or_not_and_never_kept(ledger: Made) -> None:
    ran = done(ledger, "pack", "--kept", "--outcome", "x")
    assert (ran.code, ran.err.splitlines()[1].strip()) == (2, "leave --kept out")


def test_not_yet_moves_a_step_and_help_blocks_it(ledger: Made) -> None:
    assert done(ledger, "pack", "--not-yet", "fri", "--why", "no tape").code == 0
    assert "event: moved, step: pack, from: 2026-11-20, to: 2026-11-27" in last(ledger).lines[-1]
    assert done(ledger, "pack", "--help-needed", "--why", "no tape").code == 0
    assert 'event: blocked, step: pack, why: "no tape"' in last(ledger).lines[-1]


def test_a_run_is_not_closed_while_steps_are_open(ledger: Made) -> None:
    ran = done(ledger, "--kept")
    assert ran.code == 2
    assert "7qhd is still open: pack, carry, send, check, keys" in ran.err
    assert "name the step that is done: nextstep done 7qhd pack" in ran.err


def test_a_run_is_closed_with_each_expectation_feedback_and_what_is_next(finished: Made) -> None:
    ran = done(
        finished,
        *("--partly", "--expects", "1: met", "--expects", "nothing: is lost: one lamp"),
        *("--outcome", "we moved", "--feedback", "quick", "--next", "Buy a lamp @mia fri"),
    )
    assert ran.code == 0, ran.err
    (closed,) = [line for line in last(finished).lines if "event: closed" in line]
    assert "result: partly" in closed
    assert 'expects: {every desk works on Monday: met, "nothing: is lost": one lamp}' in closed
    assert 'feedback: "quick"' in closed
    assert "+follows: move-office-7qhd" in last(finished).lines
    said = ran.out.splitlines()
    assert said[0] == 'Closed as partly kept: "Move the office for Acme".'
    assert said[1] == "Short of what was expected: nothing: is lost."
    assert run("check", "--fail-on", "error", cwd=finished.path).code == 0


def test_without_a_terminal_everything_that_a_run_is_asked_has_a_flag(finished: Made) -> None:
    ran = done(finished)
    assert ran.code == 2
    for flag in ("--expects 'NUMBER: met'", "--outcome TEXT", "--next TEXT"):
        assert flag in ran.err
    wrong = done(finished, "--expects", "3: met", "--outcome", "x", "--nothing-further", "y")
    assert "write --expects '1: met', of 1: every desk works on Monday" in wrong.err
    words = ("--expects", "all", "--outcome", "we moved", "--nothing-further", "none")
    assert done(finished, *words).code == 0
    assert "result: kept" in last(finished).lines[0]


def test_closing_a_run_asks_for_each_expectation_and_suggests_the_result(finished: Made) -> None:
    with Conversation("done", "7qhd", cwd=finished.path) as said:
        said.answer("every desk works on Monday. Was it met?", "")
        said.answer("nothing: is lost. Was it met?", "one lamp")
        said.answer("What did the customer say?", "")
        said.answer("How did it go?  [k]ept  [p]artly  [m]issed  (Enter: partly)", "")
        said.answer("What was the outcome?", "we moved")
        said.answer("What is next", "nothing, because all is there")
        assert said.end()[0] == 0
    (closed,) = last(finished).lines
    assert "result: partly" in closed
    assert 'expects: {every desk works on Monday: met, "nothing: is lost": one lamp}' in closed
    again = done(finished, "--kept", "--outcome", "x", "--expects", "all", "--nothing-further", "y")
    assert again.code == 2
    assert "7qhd is closed already, by dev on Mon 23 Nov as partly: we moved" in again.err


def test_nothing_that_was_typed_is_lost_where_a_run_is_closed_already(finished: Made) -> None:
    first = ("--kept", "--expects", "all", "--outcome", "we moved", "--nothing-further", "none")
    assert done(finished, *first).code == 0
    second = (
        *("--partly", "--outcome", "nearly there", "--nothing-further", "it is only a lamp"),
        *("--learned", "count the boxes", "--change", "label the lamps"),
        *("--expects", "1: met", "--expects", "2: one lamp", "--feedback", "quick"),
    )
    said = "nearly there / it is only a lamp / count the boxes / label the lamps / "
    refused = done(finished, *second)
    assert refused.err.splitlines()[1] == (
        f"  nextstep note 7qhd '{said}1: met / 2: one lamp / quick'"
    )
    assert done(finished, *second, "--or-note").code == 0
    assert (
        f'event: noted, text: "{said}every desk works on Monday: met / '
        'nothing: is lost: one lamp / quick"'
    ) in (finished.path / PATH).read_text()


def test_a_step_for_which_nobody_signs_is_offered_with_the_line_that_is_shown(ledger: Made) -> None:
    ran = done(ledger, "pack", "--offer")
    assert ran.err == (
        "nextstep: nobody has to sign for pack\n"
        "  nextstep done 7qhd pack finishes it; to offer it all the same:\n"
        "  nextstep offer 7qhd pack --to PERSON\n"
    )
    assert run("offer", "7qhd", "pack", "--to", "mia", cwd=ledger.path).code == 0


def test_on_a_terminal_what_is_handed_over_can_be_offered_at_once(ledger: Made) -> None:
    with Conversation("done", "7qhd", "keys", cwd=ledger.path) as said:
        said.answer("Offer it to mia now?", "y")
        said.until("the keys")
        said.until("> ")
        said.type("y")
        assert said.end()[0] == 0
    assert any("event: offered, step: keys, to: mia" in line for line in last(ledger).lines)
    assert commits(ledger) == 2


def test_who_says_no_to_an_offer_has_done_it_and_has_it_still(ledger: Made) -> None:
    with Conversation("done", "7qhd", "keys", cwd=ledger.path) as said:
        said.answer("Offer it to mia now?", "n")
        assert said.end()[0] == 0
    assert last(ledger).lines[-1].endswith("event: done, step: keys}")
    assert "nextstep offer 7qhd keys" in said.seen


def test_a_step_of_somebody_else_is_recorded_as_done_by_who_did_it(ledger: Made) -> None:
    done(ledger, "pack")
    ran = done(ledger, "carry")
    assert "raj had it; it is recorded as done by dev." in ran.out


def test_what_was_typed_of_some_expectations_is_given_back_with_the_others(finished: Made) -> None:
    with Conversation(
        *("done", "7qhd", "--expects", "1: no chairs", "--or-note"), cwd=finished.path
    ) as said:
        said.answer("nothing: is lost. Was it met?", "one lamp")
        said.until("customer say?")
        said.until("> ")
        said.interrupt()
        assert said.end()[0] == 130
    again = " ".join(said.seen.partition("To go on with what you typed:")[2].split())
    assert again.startswith("nextstep done 7qhd --or-note --expects '1: no chairs' --expects ")
    assert "'nothing: is lost: one lamp'" in again
