"""Rows of what a real process says, the lines of a ledger that carry them, and what they claim.

A carrying line ends with a comment that names its rows: `# A3-05`, or `# A3-05, A3-06`. Where a row
is only written down for people to read it says so: `# A3-09 prose`. For each row there is one
claim: a function that fails when the ledger does not do, or say, what the row says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from tests.acceptance.cases import Written

Claim: TypeAlias = Callable[[Written], None]

CLAIMS: dict[str, Claim] = {}
"""Every claim that was loaded, by its row."""

_MARKED = re.compile(r"\s+# ((?:A\d+-\d\d(?: prose)?(?:, )?)+)$")


class Mark(NamedTuple):
    """One line that carries a row; ``line`` counts from 1."""

    row: str
    prose: bool
    path: str
    line: int

    @property
    def name(self) -> str:
        """The mark as people find it: ``A3-05 processes/postmortem.yaml:40``."""
        return f"{self.row} {self.path}:{self.line}"


def row(id_: str) -> Callable[[Claim], Claim]:
    """Say which row a function claims to be carried."""

    def register(claim: Claim) -> Claim:
        if id_ in CLAIMS:
            raise ValueError(f"{id_} is claimed twice")
        CLAIMS[id_] = claim
        return claim

    return register


def marks_of(files: Mapping[str, str]) -> Iterator[Mark]:
    """Find every line that says which rows it carries."""
    for path, text in files.items():
        for number, line in enumerate(text.splitlines(), start=1):
            found = _MARKED.search(line)
            for name in found[1].split(", ") if found else ():
                id_, _, prose = name.partition(" ")
                yield Mark(id_, bool(prose), path, number)


def without(files: Mapping[str, str], mark: Mark) -> dict[str, str]:
    """Return the files without the one line of a mark."""
    lines = files[mark.path].splitlines(keepends=True)
    del lines[mark.line - 1]
    return {**files, mark.path: "".join(lines)}
