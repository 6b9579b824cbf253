"""What a path of the work tree holds, and every way in which it may hold nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nextstep.files.contents import blobs_below, sizes_below


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "outside.md").write_text("secret", "utf-8")
    root = tmp_path / "ledger"
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "full.md").write_text("three", "utf-8")
    (root / "docs" / "empty.md").touch()
    (root / "docs" / "link.md").symlink_to("full.md")
    (root / "docs" / "away.md").symlink_to(tmp_path / "outside.md")
    (root / "linked").symlink_to("docs")
    os.mkfifo(root / "docs" / "pipe.md")
    return root


def test_a_regular_file_has_a_size_and_a_blob(tree: Path) -> None:
    assert sizes_below(str(tree))("docs/full.md") == 5
    assert sizes_below(str(tree))("docs/empty.md") == 0
    assert blobs_below(str(tree))("docs/empty.md") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


@pytest.mark.parametrize(
    "path",
    [
        "docs/none.md",
        "docs",
        "docs/",
        "",
        "/",
        "docs/link.md",
        "docs/away.md",
        "linked/full.md",
        "docs/pipe.md",
        "../outside.md",
        "docs/../docs/full.md",
        "./docs/full.md",
        "docs//full.md",
        "/etc/passwd",
        "docs/full.md/more",
        "docs/full.md\0",
        "docs/\ud800.md",
        "x" * 5000,
    ],
)
def test_a_path_that_leads_elsewhere_or_nowhere_holds_nothing(tree: Path, path: str) -> None:
    """No link is followed, no way out of the folder is taken, and a pipe makes nobody wait."""
    assert sizes_below(str(tree))(path) is None
    assert blobs_below(str(tree))(path) is None
