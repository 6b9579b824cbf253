"""`nextstep checklist`: what is ticked by itself, what was learned, what a customer never sees."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import Ran, run
from tests.repositories import make, write

ERRAND = "commitments/2026/errand-8xef.yaml"
SHEET = "papers/errand/sheet.md"


@pytest.fixture
def own(workshop: Path, tmp_path: Path) -> Path:
    """A workshop that a test may change."""
    folder = tmp_path / "workshop"
    shutil.copytree(workshop, folder)
    return folder


def checklist(folder: Path, *words: str, columns: int = 120, today: str = "2026-11-23") -> Ran:
    return run("-C", str(folder), "checklist", *words, env={"COLUMNS": str(columns)}, today=today)


def card(folder: Path, *words: str) -> dict[str, object]:
    """The one card of a checklist."""
    ran = checklist(folder, *words, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    (only,) = json.loads(ran.out)["checklist"]["cards"]
    assert isinstance(only, dict)
    return only


def states(folder: Path) -> dict[str, str]:
    """The things that the errand's hand-off must include, and what is known of each."""
    wanted = card(folder, "8xef", "take-in")["must_include"]
    assert isinstance(wanted, list)
    return {one["item"]: one["state"] for one in wanted}


def replaced(folder: Path, path: str, before: str, after: str) -> None:
    text = (folder / path).read_text("utf-8")
    assert before in text
    write(folder, {path: text.replace(before, after)})


def test_a_file_that_is_there_is_ticked_and_one_that_is_not_is_missing(own: Path) -> None:
    assert states(own)["the sheet of the order"] == "missing"
    assert f"missing: {SHEET} is not there" in checklist(own, "8xef", "take-in").out
    write(own, {SHEET: "Two wheels"})
    assert states(own)["the sheet of the order"] == "there"
    assert f"{SHEET}, there" in checklist(own, "8xef", "take-in").out


@pytest.mark.parametrize("kind", ["empty", "folder", "link", "way out"])
def test_what_is_no_file_with_words_in_it_ticks_nothing(own: Path, kind: str) -> None:
    place = own / SHEET
    place.parent.mkdir(parents=True)
    if kind == "empty":
        place.touch()
    elif kind == "folder":
        place.mkdir()
    elif kind == "link":
        place.symlink_to(own / "nextstep.yaml")
    else:
        replaced(own, ERRAND, "order: errand", "order: ../../../../etc")
        replaced(own, ERRAND, "papers/$order/sheet.md", "papers/$order/passwd")
    assert states(own)["the sheet of the order"] == "missing"


def test_an_input_is_there_once_the_run_knows_it(own: Path) -> None:
    assert states(own)["the day on which it is wanted back"] == "missing"
    replaced(own, ERRAND, "{order: errand,", "{order: errand, bring_back: 2026-11-30,")
    assert states(own)["the day on which it is wanted back"] == "there"
    assert "the input bring_back, 2026-11-30" in checklist(own, "8xef", "take-in").out


def test_a_condition_is_there_once_it_holds(own: Path) -> None:
    replaced(own, ERRAND, "{input: bring_back}", "{holds: wheels >= 2}")
    wanted = "the day on which it is wanted back"
    for known, state, words in (
        ("{order: errand,", "missing", "wheels >= 2, which does not hold yet"),
        ("{order: errand, wheels: 1,", "missing", "wheels >= 2, which does not hold yet"),
        ("{order: errand, wheels: 2,", "there", "wheels >= 2, which holds"),
    ):
        replaced(own, ERRAND, "{order: errand,", known)
        assert states(own)[wanted] == state
        assert words in checklist(own, "8xef", "take-in").out
        replaced(own, ERRAND, known, "{order: errand,")


def test_a_thing_is_left_out_where_it_is_not_asked_for(own: Path) -> None:
    assert "the number of the claim" in states(own)
    replaced(own, ERRAND, 'insured: "yes"', 'insured: "no"')
    assert "the number of the claim" not in states(own)


def test_of_a_commit_files_are_not_looked_at(own: Path) -> None:
    """The files of the work tree are not those of the commit: nothing is said of them."""
    repository = make(own)
    repository.git("add", ".")
    repository.git("commit", "--quiet", "--message", "Begin")
    ran = checklist(own, "7wde", "take-in", "--as-of", "HEAD")
    assert ran.code == 0
    assert "papers/courier/sheet.md, not looked at\n" in ran.out
    assert "[ ]  the sheet of the order" in ran.out


