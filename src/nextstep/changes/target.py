"""What a verb is about: a record, or one step of a run."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.wording import quoted
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.source import Keys


class Target(Struct, frozen=True, kw_only=True):
    """A record by its id, and with ``step`` one step of it. ``handle`` is what people type for it."""

    id: str
    handle: str
    step: str | None = None

    @property
    def words(self) -> str:
        """What is typed after a verb: ``k3f9``, or ``7qhd compile``."""
        return self.handle if self.step is None else f"{self.handle} {self.step}"

    def record(self, ledger: Ledger) -> Commitment | Run:
        """Return the record. Raises KeyError where the ledger has it no more."""
        return ledger.runs.get(self.id) or ledger.commitments[self.id]

    def quoted(self, ledger: Ledger) -> str:
        """Return what people call it, in quotes."""
        return quoted(self.record(ledger), self.step)

    def place(self, ledger: Ledger, field: str) -> Keys:
        """Return where a field of it stands in its file."""
        record = self.record(ledger)
        if isinstance(record, Run) and self.step is not None:
            step = next(one for one in record.steps if one.id == self.step)
            return ("steps", step.index, field)
        return (field,)
