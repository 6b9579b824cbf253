"""`offer`, `accept` and `return`: two signatures, and silence is none."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests import goldens
from tests.commands import Ran, run
from tests.conversation import Conversation
from tests.recording import PEOPLE, commits, last, team
from tests.repositories import Made, write

RUN = "commitments/2026/11/review-globex-r7vg.yaml"
PLAN = """\
process: review
version: 3f9c2e1b7a64
title: Yearly review
for: Globex
started: 2026-11-20

owner: mia
strength: enforce

inputs: {account: globex}

people: {writer/usage: raj, writer/money: dev, editor: dev, legal: vacant}

steps:
  - id: collect/usage
    do: Write your pages
    who: raj
    role: writer
    after: []
    rule: 3bd after start
    due: 2026-11-25
    handoff:
      to: editor
      accept_within: 1bd
      must_include:
        - {item: the figures, check: {file: papers/$account/$part.md}}
        - {item: source of every figure, critical: true}
        - what was hard this year
      readback: true

  - id: collect/money
    do: Write your pages
    who: dev
    role: writer
    after: []
    rule: 3bd after start
    due: 2026-11-25
    handoff: {to: mia, must_include: [the figures, {item: the rate, critical: true, check: {input: rate}}]}
    proof: where they are

  - id: compile
    do: Make one page of it
    who: dev
    role: editor
    after: [collect]
    rule: 2bd after collect
    items: [names are spelled as they do]
    handoff: {to: support, must_include: [the page]}

  - id: approve
    approve: papers/globex/review.md
    who: [mia, raj]
    after: [compile]
    need: any
    rule: 1bd after compile

  - id: legal
    do: Read every claim
    who: vacant
    role: legal
    after: []
    due: 2026-12-04

  - {id: tell, do: Tell the team, who: dev, after: [], due: 2026-12-04, handoff: {tell: [support]}}
"""
PROCESS = """\
title: Yearly review
state: active
owner: dev
customer: {who: key accounts, kind: internal}
provides: A page that the customer recognises as their year
inputs: [account, rate]
roles: [support]
review: {every: 6mo, last: 2026-06-20}
steps:
  - {id: write, do: Write it, who: support, due: 2bd after start, done_when: It is there}

log:
  - {at: 2026-10-01T09:00Z, by: dev, event: trained, person: mia}
"""
PROMISE = """\
what: Send Lena the offer

who: dev
with: [lena]
outcome: She can decide on Friday

due: 2026-11-27
"""
FIGURES = {"papers/globex/usage.md": "97 %\n"}
COMPLETE = ("--all-there",)


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(
        tmp_path / "acme",
        {
            RUN: PLAN,
            "processes/review.yaml": PROCESS,
            "commitments/2026/11/offer-k3f9.yaml": PROMISE,
            "commitments/2026/11/room-q2wd.yaml": "what: Book the room\nwho: raj\nlog:\n"
            "  - {at: 2026-11-20T09:00Z, by: raj, event: proposed}\n",
        },
    )


def at(ledger: Made, *words: str, today: str = "2026-11-24T10:00Z") -> Ran:
    return run(*words, cwd=ledger.path, today=today)


def offered(ledger: Made) -> None:
    """Have raj hand his pages over to dev."""
    write(ledger.path, FIGURES)
    ran = at(ledger, "offer", "r7vg", "collect/usage", "--by", "raj", *COMPLETE)
    assert ran.code == 0, ran.err


def test_an_offer_is_refused_for_what_a_machine_does_not_find(ledger: Made) -> None:
    ran = at(ledger, "offer", "r7vg", "collect/usage", "--by", "raj", *COMPLETE)
    assert (ran.code, ran.out) == (2, "")
    assert "missing on the list: the figures (papers/globex/usage.md)" in ran.err
    assert "--gap 2" in ran.err
    assert commits(ledger) == 1


def test_what_only_a_person_can_say_is_asked_for(ledger: Made) -> None:
    write(ledger.path, FIGURES)
    ran = at(ledger, "offer", "r7vg", "collect/usage", "--by", "raj")
    assert ran.code == 2
    assert "add --all-there" in ran.err


def test_an_offer_says_what_is_there_and_stays_with_the_giver(ledger: Made) -> None:
    before = (ledger.path / RUN).read_text()
    write(ledger.path, FIGURES)
    words = ["--there", "source", "--gap", "3", "--watch-for", "two price lists"]
    ran = at(ledger, "offer", "r7vg", "collect/usage", "--by", "raj", *words)
    assert (ran.code, ran.err) == (0, "")
    assert (ledger.path / RUN).read_text() == before + (
        "\n"
        "log:\n"
        "  - {at: 2026-11-24T10:00:00.000Z, by: raj, event: offered, step: collect/usage, "
        "recorded_by: dev, to: dev, gaps: what was hard this year, "
        'watch_for: "two price lists"}\n'
        "  - {at: 2026-11-24T10:00:00.001Z, by: raj, event: ticked, step: collect/usage, "
        "recorded_by: dev, item: source of every figure}\n"
    )
    said = " ".join(ran.out.split())
    assert 'Offered collect/usage of "Yearly review for Globex" to dev' in said
    assert "an answer is due by Wed 25 Nov 2026, tomorrow" in said
    assert "It stays with raj until dev accepts." in said
    assert "Openly without: what was hard this year." in said
    commit = last(ledger)
    assert commit.subject == "Offer to Devika Rao: Write your pages"
    assert commit.paths == (RUN,)
    assert commit.trailers[0] == "Nextstep: offered review-globex-r7vg collect/usage"


def test_silence_never_accepts(ledger: Made) -> None:
    """Long after the answer was due the work is still the giver's, and nothing after it begins."""
    offered(ledger)
    late = json.loads(at(ledger, "show", "r7vg", "--format", "json", today="2027-11-24").out)
    steps = {one["id"]: one for one in late["run"]["steps"]}
    assert steps["collect/usage"]["state"] == "offered"
    assert steps["compile"]["state"] == "waiting"


