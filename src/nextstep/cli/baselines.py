"""Baseline files on disk."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.cli.output import note
from nextstep.dates.words import counted
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.files.writing import put
from nextstep.render.safe_text import safe_text
from nextstep.reports.baseline import Baseline, baseline_text, read_baseline


def load_baseline(name: str) -> Baseline:
    """Return the baseline in a file; NextstepError where there is none."""
    try:
        with open(name, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        message = f"there is no baseline `{name}`"
        raise NextstepError(message, f"write it with --write-baseline {name}") from None
    except OSError as error:
        message = f"the baseline `{name}` cannot be read: {error.strerror}"
        raise NextstepError(message) from None
    return read_baseline(data, name)


def save_baseline(name: str, ledger: Ledger, findings: Sequence[Diagnostic]) -> None:
    """Write the baseline of these findings: the file is the old one or the new one, never half."""
    text = baseline_text(ledger, findings)
    try:
        put(name, text.encode())
    except OSError as error:
        message = f"the baseline `{name}` cannot be written: {error.strerror}"
        raise NextstepError(message, "name a file in a folder that you may write to") from None
    kept = sum(entry.count for entry in read_baseline(text.encode(), name).findings)
    left = len(findings) - kept
    told = f"{counted(kept, 'finding')} written to {safe_text(name)}"
    if left:
        told += f"; {counted(left, 'error')} of files that cannot be read must be mended"
    note(told)
