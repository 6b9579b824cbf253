"""Each process's file, with the people who answer for it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from nextstep.files.ledger import Ledger
from nextstep.reports.parties import Party, party


class ProcessFile(Struct, frozen=True, kw_only=True):
    """The file of a process: its path from the ledger's root, its owner and the deputy."""

    process: str
    path: str
    owner: Party | None
    deputy: Party | None

    @property
    def people(self) -> tuple[Party, ...]:
        """The owner and the deputy, as far as they are named and are two."""
        found = {one.id: one for one in (self.deputy, self.owner) if one is not None and one.id}
        return tuple(reversed(found.values()))


def process_files(ledger: Ledger, today: date) -> tuple[ProcessFile, ...]:
    """Return the files of all processes that are in use or being written, by their paths."""
    files = (
        ProcessFile(
            process=process.id,
            path=process.source.path,
            owner=party(ledger.settings, process.owner, today),
            deputy=party(ledger.settings, process.deputy, today),
        )
        for process in ledger.processes.values()
        if process.state != "retired"
    )
    return tuple(sorted(files, key=lambda file: file.path))