def test_what_is_said_of_one_offer_names_it(ledger: Made) -> None:
    ran = at(ledger, "accept", "--readback", "I call Oscar", "--gap", "2", "--by", "mia")
    assert (ran.code, ran.out) == (2, "")
    assert "nothing says what --readback and --gap are about" in ran.err
    assert "name it: nextstep accept ID" in ran.err
    for flag in ("--deputy", "--owner", "--all-there"):
        assert f"nothing says what {flag} is about" in at(ledger, "accept", flag).err


def test_only_the_receiver_accepts_and_then_the_next_step_begins(ledger: Made) -> None:
    offered(ledger)
    for who, hint in (("mia", "--by dev"), ("raj", "nextstep return r7vg collect/usage")):
        ran = at(ledger, "accept", "r7vg", "collect/usage", "--by", who, *COMPLETE)
        assert ran.code == 2
        assert f"r7vg collect/usage is offered to dev, not to {who}" in ran.err
        assert hint in ran.err
    ran = at(ledger, "accept", "r7vg", *COMPLETE)
    assert "add --readback TEXT" in ran.err
    ran = at(ledger, "accept", "r7vg", *COMPLETE, "--readback", "draft to mia on Friday")
    assert ran.code == 0, ran.err
    assert last(ledger).lines == (
        (
            "+  - {at: 2026-11-24T10:00:00.004Z, by: dev, event: accepted, step: collect/usage, "
            'readback: "draft to mia on Friday"}'
        ),
    )
    assert "raj sees it without asking." in ran.out


def test_what_comes_next_gets_its_date_with_the_last_signature(ledger: Made) -> None:
    offered(ledger)
    at(ledger, "accept", "r7vg", *COMPLETE, "--readback", "ok")
    at(ledger, "offer", "r7vg", "collect/money", "--proof", "x", *COMPLETE, "--gap", "rate")
    ledger.commit(
        {RUN: (ledger.path / RUN).read_text().replace("{account:", "{rate: 2%, account:")}
    )
    ran = at(ledger, "offer", "r7vg", "collect/money", "--proof", "in the drive", *COMPLETE)
    assert ran.code == 0, ran.err
    ran = at(ledger, "accept", "r7vg", "--by", "mia", *COMPLETE)
    assert "Next: compile (dev), due Fri 27 Nov 2026" in " ".join(ran.out.split())
    assert "+    due: 2026-11-27" in last(ledger).lines


def test_a_gap_that_the_receiver_takes_is_written_down(ledger: Made) -> None:
    offered(ledger)
    (ledger.path / "papers/globex/usage.md").unlink()
    ran = at(ledger, "accept", "r7vg", *COMPLETE, "--readback", "ok")
    assert "missing on the list: the figures" in ran.err
    ran = at(ledger, "accept", "r7vg", *COMPLETE, "--readback", "ok", "--gap", "figure")
    assert ran.code == 2, "both the figures and their source have that word"
    ran = at(ledger, "accept", "r7vg", *COMPLETE, "--readback", "ok", "--gaps", "the figures")
    assert ran.code == 0, ran.err
    assert "gaps: the figures" in last(ledger).lines[0]
    assert "Still missing: the figures." in ran.out


