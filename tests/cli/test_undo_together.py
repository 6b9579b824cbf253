"""What one command wrote in several records is taken back as one, by what it prints itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nextstep.model.events import instant_text
from tests.cli.review_run import COMMITMENT, PATH, REPORT, REVIEW, at_desk
from tests.commands import Ran
from tests.recording import commits, last, team
from tests.repositories import Made

OFFER_ALL = ("offer", "--all-of", "dev", "--to", "mia", "--yes")
CLOSE = ("done", "k3f9", "--kept", "--outcome", "she said yes", "--next", "Write it down @dev fri")


@pytest.fixture
def desk(tmp_path: Path) -> Made:
    """Return a ledger where dev has a commitment and three steps of a run."""
    return team(tmp_path / "acme", {REPORT: COMMITMENT, PATH: REVIEW})


def hinted(ran: Ran) -> list[str]:
    """Return the words of the command in the last line."""
    return ran.out.splitlines()[-1].partition(" nextstep ")[2].split()


def fields(made: Made) -> list[str]:
    """Return what the records say above their logs."""
    return [(made.path / path).read_text().partition("log:")[0].rstrip() for path in (REPORT, PATH)]


def test_everything_that_was_offered_goes_back_together(desk: Made) -> None:
    offered = at_desk(desk, *OFFER_ALL)
    assert offered.code == 0, offered.err
    trailers = last(desk).trailers
    assert len(trailers) == 4, "a commitment and three steps"
    ran = at_desk(desk, "undo", "--yes")
    assert ran.code == 0, ran.err
    assert ran.out.count("Taken back: ") == len(trailers)
    assert len(last(desk).trailers) == len(trailers)
    ran = at_desk(desk, "undo", "--yes")
    assert ran.out.count("Counts again: ") == len(trailers)


def test_the_command_that_is_printed_takes_all_of_it_back(desk: Made) -> None:
    offered = at_desk(desk, *OFFER_ALL)
    at_desk(desk, "note", "k3f9", "Lena called", today="2026-11-23T10:00Z")
    back = at_desk(desk, *hinted(offered), today="2026-11-24T09:00Z")
    assert (back.code, back.out.count("Taken back: ")) == (0, 4), back.err
    again = at_desk(desk, *hinted(back), today="2026-11-25T09:00Z")
    assert (again.code, again.out.count("Counts again: ")) == (0, 4), again.err
    assert "Lena called" in at_desk(desk, "show", "k3f9").out


def test_it_does_so_after_a_run_was_started_on_the_same_day(desk: Made) -> None:
    offered = at_desk(desk, *OFFER_ALL)
    desk.commit({PATH.replace("7qhd", "8rdn"): REVIEW.replace("2026-11-09", "2026-11-23")})
    refused = at_desk(desk, "undo", "--yes")
    assert refused.code == 2
    one, other = refused.err.splitlines()[-2:]
    assert one == "  nextstep undo 8rdn"
    assert other.split()[1:] == hinted(offered)
    ran = at_desk(desk, *other.split()[1:])
    assert (ran.code, ran.out.count("Taken back: ")) == (0, 4), ran.err


def test_what_came_next_goes_back_with_what_it_came_of(desk: Made) -> None:
    closed = at_desk(desk, *CLOSE)
    assert closed.code == 0, closed.err
    ran = at_desk(desk, *hinted(closed))
    assert ran.code == 0, ran.err
    assert "stays" not in ran.out
    assert len(last(desk).paths) == 2
    assert "open" in at_desk(desk, "show", "k3f9").out
    assert "Write it down" not in at_desk(desk, "due", "--format", "text").out


@pytest.mark.parametrize("words", [OFFER_ALL, CLOSE])
def test_a_log_that_is_ahead_takes_the_others_along(desk: Made, words: tuple[str, ...]) -> None:
    at_desk(desk, "note", "k3f9", "Lena called")
    at_desk(desk, "note", "k3f9", "Lena called again")
    before = fields(desk)
    written = at_desk(desk, *words)
    paths = last(desk).paths
    assert at_desk(desk, "undo", "--yes").code == 0
    assert last(desk).paths == paths
    assert fields(desk) == before
    assert "Lena called again" in at_desk(desk, "show", "k3f9").out
    assert at_desk(desk, *hinted(written)).code == 2, "it is taken back already"


def test_two_commands_of_one_moment_stay_apart_in_different_records(desk: Made) -> None:
    at_desk(desk, "note", "7qhd", "the room is booked")
    at_desk(desk, "note", "k3f9", "Lena called")
    at_desk(desk, "undo", "--yes")
    assert last(desk).paths == (REPORT,)


def test_an_instant_of_two_people_is_refused_with_what_names_each(desk: Made) -> None:
    at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    text = instant_text(at)
    desk.commit(
        {
            REPORT: f"{COMMITMENT}  - {{at: {text}, by: dev, event: noted, text: a}}\n",
            PATH: f"{REVIEW}log:\n  - {{at: {text}, by: raj, event: noted, text: b}}\n",
        }
    )
    refused = at_desk(desk, "undo", "--at", text)
    assert (refused.code, "dev and raj recorded something then" in refused.err) == (2, True)
    one, other = refused.err.splitlines()[-2:]
    for line, path in ((one, REPORT), (other, PATH)):
        assert at_desk(desk, *line.split()[1:]).code == 0
        assert last(desk).paths == (path,)


@pytest.mark.parametrize("words", [("move", "k3f9", "2026-11-30", "--why", "x"), CLOSE, OFFER_ALL])
def test_what_was_not_committed_is_taken_back_without_a_commit(
    desk: Made, words: tuple[str, ...]
) -> None:
    before, begun = fields(desk), commits(desk)
    written = at_desk(desk, *words, "--no-commit")
    back = at_desk(desk, *hinted(written))
    assert (back.code, fields(desk)) == (0, before), back.err
    assert at_desk(desk, *hinted(back)).code == 0
    assert commits(desk) == begun


def test_who_has_no_address_here_is_named_again(desk: Made) -> None:
    desk.git("config", "user.email", "guest@example.org")
    written = at_desk(desk, "move", "k3f9", "2026-11-30", "--why", "x", "--by", "dev")
    assert hinted(written) == ["undo", "k3f9", "--by", "dev"]
    back = at_desk(desk, *hinted(written))
    assert back.code == 0, back.err


def test_a_log_that_is_a_day_ahead_pushes_no_other(desk: Made) -> None:
    at_desk(desk, "note", "7qhd", "a slip of the clock", today="2026-11-24T09:00Z")
    at_desk(desk, "note", "k3f9", "Lena called")
    assert "at: 2026-11-23T09:00:00.000Z" in last(desk).lines[-1]
