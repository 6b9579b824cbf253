"""Two calendar programs of other people read what `nextstep calendar` prints: khal and todoman.

Run with `nox -s outside`, which installs both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from tests.repositories import write

pytestmark = pytest.mark.outside

SETTINGS = "timezone: Europe/Berlin\npeople: {dev: {name: Devika Rao}, lena: {}}\n"
WHAT = "Send Zoë, Tom & 李 the offer; \\n <b>in full</b>: 100 %, END:VEVENT"
OFFER = f"what: '{WHAT}'\nwho: dev\nwith: [lena]\noutcome: She can decide\n"
LOG = """\
log:
  - {at: 2026-11-12T15:10Z, by: dev, event: agreed}
"""
MOVED = '  - {at: 2026-11-17T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, why: "x"}\n'
CLOSED = "  - {at: 2026-11-19T09:00Z, by: dev, event: closed, result: kept, outcome: yes}\n"
PATH = "commitments/2026/11/offer-k3f9.yaml"
CALL = "what: Call Tom\nwho: dev\noutcome: He knows\ndue: 2026-11-19T17:00\n"
KHAL = """\
[calendars]
[[next]]
path = {folder}/cal
type = calendar
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = next
[sqlite]
path = {folder}/khal.db
"""
TODOMAN = """\
path = "{folder}/todos/*"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
cache_path = "{folder}/todo.db"
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    folder = tmp_path / "team"
    write(
        folder,
        {
            "nextstep.yaml": SETTINGS,
            PATH: f"{OFFER}due: 2026-11-18\n{LOG}",
            "commitments/2026/11/call-7qhd.yaml": CALL,
        },
    )
    return folder


class Programs:
    """khal and todoman, with settings of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write(
            folder,
            {
                "khal.conf": KHAL.format(folder=folder),
                "todoman.py": TODOMAN.format(folder=folder),
                "home/x": "",
                "cal/.keep": "",
            },
        )

    def khal(self, *arguments: str) -> str:
        return self._said("khal", "-c", str(self.folder / "khal.conf"), *arguments)

    def events(self) -> Iterator[dict[str, str]]:
        """Yield what khal lists, each entry by the names of its fields."""
        names = "start-date start-time end-time title uid status description".split()
        wanted = [word for name in names for word in ("--json", name)]
        for line in self.khal("list", "2026-11-01", "60d", *wanted).splitlines():
            yield from json.loads(line)

    def take(self, ledger: Path, *arguments: str) -> dict[str, dict[str, str]]:
        """Have khal import a calendar, and return what it then lists, by its identity."""
        ran = run("-C", str(ledger), "calendar", "--who", "dev", *arguments)
        assert ran.code == 0
        write(self.folder, {"next.ics": ran.out})
        self.khal("import", "--batch", "-a", "next", str(self.folder / "next.ics"))
        return {event["uid"]: event for event in self.events()}

    def todos(self, ledger: Path, *arguments: str) -> list[dict[str, object]]:
        """Return what todoman lists of a calendar that stands in its folder."""
        ran = run("-C", str(ledger), "calendar", "--who", "dev", "--as", "todos", *arguments)
        write(self.folder, {"todos/next/next.ics": ran.out})
        (self.folder / "todo.db").unlink(missing_ok=True)  # it looks again after a second
        said = self._said(
            *("todo", "--porcelain", "--config", str(self.folder / "todoman.py")),
            *("list", "--status", "ANY"),
        )
        found: list[dict[str, object]] = json.loads(said)
        return found

    def _said(self, program: str, *arguments: str) -> str:
        path = shutil.which(program)
        if path is None:
            pytest.skip(f"{program} is not installed: nox -s outside installs it")
        done = subprocess.run(
            [path, *arguments],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder / "home"),
                "LC_ALL": "C.UTF-8",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    return Programs(tmp_path / "programs")


def test_khal_shows_the_question_on_the_day(ledger: Path, programs: Programs) -> None:
    found = programs.take(ledger)
    assert set(found) == {"offer-k3f9@nextstep", "call-7qhd@nextstep"}
    offer, call = found["offer-k3f9@nextstep"], found["call-7qhd@nextstep"]
    assert (offer["start-date"], offer["start-time"]) == ("2026-11-18", "")
    assert offer["title"] == f"How did it go?: {WHAT}"
    assert offer["description"].splitlines()[:2] == ["So that: She can decide", "Who: Devika Rao"]
    assert (call["start-date"], call["start-time"], call["end-time"]) == (
        "2026-11-19",
        "17:00",
        "17:15",
    )


def test_khal_moves_the_entry_when_the_date_is_moved(ledger: Path, programs: Programs) -> None:
    programs.take(ledger)
    write(ledger, {PATH: f"{OFFER}due: 2026-11-20\n{LOG}{MOVED}"})
    found = programs.take(ledger)
    assert len(list(programs.events())) == 2
    assert found["offer-k3f9@nextstep"]["start-date"] == "2026-11-20"


def test_khal_moves_the_entry_when_the_date_was_changed_by_hand(
    ledger: Path, programs: Programs
) -> None:
    programs.take(ledger)
    write(ledger, {PATH: f"{OFFER}due: 2026-11-20\n{LOG}"})
    assert programs.take(ledger)["offer-k3f9@nextstep"]["start-date"] == "2026-11-20"
    assert len(list(programs.events())) == 2


def test_khal_learns_what_is_over(ledger: Path, programs: Programs) -> None:
    programs.take(ledger)
    write(ledger, {PATH: f"{OFFER}due: 2026-11-18\n{LOG}{CLOSED}"})
    assert programs.take(ledger)["offer-k3f9@nextstep"]["status"].strip() == ""
    assert programs.take(ledger, "--closed")["offer-k3f9@nextstep"]["status"].strip() == "CANCELLED"


def test_todoman_lists_what_is_to_be_done(ledger: Path, programs: Programs) -> None:
    found = {str(todo["summary"]): todo for todo in programs.todos(ledger)}
    assert set(found) == {WHAT, "Call Tom"}
    assert not any(todo["completed"] for todo in found.values())
    write(ledger, {PATH: f"{OFFER}due: 2026-11-18\n{LOG}{CLOSED}"})
    assert [todo["summary"] for todo in programs.todos(ledger)] == ["Call Tom"]
    found = {str(todo["summary"]): todo for todo in programs.todos(ledger, "--closed")}
    assert found[WHAT]["completed"]
