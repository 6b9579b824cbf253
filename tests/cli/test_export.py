"""What `nextstep export` writes, of one ledger and of many."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from nextstep.reports.export import TABLES, names_of
from tests.commands import Ran, run
from tests.repositories import Made, make, write

PATH = "commitments/2026/11/offer-k3f9.yaml"
OFFER = """\
what: "=Send, Lena the \\"offer\\""
who: dev
with: [lena, tom]
due: 2026-11-20
part_of: greet
log:
  - {at: 2026-11-12T15:10Z, by: dev, event: agreed}
  - {at: 2026-11-19T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, agreed_by: lena, why: "x"}
  - {at: 2026-11-19T10:00Z, by: dev, event: blocked, why: "no figures"}
  - {at: 2026-11-19T11:00Z, by: dev, event: undone, of: 2026-11-19T10:00Z}
"""
GREET = """\
title: Greet
owner: dev
customer: everybody
provides: A good start
steps:
  - {id: wave, do: Wave, who: dev, due: 1bd after start, done_when: They smile}
"""
VOTE = """\
title: Choose
for: Globex
started: 2026-11-09
owner: ana
people: {}
steps:
  - {id: choose, approve: the plan, who: [dev, lena], need: all, blind: true, due: 2026-11-20}
log:
  - {at: 2026-11-12T15:10Z, by: dev, event: approved, step: choose}
