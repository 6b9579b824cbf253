"""Findings for programs of other people: SARIF, and GitLab's report on code quality."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from unicodedata import category
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nextstep.dates.now import now_on
from nextstep.diagnostics.diagnostic import (
    Diagnostic,
    Mend,
    Related,
    Replacement,
    Severity,
    Span,
)
from nextstep.files.disk import Listing
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.render.findings_gitlab import check_gitlab
from nextstep.render.findings_sarif import check_sarif
from nextstep.reports.baseline import fingerprints
from nextstep.reports.check import CheckReport, Shown, check_report
from nextstep.rules.catalogue import ALL_RULES, FAMILIES, by_code_or_name, judge
from tests.rules.ledgers import TODAY

BAD = tuple(
    Source(
        path.replace(".yaml", f"-{rule.code.lower()}.yaml"),
        data if isinstance(data, bytes) else data.encode(),
    )
    for rule in ALL_RULES
    for path, data in rule.bad.files.items()
    if path.endswith(".yaml") and "/" in path
)


def ledger_of(*sources: Source) -> Ledger:
    return load_ledger(Listing(sources, ()), root="acme")


def report_of(ledger: Ledger) -> CheckReport:
    now = now_on(TODAY, "UTC")
    return check_report(ledger, now, judge(ledger, now))


def marks_of(ledger: Ledger, report: CheckReport) -> tuple[str, ...]:
    return fingerprints(ledger, (one.finding for one in report.shown))


def sarif_of(ledger: Ledger, base: str = "") -> dict[str, Any]:
    report = report_of(ledger)
    marks = marks_of(ledger, report)
    text = check_sarif(report, by_code_or_name(), FAMILIES, marks, base=base)
    run: dict[str, Any] = json.loads(text)["runs"][0]
    return run


def gitlab_of(ledger: Ledger, base: str = "") -> list[dict[str, Any]]:
    report = report_of(ledger)
    said: list[dict[str, Any]] = json.loads(
        check_gitlab(report, marks_of(ledger, report), base=base)
    )
    return said


def test_sarif_tells_each_finding_with_its_rule_place_and_weight() -> None:
    ledger = ledger_of(*BAD)
    run = sarif_of(ledger)
    rules = run["tool"]["driver"]["rules"]
    shown = [one.finding for one in report_of(ledger).shown]
    assert len(shown) > 100
    assert len(run["results"]) == len(shown)
    for finding, result in zip(shown, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert rules[result["ruleIndex"]]["name"] == finding.name
        assert result["level"] == finding.severity.value
        place = result["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == finding.path
        if finding.span is None:
            assert place["region"]["startLine"] == place["region"]["endLine"] == 1
        else:
            assert place["region"]["startLine"] == finding.span.line
            assert place["region"]["startColumn"] == finding.span.column
            assert place["region"]["endColumn"] == finding.span.end_column


def test_sarif_describes_a_rule_once_and_only_those_that_found_something() -> None:
    run = sarif_of(ledger_of(*BAD))
    described = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert described == sorted({result["ruleId"] for result in run["results"]})
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"].endswith((".", "?"))
        assert rule["help"]["text"]
        assert "**What to do.**" in rule["help"]["markdown"]
        assert rule["properties"]["tags"] == [FAMILIES[rule["id"][:3]]]


def test_no_text_of_an_example_ends_its_block_in_the_help_of_a_rule() -> None:
    for rule in sarif_of(ledger_of(*BAD))["tool"]["driver"]["rules"]:
        fences = re.findall("^````.*$", rule["help"]["markdown"], re.MULTILINE)
        assert fences == ["````yaml", "````"] * (len(fences) // 2)


@pytest.mark.parametrize("base", ["", "team/ledger/", "tëam 100%/"])
def test_paths_begin_at_the_root_of_the_repository(base: str) -> None:
    ledger = ledger_of(*BAD)
    run = sarif_of(ledger, base)
    files = [
        result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]
    ]
    assert {unquote(file["uri"]) for file in files} == {base + path for path in ledger.faulty} | {
        base + one.finding.path for one in report_of(ledger).shown
    }
    assert all(re.fullmatch(r"[A-Za-z0-9._~/%-]+", file["uri"]) for file in files)
    assert {file["uriBaseId"] for file in files} == set(run["originalUriBaseIds"])
    assert {issue["location"]["path"] for issue in gitlab_of(ledger, base)} == {
        base + one.finding.path for one in report_of(ledger).shown
    }


def test_gitlab_gets_the_fields_it_asks_for() -> None:
    issues = gitlab_of(ledger_of(*BAD))
    assert len(issues) > 100
    for issue in issues:
        assert set(issue) == {"check_name", "description", "fingerprint", "severity", "location"}
        assert issue["description"]
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
    weights = {issue["check_name"][:5]: issue["severity"] for issue in issues}
    assert [weights[code] for code in ("NS030", "NS301", "NS402")] == ["critical", "major", "minor"]


def test_a_clean_ledger_is_an_empty_list() -> None:
    text = b"what: Send Lena the offer\noutcome: She can decide\ndue: 2026-11-27\n"
    ledger = ledger_of(Source("commitments/offer.yaml", text))
    assert gitlab_of(ledger) == []
    assert sarif_of(ledger)["results"] == []


def test_fingerprints_differ_and_stay_when_lines_come_and_go() -> None:
    log = b"log:\n" + b"  - {at: 2026-11-1%dT09:00Z, by: dev, event: moved, to: 2026-02-30}\n" * 2
    text = b"what: x\noutcome: y\ndue: 2026-02-30\n" + log % (1, 1)
    before, after = (
        ledger_of(Source("commitments/a.yaml", data))
        for data in (text, b"# a remark\n\n" + text.replace(b"outcome: y", b"\noutcome: y"))
    )
    known = [issue["fingerprint"] for issue in gitlab_of(before)]
    assert len(set(known)) == len(known) == 3
    assert [issue["fingerprint"] for issue in gitlab_of(after)] == known
    marks = [one["partialFingerprints"]["nextstepFinding/v1"] for one in sarif_of(after)["results"]]
    assert marks == known


ANYTHING = st.text(st.characters(codec=None), max_size=40)


@given(ANYTHING, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_text_of_a_file_is_taken_for_a_link_or_acts(message: str, path: str) -> None:
    span = Span(2, 1, 2, 5)
    finding = Diagnostic(
        "NS301",
        "date-that-is-no-day",
        Severity.ERROR,
        message,
        f"write {message}",
        path,
        span,
        (Related(path, span, message),),
        Mend(message, (Replacement(span, message),)),
    )
    report = CheckReport(
        today=TODAY, timezone="UTC", shown=(Shown(finding, None),), files=1, asked=1, ignored=0
    )
    text = check_sarif(report, by_code_or_name(), FAMILIES, ["mark"])
    result = json.loads(text)["runs"][0]["results"][0]
    for said in (result, result["relatedLocations"][0]):
        assert "](" not in said["message"]["text"]
    changed = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert changed["insertedContent"]["text"] == message
    issues = check_gitlab(report, ["mark"])
    for char in (text + issues).replace("\n", ""):
        assert category(char) not in {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert json.loads(issues)[0]["location"]["path"] == path


def test_a_name_of_any_bytes_is_told_as_these_bytes() -> None:
    path = os.fsdecode(b"commitments/caf\xe9 100%.yaml")
    span = Span(1, 1, 1, 2)
    finding = Diagnostic("NS301", "x", Severity.ERROR, "wrong", "write", path, span)
    report = CheckReport(
        today=TODAY, timezone="UTC", shown=(Shown(finding, None),), files=1, asked=1, ignored=0
    )
    text = check_sarif(report, by_code_or_name(), FAMILIES, ["mark"])
    place = json.loads(text)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "commitments/caf%E9%20100%25.yaml"


def test_the_mend_of_a_finding_is_a_fix() -> None:
    root = Path(__file__).resolve().parents[1] / "golden/check/check.sarif"
    results = json.loads(root.read_text())["runs"][0]["results"]
    fixes = {one["ruleId"]: one["fixes"] for one in results if "fixes" in one}
    assert fixes["NS302"][0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 6, "endLine": 3, "endColumn": 16},
            "insertedContent": {"text": "2026-11-27"},
        }
    ]
