"""What the pages show in a terminal is what a terminal shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.reading_pages import PAGES, ROOT, name_of

WITH_CONSOLE = [page for page in PAGES if "```console\n" in page.read_text("utf-8")]


@pytest.mark.parametrize("page", WITH_CONSOLE, ids=name_of)
def test_console_blocks_show_what_the_program_prints(page: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "console_blocks.py", "--check", page],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