"""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Made:
    made = make(tmp_path_factory.mktemp("export") / "team")
    made.commit({PATH: OFFER.replace("2026-11-20\n", "2026-11-18\n").partition("log:")[0]})
    made.commit({PATH: OFFER, "processes/greet.yaml": GREET})
    return made


def export(*arguments: str, cwd: Path | None = None) -> Ran:
    return run("export", *arguments, cwd=cwd)


def rows(ran: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, team: Made, workshop: Path) -> Path:
    """Every table of two ledgers, in both formats; one has no history."""
    folder = tmp_path_factory.mktemp("tables")
    for form in ("csv", "jsonl"):
        given = ("--output", str(folder), "--format", form)
        ran = export("all", str(team.path), str(workshop), *given)
        assert (ran.code, ran.out) == (65, "")
        assert "nextstep: workshop, trail: there is no history to read" in ran.err
    return folder


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_what_the_schema_says(name: str, written: Path) -> None:
    schema = json.loads(export(name, "--schema").out)["definitions"][name]
    Draft7Validator.check_schema(schema)
    check = Draft7Validator(schema, format_checker=FormatChecker())
    lines = (written / f"{name}.jsonl").read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        check.validate(json.loads(line))
        assert list(json.loads(line)) == [column.name for column in TABLES[name].columns]


@pytest.mark.parametrize("name", TABLES)
def test_both_formats_say_the_same(name: str, written: Path) -> None:
    told = (written / f"{name}.jsonl").read_text("utf-8").splitlines()
    with (written / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *cells = csv.reader(file)
    assert head == [column.name for column in TABLES[name].columns]
    assert cells == [[as_cell(value) for value in json.loads(line).values()] for line in told]


def as_cell(value: object) -> str:
    if value in (None, [], {}):
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in {"=", "+", "-", "@"} else value
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False)


def test_nothing_is_left_beside_the_tables(written: Path) -> None:
    files = {f"{name}.{form}" for name in TABLES for form in ("csv", "jsonl")}
    assert {path.name for path in written.iterdir()} == files


def test_a_spreadsheet_calculates_nothing(team: Made) -> None:
    out = export("commitments", str(team.path)).out
    (row,) = csv.DictReader(StringIO(out))
    assert row["what"] == '\'=Send, Lena the "offer"'
    assert out.count("\r\n") == out.count("\n") == 2


def test_the_row_of_a_commitment(team: Made) -> None:
    (row,) = rows(export("commitments", str(team.path), "--format", "jsonl"))
    head = team.git("rev-parse", "HEAD")
    assert (row["ledger"], row["commit_id"], row["today"]) == ("team", head, "2026-11-23")
    assert row["what"] == '=Send, Lena the "offer"'
    assert (row["who"], row["agreed_with"], row["process"]) == ("dev", ["lena", "tom"], "greet")
    assert (row["due"], row["due_at"], row["first_due"]) == ("2026-11-20", None, "2026-11-18")
    assert (row["moved"], row["moved_late"], row["overdue"], row["days_late"]) == (1, 1, True, 1)
    assert (row["state"], row["on_time"], row["blocked"]) == ("open", None, False)


def test_an_event_says_whether_it_counts_and_came_too_late(team: Made) -> None:
    agreed, moved, blocked, undone = rows(export("events", str(team.path), "--format", "jsonl"))
    assert [one["counts"] for one in (agreed, moved, blocked, undone)] == [True, True, False, False]
    assert [one["after_due"] for one in (agreed, moved, blocked)] == [None, True, None]
    assert (moved["old_value"], moved["new_value"], moved["agreed_by"]) == (
        "2026-11-18",
        "2026-11-20",
        ["lena"],
    )
    assert undone["more"] == {"of": "2026-11-19T10:00:00.000Z"}
    assert {one["process"] for one in (agreed, moved)} == {"greet"}


def test_the_trail_says_which_commit_shows_what_happened(team: Made) -> None:
    told = rows(export("trail", str(team.path), "--format", "jsonl"))
    (moved,) = [one for one in told if one["event"] == "moved"]
    assert (moved["id"], moved["acted_by"], moved["logged"], moved["seen"]) == (
        "offer-k3f9",
        "dev",
        True,
        True,
    )
    assert (moved["old_value"], moved["new_value"], moved["after_due"]) == (
        "2026-11-18",
        "2026-11-20",
        True,
    )
    assert (moved["found_in"], moved["author"]) == (team.git("rev-parse", "HEAD"), "Dev")


def test_a_vote_that_nobody_is_to_see_yet_is_not_exported(tmp_path: Path) -> None:
    write(tmp_path, {"commitments/choose-k3f9.yaml": VOTE})
    assert rows(export("events", "--format", "jsonl", cwd=tmp_path)) == []
    second = "  - {at: 2026-11-12T16:10Z, by: lena, event: approved, step: choose}\n"
    write(tmp_path, {"commitments/choose-k3f9.yaml": VOTE + second})
    assert len(rows(export("events", "--format", "jsonl", cwd=tmp_path))) == 2


def test_the_same_commit_and_day_give_the_same_bytes(team: Made) -> None:
    first = export("events", str(team.path), "--today", "2026-11-23")
    assert first.out == export("events", str(team.path), "--today", "2026-11-23").out
    assert first.out == export("events", str(team.path), "--as-of", "HEAD").out


def test_what_cannot_be_read_is_said_and_the_rest_is_written(team: Made, tmp_path: Path) -> None:
    write(
        tmp_path, {"half/commitments/a.yaml": "what: A\n", "half/commitments/b.yaml": "what: [\n"}
    )
    folders = (str(team.path), str(tmp_path / "gone"), str(tmp_path / "half"))
    ran = export("commitments", *folders, "--format", "jsonl")
    assert ran.code == 65
    assert [row["ledger"] for row in rows(ran)] == ["team", "half"]
    assert f"nextstep: {tmp_path / 'gone'}: `{tmp_path / 'gone'}` does not exist" in ran.err
    assert "! half: commitments/b.yaml could not be read" in ran.err


def test_one_ledger_that_is_not_there_is_all_there_is_to_say(tmp_path: Path) -> None:
    ran = export("commitments", str(tmp_path / "gone"))
    assert (ran.code, ran.out) == (2, "")
    assert export("commitments", cwd=tmp_path).code == 2


def test_a_folder_inside_a_ledger_is_not_taken_for_one(team: Made) -> None:
    ran = export("commitments", str(team.path / "commitments"))
    assert (ran.code, ran.out) == (2, "")
    assert f"the nearest one is in {team.path}" in ran.err


def test_a_failed_export_leaves_the_one_before(team: Made, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    given = ("commitments", "--output", str(folder))
    assert export(*given, str(team.path)).code == 0
    before = (folder / "commitments.csv").read_bytes()
    assert export(*given, str(tmp_path / "gone")).code == 2
    assert [path.name for path in folder.iterdir()] == ["commitments.csv"]
    assert (folder / "commitments.csv").read_bytes() == before


def test_a_link_in_the_place_of_a_table_is_not_followed(team: Made, tmp_path: Path) -> None:
    write(tmp_path, {"mine.txt": "keep", "tables/x": ""})
    (tmp_path / "tables/commitments.csv").symlink_to(tmp_path / "mine.txt")
    assert export("commitments", str(team.path), "--output", str(tmp_path / "tables")).code == 0
    assert (tmp_path / "mine.txt").read_text() == "keep"
    assert "offer-k3f9" in (tmp_path / "tables/commitments.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no table is named"),
        (("step",), "did you mean `steps`?"),
        (("runs", "steps"), "standard output takes one table"),
        (("runs", "--format", "xml"), "--format takes csv or jsonl, not `xml`"),
        (("runs", "--output", "/dev/null/x"), "`/dev/null/x` cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_said(team: Made, arguments: tuple[str, ...], said: str) -> None:
    ran = export(*arguments, cwd=team.path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_ledgers_are_named_by_as_much_as_tells_them_apart() -> None:
    assert names_of(["/srv/a", "b/"]) == ("a", "b")
    assert names_of(["x/one/ledger", "y/one/ledger", "y/two"]) == (
        "x/one/ledger",
        "y/one/ledger",
        "two",
    )
