"""What `nextstep done` asks on a terminal, and that an answer is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.conversation import Conversation
from tests.recording import PEOPLE, commits, last, team
from tests.repositories import Made

OFFER = "commitments/2026/11/lena-offer.yaml"
REPORT = "commitments/2026/11/globex-usage-report-k3f9.yaml"
FILES = {
    REPORT: """\
what: Send Globex the usage report
who: dev
with: [lena]
outcome: Globex agrees the credit
due: 2026-11-20
part_of: sales
log:
  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}
  - {at: 2026-11-17T09:02Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, agreed_by: lena, why: "finance closes"}
""",
    "commitments/2026/11/pick-venue-c4vn.yaml": "what: Pick the venue\nwho: dev\n"
    "outcome: We can invite\ndue: 2026-11-23\n",
    "commitments/2026/11/far-off-w8tj.yaml": "what: Far off\nwho: dev\noutcome: x\n"
    "due: 2026-12-23\n",
    "commitments/2026/11/of-raj-m3xs.yaml": "what: Of Raj\nwho: raj\noutcome: x\ndue: 2026-11-20\n",
    "commitments/2026/11/move-office-7qhd.yaml": """\
title: Move the office
owner: mia
started: 2026-11-02
steps:
  - {id: pack, do: Pack the boxes, who: dev, due: 2026-11-20}
  - {id: label, do: Label the boxes, who: dev, after: [], due: 2026-11-19, proof: a photo}
