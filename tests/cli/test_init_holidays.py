"""`nextstep init --holidays`: closed days come, go and stay, and every other byte is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from nextstep.cli.app import run as main
from tests.commands import Ran, run
from tests.repositories import write

BLOCK = """\
# The settings of acme
requires: ">=0.1"   # quoted

calendar:
  workweek: [mon, tue, wed, thu, fri]
  closed:
    - 2026-08-08          # the Friedensfest of Augsburg
    # and Christmas
    - 2026-12-25
    - 2027-03-01

people:                   # nobody else
  dev: {}
"""


def holidays(folder: Path, place: str, *, today: str = "2026-11-23") -> Ran:
    return run(
        "init", "--no-git", "--holidays", place, cwd=folder, env={"COLUMNS": "120"}, today=today
    )


def settings(folder: Path, text: str | bytes) -> Path:
    write(folder, {"nextstep.yaml": text, "commitments/a.yaml": "what: Call\nwho: dev\n"})
    return folder / "nextstep.yaml"


def without(text: str, kept: str) -> list[str]:
    """The lines of a text that are not in another."""
    there = kept.splitlines()
    return [line for line in text.splitlines() if line not in there]


def test_days_are_added_and_every_other_byte_is_kept(tmp_path: Path) -> None:
    file = settings(tmp_path, BLOCK)
    ran = holidays(tmp_path, "DE-BY")
    assert (ran.code, ran.err) == (0, "")
    after = file.read_text()
    assert without(BLOCK, after) == []
    new = without(after, BLOCK)
    assert "    - 2026-01-06  # Heilige Drei Könige" in new
    place = "  holidays: {country: DE, subdivision: BY, from: 2026-01-01, to: 2028-12-31}"
    assert place in new
    assert all(line == place or line.startswith("    - 202") for line in new)
    days = [line.split()[1] for line in after.splitlines() if line.startswith("    - ")]
    assert days == sorted(days)
    assert len(days) == len(set(days))


def test_it_is_said_which_days_come_for_which_range_and_which_stay(tmp_path: Path) -> None:
    settings(tmp_path, BLOCK)
    out = holidays(tmp_path, "DE-BY").out
    assert "the public holidays of DE-BY, Thu 1 Jan 2026 to Sun 31 Dec 2028" in out
    assert "new 2026   Thu 1 Jan Neujahr, Tue 6 Jan Heilige Drei Könige, " in out
    assert "kept       2026-08-08, which is not on that list: a person wrote it" in out
    assert "kept       2027-03-01" in out
    assert "as it was  1 that were written already" in out


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    file = settings(tmp_path, BLOCK)
    holidays(tmp_path, "DE-BY")
    once, when = file.read_bytes(), file.stat().st_mtime_ns
    ran = holidays(tmp_path, "de-by")
    assert "The closed days are there already" in ran.out
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (once, when)


def test_next_year_the_list_grows_and_keeps_what_was(tmp_path: Path) -> None:
    file = settings(tmp_path, BLOCK)
    holidays(tmp_path, "DE-BY")
    holidays(tmp_path, "DE-BY", today="2027-11-23")
    text = file.read_text()
    assert "from: 2026-01-01, to: 2029-12-31}" in text
    assert "2026-01-06" in text
    assert "2029-01-06" in text


def test_another_place_takes_its_own_days_out_and_leaves_those_of_people(tmp_path: Path) -> None:
    file = settings(tmp_path, BLOCK)
    holidays(tmp_path, "DE-BY")
    ran = holidays(tmp_path, "US")
    text = file.read_text()
    assert "gone 2026  Tue 6 Jan, Fri 3 Apr, " in ran.out
    assert "2026-01-06" not in text
    assert "2026-07-04  # Independence Day" in text
    assert "- 2026-08-08          # the Friedensfest of Augsburg" in text
    assert "- 2027-03-01" in text
    assert "holidays: {country: US, from: 2026-01-01, to: 2028-12-31}" in text


@pytest.mark.parametrize(
    "text",
    [
        "timezone: UTC",
        "timezone: UTC\n\n\n# the end\n",
        "calendar:\n  workweek: [sun, mon]",
        "calendar: {workweek: [mon, tue], closed: [2026-08-08]}\npeople: {dev: {}}\n",
        "calendar:\n  closed: []\n  workweek: [mon]\n",
        "calendar:\n  closed: 2026-08-08   # once\n",
        "calendar:\n  closed:\n  - 2026-08-08\npeople: {dev: {}}\n",
        "calendar:\n    closed: [2026-08-08,\n      2026-12-25]  # two\n    workweek: [mon]\n",
        "calendar:\n  holidays:\n    country: FR  # was\n    subdivision: BL\n    from: 2025-01-01\n  workweek: [mon]\n",
        "calendar:\n  holidays: FR\n",
        "people: {dev: {}}\ncalendar:\n  closed:\n    - 2026-12-25 # last line",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_way_to_write_a_calendar_is_edited_in_place(
    tmp_path: Path,
    *,
    text: str,
    end: str,
    mark: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The file loads without a finding, keeps its comments and line ends, and is then stable."""
    monkeypatch.setenv("NEXTSTEP_TODAY", "2026-11-23")
    file = settings(tmp_path, (mark + text.replace("\n", end)).encode())
    command = ["-C", str(tmp_path), "init", "--no-git", "--holidays", "DE-BY"]
    assert main(command) == 0
    data = file.read_bytes()
    assert data.decode().startswith(mark)
    if end == "\r\n" and "\n" in text:
        assert data.count(b"\n") == data.count(b"\r\n")
    for comment in ("# the end", "# once", "# two", "# was", "# last line"):
        assert (comment in text) == (comment in data.decode())
    assert b"2026-08-08" in data or "2026-08-08" not in text
    code = main(["-C", str(tmp_path), "check", str(file)])
    assert code == 0, capsys.readouterr().out
    assert main(command) == 0
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    "text",
    [
        "{timezone: UTC}\n",
        "calendar: {}\n",
        "calendar:\n  closed: [2026-01-06, # three kings\n    2026-12-25]\n  holidays: {country: DE, subdivision: BY}\n",
        "timezone: @x\n",
        "a: b: c\n",
        "calendar:\n  closed:\n    - 2026-12-25: Christmas\n",
        "calendar:\n  closed:\n    - [2026-12-25]\n",
        "calendar:\n  closed: {2026-12-25: Christmas}\n",
    ],
)
def test_what_cannot_be_edited_in_place_is_refused_and_left_alone(
    tmp_path: Path, text: str
) -> None:
    file = settings(tmp_path, text)
    ran = holidays(tmp_path, "US")
    assert ran.code == 2
    assert ran.err.startswith("nextstep: ")
    assert file.read_text() == text


def test_the_mode_of_the_file_stays(tmp_path: Path) -> None:
    file = settings(tmp_path, BLOCK)
    file.chmod(0o640)
    holidays(tmp_path, "DE-BY")
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_new_ledger_has_them_from_the_start(tmp_path: Path) -> None:
    assert holidays(tmp_path, "US").code == 0
    assert "    - 2026-07-04  # Independence Day" in (tmp_path / "nextstep.yaml").read_text()
    assert run("check", "--fail-on", "warning", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("place", "hint"),
    [
        ("Germany", "did you mean `DE`?"),
        ("germny", "did you mean `DE`?"),
        ("DE-BYE", "did you mean `DE-BY`?"),
        ("DE-", "write one of "),
        ("LI-XX", "write `LI` alone"),
        ("", "two letters of ISO 3166"),
        ("qqqqqq", "two letters of ISO 3166"),
        ("UA", "write the closed days by hand"),  # none are observed there in wartime
    ],
)
def test_an_unknown_place_is_refused_with_what_may_be_meant(
    tmp_path: Path, place: str, hint: str
) -> None:
    ran = holidays(tmp_path, place)
    assert ran.code == 2
    assert hint in ran.err
    assert list(tmp_path.iterdir()) == []
