"""Small ledgers for the tests of rules: written to disk and judged as `check` does it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from nextstep.dates.now import now_on
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.diagnostics.rule import Example
from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.rules.catalogue import Verdict, judge

TODAY = date(2026, 11, 23)


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write the files of a ledger below a folder."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())


def ledger_in(root: Path) -> Ledger:
    ledger = load_ledger(read_tree(str(root)), root=root.name)
    return ledger if ledger.timezone else ledger.in_zone("UTC")


def verdict_on(root: Path, today: date = TODAY, before: Ledger | None = None) -> Verdict:
    """Judge the ledger of a folder; approvals are compared with the files in it."""

    def blob(path: str) -> str | None:
        place = root / path
        if not place.is_file():
            return None
        data = place.read_bytes()
        return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    ledger = ledger_in(root)
    return judge(ledger, now_on(today, ledger.timezone), before, content=blob)


def loaded(files: Mapping[str, str | bytes]) -> Ledger:
    """Load a ledger from the texts of its files."""
    sources = tuple(
        Source(path, text if isinstance(text, bytes) else text.encode())
        for path, text in files.items()
    )
    return load_ledger(Listing(sources, ()), root="acme", timezone="UTC")


def changes(
    before: Mapping[str, str | bytes], now: Mapping[str, str | bytes], today: date = TODAY
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with some files, and with how they came from those before."""
    return judge(loaded(now), now_on(today, "UTC"), loaded(before)).findings


def findings(
    root: Path, files: Mapping[str, str | bytes], today: date = TODAY
) -> tuple[Diagnostic, ...]:
    """Write a ledger and return everything that is wrong with it."""
    write(root, files)
    return verdict_on(root, today).findings


def findings_of(root: Path, example: Example) -> tuple[Diagnostic, ...]:
    """Write the ledger of an example, with its links and locked files, and judge it."""
    (root / "commitments").mkdir(exist_ok=True)
    write(root, example.files)
    for path, target in example.links.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    for path in example.locked:
        (root / path).chmod(0)
    before = None if example.before is None else loaded(example.before)
    return verdict_on(root, date.fromisoformat(example.today), before).findings


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [finding.code for finding in found]
