"""A run as it stands in its file on the day on which it is started from a process."""

from __future__ import annotations

import yaml

from nextstep.changes.run_plan import Plain, plan_of
from nextstep.model.source import Source

__all__ = ["Plain", "plan_of", "source_of"]


class _Plainly(yaml.CSafeDumper):
    """Writes every value where it stands: the files of a ledger know no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Say that nothing is written as a reference to something above."""
        del data
        return True


def source_of(id_: str, run: Plain) -> Source:
    """Return the file of a run."""
    text = yaml.dump(run, Dumper=_Plainly, sort_keys=False, allow_unicode=True, width=10_000)
    return Source(f"commitments/2026/11/{id_}.yaml", text.encode())