def test_what_is_critical_and_not_known_is_no_gap_where_the_order_is_kept(ledger: Made) -> None:
    words = ["offer", "r7vg", "collect/money", "--proof", "x", "--gap", "rate", *COMPLETE]
    ran = at(ledger, *words)
    assert ran.code == 2
    assert "the rate is critical and not there" in ran.err
    assert "nextstep change r7vg inputs.rate VALUE --why TEXT" in ran.err
    ledger.commit({RUN: PLAN.replace("strength: enforce", "strength: advise")})
    assert at(ledger, *words).code == 0


def test_an_offer_with_proof_records_that_it_is_done_first(ledger: Made) -> None:
    ledger.commit({RUN: PLAN.replace("{account:", "{rate: 2%, account:")})
    ran = at(ledger, "offer", "r7vg", "collect/money", *COMPLETE)
    assert "add --proof TEXT" in ran.err
    at(ledger, "offer", "r7vg", "collect/money", *COMPLETE, "--proof", "in the drive")
    assert last(ledger).trailers == (
        "Nextstep: done review-globex-r7vg collect/money",
        "Nextstep: offered review-globex-r7vg collect/money",
        "Nextstep: ticked review-globex-r7vg collect/money",
    )


def test_what_is_returned_names_what_is_missing_and_is_the_givers_again(ledger: Made) -> None:
    offered(ledger)
    ran = at(ledger, "return", "r7vg")
    assert ran.code == 2
    assert "add --missing ITEM" in ran.err
    assert "add --why TEXT" in at(ledger, "return", "r7vg", "--not-ready").err
    words = ["--missing", "source", "--missing", "a page on March", "--why", "which month is it?"]
    ran = at(ledger, "return", "r7vg", *words)
    assert ran.code == 0, ran.err
    assert last(ledger).lines == (
        (
            "+  - {at: 2026-11-24T10:00:00.004Z, by: dev, event: returned, step: collect/usage, "
            'missing: [source of every figure, a page on March], why: "which month is it?"}'
        ),
    )
    assert 'Returned collect/usage of "Yearly review for Globex" to raj' in ran.out
    offered(ledger)
    ran = at(ledger, "return", "r7vg", "--not-ready", "--why", "it stops in May")
    assert "It comes back for the second time; mia is asked about its list." in ran.out
    state = json.loads(at(ledger, "show", "r7vg", "collect/usage", "--format", "json").out)
    step = state["step"]["step"]
    assert (step["state"], step["rounds"], step["due"]) == ("ready", 2, "2026-11-25")


def test_the_giver_takes_an_offer_back_without_a_reason(ledger: Made) -> None:
    offered(ledger)
    ran = at(ledger, "return", "r7vg", "--by", "raj")
    assert ran.code == 0, ran.err
    assert "Taken back" in ran.out
    state = json.loads(at(ledger, "show", "r7vg", "collect/usage", "--format", "json").out)
    step = state["step"]["step"]
    assert (step["state"], step["rounds"]) == ("done", 0)


def test_a_commitment_passes_to_who_accepts_it_and_the_giver_stays_with_it(ledger: Made) -> None:
    path = ledger.path / "commitments/2026/11/offer-k3f9.yaml"
    assert "add --to PERSON" in at(ledger, "offer", "k3f9").err
    assert "dev has it already" in at(ledger, "offer", "k3f9", "--to", "dev").err
    ran = at(ledger, "offer", "k3f9", "--to", "Mia Lund", "--watch-for", "she hates PDF")
    assert ran.code == 0, ran.err
    assert "It stays with dev until mia accepts." in ran.out
    assert path.read_text().startswith(PROMISE)
    ran = at(ledger, "accept", "k3f9", "--by", "mia")
    assert ran.code == 0, ran.err
    assert path.read_text() == (
        PROMISE.replace("who: dev", "who: mia").replace("[lena]", "[lena, dev]") + "\n"
        "log:\n"
        "  - {at: 2026-11-24T10:00:00.000Z, by: dev, event: offered, to: mia, duty: true, "
        'watch_for: "she hates PDF"}\n'
        "  - {at: 2026-11-24T10:00:00.002Z, by: mia, event: accepted, recorded_by: dev}\n"
    )
    assert at(ledger, "check").code == 0