def test_critical_things_come_first(workshop: Path) -> None:
    wanted = card(workshop, "7wde", "take-in")["must_include"]
    assert isinstance(wanted, list)
    assert [one["critical"] for one in wanted] == [True, False, False, False, False]


def test_how_often_a_thing_was_missing_is_said_from_three_returns_on(own: Path) -> None:
    """In all runs of the process; what a giver took back is no return."""
    said = "missing in 3 of the last 4 returns"
    assert said in checklist(own, "7wde", "take-in").out
    assert said in checklist(own, "repair", "take-in").out
    with_two = "missing: [what the rider said is wrong]"
    replaced(own, "commitments/2026/old-one-aaa2.yaml", f", {with_two}", "")
    assert "missing in 1 of the last 4 returns" in checklist(own, "7wde", "take-in").out
    replaced(
        own,
        "commitments/2026/old-one-aaa2.yaml",
        "by: ben, event: returned",
        "by: cleo, event: returned",
    )
    assert "of the last" not in checklist(own, "7wde", "take-in").out


def test_what_was_accepted_counts_as_there_but_for_its_gaps(workshop: Path) -> None:
    wanted = card(workshop, "9yfg", "take-in")["must_include"]
    assert isinstance(wanted, list)
    assert {one["item"]: one["state"] for one in wanted} == {
        "what the rider said is wrong": "accepted",
        "the key of the lock": "gap",
        "the sheet of the order": "missing",
        "the day on which it is wanted back": "there",
    }


def test_targets_stand_beside_what_finished_runs_came_to(own: Path) -> None:
    """Of the process, never of a person; nothing is said where no run is finished."""
    said = "on_time           90%; so far 67%: 2 of 3 finished runs"
    assert said in checklist(own, "repair").out
    for path in own.glob("commitments/2026/old-*.yaml"):
        path.unlink()
    out = checklist(own, "repair").out
    assert "on_time           90%\n" in out
    assert "finished run" not in out


def test_what_was_accepted_with_a_gap_was_not_right_the_first_time(own: Path) -> None:
    """However openly it was said: it lacked something."""
    said = "first_time_right  80%; so far {}: {} of 3 finished runs"
    assert said.format("33%", 1) in checklist(own, "repair").out
    accepted = "event: accepted, step: take-in"
    replaced(
        own,
        "commitments/2026/old-three-ccc4.yaml",
        accepted,
        f"{accepted}, gaps: [the key of the lock]",
    )
    assert said.format("0%", 0) in checklist(own, "repair").out


def test_a_hand_off_without_a_receiver_goes_to_who_has_the_next_step(own: Path) -> None:
    replaced(own, ERRAND, "      to: mechanic\n", "")
    to = card(own, "8xef", "take-in")["to"]
    assert isinstance(to, dict)
    assert [one["id"] for one in to["who"]] == ["ben", "dan"]


def test_a_vacant_receiver_is_said(own: Path) -> None:
    replaced(own, ERRAND, "mechanic: ben", "mechanic: vacant")
    assert "nobody yet, mechanic is vacant" in checklist(own, "8xef", "take-in").out


def test_votes_of_a_blind_gate_stay_hidden_until_all_are_in(own: Path) -> None:
    gate = card(own, "9yfg", "ride")["gate"]
    assert isinstance(gate, dict)
    assert (gate["voted"], gate["votes"], gate["blind"]) == ([], 1, True)
    path = "commitments/2026/baker-9yfg.yaml"
    vote = "  - {at: 2026-11-23T07:00Z, by: cleo, event: approved, step: ride}\n"
    write(own, {path: (own / path).read_text("utf-8") + vote})
    gate = card(own, "9yfg", "ride")["gate"]
    assert isinstance(gate, dict)
    assert (gate["voted"], gate["blind"]) == (["dan", "cleo"], False)


def test_a_run_that_hands_nothing_over_says_so(own: Path) -> None:
    plain = "title: Ad hoc\nowner: ada\nsteps:\n  - {id: one, do: Do it, who: ben, due: 2026-11-27, done_when: It is done}\n"
    write(own, {"commitments/2026/ad-hoc-kkk8.yaml": plain})
    ran = checklist(own, "kkk8")
    assert "no step of this run is handed over" in ran.out
    assert "nextstep show kkk8" in ran.out


