"""No flag of `nextstep done` is passed over: each end keeps what it says, or refuses it by name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nextstep.cli.end_flags import OF_COMMITMENT, OF_RUN, OF_STEP
from nextstep.cli.replies import WAY_FLAGS, Said
from tests.commands import run
from tests.conversation import Conversation
from tests.recording import PEOPLE, last, team
from tests.repositories import Made

FILES = {
    "nextstep.yaml": f"{PEOPLE}\ncoaching:\n  sales: [Which page helped?]\n",
    "commitments/2026/11/send-report-k3f9.yaml": "what: Send the report\nwho: dev\n"
    "outcome: She agrees\ndue: 2026-11-23\npart_of: sales\n",
    "commitments/2026/11/pack-boxes-7qhd.yaml": """\
title: Pack the boxes
owner: dev
started: 2026-11-02
expects: [all of it is there]
steps:
  - {id: pack, do: Pack, who: dev, due: 2026-11-20, proof: a photo, handoff: {to: mia}}
""",
    "commitments/2026/11/find-desks-w8tj.yaml": """\
title: Find the desks
owner: dev
started: 2026-11-02
expects: [each desk has a lamp]
steps:
  - {id: find, do: Find them, who: dev, due: 2026-11-20}
log:
  - {at: 2026-11-20T09:00Z, by: dev, event: done, step: find}
