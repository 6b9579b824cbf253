"""Every file that cannot be read as it stands is told, in `check` and in every listing.

All of them lie in one ledger beside a good one: none hides another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from tests.commands import Ran, run
from tests.files.test_syntax_mistakes import MISTAKES
from tests.files.test_syntax_refusals import REFUSED
from tests.repositories import write

GOOD = "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\n"


def due(text: str) -> str:
    return f"what: Call\noutcome: Done\ndue: {text}\n"


def logged(text: str) -> str:
    return f"{GOOD}log:\n  - {{at: 2026-11-12T15:10Z, by: dev, {text}}}\n"


FIELDS = {
    # text, code, line, column, words of the message or hint
    "a misspelt field": ("what: x\nouctome: y\n", "NS101", 2, 1, "did you mean `outcome`"),
    "a misspelt what": ("waht: x\n", "NS110", 1, 1, "did you mean `what`"),
    "a number of 4,301 digits": (f"what: {'9' * 4301}\n", "NS106", 1, 7, "4301 characters"),
    "a number of 100,000 digits": (f"what: {'9' * 100_000}\n", "NS106", 1, 7, "500 is the most"),
    "a title of 200 kB": (f"what: {'x ' * 100_000}\n", "NS106", 1, 7, "199999 characters"),
    "a word of 5,000 letters": (f"what: {'x' * 5000}\n", "NS106", 1, 7, "fewer words"),
    "a tower of accents": (f"what: a{chr(0x301) * 10_000}\n", "NS106", 1, 7, "10001 characters"),
    "nothing": ("what:\n", "NS102", 1, 1, "`what` of this commitment has no value"),
    "a tilde": ("what: ~\n", "NS102", 1, 1, "write what: "),
    "null": ("what: Null\n", "NS102", 1, 1, "no value"),
    "nothing in quotes": ("what: ''\n", "NS102", 1, 1, "no value"),
    "blanks": ('what: "  "\n', "NS102", 1, 1, "no value"),
    "30 February": (due("2026-02-30"), "NS301", 3, 6, "February 2026 has 28 days"),
    "29 February": (due("2025-02-29"), "NS301", 3, 6, "February 2025 has 28 days"),
    "a 13th month": (due("2026-13-01"), "NS301", 3, 6, "a year has 12 months"),
    "the year 0": (due("0000-01-01"), "NS301", 3, 6, "there is no year 0"),
    "the year 10,000": (due("10000-01-01"), "NS301", 3, 6, "years have four digits"),
    "one digit": (due("2026-2-3"), "NS302", 3, 6, "write 2026-02-03"),
    "slashes": (due("2026/03/01"), "NS302", 3, 6, "write 2026-03-01"),
    "a day of two lands": (due("02/03/2026"), "NS302", 3, 6, "2 March or 3 February"),
    "a German day": (due("1.3.2026"), "NS302", 3, 6, "2026-03-01"),
    "a number": (due("5"), "NS302", 3, 6, "2026-11-27"),
    "a year": (due("2026"), "NS302", 3, 6, "2026-11-27"),
    "an hour": (due("10:30"), "NS302", 3, 6, "2026-11-27"),
    "hour 24": (due("2026-11-27T24:00"), "NS302", 3, 6, "write 2026-11-28T00:00"),
    "second 60": (
        logged("event: noted, text: x").replace("15:10Z", "23:59:60Z"),
        "NS303",
        5,
        10,
        "seconds go from 00 to 59",
    ),
    "an hour where a day belongs": (
        "title: x\nowner: dev\nstarted: 2026-11-12T10:00\nsteps: [{id: a, do: b, who: c}]\n",
        "NS302",
        3,
        10,
        "only a day is meant",
    ),
    "a list where a text belongs": ("what: [x]\n", "NS104", 1, 7, "write text"),
    "a map where a text belongs": ("what: {a: b}\n", "NS104", 1, 7, "write text"),
    "a text where a log belongs": (f"{GOOD}log: x\n", "NS104", 4, 6, "event"),
    "an event that is none": (logged("event: ofered, to: mia"), "NS108", 5, 45, "`offered`"),
}
"""What the syntax lets pass and a field does not; the syntax has its own tables."""

CASES: dict[str, tuple[str | bytes, str, int, int, str]] = {**FIELDS}
CASES |= {row[0]: row[1:] for row in REFUSED}
CASES |= {row[0].strip(): row for row in MISTAKES}
PATHS = {name: f"commitments/case-{number}.yaml" for number, name in enumerate(CASES)}


class Told(Struct, frozen=True):
    """What the commands said about the ledger with all the files."""

    check: Ran
    findings: Mapping[str, list[dict[str, Any]]]
    due: Ran
    listed: Ran


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    ledger = tmp_path_factory.mktemp("nasty")
    write(ledger, {"commitments/good.yaml": GOOD})
    write(ledger, {PATHS[name]: case[0] for name, case in CASES.items()})
    checked = run("check", "--format", "json", cwd=ledger)
    findings: dict[str, list[dict[str, Any]]] = {}
    for found in json.loads(checked.out)["findings"]:
        findings.setdefault(found["path"], []).append(found)
    return Told(
        check=checked,
        findings=findings,
        due=run("due", "--all", "--format", "tsv", cwd=ledger),
        listed=run("list", "--state", "all", "--format", "json", cwd=ledger),
    )


@pytest.mark.parametrize("name", CASES)
def test_the_place_and_the_remedy_reach_the_reader(name: str, told: Told) -> None:
    _, code, line, column, words = CASES[name]
    errors = [one for one in told.findings[PATHS[name]] if one["severity"] == "error"]
    assert (errors[0]["code"], errors[0]["line"], errors[0]["column"]) == (code, line, column)
    assert words in f"{errors[0]['message']} {errors[0]['hint']}"


@pytest.mark.parametrize("name", FIELDS)
def test_one_mistake_is_one_error(name: str, told: Told) -> None:
    found = told.findings[PATHS[name]]
    assert [one["code"] for one in found if one["severity"] == "error"] == [CASES[name][1]]
    assert "NS103" not in {one["code"] for one in found}


def test_every_such_file_is_a_row_and_the_good_one_is_there(told: Told) -> None:
    rows = [line.split("\t") for line in told.due.out.splitlines()]
    assert {row[-1] for row in rows if row[0] == "unread"} == set(PATHS.values())
    assert [row[6] for row in rows if row[-1] == "commitments/good.yaml"] == ["Send Lena the offer"]
    report = json.loads(told.listed.out)
    assert {one["path"] for one in report["unread"]} == set(PATHS.values())


def test_the_exit_codes_say_that_files_could_not_be_read(told: Told) -> None:
    assert (told.check.code, told.due.code, told.listed.code) == (1, 65, 65)
    assert {told.check.err, told.due.err, told.listed.err} == {""}


AS_WRITTEN = [
    *("NO", "on", "off", "y", "true", "=", "12e45678", "1e3", "1.10", "0123456", "+49123"),
    *("1_000", "0x1F", "0o10", ".inf", ".nan", "1e999999", "2026-02-30", "12:30", "9" * 499),
]


def test_a_text_is_kept_as_it_was_written(tmp_path: Path) -> None:
    for number, text in enumerate(AS_WRITTEN):
        write(tmp_path, {f"commitments/n{number:02}.yaml": f"what: {text}\noutcome: {text}\n"})
    report = json.loads(run("list", "--format", "json", cwd=tmp_path).out)
    shown = sorted((row["id"], row["what"], row["outcome"]) for row in report["items"])
    assert shown == [(f"n{at:02}", text, text) for at, text in enumerate(AS_WRITTEN)]


ALIKE = {
    "a mark at the beginning": b"\xef\xbb\xbf" + GOOD.encode(),
    "ends of lines of Windows": GOOD.replace("\n", "\r\n").encode(),
    "ends of lines of old Macs": GOOD.replace("\n", "\r").encode(),
    "mixed ends of lines": GOOD.replace("\n", "\r\n", 1).encode(),
    "no end of the last line": GOOD.encode()[:-1],
    "a beginning": b"---\n" + GOOD.encode(),
    "a tab after the colon": GOOD.replace(": ", ":\t").encode(),
    "tabs at the end": GOOD.replace("\n", "\t\n").encode(),
    "quotes": GOOD.replace(": ", ": '").replace("\n", "'\n").encode(),
}


def test_spellings_of_the_same_are_the_same_and_stay_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, {f"commitments/a{at}.yaml": data for at, data in enumerate(ALIKE.values())})
    report = json.loads(run("list", "--format", "json", cwd=tmp_path).out)
    words = {(row["what"], row["outcome"], row["due"]) for row in report["items"]}
    assert words == {("Send Lena the offer", "She can decide on Friday", "2026-11-27")}
    assert len(report["items"]) == len(ALIKE)
    for at, data in enumerate(ALIKE.values()):
        assert (tmp_path / f"commitments/a{at}.yaml").read_bytes() == data


def test_an_hour_is_a_due_and_a_cut_text_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "commitments/a.yaml": due("2026-11-27T17:00"),
            "commitments/b.yaml": due("2026-11-27T17:00+01:00"),
            "commitments/c.yaml": GOOD.replace("the offer", "offer #12"),
        },
    )
    checked = run("check", "--format", "json", cwd=tmp_path)
    [found] = json.loads(checked.out)["findings"]
    assert (checked.code, found["code"], found["severity"]) == (0, "NS027", "warning")
    assert (found["path"], found["line"]) == ("commitments/c.yaml", 1)
