"""What comes again: closing one opens the next, counted from where the rhythm began."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Ran, run
from tests.conversation import Conversation
from tests.recording import last, team
from tests.repositories import Made

PATH = "commitments/2026/11/friday-numbers-y5pg.yaml"
KEPT = ("--kept", "--outcome", "sent")


def weekly(due: str, repeat: str = "every friday", rest: str = "") -> str:
    return (
        f"what: Send the numbers\nwho: dev\nwith: [lena]\noutcome: She sees them\ndue: {due}\n"
        f"partner: mia\nsource: a call\nrepeat: {repeat}\n{rest}"
    )


def closed(folder: Path, text: str, *words: str, today: str = "2026-11-23") -> tuple[Made, Ran]:
    ledger = team(folder / "acme", {PATH: text})
    return ledger, run("done", "y5pg", *KEPT, *words, cwd=ledger.path, today=today)


def new_due(ledger: Made) -> str:
    (due,) = [line for line in last(ledger).lines if line.startswith("+due: ")]
    return due.removeprefix("+due: ")


def test_closing_one_opens_the_next_in_the_same_commit(tmp_path: Path) -> None:
    ledger, ran = closed(tmp_path, weekly("2026-11-20"))
    assert (ran.code, ran.err) == (0, "")
    new = next(path for path in last(ledger).paths if path != PATH)
    assert (ledger.path / new).read_text() == (
        "what: Send the numbers\n"
        "\n"
        "who: dev\n"
        "with: [lena]\n"
        "outcome: She sees them\n"
        "\n"
        "due: 2026-11-27\n"
        "\n"
        "partner: mia\n"
        "source: a call\n"
        "follows: friday-numbers-y5pg\n"
        "repeat: every friday\n"
        "\n"
        "log:\n"
        "  - {at: 2026-11-23T00:00:00.000Z, by: dev, event: agreed}\n"
    )
    id_ = new.rpartition("/")[2].removesuffix(".yaml")
    assert f"next: {id_}," in (ledger.path / PATH).read_text()
    said = ran.out.splitlines()
    assert said[1] == f"Next is {id_[-4:]}: Send the numbers"
    assert "due Fri 27 Nov 2026, in 4 days (3 working days) · every friday" in said[2]
    assert run("check", "--fail-on", "warning", cwd=ledger.path).code == 0


def test_times_that_have_gone_by_are_passed_over(tmp_path: Path) -> None:
    ledger, _ = closed(tmp_path, weekly("2026-10-30"))
    assert new_due(ledger) == "2026-11-27"


def test_what_is_closed_early_comes_again_after_its_own_day(tmp_path: Path) -> None:
    ledger, _ = closed(tmp_path, weekly("2026-11-27"))
    assert new_due(ledger) == "2026-12-04"


def test_today_is_a_day_to_do_it_again(tmp_path: Path) -> None:
    ledger, _ = closed(tmp_path, weekly("2026-11-20"), today="2026-11-27")
    assert new_due(ledger) == "2026-11-27"


def test_a_date_that_was_moved_once_does_not_move_the_rhythm(tmp_path: Path) -> None:
    moved = (
        "log:\n  - {at: 2026-11-19T09:00Z, by: dev, event: moved, from: 2026-11-09, "
        'to: 2026-11-20, agreed_by: lena, why: "away"}\n'
    )
    ledger, _ = closed(tmp_path, weekly("2026-11-20", "every 2 weeks", moved))
    assert new_due(ledger) == "2026-11-23"


def test_a_rhythm_that_had_no_date_is_counted_from_its_first_one(tmp_path: Path) -> None:
    moved = "log:\n  - {at: 2026-11-18T10:00Z, by: dev, event: moved, from: none, to: 2026-11-23}\n"
    ledger, _ = closed(tmp_path, weekly("2026-11-23", "every 2 weeks", moved), today="2026-11-24")
    assert new_due(ledger) == "2026-12-07"


def test_a_rhythm_without_a_date_is_not_moved_by_what_is_moved_once(tmp_path: Path) -> None:
    moved = (
        "log:\n  - {at: 2026-11-12T10:00Z, by: dev, event: moved, from: none, to: 2026-11-16}\n"
        "  - {at: 2026-11-13T10:00Z, by: dev, event: moved, from: 2026-11-16, to: 2026-11-18}\n"
    )
    ledger, _ = closed(tmp_path, weekly("2026-11-18", "every 2 weeks", moved))
    assert new_due(ledger) == "2026-11-30"


def test_the_last_day_of_a_month_stays_the_last_day(tmp_path: Path) -> None:
    ledger, _ = closed(tmp_path, weekly("2027-01-31", "every month"), today="2027-01-31")
    assert new_due(ledger) == "2027-02-28"
    handle = next(path for path in last(ledger).paths if path != PATH)[-9:-5]
    words = ("done", handle, *KEPT)
    assert run(*words, cwd=ledger.path, today="2027-02-28").code == 0
    assert new_due(ledger) == "2027-03-31"


def test_a_rhythm_that_ends_says_that_it_comes_no_more(tmp_path: Path) -> None:
    ledger, ran = closed(
        tmp_path, weekly("2026-11-20", "FREQ=WEEKLY;UNTIL=20261120"), "--nothing-further", "over"
    )
    assert ran.code == 0, ran.err
    assert "comes no more." in ran.out
    assert last(ledger).paths == (PATH,)


def test_enter_is_enough_where_the_next_one_comes_by_itself(tmp_path: Path) -> None:
    ledger = team(tmp_path / "acme", {PATH: weekly("2026-11-20")})
    with Conversation("done", "y5pg", "--kept", cwd=ledger.path) as said:
        said.answer("outcome?", "sent")
        said.until("Enter: Fri\n  27 Nov 2026 again")
        said.until("> ")
        said.type("")
        assert said.end()[0] == 0
    assert new_due(ledger) == "2026-11-27"


def test_what_is_given_up_comes_no_more(tmp_path: Path) -> None:
    ledger = team(tmp_path / "acme", {PATH: weekly("2026-11-20")})
    ran = run("drop", "y5pg", "--why", "nobody reads them", cwd=ledger.path)
    assert "It came every friday, and comes no more." in ran.out
    assert last(ledger).paths == (PATH,)


def test_an_hour_of_the_day_stays(tmp_path: Path) -> None:
    ledger, ran = closed(tmp_path, weekly("2026-11-20T16:30"))
    assert ran.code == 0, ran.err
    assert new_due(ledger) == "2026-11-27T16:30"


def test_what_is_closed_a_second_time_opens_no_second_next_one(tmp_path: Path) -> None:
    ledger, _ = closed(tmp_path, weekly("2026-11-20"))
    new = next(path for path in last(ledger).paths if path != PATH)
    run("reopen", "y5pg", "--why", "not all of them", cwd=ledger.path)
    ran = run("done", "y5pg", "--partly", "--outcome", "some", cwd=ledger.path)
    assert ran.code == 0, ran.err
    assert last(ledger).paths == (PATH,)
    assert f"next: {new.rpartition('/')[2].removesuffix('.yaml')}," in last(ledger).lines[-1]
    assert ': "Send the numbers".' in ran.out


def newest(ledger: Made) -> str:
    """Return the id of what the last commit opened."""
    new = next(
        path for path in last(ledger).paths if "+what: Send the numbers" in added(ledger, path)
    )
    return new.rpartition("/")[2].removesuffix(".yaml")


def added(ledger: Made, path: str) -> list[str]:
    """Return the lines that the last commit changed in a file."""
    return ledger.git("show", "--format=", "HEAD", "--", path).splitlines()


@pytest.mark.parametrize("ways", [(), ("--later",)], ids=["open", "done"])
def test_nor_does_it_where_the_next_one_is_closed_too_and_one_came_of_that(
    tmp_path: Path, ways: tuple[str, ...]
) -> None:
    ledger, _ = closed(tmp_path, weekly("2026-11-20"))
    second = newest(ledger)
    assert run("done", second, *KEPT, cwd=ledger.path, today="2026-11-23").code == 0
    third = newest(ledger)
    assert third != second
    for way in ways:
        assert run("done", third, way, cwd=ledger.path, today="2026-11-23").code == 0
    assert run("reopen", "y5pg", "--why", "not all", cwd=ledger.path).code == 0
    with Conversation("done", "y5pg", "--partly", cwd=ledger.path) as said:
        said.answer("outcome?", "some")
        said.until(f"Enter: {third[-4:]},\n  which is there already")
        said.until("> ")
        said.type("")
        assert said.end()[0] == 0
    assert last(ledger).paths == (PATH,)
    assert f"next: {third}," in last(ledger).lines[-1]
