"""Programs of other people read what `check` hands to services.

Run with `nox -s outside`. The validator of SARIF comes from npm
(`npm install @microsoft/sarif-multitool-linux`, and NODE_PATH names the folder `node_modules`), the
converter to GitLab's report from the package index (`pip install sarif-tools`).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from nextstep.dates.now import now_on
from nextstep.render.findings_gitlab import check_gitlab
from nextstep.render.findings_sarif import check_sarif
from nextstep.reports.baseline import fingerprints
from nextstep.reports.check import check_report
from nextstep.rules.catalogue import ALL_RULES, FAMILIES, by_code_or_name, judge
from tests.rules.ledgers import TODAY, ledger_in, write

pytestmark = pytest.mark.outside

_ROOM = 60
"""Findings of this many rules at least are handed over."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """Hand over what is found in the bad example of every rule: a SARIF file, GitLab's issues."""
    root = tmp_path_factory.mktemp("acme é")
    for rule in ALL_RULES:
        files = {
            path.replace(".yaml", f"-{rule.code.lower()}.yaml"): data
            for path, data in rule.bad.files.items()
            if "/" in path
        }
        write(root, files)
    ledger = ledger_in(root)
    now = now_on(TODAY, "UTC")
    report = check_report(ledger, now, judge(ledger, now))
    marks = fingerprints(ledger, (one.finding for one in report.shown))
    assert len({one.finding.code for one in report.shown}) > _ROOM
    assert any(one.finding.mend for one in report.shown)
    place = root / "out.sarif"
    base = "team ä/"
    place.write_text(check_sarif(report, by_code_or_name(), FAMILIES, marks, base=base))
    return place, json.loads(check_gitlab(report, marks, base=base))


def test_the_validator_of_sarif_finds_no_error(
    reports: tuple[Path, list[dict[str, Any]]], tmp_path: Path
) -> None:
    """Neither against the schema, nor against the rules of the format and of GitHub.

    It asks for one thing that there is not yet: the address of a page about the program.
    """
    package = Path(os.environ.get("NODE_PATH", "")) / "@microsoft/sarif-multitool-linux"
    program = package / "Sarif.Multitool"
    if not program.is_file():
        pytest.skip("sarif-multitool-linux is not installed, or NODE_PATH does not name its folder")
    program.chmod(0o755)
    judged = tmp_path / "judged.sarif"
    subprocess.run(
        [
            program,
            *("validate", reports[0], "--output", judged, "--log", "ForceOverwrite"),
            *("--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"),
        ],
        check=True,
        capture_output=True,
    )
    (run,) = json.loads(judged.read_text())["runs"]
    assert run["invocations"][0]["executionSuccessful"]
    assert {result["ruleId"] for result in run["results"]} <= {"SARIF2005"}
    assert not [one for one in run["results"] if one.get("level") == "error"]


def test_a_converter_from_sarif_gives_the_report_that_gitlab_gets(
    reports: tuple[Path, list[dict[str, Any]]], tmp_path: Path
) -> None:
    beside = Path(sys.executable).with_name("sarif")
    program = str(beside) if beside.exists() else shutil.which("sarif")
    if program is None:
        pytest.skip("sarif-tools is not installed")
    made = tmp_path / "quality.json"
    subprocess.run(
        [program, "codeclimate", "--output", made, reports[0]], check=True, capture_output=True
    )
    theirs = json.loads(made.read_text())
    ours = reports[1]
    assert len(theirs) == len(ours)
    assert _places(theirs) == _places(ours)
    for one, other in zip(theirs, ours, strict=True):
        assert set(other) <= set(one)
        assert set(other["location"]) <= set(one["location"])


def _places(issues: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """Return rule, path and line of each issue; the converter has the number of a rule alone."""
    return sorted(
        (
            one["check_name"].split()[0],
            unquote(one["location"]["path"]),
            one["location"]["lines"]["begin"],
        )
        for one in issues
    )
