"""Which paths of a folder belong to a ledger, said once for the disk and for git's trees."""

from __future__ import annotations

import os

SETTINGS = "nextstep.yaml"
OTHER_SETTINGS = "nextstep.yml"
FOLDERS = ("processes", "commitments")
LARGEST_FILE = 262_144
"""Bytes. A file is read up to one byte more, so that its reader can tell that it is too large."""

_ENDINGS = (".yaml", ".yml")


def is_record(name: str) -> bool:
    """Whether a name below one of the folders is read: a YAML ending, and not hidden.

    What editors and merges leave behind (`x.yaml~`, `.#x.yaml`, `x.yaml.orig`) is not.
    """
    if not name.endswith(".yaml") and not name.lower().endswith(_ENDINGS):
        return False
    return not name.startswith(".")


def shown(name: str) -> str:
    r"""Return a name from the file system as text that can be printed and encoded.

    A byte that is not UTF-8 is written as ``\udcXX``.
    """
    if name.isascii():
        return name
    return text_of(os.fsencode(name))


def text_of(name: bytes) -> str:
    r"""Return a path of bytes as text; a byte that is not UTF-8 is written as ``\udcXX``."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        escaped = name.decode("utf-8", "surrogateescape").encode("utf-8", "backslashreplace")
        return escaped.decode()
