"""The date of a step that comes again is counted each time: its file need not follow it."""

from __future__ import annotations

from pathlib import Path

from tests.rules.ledgers import codes, findings

RUN = """\
title: Numbers every Friday
started: 2026-11-02
steps:
  - {{id: report, do: Send the numbers, who: dev, rule: 2026-11-13{}}}
log:
  - {{at: 2026-11-12T09:00Z, by: dev, event: moved, step: report, from: 2026-11-13, to: 2026-11-16}}
{}"""
AGAIN = (
    "  - {at: 2026-11-16T09:00Z, by: dev, event: done, step: report}\n"
    "  - {at: 2026-11-17T09:00Z, by: dev, event: moved, step: report, from: 2026-11-20, "
    "to: 2026-11-24}\n"
)


def found(root: Path, repeat: str, log: str) -> list[str]:
    return codes(findings(root, {"commitments/2026/11/numbers-y5pg.yaml": RUN.format(repeat, log)}))


def test_a_moved_time_is_no_change_of_the_file(tmp_path: Path) -> None:
    assert found(tmp_path, ", repeat: every friday", AGAIN) == []


def test_of_a_step_that_comes_once_the_file_says_the_date(tmp_path: Path) -> None:
    assert "NS406" in found(tmp_path, "", "")


def test_a_rhythm_that_never_comes_is_found(tmp_path: Path) -> None:
    never = ", repeat: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    files = {"commitments/2026/11/numbers-y5pg.yaml": RUN.format(never, "").partition("log:")[0]}
    told = {one.code: one.message for one in findings(tmp_path, files)}
    assert "`FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30` never comes" in told["NS315"]
