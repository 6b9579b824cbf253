"""Files that could not be read: a row in every listing, never a silent gap."""

from __future__ import annotations

from typing import NoReturn

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import UNREAD
from nextstep.files.ledger import Ledger
from nextstep.model.source import id_of
from nextstep.repo.paths import FOLDERS, is_record


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


def unread_names(ledger: Ledger, *, of_processes: bool = False) -> dict[str, str]:
    """Return the files of which nothing could be read: each path by the name of its record.

    Without them a record whose file has a conflict in it would seem to be gone.
    """
    tops = ("processes",) if of_processes else FOLDERS
    names: dict[str, str] = {}
    for path in ledger.faulty:
        top, _, inner = path.partition("/")
        file = inner.rpartition("/")[2]
        name = id_of(file)
        known = (ledger.commitments, ledger.runs, ledger.processes)
        if top in tops and is_record(file) and not any(name in records for records in known):
            names.setdefault(name, path)
    return names


def refuse_unread(ledger: Ledger, path: str) -> NoReturn:
    """Say why a file could not be read, to somebody who means the record in it."""
    file = next(one for one in unread_files(ledger) if one.path == path)
    place = f"{file.path}:{file.line}" if file.line else file.path
    raise NextstepError(
        f"{place} could not be read: {file.message}", "see `nextstep check`", exit_code=UNREAD
    )