def test_a_commitment_can_be_declined(ledger: Made) -> None:
    at(ledger, "offer", "k3f9", "--to", "mia")
    assert at(ledger, "return", "k3f9", "--by", "mia").code == 2
    ran = at(ledger, "return", "k3f9", "--by", "mia", "--not-ready", "--why", "away next week")
    assert ran.code == 0, ran.err
    assert 'Returned "Send Lena the offer" to dev' in ran.out


def test_the_promise_to_do_a_step_is_passed_on_without_its_work(ledger: Made) -> None:
    ran = at(ledger, "offer", "r7vg", "compile", "--duty", "--to", "mia")
    assert ran.code == 0, ran.err
    ran = at(ledger, "accept", "r7vg", "--by", "mia")
    assert ran.code == 0, ran.err
    assert last(ledger).lines == (
        "-    who: dev",
        "+    who: mia",
        (
            "+  - {at: 2026-11-24T10:00:00.002Z, by: mia, event: accepted, step: compile, "
            "recorded_by: dev, duty: true}"
        ),
    )
    vacant = at(ledger, "offer", "r7vg", "legal", "--duty", "--to", "raj", "--by", "mia")
    assert vacant.code == 0, vacant.err
    assert at(ledger, "accept", "r7vg", "legal", "--by", "raj").code == 0
    assert {"-    who: vacant", "+    who: raj"} <= set(last(ledger).lines)
    assert at(ledger, "check").code == 0


def test_a_promise_is_accepted_by_who_offers_the_work_meanwhile(ledger: Made) -> None:
    ledger.commit({RUN: PLAN.replace("{input: rate}", "{input: account}")})
    promise = ("offer", "r7vg", "collect/money", "--duty", "--to", "lena")
    assert at(ledger, *promise).code == 0
    work = ("offer", "r7vg", "collect/money", "--all-there", "--proof", "money.md")
    assert at(ledger, *work, "--by", "lena").code == 0
    ran = at(ledger, "accept", "r7vg", "collect/money", "--by", "lena")
    assert ran.code == 0, ran.err
    assert last(ledger).lines[:2] == ("-    who: dev", "+    who: lena")


def test_a_step_that_was_not_begun_goes_back_to_the_owner(ledger: Made) -> None:
    ran = at(ledger, "return", "r7vg", "tell")
    assert ran.code == 0, ran.err
    assert "Given back, not begun" in ran.out
    assert "Nobody has it: mia finds somebody." in ran.out


def test_a_gate_says_no_by_a_return(ledger: Made) -> None:
    gate = PLAN.replace("    after: [compile]\n    need", "    after: []\n    need")
    ledger.commit({RUN: gate})
    ran = at(ledger, "return", "r7vg", "--by", "mia", "--not-ready", "--why", "page 3 is wrong")
    assert ran.code == 0, ran.err
    assert 'Said no to approve of "Yearly review for Globex".' in ran.out