""",
}
HOW = "[k]ept  [p]artly  [m]issed  [n]ot yet  [h]elp needed  [d]ropped"


@pytest.fixture
def ledger(tmp_path: Path) -> Made:
    return team(tmp_path / "acme", FILES)


def talk(ledger: Made, *words: str) -> Conversation:
    return Conversation("done", *words, cwd=ledger.path, env={"COLUMNS": "80"})


def test_a_kept_promise_is_quoted_and_then_three_things_are_asked(ledger: Made) -> None:
    with talk(ledger, "k3f9") as said:
        shown = said.until(HOW)
        assert shown.splitlines() == [
            'You agreed with lena (Thu 12 Nov, on a call): "Send Globex the usage report"',
            "so that: Globex agrees the credit",
            "was due Fri 20 Nov 2026, 1 working day ago; moved once, agreed by lena",
            f"How did it go?  {HOW}",
        ]
        said.until("> ")
        said.type("k")
        said.answer("What was the outcome?", "lena agrees")
        said.answer("What is next, because of that?", "Write the credit note @raj fri")
        code, _ = said.end()
    assert code == 0
    assert said.seen.count("> ") == 3
    assert "Closed as kept, 1 working day late." in said.seen
    assert "Proposed until raj agrees." in said.seen
    assert len(last(ledger).paths) == 2


def test_what_git_would_refuse_is_said_before_the_first_question(ledger: Made) -> None:
    """A file with edits that nobody committed is shown as a diff, and no answer is wasted."""
    file = ledger.path / REPORT
    file.write_text(file.read_text().replace("Globex agrees", "They agree"))
    with talk(ledger, "k3f9") as said:
        code, _ = said.end()
    assert code == 2
    assert "> " not in said.seen
    assert "was changed by hand and not committed" in " ".join(said.seen.split())
    assert "+outcome: They agree the credit" in said.seen
    with talk(ledger, "k3f9", "--with-edits") as said:
        said.until(HOW)


def test_nothing_further_needs_its_reason_and_is_asked_for_it(ledger: Made) -> None:
    with talk(ledger, "k3f9") as said:
        said.answer(HOW, "m")
        said.answer("outcome?", "nobody wrote it")
        said.answer("What is next", "nothing")
        said.answer("Nothing further, because?", "Globex has left")
        assert said.end()[0] == 0
    assert 'nothing_further: "Globex has left"' in last(ledger).lines[-1]


def test_not_yet_asks_for_another_date_and_help_for_who_could_help(ledger: Made) -> None:
    with talk(ledger, "k3f9") as said:
        said.answer(HOW, "n")
        said.answer("By when?", "5")
        said.answer("does not say which day", "fri")
        said.answer("Why?", "finance closes")
        assert said.end()[0] == 0
    assert "+due: 2026-11-27" in last(ledger).lines
    with talk(ledger, "k3f9") as said:
        said.answer(HOW, "h")
        said.answer("What is in the way?", "the log is gone")
        said.answer("Who could help", "")
        assert said.end()[0] == 0
    (line,) = last(ledger).lines
    assert line.endswith('event: blocked, why: "the log is gone"}')


def test_a_ctrl_c_gives_back_what_was_typed_as_the_command_to_go_on_with(ledger: Made) -> None:
    with talk(ledger, "k3f9", "--learned", "ask earlier") as said:
        said.answer(HOW, "p")
        said.answer("outcome?", "two of five hours are open")
        said.until("because of that?")
        said.until("> ")
        said.interrupt()
        code, _ = said.end()
    assert code == 130
    assert "Nothing was written. To go on with what you typed:" in said.seen
    assert (
        "nextstep done k3f9 --partly --outcome 'two of five hours are open' --learned 'ask earlier'"
        in said.seen
    )
    assert commits(ledger) == 1


def test_coaching_questions_of_its_kind_are_asked_and_kept(tmp_path: Path) -> None:
    settings = PEOPLE + "\ncoaching:\n  sales: [What did you learn?, What surprised you?]\n"
    ledger = team(tmp_path / "acme", {**FILES, "nextstep.yaml": settings})
    with talk(ledger, "k3f9", "--kept") as said:
        said.answer("outcome?", "lena agrees")
        said.answer("What did you learn?", "to ask earlier")
        said.answer("What surprised you?", "her calm")
        said.answer("What is next", "nothing: all said")
        assert said.end()[0] == 0
    closed, noted = last(ledger).lines
    assert 'learned: "to ask earlier"' in closed
    assert noted.endswith('event: noted, text: "What surprised you? her calm"}')
    with talk(ledger, "c4vn", "--kept") as said:
        said.answer("outcome?", "the old mill")
        said.answer("What is next", "nothing: invitations are sams")
        assert said.end()[0] == 0
    assert "learn" not in said.seen


def test_without_an_id_it_goes_through_all_of_mine_that_is_due(ledger: Made) -> None:
    with talk(ledger) as said:
        said.until("1 of 4  7qhd label")
        said.answer("[d]one  [n]ot yet  [h]elp needed  [s]kip", "d")
        said.answer("What shows that it is done? (a photo)", "label.jpg")
        said.until("2 of 4")
        said.answer(f"{HOW}\n[s]kip", "s")
        said.until("3 of 4  7qhd pack")
        said.answer("[s]kip", "n")
        said.answer("By when?", "2026-11-20")
        said.answer("pack is due Fri 20 Nov 2026 already: give it another date", "fri")
        said.answer("Why?", "no tape")
        said.until("4 of 4  c4vn")
        said.answer("[s]kip", "k")
        said.answer("outcome?", "the old mill")
        said.answer("What is next", "nothing, because it is booked")
        code, _ = said.end()
    assert code == 0
    assert "Of 4 things that are due: 3 recorded, 1 skipped." in said.seen
    assert commits(ledger) == 4
    assert "k3f9" in said.seen
    assert "w8tj" not in said.seen
    assert "m3xs" not in said.seen


def test_what_is_due_as_soon_as_possible_is_gone_through_too(tmp_path: Path) -> None:
    files = {
        OFFER: "what: Send the offer\nwho: dev\noutcome: x\ndue: asap\n",
        "commitments/2026/11/move-office-7qhd.yaml": "title: Move the office\nowner: mia\n"
        "started: 2026-11-02\nsteps:\n  - {id: pack, do: Pack the boxes, who: dev, due: asap}\n",
    }
    with talk(team(tmp_path / "acme", files)) as said:
        said.until("1 of 2  lena")
        said.answer("[s]kip", "s")
        said.until("2 of 2  7qhd pack")
        said.answer("[s]kip", "s")
        assert said.end()[0] == 0


def test_flags_without_an_id_are_about_nothing_and_refused(ledger: Made) -> None:
    for words, named in (
        (("--kept", "--outcome", "x"), "--kept and --outcome are about"),
        (("--no-offer",), "--no-offer is about"),
        (("--json",), "--json is about"),
    ):
        ran = run("done", *words, cwd=ledger.path, env=ledger.environ)
        assert (ran.code, ran.out) == (2, "")
        assert f"nothing says what {named}" in ran.err
        assert "name it: nextstep done ID, one of 7qhd label, k3f9, 7qhd pack, c4vn" in ran.err


def test_a_walk_that_is_interrupted_keeps_what_it_recorded_and_says_what_is_left(
    ledger: Made,
) -> None:
    with talk(ledger) as said:
        said.answer("[s]kip", "s")
        said.until("2 of 4")
        said.until("> ")
        said.interrupt()
        code, _ = said.end()
    assert code == 130
    assert "Of 4 things that are due: 0 recorded, 1 skipped, 3 left." in said.seen


def test_a_walk_says_what_git_would_refuse_before_it_asks(ledger: Made) -> None:
    (ledger.path / ".git/MERGE_HEAD").write_text(ledger.git("rev-parse", "HEAD"))
    with talk(ledger) as said:
        code, _ = said.end()
    assert code == 2
    assert "a merge is in progress" in said.seen
    assert "> " not in said.seen
    assert "Of 4 things that are due: 0 recorded, 4 left." in said.seen


def test_a_walk_ends_before_it_asks_about_a_file_with_edits_of_ones_own(ledger: Made) -> None:
    file = ledger.path / REPORT
    file.write_text(file.read_text().replace("Globex agrees", "They agree"))
    with talk(ledger) as said:
        said.until("1 of 4  7qhd label")
        said.answer("[s]kip", "s")
        code, _ = said.end()
    assert code == 2
    assert "was changed by hand and not committed" in " ".join(said.seen.split())
    assert "2 of 4" not in said.seen
    assert "Of 4 things that are due: 0 recorded, 1 skipped, 3 left." in said.seen


def test_who_is_overtaken_while_answering_is_told_and_keeps_the_words(ledger: Made) -> None:
    with talk(ledger, "k3f9") as said:
        said.answer(HOW, "k")
        said.answer("outcome?", "lena agrees")
        said.until("because of that?")
        first = run(
            *("done", "k3f9", "--missed", "--outcome", "no answer", "--nothing-further", "over"),
            cwd=ledger.path,
        )
        assert first.code == 0
        said.until("> ")
        said.type("nothing, because support goes on")
        code, _ = said.end()
    assert code == 2
    shown = " ".join(said.seen.split())
    assert "k3f9 is closed already, by dev on Mon 23 Nov as missed: no answer" in shown
    assert "nextstep note k3f9 'lena agrees / support goes on'" in shown
    assert commits(ledger) == 2


def test_somebody_alone_keeps_a_promise_to_oneself(tmp_path: Path) -> None:
    text = "what: Send Lena the offer\noutcome: She can decide\ndue: 2026-11-27\n"
    ledger = team(tmp_path / "acme", {"nextstep.yaml": "timezone: UTC\n", OFFER: text})
    with talk(ledger, "lena") as said:
        assert said.until("\n").startswith('You said: "Send Lena the offer"')
        said.answer(HOW, "k")
        said.answer("outcome?", "she decided")
        said.answer("What is next", "Send the contract in 3 days")
        assert said.end()[0] == 0
    assert "Closed as kept, on time." in said.seen
    assert "+due: 2026-11-26" in last(ledger).lines


def test_what_is_done_already_is_not_asked_whether_it_is_done(ledger: Made) -> None:
    run("done", "k3f9", "--later", cwd=ledger.path)
    with talk(ledger, "k3f9") as said:
        shown = said.until("[k]ept  [p]artly  [m]issed  [d]ropped")
        assert "moved once, agreed by lena; done Mon 23 Nov" in " ".join(shown.split())
        said.type("k")
        said.answer("outcome?", "lena agrees")
        said.answer("What is next", "nothing: all said")
        assert said.end()[0] == 0
    assert "Closed as kept, late." in said.seen


def test_a_long_step_is_told_in_lines_that_fit_the_terminal(ledger: Made) -> None:
    office = "commitments/2026/11/move-office-7qhd.yaml"
    text = FILES[office].replace(
        "Label the boxes, who", f"Label {'the big boxes and ' * 6}lamps, who"
    )
    ledger.commit({office: text})
    with talk(ledger) as said:
        shown = said.until("[d]one").replace("\r", "")
        said.interrupt()
        said.end()
    assert "boxes and lamps." in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 80


def test_each_answer_that_was_typed_as_a_flag_is_given_back(tmp_path: Path) -> None:
    settings = PEOPLE + "\ncoaching:\n  sales: [What surprised you?, A second?, A third?]\n"
    ledger = team(tmp_path / "acme", {**FILES, "nextstep.yaml": settings})
    flags = ("--answer", "to ask earlier", "--answer", "her calm", "--outcome", "x")
    with talk(ledger, "k3f9", "--kept", *flags) as said:
        said.answer("A third?", "hm")
        said.until("What is next")
        said.interrupt()
        assert said.end()[0] == 130
    again = " ".join(said.seen.partition("To go on with what you typed:")[2].split())
    answers = "--answer 'to ask earlier' --answer 'her calm' --answer hm"
    assert again == f"nextstep done k3f9 --kept --outcome x {answers}"
