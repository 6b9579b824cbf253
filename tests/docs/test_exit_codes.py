"""The exit codes on their page are those that the program ends with."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nextstep.diagnostics import exit_codes
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


def test_the_page_names_each_code_once_and_no_other() -> None:
    codes = [int(row[0]) for row in rows(PAGE, "code")]
    assert codes == sorted(set(codes))
    by_the_way = {int(found) for row in rows(PAGE, "code") for found in re.findall(r"\d+", row[1])}
    known = {value for name, value in vars(exit_codes).items() if name.isupper()}
    assert set(codes) <= known
    assert known - set(codes) == {exit_codes.HUNG_UP, exit_codes.TERMINATED} <= by_the_way


def test_the_codes_of_signals_are_those_of_a_shell() -> None:
    of_signals = {
        signal.SIGHUP: exit_codes.HUNG_UP,
        signal.SIGINT: exit_codes.INTERRUPTED,
        signal.SIGPIPE: exit_codes.BROKEN_PIPE,
        signal.SIGTERM: exit_codes.TERMINATED,
    }
    for number, code in of_signals.items():
        words = f"sh -c 'kill -{number} $$'; echo $?"
        told = subprocess.run(["sh", "-c", words], capture_output=True, check=True)
        assert int(told.stdout) == exit_codes.of_signal(number) == code


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
