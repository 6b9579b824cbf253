"""What day it is, is decided once: by what was said, else by the ledger's zone, and by nothing else."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.dates.now import now_at
from nextstep.dates.recurrence import occurrences, parse_recurrence
from tests.commands import PROGRAM, run
from tests.faults.every_output import ledger_of, outputs
from tests.repositories import write

OFFER = "what: Send Lena the offer\noutcome: She can decide\ndue: 2026-11-20\nwho: dev\n"
RUN = (
    "title: Move\nowner: dev\nstarted: 2026-11-09\nsteps:\n"
    "  - {id: pack, do: Pack, who: dev, rule: 5bd after start, due: 2026-11-20}\n"
)
FILES = {
    "nextstep.yaml": "timezone: UTC\npeople:\n  dev: {name: Dev}\n",
    "commitments/offer.yaml": OFFER,
    "commitments/move.yaml": RUN,
    "commitments/repeat.yaml": f"{OFFER}repeat: every friday\n",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clock")
    write(folder, FILES)
    return folder


ZONES = {
    "Pacific/Kiritimati": date(2026, 11, 22),
    "Asia/Kolkata": date(2026, 11, 21),
    "Europe/Berlin": date(2026, 11, 21),
    "UTC": date(2026, 11, 21),
    "America/Los_Angeles": date(2026, 11, 21),
    "Pacific/Niue": date(2026, 11, 20),
}


@pytest.mark.parametrize("zone", ZONES)
def test_one_instant_is_the_day_of_the_ledger_s_zone(zone: str, tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "nextstep.yaml": f"timezone: {zone}\n"})
    instant = "2026-11-21T10:15Z"
    told = [
        run("due", "--format", "json", cwd=tmp_path, today=instant, env={"TZ": machine}).out
        for machine in ("Asia/Tokyo", "America/Adak")
    ]
    report = json.loads(told[0])
    assert told[0] == told[1]
    assert (report["today"], report["timezone"]) == (ZONES[zone].isoformat(), zone)
    late = {item["id"] for item in report["items"] if item["overdue"]}
    assert bool(late) is (ZONES[zone] > date(2026, 11, 20))


WRONG = {
    "no such day": "2026-02-30",
    "one digit": "2026-2-3",
    "slashes": "01/02/2026",
    "dots": "1.3.2026",
    "a number": "5",
    "a day of the month": "31",
    "an hour": "10:30",
    "a year": "2026",
    "asap": "asap",
    "none": "none",
    "words": "next week",
    "a line break": "2026-11-23\n",
    "digits of another script": "\uff12026-11-23",
    "no zone's instant": "2026-11-23T10:00+99:00",
    "beyond the calendar": "0001-01-01T00:00+14:00",
    "the last moment": "9999-12-31T23:59-14:00",
}


@pytest.mark.parametrize("said", WRONG.values(), ids=WRONG.keys())
def test_a_day_that_is_none_is_refused_wherever_it_is_said(said: str, ledger: Path) -> None:
    for ended in (run("due", "--today", said, cwd=ledger), run("due", cwd=ledger, today=said)):
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith("nextstep: `")
        assert "Traceback" not in ended.err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1970-01-01", "2099-01-01"])
@pytest.mark.parametrize(
    "command", ["due --all", "list", "check", "show offer", "show move", "who"]
)
def test_the_ends_of_the_calendar_are_days_like_others(
    command: str, day: str, ledger: Path
) -> None:
    ended = run(*command.split(), "--today", day, cwd=ledger)
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0001-01-01T00:00Z"])
def test_the_ends_of_the_calendar_can_be_due(day: str) -> None:
    text = f"what: x\noutcome: y\ndue: {day}\nrepeat: every month\nwith: [a]\n"
    files = {**FILES, "commitments/edge.yaml": text}
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        files["nextstep.yaml"] = f"timezone: {zone}\n"
        assert day[:10] in outputs(ledger_of(files))["list json"]


@pytest.mark.parametrize(
    "zone", ["Foo/Bar", "../../etc/passwd", "/etc/passwd", "CET-1CEST", "\x1b"]
)
def test_a_zone_that_is_none_is_said_and_never_taken_for_utc(zone: str, tmp_path: Path) -> None:
    write(tmp_path, {"commitments/offer.yaml": OFFER})
    for command in ("due", "list", "check", "show", "who"):
        words = [command, "offer"] if command == "show" else [command]
        ended = run(*words, cwd=tmp_path, env={"TZ": zone})
        assert (ended.code, ended.out) == (2, ""), command
        assert "TZ" in ended.err
    write(tmp_path, {"nextstep.yaml": f'timezone: "{zone}"\n'})
    assert run("check", cwd=tmp_path, env={"TZ": "UTC"}).code == 1


def test_every_day_of_a_leap_year_comes_out_the_same_in_summer_and_winter_time() -> None:
    """In Santiago midnight is skipped on a day, in Apia a day was: days are not counted in hours."""
    for zone in ("America/Santiago", "Pacific/Apia", "Europe/Dublin", "Australia/Lord_Howe"):
        noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
        days = [now_at(noon + timedelta(days=n), zone).today for n in range(400)]
        steps = {(after - before).days for before, after in pairwise(days)}
        assert steps == {1}


@pytest.mark.parametrize(
    ("rhythm", "start", "days"),
    [
        ("every year", "2024-02-29", "2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
        ("every month", "2026-01-31", "2026-02-28 2026-03-31 2026-04-30 2026-05-31"),
        ("FREQ=YEARLY", "2024-02-29", "2028-02-29 2032-02-29"),
        ("FREQ=MONTHLY", "2026-01-31", "2026-03-31 2026-05-31"),
    ],
)
def test_a_rhythm_keeps_the_day_it_began_on(rhythm: str, start: str, days: str) -> None:
    found = occurrences(parse_recurrence(rhythm), date.fromisoformat(start))
    first, *later = (day.isoformat() for day in islice(found, 1 + len(days.split())))
    assert first == start
    assert later == days.split()


def test_nothing_that_is_printed_names_a_week_by_its_number() -> None:
    """Around New Year the number of a week belongs to another year than the day."""
    for day in ("2026-12-28", "2027-01-01", "2027-01-03", "2027-01-04"):
        files = {**FILES, "commitments/offer.yaml": OFFER.replace("2026-11-20", day)}
        for name, shown in outputs(ledger_of(files)).items():
            assert "W53" not in shown, name


def test_a_date_beyond_the_known_holidays_is_said(tmp_path: Path) -> None:
    calendar = "calendar:\n  holidays: {country: DE, from: 2026-01-01, to: 2026-12-31}\n"
    write(tmp_path, {"nextstep.yaml": f"timezone: UTC\n{calendar}"})
    write(tmp_path, {"commitments/a.yaml": OFFER.replace("2026-11-20", "2027-02-01")})
    told = run("check", "--format", "concise", cwd=tmp_path)
    assert told.code == 0
    assert "2026-12-31" in told.out


def test_a_command_that_runs_across_midnight_has_one_day(tmp_path: Path) -> None:
    """The clock moves on a day each time that it is asked, which is once."""
    write(tmp_path, FILES)
    site = tmp_path / "site"
    clock = (
        "import sys\nimport nextstep.cli.session as session\n"
        "from datetime import UTC, datetime, timedelta\n\n\n"
        "class Clock(datetime):\n    asked = 0\n\n    @classmethod\n    def now(cls, tz=None):\n"
        "        cls.asked += 1\n        print(cls.asked, file=sys.stderr)\n"
        "        return datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC) + "
        "timedelta(days=cls.asked - 1)\n\n\nsession.datetime = Clock\n"
    )
    write(site, {"sitecustomize.py": clock})
    for command in ("due", "list", "check", "who", "show offer"):
        env = {"PYTHONPATH": str(site), "NEXTSTEP_TODAY": ""}
        ended = run(*command.split(), cwd=tmp_path, env=env)
        assert (ended.code, ended.err) == (0, "1\n"), command
    told = json.loads(run("due", "--format", "json", cwd=tmp_path, env=env).out)
    assert told["today"] == "2026-11-20"


COMMANDS = ["due", "list", "check", "show offer", "who", "doctor", "explain NS301"]


@pytest.mark.parametrize("command", COMMANDS)
def test_cron_needs_nothing_but_a_path(command: str, ledger: Path) -> None:
    ended = subprocess.run(
        [*PROGRAM, "-C", str(ledger), *command.split()],
        cwd="/",
        env={"PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants bounds without a zone
def test_any_moment_shows_the_same_as_its_day(moment: datetime) -> None:
    """Where nothing is due at an hour, only the day counts."""
    ledger = ledger_of(FILES)
    noon = moment.replace(hour=12, minute=0, second=0, microsecond=0)
    once, again = (outputs(ledger, now_at(instant, "UTC")) for instant in (moment, noon))
    assert once == again
