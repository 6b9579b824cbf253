"""Somebody who is named for the first time comes into nextstep.yaml with what names them."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.commands import run
from tests.conversation import Conversation
from tests.recording import PEOPLE, commits, last, team
from tests.repositories import Made

REST = ("--so", "x", "--due", "fri")


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("zoltan", "zoltan: {}"),
        ("Zoltan", "zoltan: {}"),
        ("@zoltan", "zoltan: {}"),
        ("Jörg", "jorg: {name: Jörg}"),
        ("Sue O'Brien", "sue: {name: Sue O'Brien}"),
        ("Lena Fischer", "lena-fischer: {name: Lena Fischer}"),
    ],
)
def test_one_line_is_added_in_the_same_commit(ledger: Made, name: str, line: str) -> None:
    ran = run("add", "X", "--with", name, "--new-person", name, *REST, cwd=ledger.path)
    assert (ran.code, ran.err) == (0, "")
    id_ = line.partition(":")[0]
    assert f"New in nextstep.yaml: {id_}" in ran.out
    done = last(ledger)
    assert done.paths[-1] == "nextstep.yaml"
    assert len(done.paths) == 2
    assert done.lines[-1] == f"+  {line}"
    assert f"New in nextstep.yaml: {id_}" in done.message
    assert done.subject == "Agree: X"
    assert (ledger.path / "nextstep.yaml").read_text().replace(f"  {line}\n", "") == PEOPLE
    assert f"with: [{id_}]\n" in (ledger.path / done.paths[0]).read_text()
    assert run("check", cwd=ledger.path).code == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("lena", "`lena` is there already"),
        ("systems", "`systems` has a meaning of its own"),
        ("none", "`none` has a meaning of its own"),
        ("everybody", "`everybody` is nobody in particular"),
        ("Юрий", "no id can be made of `Юрий`"),
        ("", "no id can be made of ``"),
    ],
)
def test_a_name_that_can_be_nobodys_is_refused(ledger: Made, name: str, said: str) -> None:
    ran = run("add", "X", "--new-person", name, *REST, cwd=ledger.path)
    assert (ran.code, ran.out, commits(ledger)) == (2, "", 1)
    assert said in ran.err


def test_where_nobody_is_named_every_name_will_do(tmp_path: Path) -> None:
    ledger = team(tmp_path / "acme")
    ledger.commit({"nextstep.yaml": "timezone: UTC\n"}, message="Name nobody")
    said = run("add", "X", "--with", "kim", "--new-person", "kim", *REST, cwd=ledger.path)
    assert "leave --new-person out" in said.err
    assert run("add", "X", "--with", "kim", *REST, cwd=ledger.path).code == 0


def test_somebody_new_whom_nothing_names_is_refused(ledger: Made) -> None:
    words = ("--with", "dev", "--with", "lena", "--new-person", "Lena Stone")
    ran = run("add", "X", *words, *REST, cwd=ledger.path)
    assert (ran.code, ran.out, commits(ledger)) == (2, "", 1)
    assert ran.err.splitlines() == [
        "nextstep: --new-person: nothing that is written names lena-stone (Lena Stone)",
        "  leave it out, or name lena-stone where they are meant",
    ]


def test_who_wrote_it_down_may_be_new_as_well(ledger: Made) -> None:
    ran = run("add", "X", "--by", "kim", "--new-person", "kim", *REST, cwd=ledger.path)
    assert ran.code == 0, ran.err
    assert "+  - {at: " in last(ledger).lines[-2]
    assert "by: kim, event: agreed, recorded_by: dev}" in last(ledger).lines[-2]


def test_a_program_is_told_who_is_new(ledger: Made) -> None:
    words = ("--with", "kim", "--new-person", "kim", "--json")
    told = json.loads(run("add", "X", *words, *REST, cwd=ledger.path).out)
    assert told["new_people"] == [{"id": "kim", "name": None}]
    assert "nextstep.yaml" in told["paths"]


def test_a_name_much_like_a_known_one_is_not_taken_for_somebody_new(ledger: Made) -> None:
    with Conversation("add", "X", *REST, cwd=ledger.path) as talk:
        talk.answer("With whom?", "lenna")
        talk.answer("`lenna` is not in nextstep.yaml, and lena is. Add them there?", "")
        talk.answer("`lenna` is nobody that `people` in nextstep.yaml knows: write lena", "kim")
        talk.answer("`kim` is not in nextstep.yaml yet. Add them there?", "no")
        talk.answer("`kim` is nobody that `people` in nextstep.yaml knows", "lena")
        talk.until("dev, with lena")
        assert talk.end()[0] == 0
    assert len(last(ledger).paths) == 1


def test_somebody_new_whose_name_is_much_like_a_known_one_is_added_on_a_yes(ledger: Made) -> None:
    with Conversation("add", "X", *REST, cwd=ledger.path) as talk:
        talk.answer("With whom?", "lenna")
        talk.answer("`lenna` is not in nextstep.yaml, and lena is. Add them there?", "yes")
        talk.until("dev, with lenna")
        assert talk.end()[0] == 0
    assert last(ledger).lines[-1] == "+  lenna: {}"


def test_who_was_added_at_a_question_and_is_not_named_after_all_is_left_out(ledger: Made) -> None:
    with Conversation("add", "X", *REST, cwd=ledger.path) as talk:
        talk.answer("With whom?", "kim, lenna")
        talk.answer("`kim` is not in nextstep.yaml yet. Add them there?", "yes")
        talk.answer("`lenna` is not in nextstep.yaml, and lena is. Add them there?", "no")
        talk.answer("`lenna` is nobody", "lena")
        talk.until("dev, with lena")
        assert talk.end()[0] == 0
    assert len(last(ledger).paths) == 1


def test_settings_that_somebody_is_changing_are_not_taken_along(ledger: Made) -> None:
    (ledger.path / "nextstep.yaml").write_text(f"{PEOPLE}# half a thought\n")
    words = ("add", "X", "--with", "kim", "--new-person", "kim", *REST)
    ran = run(*words, cwd=ledger.path)
    assert (ran.code, commits(ledger)) == (2, 1)
    assert "nextstep.yaml was changed by hand and not committed" in ran.err
    assert "+# half a thought" in ran.err
    assert run(*words, "--with-edits", cwd=ledger.path).code == 0


def test_an_interrupted_question_gives_the_new_name_back(ledger: Made) -> None:
    with Conversation("add", "X", "--with", "kim", cwd=ledger.path) as talk:
        talk.answer("Add them there?", "yes")
        talk.until("So that?")
        talk.until("> ")
        talk.interrupt()
        assert talk.end()[0] == 130
    again = shlex.split(talk.seen.splitlines()[-1])
    assert again == ["nextstep", "add", "X", "--new-person", "kim", "--with", "kim"]
    assert commits(ledger) == 1


def test_in_a_meeting_everybody_who_is_new_is_asked_about_once(ledger: Made) -> None:
    with Conversation("add", "--meeting", "Kick-off", cwd=ledger.path) as talk:
        talk.answer("Next step?", "Send it @kim fri")
        talk.answer("`kim` is not in nextstep.yaml yet", "yes")
        talk.answer("So that?", "x")
        talk.answer("Next step?", "Read it @kim fri")
        talk.answer("So that?", "y")
        talk.answer("Next step?", "")
        talk.until("New in nextstep.yaml: kim.")
        assert talk.end()[0] == 0
    assert talk.seen.count("not in nextstep.yaml yet") == 1
    assert last(ledger).subject == "Kick-off: 2 next steps"
    assert "New in nextstep.yaml: kim.\n" in last(ledger).message
    assert last(ledger).lines[-1] == "+  kim: {}"


def test_who_has_what_is_next_may_be_new(ledger: Made) -> None:
    path = "commitments/2026/11/report-k3f9.yaml"
    ledger.commit({path: "what: Send it\nwho: dev\noutcome: y\ndue: 2026-11-20\n"}, message="Add")
    words = ("done", "k3f9", "--kept", "--outcome", "She agrees", "--next", "Write it @kim fri")
    refused = run(*words, cwd=ledger.path)
    assert (refused.code, commits(ledger)) == (2, 2)
    assert "or add --new-person kim" in refused.err
    with Conversation(*words, cwd=ledger.path) as talk:
        talk.answer("`kim` is not in nextstep.yaml yet. Add them there?", "yes")
        talk.until("New in nextstep.yaml: kim.")
        assert talk.end()[0] == 0
    done = last(ledger)
    assert done.lines[-1] == "+  kim: {}"
    assert len(done.paths) == 3
    ledger.git("reset", "--hard", "--quiet", "HEAD~1")
    assert run(*words, "--new-person", "kim", cwd=ledger.path).code == 0
    assert last(ledger).lines[-1] == "+  kim: {}"


def test_who_came_with_what_was_entered_by_mistake_is_said_to_stay(ledger: Made) -> None:
    assert run("add", "X", "--with", "kim", "--new-person", "kim", *REST, cwd=ledger.path).code == 0
    ran = run("undo", "--yes", cwd=ledger.path)
    assert ran.code == 0, ran.err
    assert "kim stays in nextstep.yaml: nothing else names them." in ran.out
    assert "kim: {}" in (ledger.path / "nextstep.yaml").read_text()
    later = "2026-11-24"
    assert run("add", "Y", "--with", "kim", *REST, cwd=ledger.path, today=later).code == 0
    again = run("undo", "--yes", cwd=ledger.path, today=later)
    assert "entered by mistake" in again.out
    assert "stays" not in again.out
