"""Files that could not be read: a row in every listing, never a silent gap."""

from __future__ import annotations

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger


class Unread(Struct, frozen=True):
    """A file of the ledger that could not be read in full: where, why, and what to write.

    ``line`` is None where the trouble is the whole file.
    """

    path: str
    line: int | None
    message: str
    hint: str


def unread_files(ledger: Ledger) -> tuple[Unread, ...]:
    """Return the files that could not be read in full, each with its first error."""
    if not ledger.faulty:
        return ()
    first: dict[str, Diagnostic] = {}
    for finding in sorted(ledger.findings, key=lambda finding: finding.sort_key):
        if finding.severity is Severity.ERROR:
            first.setdefault(finding.path, finding)
    unread = []
    for path in sorted(ledger.faulty):
        found = first.get(path)
        if found is None:
            unread.append(Unread(path, None, "something in it is not understood", ""))
        else:
            line = found.span.line if found.span else None
            unread.append(Unread(path, line, found.message, found.hint))
    return tuple(unread)


def refuse_unread(ledger: Ledger, typed: str) -> None:
    """Say so when what is typed, and found nowhere else, stands in a file that could not be read.

    Without this a record whose file has a conflict in it would seem to be gone.
    """
    for file in unread_files(ledger):
        stem = file.path.rpartition("/")[2].rpartition(".")[0]
        if typed and (stem.startswith(typed) or stem.endswith(f"-{typed}")):
            place = f"{file.path}:{file.line}" if file.line else file.path
            raise NextstepError(
                f"{place} could not be read: {file.message}", "see `nextstep check`", exit_code=65
            )
