"""Where a record was read from, kept so that a place in it can be shown later."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

Keys: TypeAlias = tuple[str | int, ...]
"""The way to a value in a file: the names of fields, and places in lists, from 0."""


class Source(Struct, frozen=True):
    """One file as it was read: its path from the ledger's root (with ``/``) and its bytes."""

    path: str
    data: bytes

    @property
    def id(self) -> str:
        """The id of what it holds."""
        return id_of(self.path)


def id_of(path: str) -> str:
    """Return the id of what a file of the ledger holds: the stem of its name."""
    return path.rpartition("/")[2].rsplit(".", 1)[0]
