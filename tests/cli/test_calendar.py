"""What `nextstep calendar` prints, and what a moved date does to it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.commands import run
from tests.conversation import Conversation
from tests.goldens import compare, unused
from tests.repositories import Made, make

CASES = {
    "calendar/bo.ics": ("--who", "bo"),
    "calendar/bo-todos.ics": ("--who", "bo", "--as", "todos"),
    "calendar/bo-follows-up.ics": ("--who", "bo", "--follow-ups"),
    "calendar/print-run.ics": ("--process", "print-run", "--closed"),
    "calendar/print-run-todos.ics": ("--process", "print-run", "--closed", "--as", "todos"),
}
PATH = "commitments/2026/11/offer-k3f9.yaml"
OFFER = "what: Send Lena the offer\nwho: dev\nwith: [lena]\npartner: mia\noutcome: She decides\n"
AGREED = "  - {at: 2026-11-12T15:10:00.250Z, by: dev, event: agreed}\n"
MOVED = '  - {at: 2026-11-17T09:02Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, why: "x"}\n'
CLOSED = "  - {at: 2026-11-19T09:00Z, by: dev, event: closed, result: kept, outcome: yes}\n"
UNDONE = "  - {at: 2026-11-17T10:00Z, by: dev, event: undone, of: 2026-11-17T09:02Z}\n"


@pytest.fixture
def team(tmp_path: Path) -> Made:
    made = make(tmp_path / "team")
    people = (
        "timezone: Europe/Berlin\npeople:\n  dev: {name: Devika Rao, emails: [dev@example.org]}\n"
    )
    made.commit(
        {
            "nextstep.yaml": f"{people}  lena: {{org: Globex}}\n  mia: {{}}\n",
            PATH: f"{OFFER}due: 2026-11-18\nlog:\n{AGREED}",
        }
    )
    made.git("config", "user.email", "dev@example.org")
    return made


def entries(made: Made, *arguments: str) -> list[Any]:
    ran = run("-C", str(made.path), "calendar", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return list(Calendar.from_ical(ran.out).subcomponents)


def facts(entry: Any, *names: str) -> list[str]:
    return [entry[name].to_ical().decode() for name in names]


@pytest.mark.parametrize("name", CASES)
def test_the_calendar_is_what_the_golden_file_says(name: str, desk: Path) -> None:
    ran = run("-C", str(desk), "calendar", *CASES[name])
    assert (ran.code, ran.err) == (65, "")  # the ledger holds a file that cannot be read
    compare(name, ran.out)
    assert "UID:!unread@nextstep" in ran.out


def test_every_golden_file_of_the_calendar_is_compared() -> None:
    assert unused("calendar", CASES) == set()


def test_an_entry_asks_on_the_day_how_it_went(team: Made) -> None:
    (event,) = entries(team)
    assert event.name == "VEVENT"
    assert facts(event, "uid", "dtstart") == ["offer-k3f9@nextstep", "20261118"]
    assert event["summary"] == "How did it go?: Send Lena the offer"
    assert event["description"].split("\n") == [
        "So that: She decides",
        "Who: Devika Rao",
        "With: lena",
        "Asks how it went: mia",
        "More: nextstep show k3f9",
    ]


def test_a_moved_date_moves_the_entry_and_is_newer(team: Made) -> None:
    (before,) = entries(team)
    team.commit({PATH: f"{OFFER}due: 2026-11-20\nlog:\n{AGREED}{MOVED}"})
    (after,) = entries(team)
    assert after["uid"] == before["uid"]
    assert facts(before, "dtstart", "sequence") == ["20261118", "1"]
    assert facts(after, "dtstart", "sequence") == ["20261120", "2"]


def test_a_date_changed_by_hand_has_a_later_stamp_once_it_is_committed(team: Made) -> None:
    """Of two entries with one number the later one is newer: that is how a calendar learns of it."""
    (before,) = entries(team)
    team.commit({PATH: f"{OFFER}due: 2026-11-20\nlog:\n{AGREED}"}, at="2026-11-21T08:00:00+01:00")
    (after,) = entries(team)
    names = ("dtstart", "sequence", "dtstamp", "last-modified")
    assert facts(before, *names) == ["20261118", "1", "20261120T100000Z", "20261120T100000Z"]
    assert facts(after, *names) == ["20261120", "1", "20261121T070000Z", "20261121T070000Z"]


def test_a_line_of_the_log_later_than_the_commit_is_the_stamp(team: Made) -> None:
    later = MOVED.replace("2026-11-17T09:02Z", "2026-11-22T09:02Z")
    team.commit({PATH: f"{OFFER}due: 2026-11-20\nlog:\n{AGREED}{later}"})
    (event,) = entries(team)
    assert facts(event, "dtstamp") == ["20261122T090200Z"]


def test_a_move_that_is_taken_back_is_newer_again(team: Made) -> None:
    team.commit({PATH: f"{OFFER}due: 2026-11-18\nlog:\n{AGREED}{MOVED}{UNDONE}"})
    (event,) = entries(team)
    assert facts(event, "dtstart", "sequence") == ["20261118", "3"]


def test_what_is_over_is_gone_or_cancelled_or_completed(team: Made) -> None:
    team.commit({PATH: f"{OFFER}due: 2026-11-18\nlog:\n{AGREED}{CLOSED}"})
    assert entries(team) == []
    (event,) = entries(team, "--closed")
    assert facts(event, "uid", "status", "sequence") == ["offer-k3f9@nextstep", "CANCELLED", "2"]
    (todo,) = entries(team, "--closed", "--as", "todos")
    assert facts(todo, "status", "completed") == ["COMPLETED", "20261119T090000Z"]


def test_a_todo_is_another_entry_than_the_event(team: Made) -> None:
    (todo,) = entries(team, "--as", "todos")
    assert todo.name == "VTODO"
    assert facts(todo, "uid", "due", "status", "summary") == [
        "offer-k3f9@todo.nextstep",
        "20261118",
        "NEEDS-ACTION",
        "Send Lena the offer",
    ]


def test_who_asks_is_told_whom(team: Made) -> None:
    assert entries(team, "--who", "mia") == []
    (event,) = entries(team, "--who", "mia", "--follow-ups")
    assert event["summary"] == "How did it go, Devika Rao?: Send Lena the offer"


def test_an_hour_is_an_hour_of_the_ledger(team: Made) -> None:
    team.commit({PATH: f"{OFFER}due: 2026-11-18T17:00\n"})
    (event,) = entries(team)
    assert facts(event, "dtstart", "duration") == ["20261118T160000Z", "PT15M"]


@pytest.mark.parametrize("due", ["due: asap\n", ""])
def test_what_has_no_day_is_a_todo_alone(team: Made, due: str) -> None:
    team.commit({PATH: f"{OFFER}{due}"})
    assert entries(team) == []
    (todo,) = entries(team, "--as", "todos")
    assert "due" not in todo


def test_what_is_proposed_is_asked_about_by_nobody(team: Made) -> None:
    team.commit({PATH: f"{OFFER}due: 2026-11-18\nlog:\n{AGREED.replace('agreed', 'proposed')}"})
    assert entries(team) == []
    assert entries(team, "--as", "todos") == []


def test_an_entry_without_a_log_has_the_stamp_of_the_commit(team: Made) -> None:
    team.commit({PATH: f"{OFFER}due: 2026-11-18\n"}, at="2026-11-21T08:00:00+01:00")
    (event,) = entries(team)
    assert facts(event, "dtstamp", "sequence") == ["20261121T070000Z", "0"]


def test_the_same_commit_gives_the_same_bytes_on_any_day(team: Made) -> None:
    arguments = ("-C", str(team.path), "calendar")
    ran = run(*arguments)
    assert ran.out == run(*arguments, today="2027-02-01").out
    assert ran.out == run(*arguments, env={"TZ": "Pacific/Auckland", "LC_ALL": "C"}).out
    assert ran.out == run(*arguments, "--as-of", "HEAD").out


def test_a_file_that_cannot_be_read_is_an_entry_of_today(team: Made) -> None:
    team.write({"commitments/broken.yaml": "what: [\n"})
    ran = run("-C", str(team.path), "calendar")
    assert ran.code == 65
    event: Any = Calendar.from_ical(ran.out).subcomponents[-1]
    assert event["summary"] == "1 file of team could not be read: nextstep check"
    assert event["description"] == "commitments/broken.yaml"
    assert event["dtstart"].dt == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as", "tasks"), "--as takes events or todos, not `tasks`"),
        (("--who", "nobody"), "this ledger has no person `nobody`"),
        (("--follow-ups", "--who", "all"), "is about one person"),
        (("--process", "nowhere"), "this ledger has no process `nowhere`"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    team: Made, arguments: tuple[str, ...], said: str
) -> None:
    ran = run("-C", str(team.path), "calendar", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_lines_are_short_and_end_as_the_format_wants(desk: Path) -> None:
    out = run("-C", str(desk), "calendar", "--who", "all", "--closed").out
    assert out.endswith("END:VCALENDAR\r\n")
    assert not re.search(r"[^\r]\n|\r[^\n]", out)
    assert max(len(line.encode()) for line in out.split("\r\n")) <= 75


def test_on_a_screen_it_says_where_a_calendar_takes_it_and_never_in_a_file(team: Made) -> None:
    way = "nextstep calendar > next.ics"
    for piped in (False, True):
        with Conversation("calendar", cwd=team.path, piped=piped) as said:
            code, out = said.end()
        assert (code, way in out) == (0, False)
        assert (way in said.seen) is not piped
