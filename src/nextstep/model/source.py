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
        """The stem of the file's name: the id of what it holds."""
        name = self.path.rsplit("/", 1)[-1]
        return name.rsplit(".", 1)[0]