""",
}
FLAGS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "outcome": (("--outcome", "It came"), "It came"),
    "next_": (("--next", "Write the letter"), "Write the letter"),
    "next_who": (("--next", "Write it now", "--next-who", "lena"), "who: lena"),
    "next_due": (("--next", "Write it now", "--next-due", "2026-12-11"), "due: 2026-12-11"),
    "nothing_further": (("--nothing-further", "It is over"), "It is over"),
    "learned": (("--learned", "Ask before"), "Ask before"),
    "change": (("--change", "Two of us"), "Two of us"),
    "answer": (("--answer", "The third"), "Which page helped? The third"),
    "why": (("--why", "Nobody is there"), "Nobody is there"),
    "on": (("--on", "the landlord"), "the landlord"),
    "proof": (("--proof", "photo 17"), "photo 17"),
    "override": (("--override", "They wait"), "They wait"),
    "offer": (("--offer",), "event: offered"),
    "expects": (("--expects", "1: no lamp"), "no lamp"),
    "feedback": (("--feedback", "They smiled"), "They smiled"),
    "new_person": (("--new-person", "Zoe Hall"), "Zoe Hall"),
    "or_note": (("--or-note",), ""),
}
"""Of each flag how it is typed, and what is written where it is not refused."""

CLOSES = {"outcome": FLAGS["outcome"][0], "nothing_further": FLAGS["nothing_further"][0]}
MET = {**CLOSES, "expects": ("--expects", "all")}
WHY = {"why": FLAGS["why"][0]}
PROOF = {"proof": FLAGS["proof"][0]}
ENDS: Mapping[str, tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]] = {
    **{f"k3f9 {end}": (("k3f9", f"--{end}"), CLOSES) for end in ("kept", "partly", "missed")},
    "k3f9 not yet": (("k3f9", "--not-yet", "fri"), WHY),
    "k3f9 help needed": (("k3f9", "--help-needed"), WHY),
    "k3f9 dropped": (("k3f9", "--dropped"), WHY),
    "k3f9 later": (("k3f9", "--later"), {}),
    "w8tj": (("w8tj",), MET),
    **{f"w8tj {end}": (("w8tj", f"--{end}"), MET) for end in ("kept", "partly", "missed")},
    "w8tj dropped": (("w8tj", "--dropped"), WHY),
    "7qhd pack": (("7qhd", "pack"), PROOF),
    "7qhd pack offered": (("7qhd", "pack", "--offer"), PROOF),
    "7qhd pack not yet": (("7qhd", "pack", "--not-yet", "fri"), WHY),
    "7qhd pack help needed": (("7qhd", "pack", "--help-needed"), WHY),
}
"""Of each end how it is typed, and the flags without which nothing is written."""

REFUSALS = (
    "has no place for",
    "say two things",
    "nothing that is written names",
    "0 questions of this ledger are about",
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return team(tmp_path_factory.mktemp("done") / "acme", FILES)


@pytest.mark.parametrize("end", ENDS)
def test_each_end_keeps_what_a_flag_says_or_refuses_it_by_name(ledger: Made, end: str) -> None:
    words, needed = ENDS[end]
    for flag, (typed, trace) in FLAGS.items():
        left_out = {flag, "nothing_further"} if flag.startswith("next_") else {flag}
        others = [one for name, given in needed.items() if name not in left_out for one in given]
        ran = run("done", *words, *others, *typed, "--dry-run", cwd=ledger.path)
        if ran.code == 0:
            assert trace in ran.out, (end, flag, ran.out)
        else:
            name = f"--{flag.rstrip('_').replace('_', '-')}"
            said = ran.err.splitlines()
            assert any(words in said[0] for words in REFUSALS), ran.err
            assert name in said[0], (end, flag, ran.err)
            assert said[1].startswith("  leave "), ran.err


def test_every_flag_and_every_end_is_tried() -> None:
    assert {*FLAGS, *WAY_FLAGS} == {*Said.__struct_fields__}
    ends = [end for table in (OF_COMMITMENT, OF_RUN, OF_STEP) for end in table]
    assert len(ENDS) == len([*ends, "a run of which it is not said how it went"])


def test_what_is_refused_can_be_kept_as_a_note_with_the_line_that_is_shown(ledger: Made) -> None:
    ran = run("done", "k3f9", "--later", "--outcome", "It came", "--learned", "a", cwd=ledger.path)
    assert ran.err == (
        "nextstep: --later has no place for --outcome and --learned\n"
        "  leave them out, or keep the words as a note:\n"
        "  nextstep note k3f9 --text 'It came / a'\n"
    )
    step = run("done", "7qhd", "pack", "--learned", "Two hands", cwd=ledger.path)
    assert step.err.splitlines()[-1] == "  nextstep note 7qhd --step pack --text 'Two hands'"
    words = ("note", "7qhd", "--step", "pack", "--text", "Two hands")
    noted = run(*words, "--dry-run", cwd=ledger.path)
    assert 'event: noted, step: pack, text: "Two hands"' in noted.out


def test_more_answers_than_a_ledger_has_questions_are_refused(ledger: Made) -> None:
    two = ("--answer", "The third", "--answer", "The last")
    ran = run("done", "k3f9", "--kept", *two, cwd=ledger.path)
    assert ran.err.splitlines() == [
        "nextstep: --answer is given 2 times, and 1 question of this ledger is about k3f9",
        "  leave it out, or keep the words as a note:",
        "  nextstep note k3f9 --text 'The last'",
    ]


def test_who_and_when_of_a_next_step_are_not_said_of_nothing(ledger: Made) -> None:
    words = ("--kept", "--outcome", "x", "--nothing-further", "over", "--next-due", "fri")
    ran = run("done", "k3f9", *words, cwd=ledger.path)
    assert ran.err.splitlines()[0].endswith("--next-due and --nothing-further say two things")


def test_what_was_typed_before_the_end_was_known_is_kept_as_a_note(ledger: Made) -> None:
    words = ("done", "k3f9", "--learned", "Ask before", "--outcome", "half")
    with Conversation(*words, cwd=ledger.path) as said:
        said.until("> ")
        said.type("n")
        said.answer("By when?", "fri")
        said.answer("Why?", "Nobody is there")
        code, _ = said.end()
    assert code == 0, said.seen
    assert "Kept as a note: half / Ask before" in said.seen
    lines = [line for line in last(ledger).lines if "event" in line]
    assert ["noted" in line or "moved" in line for line in lines] == [True, True]
    assert lines[0].endswith('event: noted, text: "half / Ask before"}')
    undone = run("undo", "k3f9", "--dry-run", cwd=ledger.path)
    assert "event: undone" in undone.out, undone
    assert "due: 2026-11-23" in undone.out
