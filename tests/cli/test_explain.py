"""`nextstep explain`: what a finding means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nextstep.rules.catalogue import ALL_RULES
from tests.commands import run


@pytest.mark.parametrize("word", ["NS412", "ns412", "handoff-without-list", "Handoff-Without-List"])
def test_a_rule_is_found_by_its_code_and_its_name(word: str, tmp_path: Path) -> None:
    ran = run("explain", word, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("NS412 handoff-without-list · warning · hand-offs")
    for part in ("WHAT ", "WHY ", "DO ", "WRONG ", "RIGHT ", "handoff: {to: helper}"):
        assert part in ran.out
    assert "# nextstep: ignore[NS412]" in ran.out
    assert "rules: {NS412: error}" in ran.out


def test_an_error_of_reading_is_said_to_stay_one(tmp_path: Path) -> None:
    out = run("explain", "alias", cwd=tmp_path).out
    assert "always an error" in out
    assert "ignore[" not in out


@pytest.mark.parametrize(
    ("word", "near"), [("NS4I2", "NS4"), ("handof-without-list", "handoff-without-list")]
)
def test_a_wrong_code_gets_the_nearest_one(word: str, near: str, tmp_path: Path) -> None:
    ran = run("explain", word, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no rule `{word}`" in ran.err
    assert f"did you mean {near}" in ran.err


def test_without_a_code_every_rule_is_listed_by_family(tmp_path: Path) -> None:
    out = run("explain", cwd=tmp_path).out
    assert out.startswith("NS0  FILES AND YAML\n")
    for rule in ALL_RULES:
        assert f"  {rule.code}  {rule.severity.value:<7}  {rule.name}\n" in out
    assert f"{len(ALL_RULES)} rules." in out


def test_json_has_every_text(tmp_path: Path) -> None:
    said = json.loads(run("explain", "--format", "json", cwd=tmp_path).out)
    assert said["schema"] == "nextstep.explain/1"
    assert len(said["rules"]) == len(ALL_RULES)
    (one,) = json.loads(run("explain", "NS301", "--format", "json", cwd=tmp_path).out)["rules"]
    assert one["name"] == "date-that-is-no-day"
    assert "2026-02-30" in next(iter(one["bad"].values()))


@pytest.mark.parametrize("columns", ["60", "120"])
def test_no_sentence_is_wider_than_the_screen(columns: str, tmp_path: Path) -> None:
    out = run("explain", "NS201", cwd=tmp_path, env={"COLUMNS": columns}).out
    sentences = out[: out.index("WRONG")]
    assert max(len(line) for line in sentences.split("\n")) <= int(columns)
