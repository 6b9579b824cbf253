"""The names that the file `.mailmap` of a repository gives to those who sign."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from nextstep.repo.history_changes import SECONDS
from nextstep.repo.history_view import View

_LARGEST = 262_144
_ENTRY = re.compile(r"([^<>]*)<([^<>]*)>")


class Mailmap(Struct, frozen=True):
    """Names by the address that is signed with, and the name, or any name where that is empty."""

    names: Mapping[tuple[str, str], str]

    def label(self, name: str, email: str) -> str:
        """Return the name for somebody, their own where no line is about them."""
        address = email.lower()
        return self.names.get((address, name.lower())) or self.names.get((address, "")) or name


def mailmap_of(view: View, commit: str) -> Mailmap:
    """Return the names of the `.mailmap` in a commit, by its id; none where it has no such file.

    The file of the work tree is not read: it may be anything, and two clones of one commit are to
    say the same.
    """
    child = view.start(["cat-file", "blob", f"{commit}:.mailmap"])
    return parsed_mailmap(child.first_bytes(_LARGEST, SECONDS))


def parsed_mailmap(data: bytes) -> Mailmap:
    """Return what a `.mailmap` says: the name to use, its address, then what is signed with."""
    names = {}
    for line in data.decode("utf-8", "replace").splitlines():
        entries = [] if line.startswith("#") else _ENTRY.findall(line)
        if entries:
            name, (signed, address) = entries[0][0].strip(), entries[min(len(entries), 2) - 1]
            if name:
                of = signed.strip().lower() if len(entries) > 1 else ""
                names[address.strip().lower(), of] = name
    return Mailmap(names)