def test_a_process_that_hands_nothing_over_says_so_and_where_its_steps_are(own: Path) -> None:
    plain = (
        "title: Alone\nowner: ada\ncustomer: {who: riders, kind: internal}\nprovides: A ride\n"
        "steps:\n  - {id: one, do: Do it, who: ben, due: 1bd after start, done_when: There}\n"
    )
    write(own, {"processes/alone.yaml": plain})
    ran = checklist(own, "alone")
    assert "no step of this process is handed over" in ran.out
    assert "nextstep show alone" in ran.out


def test_a_name_keeps_its_capital_after_done_when(own: Path) -> None:
    replaced(own, "processes/repair.yaml", "It has a date of delivery", "DHL has named a day")
    replaced(own, "processes/repair.yaml", "Nothing rattles", "The rider hears nothing")
    assert "done when DHL has named a day" in checklist(own, "repair", "take-in").out
    assert "done when the rider hears nothing" in checklist(own, "repair", "parts").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("zzzz",), "`nextstep list` shows what there is"),
        (("autumn",), "type `nextstep show autumn`"),
        (("ggg5", "x"), "which has no steps"),
        (("7wde", "fx"), "did you mean `fix`?"),
        (("7wde", "parts"), "type one of parts/brakes, parts/gears"),
        (("repair", "zz"), "lists the steps"),
        (("7wde/fix",), "nextstep checklist 7wde fix"),
        ((ERRAND,), "type its name: nextstep checklist 8xef"),
        (("ben",), "type `nextstep who ben`"),
        (("ggg5", "--for-customer"), "leave --for-customer out"),
        (("7wde", "fix", "--for-customer"), "leave `fix` out"),
        (("7wde", "--format", "pdf"), "text, markdown, html or json"),
        (("../../etc/passwd",), "is not the name of anything"),
    ],
)
def test_what_has_no_checklist_is_said_with_what_to_type(
    workshop: Path, words: tuple[str, ...], said: str
) -> None:
    ran = checklist(workshop, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err.replace(f" -C {workshop}", "")


def test_a_file_that_cannot_be_read_is_on_the_page_and_in_the_exit_code(own: Path) -> None:
    write(own, {"commitments/2026/broken-mmm9.yaml": "what: x\n\tdue: 1\n"})
    for format_ in ("text", "markdown", "html", "json"):
        ran = checklist(own, "7wde", "take-in", "--format", format_)
        assert (ran.code, ran.err) == (65, "")
        assert "broken" in ran.out


INTERNAL = (
    "The part is not made any more",
    "scrapyard",
    "cannot be reached",
    "A frame that was repaired before",
    "The bell is a present",
    "the key of the lock",
    "the sheet of the order",
    "what the rider said",
    "insured",
    "An insurer once refused",
    "bring_back",
    "papers/",
    "guides/",
    "order",
    "mechanic",
    "desk",
    "tester",
    "Nothing rattles",
    "asked two shops",
    "brakes tried",
    "sheet",
    "hidden until",
    "dan",
    "Ask for a review",
    "Order what is missing",
    "Tell the insurer",
    "Say that it is ready",
    "Take the bicycle in",
    "Approval",
    "take-in",
    "give-back",
    "7wde",
    "workshop",
    "cleo@",
    "first_time_right",
    "commitments/",
    "I order the brakes today",
)
"""What the files say and a customer never reads: lists, roles, conditions, names of files, notes."""


@pytest.mark.parametrize("thing", ["7wde", "8xef", "9yfg", "old-two-bbb3", "repair"])
@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json"])
def test_a_customer_reads_nothing_from_inside(workshop: Path, thing: str, format_: str) -> None:
    ran = checklist(workshop, thing, "--for-customer", "--format", format_)
    assert (ran.code, ran.err) == (0, "")
    page = ran.out.partition("</style>")[2] if format_ == "html" else ran.out
    assert [words for words in INTERNAL if words in page] == []


def test_a_customer_reads_what_happens_next_who_and_by_when(workshop: Path) -> None:
    out = checklist(workshop, "9yfg", "--for-customer").out
    for words in (
        "Ready seven working days after you bring it: by Tue 1 Dec",
        "now   Two of us ride it",
        "Dan Ek and Cleo Roth",
        "Give it back",
        "by Tue 1 Dec, in 8 days",
        "[x]  We repair it",
        "Ada Lang, ada@wheel.example, away until Wed 25 Nov",
        "Ben Hall, ben@wheel.example",
    ):
        assert words in out


def test_a_customer_reads_the_facts_of_the_run_in_the_words(own: Path) -> None:
    path = "commitments/2026/baker-9yfg.yaml"
    replaced(own, path, "do: Give it back", "do: Give it back on $bring_back")
    assert "Give it back on 2026-11-27" in checklist(own, "9yfg", "--for-customer").out


def test_without_words_for_them_a_customer_reads_the_promise_and_the_days_alone(own: Path) -> None:
    for words in ("We look at it, and you say what is wrong", "We repair it", "Two of us ride it"):
        replaced(own, "processes/repair.yaml", f"    for_customer: {words}\n", "")
    made = json.loads(checklist(own, "repair", "--for-customer", "--format", "json").out)
    assert [step["what"] for step in made["customer"]["steps"]] == [
        "The rider wants it back",
        "Give it back",
    ]
    replaced(
        own,
        "processes/repair.yaml",
        "    do: Ask for a review\n",
        "    do: Ask for a review\n    for_customer: You tell us how it rides\n",
    )
    replaced(
        own,
        "processes/repair.yaml",
        "    do: Give it back\n",
        "    do: Give it back\n    for_customer: You get it back\n",
    )
    out = checklist(own, "repair", "--for-customer").out
    assert "2  You get it back" in out
    assert "3  You tell us how it rides, if it is needed" in out


def test_a_customer_is_told_when_a_date_was_not_kept_and_when_it_ended(own: Path) -> None:
    out = checklist(own, "8xef", "--for-customer").out
    assert "was to be there by Fri 20 Nov" in out
    ended = checklist(own, "old-two-bbb3", "--for-customer").out
    assert "not kept" in ended
    assert "It was closed, on Mon 19 Oct" in ended
    assert "WHAT HAPPENS NEXT" not in ended


def test_a_broken_file_is_told_to_who_prints_a_customers_page_and_not_to_the_customer(
    own: Path,
) -> None:
    write(own, {"commitments/2026/broken-mmm9.yaml": "what: x\n\tdue: 1\n"})
    ran = checklist(own, "7wde", "--for-customer")
    assert ran.code == 65
    assert "broken" not in ran.out
    assert "broken-mmm9.yaml could not be read" in ran.err


def test_what_comes_next_is_the_receivers_only_where_they_do_it(own: Path) -> None:
    out = checklist(own, "8xef", "take-in").out
    assert "WHAT THE RECEIVER DOES NEXT\n  parts" in out
    assert "WHAT COMES NEXT" not in out
    replaced(own, ERRAND, "      to: mechanic\n", "      to: ada\n")
    out = checklist(own, "8xef", "take-in").out
    assert "WHAT COMES NEXT\n  parts" in out
    assert "WHAT THE RECEIVER" not in out


_OUT_OF_ORDER = """\
  - {id: bill, do: Write the bill, after: [send], who: dev, due: none, done_when: It is sent}
  - {id: send, do: Send the parcel, after: [pack], who: dev, due: none, done_when: It is gone}
  - {id: pack, do: Pack the parcel, after: [], who: dev, due: none, done_when: It is packed}
"""
_PARCELS = """\
title: Parcels
owner: dev
customer: {who: buyers, kind: external}
provides: A parcel at the door
promise: {text: It comes within two weeks, due: 10bd after start}
steps:
"""
_PARCEL = """\
title: Parcel to Globex
process: parcels
started: 2026-11-20
owner: dev
steps:
"""


@pytest.mark.parametrize("meant", ["parcels", "parcel-k3f9"])
def test_all_that_comes_after_a_step_is_told_wherever_it_is_written(
    meant: str, tmp_path: Path
) -> None:
    write(
        tmp_path,
        {
            "nextstep.yaml": "people: {dev: {}}\n",
            "processes/parcels.yaml": _PARCELS + _OUT_OF_ORDER,
            "commitments/2026/parcel-k3f9.yaml": _PARCEL + _OUT_OF_ORDER,
        },
    )
    following = card(tmp_path, meant, "pack")["after_you"]
    assert isinstance(following, list)
    assert [one["step"] for one in following] == ["bill", "send"]
