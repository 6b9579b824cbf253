"""A yes holds for the content it was given to: a file that changed since is told everywhere."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands import run
from tests.repositories import write

SAID = "approved, then changed"
WORDS = b"We keep the lights on.\n"
RUN = """\
title: Offer for Globex
for: Globex
started: 2026-11-16
steps:
  - {{id: agree, approve: papers/offer.md, who: [sue], after: []}}
  - {{id: send, do: Send the offer, who: dev, after: [agree], due: 2026-11-25, done_when: They have it}}
log:
  - {{at: 2026-11-17T10:00Z, by: sue, event: approved, step: agree, content: {blob}}}
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A run whose gate said yes to a file."""
    write(tmp_path, {"papers/offer.md": WORDS})
    hashed = subprocess.run(
        ["git", "hash-object", "papers/offer.md"], cwd=tmp_path, capture_output=True, check=True
    )
    text = RUN.format(blob=hashed.stdout.decode().strip())
    write(tmp_path, {"commitments/offer-globex-q7wd.yaml": text.encode()})
    return tmp_path


COMMANDS = (
    ("show", "q7wd"),
    ("show", "q7wd", "agree"),
    ("list", "--kind", "step", "--state", "finished", "--format", "text"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_step_says_that_its_file_changed(command: tuple[str, ...], ledger: Path) -> None:
    assert SAID not in " ".join(run(*command, cwd=ledger).out.split())
    (ledger / "papers" / "offer.md").write_bytes(WORDS + b"And pay for it.\n")
    assert SAID in " ".join(run(*command, cwd=ledger).out.split())


def test_check_calls_it_an_error(ledger: Path) -> None:
    assert run("check", cwd=ledger).code == 0
    (ledger / "papers" / "offer.md").write_bytes(b"")
    ended = run("check", cwd=ledger)
    assert ended.code == 1
    assert "NS416" in ended.out


def test_where_the_order_is_kept_nobody_goes_on_after_it(ledger: Path) -> None:
    path = ledger / "commitments" / "offer-globex-q7wd.yaml"
    path.write_text(path.read_text().replace("steps:", "strength: enforce\nsteps:"))
    (ledger / "papers" / "offer.md").write_bytes(WORDS + b"And pay for it.\n")
    before = path.read_text()
    ended = run("done", "q7wd", "send", "--by", "dev", "--no-commit", cwd=ledger)
    assert ended.code == 2
    assert "papers/offer.md was changed after it was approved for agree" in ended.err
    assert path.read_text() == before
    noted = run("note", "q7wd", "heard of it", "--by", "dev", "--no-commit", cwd=ledger)
    assert noted.code == 0, noted.err
    again = run("approve", "q7wd", "agree", "--by", "sue", "--no-commit", cwd=ledger)
    assert again.code == 0, again.err
    assert run("done", "q7wd", "send", "--by", "dev", "--no-commit", cwd=ledger).code == 0
