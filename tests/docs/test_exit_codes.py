"""The exit codes on their page are those that the program ends with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.reading_pages import ROOT, rows

RECORD = "what: Send Lena the offer\noutcome: She can decide\ndue: 2026-11-20\n"
PAGE = ROOT / "docs" / "reference" / "exit-codes.md"
CASES = [
    (0, RECORD, "due"),
    (0, RECORD, "check"),
    (1, RECORD, "due --exit-code"),
    (1, "what: Send\ndue: 2026-02-30\n", "check"),
    (1, "what: Send\ndue: 2026-11-27\n", "check --fail-on warning"),
    (1, "what: [\n", "check"),
    (2, RECORD, "due --no-such-option"),
    (2, RECORD, "show no-such-thing"),
    (2, RECORD, "due --today 2026-02-30"),
    (65, "what: [\n", "due"),
    (65, "what: [\n", "list"),
]


def test_the_page_names_each_code_once() -> None:
    codes = [int(row[0]) for row in rows(PAGE, "code")]
    assert codes == sorted(set(codes))
    assert {code for code, _, _ in CASES} <= set(codes)


@pytest.mark.parametrize(("code", "text", "words"), CASES)
def test_a_command_ends_with_the_code_of_the_page(
    code: int, text: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "commitments").mkdir()
    (tmp_path / "commitments" / "offer.yaml").write_text(text, "utf-8")
    done = subprocess.run(
        [Path(sys.executable).with_name("nextstep"), *words.split()],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "NEXTSTEP_TODAY": "2026-11-23"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
