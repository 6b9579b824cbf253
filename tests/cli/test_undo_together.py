"""What one command wrote in several records is taken back as one, by what it prints itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nextstep.model.events import instant_text
from tests.cli.review_run import COMMITMENT, PATH, REPORT, REVIEW, at_desk
from tests.commands import Ran
from tests.conversation import Conversation
from tests.recording import PEOPLE, commits, last, team
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


def taken_back_by_what_is_printed(made: Made, printed: str) -> Ran:
    """Paste the undo that the program named in its last line."""
    return at_desk(made, *printed.split()[printed.split().index("undo") :])


@pytest.mark.parametrize("words", [("undo", "k3f9"), ("undo", "--yes")])
def test_a_look_back_and_the_answers_to_a_ledgers_own_questions_go_back_together(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    asks = "\ncoaching:\n  sales: [What surprised you?, Which page helped?]\n"
    sale = COMMITMENT.replace("partner:", "part_of: sales\npartner:")
    made = team(tmp_path / "acme", {"nextstep.yaml": f"{PEOPLE}{asks}", REPORT: sale})
    given = ("--answer", "her calm", "--answer", "the third")
    closed = at_desk(made, *CLOSE[:-2], "--nothing-further", "it is over", *given)
    assert closed.out.splitlines()[-1].endswith("nextstep undo k3f9")
    assert len(last(made).trailers) == 3, "the look back and two answers"
    ran = at_desk(made, *words)
    assert (ran.code, ran.out.count("Taken back: ")) == (0, 3), ran.err
    assert "open" in at_desk(made, "show", "k3f9").out
    ran = at_desk(made, *words)
    assert (ran.code, ran.out.count("Counts again: ")) == (0, 3), ran.err


def test_what_was_kept_as_a_note_goes_back_with_the_look_back_and_what_came_of_it(
    desk: Made,
) -> None:
    words = ("done", "k3f9", "--why", "the bus was late", "--outcome", "she said yes")
    next_ = ("--next", "Write it down @dev fri")
    with Conversation(*words, *next_, cwd=desk.path, env={"COLUMNS": "200"}) as said:
        said.answer("[d]rop", "k")
        assert said.end()[0] == 0
    assert len(last(desk).trailers) == 3, "the note, the look back and the next step"
    ran = taken_back_by_what_is_printed(desk, said.seen)
    assert (ran.code, "stays" in ran.out) == (0, False), ran.err
    assert len(last(desk).paths) == 2
    assert "open" in at_desk(desk, "show", "k3f9").out


@pytest.mark.parametrize(
    ("key", "answers"), [("n", {"By when?": "2026-11-30"}), ("h", {})], ids=["not yet", "help"]
)
def test_what_was_kept_as_a_note_goes_back_with_what_did_not_end_it(
    desk: Made, key: str, answers: dict[str, str]
) -> None:
    before = fields(desk)
    words = ("done", "k3f9", "--why", "the bus was late", "--learned", "walk")
    with Conversation(*words, cwd=desk.path, env={"COLUMNS": "200"}) as said:
        said.answer("[d]rop", key)
        for asked, answer in answers.items():
            said.answer(asked, answer)
        assert said.end()[0] == 0
    assert len(last(desk).trailers) == 2, "the note, and that it goes on"
    ran = at_desk(desk, "undo", "k3f9")
    assert (ran.code, ran.out.count("Taken back: "), fields(desk)) == (0, 2, before), ran.err


def test_a_note_goes_back_alone_where_it_was_a_command_of_its_own(desk: Made) -> None:
    at_desk(desk, "note", "k3f9", "Lena called")
    at_desk(desk, *CLOSE)
    at_desk(desk, "note", "k3f9", "Lena called")
    assert at_desk(desk, "undo", "k3f9").out.count("Taken back: ") == 1
    assert "closed" in at_desk(desk, "show", "k3f9").out


def test_all_that_was_asked_about_one_run_goes_back_together(tmp_path: Path) -> None:
    made = team(
        tmp_path / "acme",
        {
            PATH: "title: Pack the boxes\nowner: dev\nstarted: 2026-11-02\nsteps:\n"
            "  - {id: pack, do: Pack, who: raj, due: 2026-11-20, after: []}\n"
            "  - {id: label, do: Label, who: mia, due: 2026-11-20, after: []}\n"
        },
    )
    asked = at_desk(made, "ask", "--yes")
    assert (asked.code, len(last(made).trailers)) == (0, 2), asked.err
    ran = at_desk(made, "undo", "--yes")
    assert (ran.code, ran.out.count("Taken back: ")) == (0, 2), ran.err


def test_all_that_was_changed_by_hand_and_recorded_at_once_goes_back_together(
    tmp_path: Path,
) -> None:
    made = team(tmp_path / "acme", {PATH: REVIEW})
    before = (made.path / PATH).read_text()
    edited = before.replace("meeting: 2026-12-15", "meeting: 2026-12-17")
    (made.path / PATH).write_text(edited.replace("tier: plain", "tier: gold"))
    assert at_desk(made, "fmt", "--record", "--why", "They signed").code == 0
    made.commit({})
    assert (made.path / PATH).read_text().count("event: changed") == 2
    assert at_desk(made, "undo", "7qhd").code == 0
    after = (made.path / PATH).read_text()
    assert after.partition("log:")[0].rstrip() == before.rstrip()