def test_a_gate_says_no_while_its_promise_is_offered_to_somebody_else(ledger: Made) -> None:
    gate = PLAN.replace("    after: [compile]\n    need", "    after: []\n    need")
    ledger.commit({RUN: gate})
    offered = at(ledger, "offer", "r7vg", "approve", "--duty", "--to", "lena", "--by", "mia")
    assert offered.code == 0, offered.err
    ran = at(ledger, "return", "r7vg", "approve", "--by", "raj", "--why", "page 3 is wrong")
    assert ran.code == 0, ran.err
    assert 'Said no to approve of "Yearly review for Globex".' in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["offer"], "name it, or --all-of PERSON"),
        (["offer", "r7vg", "compile"], "nextstep done r7vg compile --override WHY"),
        (["offer", "r7vg", "approve"], "nextstep approve r7vg approve"),
        (["offer", "r7vg", "tell"], "nextstep done r7vg tell finishes it"),
        (["offer", "r7vg", "colect/usage"], "did you mean `collect/usage`?"),
        (["offer", "r7vg", "legal", "--by", "lena"], "nobody has to sign for legal"),
        (["offer", "k3f9", "compile"], "leave `compile` out"),
        (["offer", "q2wd", "--to", "mia"], "nextstep agree q2wd"),
        (["offer", "k3f9", "--to", "mai"], "write mia"),
        (["offer", "review", "--to", "mia", "--by", "raj"], "dev owns review"),
        (["offer", "--all-of", "lena", "--to", "mia", "--yes"], "lena has nothing"),
        (["offer", "--all-of", "dev", "--to", "dev"], "dev has it already"),
        (["offer", "--all-of", "dev", "--to", "mia"], "add --yes"),
        (["accept", "k3f9"], "nothing is offered at k3f9"),
        (["accept", "r7vg"], "r7vg has no step for this just now"),
        (["accept", "review"], "no duty of review is offered"),
        (["return", "k3f9"], "nothing at k3f9 can be returned"),
        (["return", "r7vg", "compile"], "nothing at r7vg compile can be returned"),
        (["return", "review"], "nothing at review can be returned"),
    ],
)
def test_what_is_not_possible_is_refused_with_what_to_type(
    ledger: Made, words: list[str], said: str
) -> None:
    ran = at(ledger, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert commits(ledger) == 1


@pytest.mark.parametrize(
    ("to", "said", "hint"),
    [
        (", to: support", "k3f9 is offered to mia, raj, not to lena", "return it: --by mia"),
        ("", "k3f9 is offered to nobody in particular", "dev takes it back: --by dev"),
    ],
)
def test_who_may_return_an_offer_is_said_so_that_it_can_be_typed(
    ledger: Made, to: str, said: str, hint: str
) -> None:
    log = f"log:\n  - {{at: 2026-11-23T09:00Z, by: dev, event: offered{to}}}\n"
    ledger.commit({"commitments/2026/11/offer-k3f9.yaml": f"{PROMISE}{log}"}, message="Offer it")
    ran = at(ledger, "return", "k3f9", "--why", "No time", "--by", "lena")
    assert ran.code == 2
    assert said in ran.err
    assert hint in ran.err
    meant = hint.rpartition(" ")[2]
    returned = at(ledger, "return", "k3f9", "--why", "No time", "--by", meant)
    assert returned.code == 0, returned.err


def test_what_is_offered_already_or_finished_is_refused(ledger: Made) -> None:
    offered(ledger)
    ran = at(ledger, "offer", "r7vg", "collect/usage", "--by", "raj", *COMPLETE)
    assert "collect/usage is offered to dev since Tue 24 Nov" in ran.err
    assert "nextstep return r7vg collect/usage" in ran.err
    at(ledger, "accept", "r7vg", *COMPLETE, "--readback", "ok")
    ran = at(ledger, "offer", "r7vg", "collect/usage", "--by", "raj", *COMPLETE)
    assert "nextstep reopen r7vg collect/usage --why TEXT" in ran.err


def test_the_ownership_of_a_process_is_offered_with_a_list_and_accepted(ledger: Made) -> None:
    path = ledger.path / "processes/review.yaml"
    ran = at(ledger, "offer", "review", "--to", "raj")
    assert "missing on the list: the process is learned (nextstep trained raj review)" in ran.err
    ran = at(ledger, "offer", "review", "--to", "raj", "--gap", "learned")
    assert ran.code == 0, ran.err
    assert "dev stays the owner until raj accepts." in ran.out
    assert "owner: dev\n" in path.read_text()
    assert "not to mia" in at(ledger, "accept", "review", "--by", "mia").err
    assert "add --all-there" in at(ledger, "accept", "review", "--by", "raj").err
    ran = at(ledger, "accept", "review", "--by", "raj", *COMPLETE)
    assert ran.code == 0, ran.err
    assert last(ledger).lines == (
        "-owner: dev",
        "+owner: raj",
        (
            "+  - {at: 2026-11-24T10:00:00.002Z, by: raj, event: accepted, recorded_by: dev, "
            "gaps: the process is learned, duty: owner}"
        ),
    )
    assert last(ledger).subject == "Accept: Yearly review"
    assert at(ledger, "check", "processes").code == 0


def test_who_stands_in_for_the_owner_is_offered_likewise(ledger: Made) -> None:
    ran = at(ledger, "offer", "review", "--to", "mia", "--deputy")
    assert "It has no deputy until mia accepts." in ran.out
    assert at(ledger, "accept", "review", "--by", "mia", *COMPLETE).code == 0
    assert "+deputy: mia" in last(ledger).lines
    at(ledger, "offer", "review", "--to", "mia")
    ran = at(ledger, "return", "review", "--by", "mia", "--not-ready", "--why", "no time")
    assert ran.code == 0, ran.err
    assert "Returned" in ran.out


def test_all_that_somebody_has_is_offered_at_once_and_accepted_one_by_one(ledger: Made) -> None:
    ran = at(ledger, "offer", "--all-of", "dev", "--to", "mia", "--yes")
    assert ran.code == 0, ran.err
    commit = last(ledger)
    assert commit.subject == "Offer 5 things of Devika Rao to Mia Lund"
    assert commit.trailers == (
        "Nextstep: offered offer-k3f9",
        "Nextstep: offered review-globex-r7vg collect/money",
        "Nextstep: offered review-globex-r7vg compile",
        "Nextstep: offered review-globex-r7vg tell",
        "Nextstep: offered review",
    )
    assert len(commit.paths) == 3
    assert "mia has nothing" not in ran.out
    again = at(ledger, "offer", "--all-of", "dev", "--to", "mia", "--yes")
    assert "dev has nothing that could be offered to mia" in again.err
    assert at(ledger, "accept", "k3f9", "--by", "mia").code == 0
    assert "may mean" in at(ledger, "accept", "r7vg", "--by", "mia").err
    assert at(ledger, "accept", "r7vg", "compile", "--by", "mia").code == 0
    assert (
        at(ledger, "return", "r7vg", "tell", "--by", "mia", "--not-ready", "--why", "x").code == 0
    )
    assert at(ledger, "accept", "review", "--by", "mia", *COMPLETE).code == 0
    assert at(ledger, "check").code == 0


def test_what_is_only_proposed_is_told_and_not_offered(ledger: Made) -> None:
    ran = at(ledger, "offer", "--all-of", "raj", "--to", "mia", "--yes")
    assert ran.code == 0, ran.err
    assert "Not offered, only proposed: Book the room" in ran.err
    assert "by: raj, event: offered" in last(ledger).lines[-1]
    assert "recorded_by: dev" in last(ledger).lines[-1]


def test_what_was_recorded_as_json(ledger: Made) -> None:
    said = json.loads(at(ledger, "offer", "k3f9", "--to", "mia", "--json").out)
    assert said["schema"] == "nextstep.recorded/1"
    assert said["changed"] == [
        {
            "id": "offer-k3f9",
            "events": [
                {
                    "event": "offered",
                    "step": None,
                    "to": "mia",
                    "gaps": [],
                    "watch_for": None,
                    "duty": "true",
                }
            ],
        }
    ]


def test_a_dry_run_changes_nothing(ledger: Made) -> None:
    ran = at(ledger, "offer", "k3f9", "--to", "mia", "--dry-run")
    assert "+  - {at: " in ran.out
    assert commits(ledger) == 1


def test_the_giver_is_asked_point_by_point(ledger: Made) -> None:
    write(ledger.path, FIGURES)
    with Conversation("offer", "r7vg", "collect/usage", "--by", "raj", cwd=ledger.path) as talk:
        shown = talk.until("1 source of every figure: is it there?")
        talk.until("> ")
        talk.type("y")
        talk.answer("3 what was hard this year: is it there?", "n")
        code, _ = talk.end()
    assert code == 0, talk.seen
    assert "papers/globex/usage.md, there" in shown
    assert "From raj to dev, who answers within 1 working day." in shown
    assert "Openly without: what was hard this year." in talk.seen


def test_the_receiver_judges_each_open_point_and_says_back(ledger: Made) -> None:
    offered(ledger)
    with Conversation("accept", "r7vg", cwd=ledger.path) as talk:
        shown = talk.until("1 source of every figure: is it there and right?")
        talk.until("> ")
        talk.type("y")
        talk.answer("3 what was hard", "y")
        talk.answer("What will you do next, and by when?", "")
        talk.until("an answer is needed")
        talk.until("> ")
        talk.type("draft to mia on Friday")
        code, _ = talk.end()
    assert code == 0, talk.seen
    assert "From raj to dev, offered Tue 24 Nov; an answer is due Wed 25 Nov." in shown
    assert "is finished" in talk.seen
    assert last(ledger).subject == "Accept: Write your pages"


def test_who_misses_something_may_return_it_at_once(ledger: Made) -> None:
    offered(ledger)
    with Conversation("accept", "r7vg", cwd=ledger.path) as talk:
        talk.answer("1 source of every figure", "n")
        talk.answer("3 what was hard", "y")
        talk.answer("Accept it without that, or return it?", "r")
        talk.answer("Why?", "which month is it?")
        code, _ = talk.end()
    assert code == 0, talk.seen
    assert "missing: source of every figure" in last(ledger).lines[0]
    assert 'why: "which month is it?"' in last(ledger).lines[0]
    with Conversation("offer", "r7vg", "collect/usage", "--by", "raj", cwd=ledger.path) as talk:
        shown = talk.until("is it there?")
        talk.interrupt()
        code, _ = talk.end()
    assert code == 130
    assert "It came back on Tue 24 Nov from dev: missing source of every figure" in " ".join(
        shown.split()
    )


def test_what_is_missing_is_asked_line_by_line(ledger: Made) -> None:
    offered(ledger)
    with Conversation("return", "r7vg", cwd=ledger.path) as talk:
        talk.answer("What is missing?", "3")
        talk.until("> ")
        talk.type("the page on March")
        talk.until("> ")
        talk.type("")
        talk.answer("Why?", "")
        code, _ = talk.end()
    assert code == 0, talk.seen
    assert "missing: [what was hard this year, the page on March]" in last(ledger).lines[0]


def test_an_interrupted_answer_is_given_back(ledger: Made) -> None:
    offered(ledger)
    with Conversation("return", "r7vg", cwd=ledger.path) as talk:
        talk.answer("What is missing?", "the page on March")
        talk.until("> ")
        talk.interrupt()
        code, _ = talk.end()
    assert code == 130
    assert "nextstep return r7vg collect/usage --missing 'the page on March'" in " ".join(
        talk.seen.split()
    )


def test_of_an_interrupted_list_that_is_given_back_which_the_command_can_say(ledger: Made) -> None:
    offered(ledger)
    with Conversation("accept", "r7vg", cwd=ledger.path) as talk:
        talk.answer("1 source of every figure", "y")
        talk.answer("3 what was hard", "n")
        talk.until("Accept it without that")
        talk.interrupt()
        assert talk.end()[0] == 130
    shown = " ".join(talk.seen.split())
    assert "nextstep accept r7vg collect/usage --gap 'what was hard this year'" in shown
    assert "--there" not in shown


@pytest.mark.parametrize(
    "words",
    [
        "review --deputy --to raj --by dev",
        "r7vg collect/usage --all-there --gap 1 --to mia --watch-for dates --by raj",
    ],
)
def test_an_offer_is_given_back_as_what_it_is(ledger: Made, words: str) -> None:
    with Conversation("offer", *words.split(), cwd=ledger.path) as talk:
        code, _ = talk.end()
    assert code == 2
    again = talk.seen.partition("To go on with what you typed:")[2].partition("nextstep: ")[0]
    assert " ".join(again.split()) == f"nextstep offer {words}"


def test_an_accepted_promise_can_be_undone(ledger: Made) -> None:
    at(ledger, "offer", "r7vg", "compile", "--duty", "--to", "mia")
    at(ledger, "accept", "r7vg", "--by", "mia")
    ran = at(ledger, "undo", "r7vg", "--by", "mia", "--yes")
    assert ran.code == 0, ran.err
    assert {"-    who: mia", "+    who: dev"} <= set(last(ledger).lines)


def test_without_a_name_all_that_is_offered_is_gone_through(ledger: Made) -> None:
    assert "Nothing is offered to mia." in at(ledger, "accept", "--by", "mia").out
    at(ledger, "offer", "--all-of", "dev", "--to", "mia", "--yes")
    ran = at(ledger, "accept", "--by", "mia")
    assert ran.code == 2
    assert "5 things offered" in ran.err
    assert "nextstep accept r7vg compile" in ran.err
    before = commits(ledger)
    env = {"NEXTSTEP_TODAY": "2026-11-25T10:00Z"}
    with Conversation("accept", "--by", "mia", cwd=ledger.path, env=env) as talk:
        talk.until("1 of 5: Send Lena the offer, offered by dev on Tue 24 Nov")
        talk.answer("What do you say?", "a")
        talk.until("2 of 5: ")
        talk.answer("What do you say?", "l")
        talk.until("3 of 5: ")
        talk.answer("What do you say?", "r")
        talk.answer("What is missing?", "")
        talk.answer("Why?", "I am away")
        talk.until("4 of 5: ")
        talk.answer("What do you say?", "q")
        code, _ = talk.end()
    assert code == 0, talk.seen
    assert "2 of 5 answered." in talk.seen
    assert commits(ledger) == before + 2


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_list_at_three_widths(ledger: Made, columns: int) -> None:
    offered(ledger)
    at(ledger, "return", "r7vg", "--missing", "2", "--why", "which month is it?")
    offered(ledger)
    env = {"COLUMNS": str(columns), "NEXTSTEP_TODAY": "2026-11-25T10:00Z"}
    with Conversation("accept", "r7vg", cwd=ledger.path, env=env) as talk:
        shown = talk.until("is it there and right?")
        talk.interrupt()
        assert talk.end()[0] == 130
    goldens.compare(f"handoffs/list-{columns}.txt", re.sub(r"@ [0-9a-f]{7}", "@ 1a2b3c4", shown))


WISHES = {
    "--to": ("--to", "mia"),
    "--there": ("--there", "1"),
    "--all-there": ("--all-there",),
    "--gap": ("--gap", "the second page"),
    "--watch-for": ("--watch-for", "Nora is slow"),
    "--proof": ("--proof", "in the drive"),
    "--duty": ("--duty",),
    "--deputy": ("--deputy",),
    "--all-of": ("--all-of", "dev"),
    "--yes": ("--yes",),
}
OFFERS = {
    "the work of a step": ("r7vg", "collect/usage", "--by", "raj", "--all-there"),
    "the promise to do a step": ("r7vg", "tell", "--duty", "--to", "raj"),
    "a commitment": ("k3f9", "--to", "raj"),
    "a process": ("review", "--to", "raj", "--gap", "the process is learned"),
    "all that somebody has": ("--all-of", "dev", "--to", "raj", "--yes"),
}


@pytest.mark.parametrize("offered_", OFFERS)
def test_each_offer_keeps_what_a_flag_says_or_refuses_it_by_name(
    ledger: Made, offered_: str
) -> None:
    """What --there and --all-there say is in the log; the other switches say what is offered."""
    words = OFFERS[offered_]
    write(ledger.path, FIGURES)
    for flag, typed in WISHES.items():
        others = {"--all-of", *(["--duty"] if offered_ == "the work of a step" else [])}
        if flag in {*words, *others} - {"--gap", "--to"}:
            continue
        ran = at(ledger, "offer", *words, *typed, "--dry-run")
        if ran.code != 0:
            said = ran.err.splitlines()[0]
            assert said.startswith(f"nextstep: {offered_} is offered without {flag}"), ran.err
        elif flag != "--there" and len(typed) > 1:
            assert typed[1] in ran.out, (flag, ran.out)
        else:
            assert flag in {"--there", "--duty", "--deputy"}, (flag, ran.out)


def test_proof_is_kept_where_the_step_does_not_ask_for_it(ledger: Made) -> None:
    write(ledger.path, FIGURES)
    words = ("r7vg", "collect/usage", "--by", "raj", "--proof", "a mail", *COMPLETE)
    assert at(ledger, "offer", *words).code == 0
    done, given, *_ = [line for line in last(ledger).lines if "event" in line]
    assert "event: done" in done
    assert done.endswith(", proof: a mail}")
    assert "event: offered" in given


@pytest.mark.parametrize(("step", "is_done"), [("collect/money", True), ("tell", False)])
def test_proof_that_comes_late_is_not_passed_over(
    ledger: Made, step: str, *, is_done: bool
) -> None:
    if is_done:
        assert at(ledger, "done", "r7vg", step, "--proof", "x", "--no-offer").code == 0
        at(ledger, "change", "r7vg", "rate", "3", "--why", "it is known", "--yes")
    words = ("r7vg", step, "--to", "mia", "--proof", "in the drive", *COMPLETE)
    ran = at(ledger, "offer", *words)
    assert "--proof is said with that" in ran.err
    assert ran.err.endswith(f"  nextstep note r7vg --step {step} --text 'in the drive'\n")


def test_a_return_names_what_is_missing_or_that_it_is_nothing_single(ledger: Made) -> None:
    offered(ledger)
    ran = at(ledger, "return", "r7vg", "--not-ready", "--missing", "1", "--why", "x")
    assert ran.err == (
        "nextstep: --missing and --not-ready say two things\n  leave one of them out\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("offer", "k3f9", "--to", "pat"),
        ("offer", "review", "--to", "pat", "--gap", "2"),
        ("offer", "--all-of", "dev", "--to", "pat", "--yes"),
        ("assign", "r7vg", "legal", "pat"),
        ("add", "Read it", "--who", "pat", "--so", "x", "--due", "none"),
    ],
)
def test_who_left_is_said_where_something_is_to_be_theirs(
    ledger: Made, words: tuple[str, ...]
) -> None:
    people = PEOPLE.replace("  raj:\n", "  pat: {left: 2026-09-30}\n  raj:\n", 1)
    ledger.commit({"nextstep.yaml": people}, message="Remember pat")
    ran = at(ledger, *words)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines().count("pat left on Wed 30 Sep.") == 1
