"""`nextstep add`: a next step is captured in one file and one commit, and said back."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.commands import run, run_on_terminal
from tests.conversation import Conversation
from tests.recording import commits, last, team
from tests.repositories import Made, write

ALL = ("--with", "lena", "--so", "She can decide: yes or no", "--due", "fri")


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme")


def the_new_file(ledger: Made) -> tuple[str, str]:
    """Return the path and the text of the one file of the last commit."""
    (path,) = last(ledger).paths
    return path, (ledger.path / path).read_text()


def test_what_the_options_say_is_one_new_file_in_one_commit(ledger: Made) -> None:
    ran = run("add", "Send Lena the offer", *ALL, cwd=ledger.path)
    assert (ran.code, ran.err) == (0, "")
    path, text = the_new_file(ledger)
    assert re.fullmatch(r"commitments/2026/11/send-lena-offer-[0-9a-z]{4}\.yaml", path)
    handle = path[-9:-5]
    assert text == (
        "what: Send Lena the offer\n"
        "\n"
        "who: dev\n"
        "with: [lena]\n"
        'outcome: "She can decide: yes or no"\n'
        "\n"
        "due: 2026-11-27\n"
        "\n"
        "log:\n"
        "  - {at: 2026-11-23T00:00:00.000Z, by: dev, event: agreed}\n"
    )
    commit = last(ledger)
    assert commit.subject == "Agree: Send Lena the offer"
    assert commit.trailers == (f"Nextstep: agreed send-lena-offer-{handle}",)
    assert commit.author == "dev@example.org"
    said = ran.out.splitlines()
    assert said[:2] == [
        f"Added {handle}: Send Lena the offer",
        "dev, with lena · due Fri 27 Nov 2026, in 4 days (3 working days)",
    ]
    assert said[2].startswith("Recorded in ")
    assert said[2].endswith(f"nextstep undo {handle}")
    assert run("check", "--fail-on", "warning", cwd=ledger.path).code == 0


def test_every_option_has_its_field(ledger: Made) -> None:
    run("add", "Find the cause", *ALL, cwd=ledger.path)
    first = last(ledger).paths[0][-9:-5]
    ran = run(
        *("add", "Tell Lena the cause", "--with", "lena", "--with", "mia,raj", "--so", "She knows"),
        *("--due", "2026-11-30", "--partner", "mia", "--source", "Globex call", "--part-of"),
        *("globex-growth", "--after", first, "--follows", first, "--repeat", "every monday"),
        *("--how", "call"),
        cwd=ledger.path,
    )
    assert ran.code == 0, ran.err
    _, text = the_new_file(ledger)
    for line in (
        "with: [lena, mia, raj]",
        "partner: mia",
        "source: Globex call",
        "part_of: globex-growth",
        f"after: [find-cause-{first}]",
        f"follows: find-cause-{first}",
        "repeat: every monday",
        "  - {at: 2026-11-23T00:00:00.002Z, by: dev, event: agreed, how: call}",
    ):
        assert f"{line}\n" in text
    assert "every monday" in ran.out


def test_words_need_no_quotes(ledger: Made) -> None:
    run("add", "Send", "Lena", "the", "offer", *ALL, cwd=ledger.path)
    assert the_new_file(ledger)[1].startswith("what: Send Lena the offer\n")


def test_what_is_for_somebody_else_is_proposed_until_they_agree(ledger: Made) -> None:
    ran = run("add", "Find it", "--who", "raj", "--so", "x", "--due", "fri", cwd=ledger.path)
    assert "raj, with dev · due Fri 27 Nov 2026" in ran.out
    assert "Proposed until raj agrees." in ran.out
    _, text = the_new_file(ledger)
    assert "who: raj\nwith: [dev]\n" in text
    assert text.endswith("by: dev, event: proposed}\n")
    assert last(ledger).subject == "Propose: Find it"


def test_what_somebody_else_has_agreed_to_is_agreed_by_them_and_written_down_by_me(
    ledger: Made,
) -> None:
    words = ("--who", "raj", "--agreed", "--how", "call", "--so", "x", "--due", "fri")
    ran = run("add", "Find it", *words, cwd=ledger.path)
    assert "Proposed" not in ran.out
    assert the_new_file(ledger)[1].endswith(
        "by: raj, event: agreed, recorded_by: dev, how: call}\n"
    )


def test_what_i_put_forward_for_myself_can_be_proposed_too(ledger: Made) -> None:
    run("add", "Find it", *ALL, "--proposed", cwd=ledger.path)
    assert the_new_file(ledger)[1].endswith("by: dev, event: proposed}\n")
    both = run("add", "Find it", *ALL, "--proposed", "--agreed", cwd=ledger.path)
    assert (both.code, commits(ledger)) == (2, 2)
    assert "leave out --proposed or --agreed" in both.err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("raj", "raj"), ("Raj", "raj"), ("raj patel", "raj"), ("@raj", "raj"), ("systems", "raj")],
)
def test_people_are_named_as_people_name_them(ledger: Made, typed: str, meant: str) -> None:
    ran = run("add", "X", "--who", typed, "--so", "x", "--due", "fri", cwd=ledger.path)
    assert ran.code == 0, ran.err
    assert f"who: {meant}\n" in the_new_file(ledger)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--who", "rja"), "write raj, or add --new-person rja"),
        (("--with", "lena,Zoltan"), "write dev, lena, mia or raj, or add --new-person Zoltan"),
        (("--who", "support"), "`support` may be 2 people\n  write mia or raj"),
        (("--due", "1/12/2026"), "`1/12/2026`"),
        (("--after", "nope"), "there is no `nope` in this ledger"),
        (("--repeat", "sometimes"), "`sometimes`"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(
    ledger: Made, words: tuple[str, ...], said: str
) -> None:
    ran = run("add", "X", "--so", "x", "--due", "fri", *words, cwd=ledger.path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert commits(ledger) == 1


def test_where_nobody_can_be_asked_the_missing_options_are_named(ledger: Made) -> None:
    ran = run("add", cwd=ledger.path)
    assert (ran.code, ran.out) == (2, "")
    assert "add WHAT, --so OUTCOME, --due DATE" in ran.err


def test_an_outcome_and_a_date_can_be_left_open(ledger: Made) -> None:
    ran = run("add", "Pick the venue", "--so", "", "--due", "none", cwd=ledger.path)
    assert "dev · no date agreed" in ran.out
    assert the_new_file(ledger)[1].startswith("what: Pick the venue\n\nwho: dev\n\nlog:\n")


def test_with_whom_can_be_left_open_for_somebody_else_too(ledger: Made) -> None:
    words = ("--who", "raj", "--with", "", "--so", "x", "--due", "none")
    ran = run("add", "Pick the venue", *words, cwd=ledger.path)
    assert ran.code == 0, ran.err
    assert the_new_file(ledger)[1].startswith("what: Pick the venue\n\nwho: raj\noutcome: x\n")


def test_a_closed_day_and_an_absence_with_its_cover_are_said(ledger: Made) -> None:
    closed = run("add", "X", "--so", "x", "--due", "thu", cwd=ledger.path)
    assert "Thu 26 Nov is a day on which nobody works." in closed.out
    words = ("--who", "raj", "--so", "x", "--due", "2026-12-02")
    away = run("add", "X", *words, cwd=ledger.path)
    assert "raj is away on Wed 2 Dec; mia covers." in away.out


def test_somebody_else_may_have_acted(ledger: Made) -> None:
    run("add", "Look at it", *ALL, "--by", "mia", cwd=ledger.path)
    _, text = the_new_file(ledger)
    assert "who: mia\n" in text
    assert text.endswith("by: mia, event: agreed, recorded_by: dev}\n")


def test_what_was_recorded_comes_as_json(ledger: Made) -> None:
    told = json.loads(run("add", "X", *ALL, "--json", cwd=ledger.path).out)
    (path,) = last(ledger).paths
    assert told["schema"] == "nextstep.recorded/1"
    assert told["new"] == [{"id": path[-11:-5], "path": path}]
    assert told["commit"] == ledger.git("rev-parse", "HEAD")


def test_a_dry_run_shows_the_file_and_writes_nothing(ledger: Made) -> None:
    ran = run("add", "Send it", *ALL, "--dry-run", cwd=ledger.path)
    assert "+what: Send it\n" in ran.out
    assert ran.out.endswith("Nothing was changed.\n")
    assert ledger.git("status", "--porcelain") == ""
    assert commits(ledger) == 1


def test_a_dry_run_can_be_applied_as_a_patch(tmp_path: Path) -> None:
    ledger = team(tmp_path / "acme", {"commitments/own-c4vn.yaml": "what: Do it\nwho: dev\n"})
    for words in (
        ("add", "Send it", *ALL, "--dry-run"),
        ("note", "c4vn", "Lena called", "--dry-run"),
    ):
        patch = run(*words, cwd=ledger.path).out
        subprocess.run(["git", "apply"], cwd=ledger.path, input=patch, text=True, check=True)
    (new,) = ledger.git("ls-files", "--others").splitlines()
    assert (ledger.path / new).read_text().startswith("what: Send it\n")
    assert 'text: "Lena called"}' in (ledger.path / "commitments/own-c4vn.yaml").read_text()


def test_on_a_terminal_a_dry_run_spells_out_what_hides(ledger: Made) -> None:
    path = ledger.path / "commitments/odd-c4vn.yaml"
    path.parent.mkdir()
    path.write_text("what: Do it\nwho: dev\ndue: 2026-11-27\t# a tab\n")
    ledger.git("add", "--all")
    ledger.git("commit", "--quiet", "--message", "Add")
    ran = run_on_terminal(
        *("-C", str(ledger.path), "move", "c4vn", "4bd", "--why", "x", "--dry-run"), columns=80
    )
    assert "\n-due: 2026-11-27\\t# a tab\n" in ran.out
    assert "Nothing was changed." in ran.out


def test_one_who_captures_in_ten_seconds_is_asked_two_short_questions(ledger: Made) -> None:
    with Conversation("add", "Send Lena the offer", "--due", "fri", cwd=ledger.path) as talk:
        talk.answer("With whom?  (Enter: a promise to yourself)", "lena")
        talk.answer("So that?  (such as: she can decide; Enter: later)", "She can decide")
        talk.until("Added ")
        code, _ = talk.end()
    assert code == 0
    assert talk.seen.count("> ") == 2
    _, text = the_new_file(ledger)
    assert "with: [lena]\noutcome: She can decide\n\ndue: 2026-11-27\n" in text


def test_what_is_missing_is_asked_and_what_does_not_fit_is_asked_again(ledger: Made) -> None:
    with Conversation("add", cwd=ledger.path) as talk:
        talk.answer("What is to be done?", "Pick the venue")
        talk.answer("With whom?", "lenna")
        talk.answer("`lenna` is not in nextstep.yaml, and lena is. Add them there?", "no")
        talk.answer("`lenna` is nobody that `people` in nextstep.yaml knows: write lena", "lena")
        talk.answer("So that?", "")
        talk.answer("By when?", "5")
        talk.answer("5d or 5bd", "3bd")
        talk.until("due Fri 27 Nov 2026")
        assert talk.end()[0] == 0
    assert "outcome" not in the_new_file(ledger)[1]


def test_with_somebody_else_the_promise_is_to_me_unless_i_say_otherwise(ledger: Made) -> None:
    with Conversation("add", "X", "--who", "raj", "--due", "fri", cwd=ledger.path) as talk:
        talk.answer("With whom?  (Enter: dev)", "")
        talk.answer("So that?", "")
        talk.until("raj, with dev")
        assert talk.end()[0] == 0


def test_an_interrupted_question_gives_back_what_was_typed(ledger: Made) -> None:
    with Conversation("add", "--who", "raj", "--proposed", cwd=ledger.path) as talk:
        talk.answer("What is to be done?", "Say 'no' to Lena")
        talk.answer("With whom?", "lena")
        talk.until("So that?")
        talk.until("> ")
        talk.interrupt()
        code, _ = talk.end()
    assert code == 130
    assert commits(ledger) == 1
    again = shlex.split(talk.seen.splitlines()[-1])
    assert again == [
        *("nextstep", "add", "Say 'no' to Lena", "--proposed", "--with", "lena", "--who", "raj")
    ]


def test_from_a_bare_machine_the_first_own_promise_takes_two_commands_after_the_installation(
    tmp_path: Path,
) -> None:
    """Install, `init`, `add`: three commands, in a folder where there is nothing."""
    write(
        tmp_path,
        {"home/.gitconfig": "[user]\n\tname = Dev Rao\n\temail = dev@example.org\n", "w/.x": ""},
    )
    place = tmp_path / "w"
    home = {"GIT_CONFIG_GLOBAL": str(tmp_path / "home/.gitconfig"), "HOME": str(tmp_path / "home")}
    first = run("init", cwd=place, env=home)
    assert first.code == 0, first.err
    second = run("add", "Call Jo", "--so", "We have a date", "--due", "fri", cwd=place, env=home)
    assert (second.code, second.err) == (0, "")
    assert "dev · due Fri 27 Nov 2026" in second.out
    listed = run("due", cwd=place, env=home)
    assert "Call Jo" in listed.out
    log = subprocess.run(
        ["git", "log", "--format=%s"], cwd=place, capture_output=True, text=True, check=True
    )
    assert log.stdout == "Agree: Call Jo\n"


def test_from_a_bare_machine_the_second_promise_is_to_somebody_who_is_named_for_the_first_time(
    tmp_path: Path,
) -> None:
    write(
        tmp_path,
        {"home/.gitconfig": "[user]\n\tname = Dev Rao\n\temail = dev@example.org\n", "w/.x": ""},
    )
    place = tmp_path / "w"
    home = {"GIT_CONFIG_GLOBAL": str(tmp_path / "home/.gitconfig"), "HOME": str(tmp_path / "home")}
    assert run("init", cwd=place, env=home).code == 0
    with Conversation("add", "Send it", "--with", "lena", cwd=place, env=home) as talk:
        talk.answer("`lena` is not in nextstep.yaml yet. Add them there?  [y]es  [n]o", "")
        talk.answer("So that?", "She can decide")
        talk.answer("By when?", "fri")
        talk.until("New in nextstep.yaml: lena.")
        talk.until("Git knows nextstep.yaml from now on")
        assert talk.end()[0] == 0
    assert (
        run("add", "Ask", "--with", "lena", "--so", "x", "--due", "fri", cwd=place, env=home).code
        == 0
    )
    assert run("check", cwd=place, env=home).code == 0
    assert "  lena: {}\n" in (place / "nextstep.yaml").read_text()
