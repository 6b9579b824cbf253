"""`note`, `block`, `unblock`, `drop` and `reopen`: one line in the log, and one commit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import Ran, run
from tests.conversation import Conversation
from tests.recording import commits, last, team
from tests.repositories import Made

OFFER = "commitments/2026/11/lena-offer-k3f9.yaml"
VENUE = "commitments/2026/11/pick-venue-c4vn.yaml"
OFFICE = "commitments/2026/11/move-office-7qhd.yaml"
FILES = {
    OFFER: "# for the review\nwhat: Send Lena the offer\nwho: dev\nwith: [lena]\n"
    "outcome: She can decide\ndue: 2026-11-27\n",
    VENUE: "what: Pick the venue\nwho: dev\noutcome: We can invite\ndue: 2026-11-20\n",
    "commitments/2026/11/invite-all-w8tj.yaml": "what: Invite everybody\nwho: raj\n"
    "outcome: They come\ndue: 2026-11-30\nafter: [pick-venue-c4vn]\n",
    OFFICE: "title: Move the office\nowner: mia\nstarted: 2026-11-02\nsteps:\n"
    "  - {id: pack, do: Pack the boxes, who: dev, due: 2026-11-20}\n"
    "  - {id: carry, do: Carry them, who: raj, due: 2026-11-27, after: [pack]}\n"
    "part_of: new-office\n",
}
AT = "at: 2026-11-23T00:00:00.000Z, by: dev"


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", FILES)


def ns(ledger: Made, *words: str) -> Ran:
    return run(*words, cwd=ledger.path)


def test_a_note_is_one_line_of_the_log(ledger: Made) -> None:
    ran = ns(ledger, "note", "k3f9", "Lena asked for the figures: all of them")
    assert (ran.code, ran.err) == (0, "")
    assert (ledger.path / OFFER).read_text() == FILES[OFFER] + (
        f'\nlog:\n  - {{{AT}, event: noted, text: "Lena asked for the figures: all of them"}}\n'
    )
    commit = last(ledger)
    assert commit.subject == "Note: Send Lena the offer"
    assert commit.trailers == ("Nextstep: noted lena-offer-k3f9",)
    assert (commit.paths, commit.author) == ((OFFER,), "dev@example.org")
    assert ran.out.splitlines()[0] == 'Noted on "Send Lena the offer".'


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Great!", "Great!"),
        ("who asked?", "who asked?"),
        ("both of them", "Both of them."),
        ("Done.", "Done."),
    ],
)
def test_a_commit_ends_the_words_as_a_sentence_once(ledger: Made, said: str, written: str) -> None:
    assert ns(ledger, "note", "k3f9", said).code == 0
    assert last(ledger).message.split("\n\n")[1] == written


def test_the_same_words_are_kept_with_several_in_one_commit(ledger: Made) -> None:
    assert ns(ledger, "note", "k3f9", "c4vn", "both wait for the budget").code == 0
    assert last(ledger).paths == (OFFER, VENUE)
    assert commits(ledger) == 2


def test_a_note_may_be_about_a_step(ledger: Made) -> None:
    assert ns(ledger, "note", "7qhd", "--step", "pack", "--text", "no tape left").code == 0
    assert f'+  - {{{AT}, event: noted, step: pack, text: "no tape left"}}' in last(ledger).lines


def test_a_word_after_a_run_that_names_nothing_is_refused_with_its_steps(ledger: Made) -> None:
    ran = ns(ledger, "note", "7qhd", "nosuch", "text")
    assert (ran.code, ran.out) == (2, "")
    assert "7qhd has no step `nosuch`, and nothing else here has that name" in ran.err
    assert "its steps are pack, carry" in ran.err
    assert "did you mean `pack`?" in ns(ledger, "note", "7qhd", "pakc", "text").err


def test_a_step_is_typed_as_every_listing_shows_it(ledger: Made) -> None:
    ran = ns(ledger, "note", "7qhd", "carry", "two vans")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == 'Noted on carry of "Move the office".'


def test_a_step_is_named_by_its_beginning_as_everywhere(ledger: Made) -> None:
    ran = ns(ledger, "note", "7qhd", "car", "two vans")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == 'Noted on carry of "Move the office".'
    ran = ns(ledger, "drop", "7qhd", "car", "--why", "x")
    assert (ran.code, ran.out) == (2, "")
    assert "nextstep skip 7qhd car --why TEXT" in ran.err


def test_a_step_alone_is_no_note_on_its_run(ledger: Made) -> None:
    ran = ns(ledger, "note", "7qhd", "carry")
    assert (ran.code, ran.err.splitlines()[1].strip()) == (2, "add --text TEXT")
    with Conversation("note", "7qhd", "carry", cwd=ledger.path) as said:
        said.answer("What is worth keeping?", "two vans")
        assert said.end()[0] == 0
    assert 'step: carry, text: "two vans"' in (ledger.path / OFFICE).read_text()
    assert ns(ledger, "note", "7qhd", "--text", "carry").code == 0
    assert 'event: noted, text: "carry"' in (ledger.path / OFFICE).read_text()


def test_the_words_of_a_note_are_asked_for_on_a_terminal(ledger: Made) -> None:
    ran = ns(ledger, "note", "k3f9")
    assert (ran.code, ran.err.splitlines()[1].strip()) == (2, "add --text TEXT")
    with Conversation("note", "k3f9", cwd=ledger.path) as said:
        said.answer("What is worth keeping?", "she called")
        assert said.end()[0] == 0
    assert 'text: "she called"' in last(ledger).lines[-1]


def test_who_needs_help_says_so_and_later_goes_on(ledger: Made) -> None:
    ran = ns(ledger, "block", "k3f9", "--why", "The figures are not out", "--on", "raj")
    assert ran.code == 0, ran.err
    assert f'+  - {{{AT}, event: blocked, on: raj, why: "The figures are not out"}}' in (
        last(ledger).lines
    )
    said = ran.out.splitlines()
    assert said[0] == '"Send Lena the offer" is blocked: The figures are not out. Help from raj.'
    assert said[1] == "It stays due Fri 27 Nov 2026, in 4 days (3 working days)."
    assert said[2].endswith("nextstep unblock k3f9")
    ran = ns(ledger, "unblock", "k3f9", "--why", "Raj sent them")
    assert ran.out.splitlines()[0] == '"Send Lena the offer" can go on.'
    assert last(ledger).lines[-1].endswith('event: unblocked, why: "Raj sent them"}')
    again = ns(ledger, "unblock", "k3f9")
    assert (again.code, again.err.splitlines()[0]) == (2, "nextstep: k3f9 is not blocked")


def test_a_step_and_a_whole_run_may_need_help(ledger: Made) -> None:
    assert ns(ledger, "block", "7qhd", "pack", "--why", "no tape").code == 0
    assert ns(ledger, "unblock", "7qhd", "pack").code == 0
    assert ns(ledger, "block", "7qhd", "--why", "no keys").code == 0
    assert last(ledger).lines[-1].endswith('event: blocked, why: "no keys"}')


@pytest.mark.parametrize(
    ("step", "then"),
    [
        ("pack", "nextstep done 7qhd pack"),
        ("carry", "nextstep show 7qhd carry"),
        ("agree", "nextstep approve 7qhd agree"),
    ],
)
def test_what_can_go_on_says_the_command_by_which_it_does(
    ledger: Made, step: str, then: str
) -> None:
    gate = "  - {id: agree, approve: plan.md, who: [dev], due: 2026-11-27, after: []}\npart_of"
    (ledger.path / OFFICE).write_text(FILES[OFFICE].replace("part_of", gate))
    (ledger.path / "plan.md").write_text("The plan\n")
    ledger.git("add", "--all")
    ledger.git("commit", "-qm", "A gate")
    ns(ledger, "block", "7qhd", step, "--why", "The boxes are late")
    ran = ns(ledger, "unblock", "7qhd", step)
    assert ran.out.splitlines()[-1].endswith(then)
    assert run(*then.split()[1:], cwd=ledger.path).code == 0


def test_a_date_that_is_over_is_said_as_over(ledger: Made) -> None:
    ran = ns(ledger, "block", "c4vn", "--why", "no answer")
    assert "It was due Fri 20 Nov 2026, 1 working day ago." in ran.out


def test_what_is_given_up_says_why_and_who_waited_for_it(ledger: Made) -> None:
    ran = ns(ledger, "drop", "c4vn", "--why", "No team day this year")
    assert ran.code == 0, ran.err
    assert last(ledger).lines[-1] == (
        f'+  - {{{AT}, event: closed, result: dropped, why: "No team day this year"}}'
    )
    assert ran.out.splitlines()[:2] == [
        'Dropped: "Pick the venue". No team day this year.',
        '"Invite everybody" (raj) waited for it.',
    ]
    again = ns(ledger, "drop", "c4vn", "--why", "Too far")
    assert again.code == 2
    assert again.err.splitlines() == [
        "nextstep: c4vn is closed already, by dev on Mon 23 Nov as dropped: No team day this year",
        "  nextstep note c4vn 'Too far'",
    ]


def test_several_are_dropped_for_one_reason_in_one_commit(ledger: Made) -> None:
    assert ns(ledger, "drop", "c4vn", "k3f9", "--why", "no money").code == 0
    assert last(ledger).subject == "Drop 2 next steps"
    assert last(ledger).paths == (OFFER, VENUE)


def test_nobody_gives_up_what_somebody_else_has(ledger: Made) -> None:
    ran, of_run = ns(ledger, "drop", "w8tj", "--why", "x"), ns(ledger, "drop", "7qhd", "--why", "x")
    assert ran.code == of_run.code == 2
    assert "raj has w8tj, and it is dev who says that it is dropped" in ran.err
    assert "mia may drop 7qhd" in of_run.err
    assert "--by mia" in of_run.err
    assert commits(ledger) == 1
    assert ns(ledger, "drop", "7qhd", "--why", "we stay", "--by", "mia").code == 0


def test_what_was_closed_is_opened_again_with_a_reason(ledger: Made) -> None:
    ns(ledger, "drop", "k3f9", "--why", "no money")
    ran = ns(ledger, "reopen", "k3f9", "--why", "There is money")
    assert ran.code == 0, ran.err
    assert last(ledger).lines[-1].endswith('event: reopened, why: "There is money"}')
    said = " ".join(ran.out.split())
    assert '"Send Lena the offer" is open again. dev has it. It is due Fri 27 Nov 2026' in said
    open_already = ns(ledger, "reopen", "k3f9", "--why", "x")
    assert "k3f9 is open already" in open_already.err


def test_a_step_is_opened_again(ledger: Made) -> None:
    ns(ledger, "done", "7qhd", "pack")
    assert ns(ledger, "reopen", "7qhd", "pack", "--why", "one box is open").code == 0
    assert "event: reopened, step: pack" in last(ledger).lines[-1]
    assert "pack is open already" in " ".join(
        ns(ledger, "reopen", "7qhd", "pack", "--why", "x").err.split()
    )


@pytest.mark.parametrize("verb", ["block", "drop", "reopen"])
def test_the_reason_is_asked_for_and_without_a_terminal_its_flag_is_named(
    ledger: Made, verb: str
) -> None:
    ran = ns(ledger, verb, "k3f9")
    assert (ran.code, ran.err.splitlines()[1].strip()) == (2, "add --why TEXT")


def test_a_plan_and_a_step_that_is_none_are_refused_with_what_to_type(ledger: Made) -> None:
    plan, step = ns(ledger, "note", "new-office", "x"), ns(ledger, "block", "7qhd", "pock")
    assert "`new-office` is a plan" in plan.err
    assert "nextstep list --part-of new-office" in plan.err
    assert "7qhd has no step `pock`" in step.err
    assert "did you mean `pack`?" in step.err
    of_commitment = ns(ledger, "block", "k3f9", "pack", "--why", "x")
    assert "k3f9 is a commitment and has no step `pack`" in of_commitment.err


def test_a_part_is_found_by_its_name_alone(ledger: Made) -> None:
    parts = "".join(
        f"  - {{id: clean/{name}, do: Clean it, who: dev}}\n" for name in ("hall", "yard")
    )
    ledger.commit({OFFICE: FILES[OFFICE].replace("part_of", f"{parts}part_of")})
    for verb in ("block", "done", "show"):
        why = ("--why", "x") if verb == "block" else ()
        assert ns(ledger, verb, "7qhd", "hall", *why).code == 0
    ran = ns(ledger, "block", "7qhd", "clean", "--why", "x")
    assert "`clean` is done in parts" in ran.err
    assert "type one of clean/hall, clean/yard" in ran.err


def test_json_says_what_was_recorded(ledger: Made) -> None:
    answer = json.loads(ns(ledger, "block", "k3f9", "--why", "no figures", "--json").out)
    assert answer["changed"] == [
        {
            "id": "lena-offer-k3f9",
            "events": [{"event": "blocked", "step": None, "why": "no figures", "on": None}],
        }
    ]


def test_a_process_keeps_notes_too(tmp_path: Path) -> None:
    process = (
        "title: Offers\nowner: dev\ncustomer: {who: buyers, kind: external}\nprovides: An offer\n"
        "steps:\n  - {id: write, do: Write it, who: dev, due: 1bd after start, done_when: sent}\n"
    )
    ledger = team(tmp_path / "acme", {"processes/offers.yaml": process})
    assert ns(ledger, "note", "offers", "ask Lena what she needs").code == 0
    assert f'+  - {{{AT}, event: noted, text: "ask Lena what she needs"}}' in last(ledger).lines


def test_a_step_is_not_dropped_but_skipped(ledger: Made) -> None:
    ran = ns(ledger, "drop", "7qhd", "pack", "--why", "x")
    assert ran.code == 2
    assert "nextstep skip 7qhd pack --why TEXT" in ran.err


def test_who_may_open_it_again_is_said(ledger: Made) -> None:
    ledger.commit({OFFER: FILES[OFFER] + "partner: mia\n"})
    ns(ledger, "drop", "k3f9", "--why", "no money")
    ran = ns(ledger, "reopen", "k3f9", "--why", "there is", "--by", "raj")
    assert ran.code == 2
    assert "dev or lena or mia may open k3f9 again, and it is raj who says it" in ran.err
    ns(ledger, "done", "7qhd", "pack")
    ns(ledger, "done", "7qhd", "carry", "--by", "raj")
    step = ns(ledger, "reopen", "7qhd", "pack", "--why", "one is open")
    assert step.code == 2
    assert "let mia reopen it" in step.err


@pytest.mark.parametrize("typed", ["c4vn", "pick-venue", "pick-venue-c4vn"])
def test_what_could_not_be_read_is_said_and_not_that_it_is_missing(
    ledger: Made, typed: str
) -> None:
    sides = "<<<<<<< HEAD\ndue: 2026-11-24\n=======\ndue: 2026-11-25\n>>>>>>> theirs\n"
    (ledger.path / VENUE).write_text(FILES[VENUE] + sides)
    for words in (("note", typed, "The hall is free"), ("drop", typed, "--why", "No hall")):
        ran = ns(ledger, *words)
        assert ran.code == 65
        assert f"{VENUE}:5 could not be read" in ran.err
        assert "see `nextstep check`" in ran.err
