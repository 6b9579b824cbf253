"""What is wrong with the names of files and folders, told from their paths alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files.disk_rules import (
    colliding_names,
    folder_named_like_a_file,
    id_with_other_characters,
    repeated_id,
    unportable_name,
)
from nextstep.model.source import id_of
from nextstep.repo.paths import SETTINGS, is_record

_ID_BYTES = b"abcdefghijklmnopqrstuvwxyz0123456789-"
_LONGEST_NAME = 143
"""Bytes: what is left of 255 on a disk that encrypts names."""

_DEVICES = frozenset(
    "con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 "
    "lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9".split()
)
_NOT_ON_WINDOWS = frozenset('<>:"|?*\\')


def name_findings(paths: Sequence[str], folders: Iterable[str]) -> list[Diagnostic]:
    r"""Return the findings about the names of a ledger's files and folders.

    ``paths`` are those of the files that are read, from the ledger's root and with ``/``. A byte
    that is not UTF-8 is written as ``\udcXX``.
    """
    findings: list[Diagnostic] = []
    by_fold: dict[str, list[str]] = {}
    by_id: dict[str, list[str]] = {}
    for path in paths:
        by_fold.setdefault(_fold(path), []).append(path)
        if path == SETTINGS:
            continue
        name = path.rpartition("/")[2]
        stem = id_of(path)
        by_id.setdefault(stem, []).append(path)
        if not _is_plain_id(stem):
            findings.append(id_with_other_characters(path, stem))
        if stem in _DEVICES or len(name) > _LONGEST_NAME or not _is_plain_id(stem):
            findings += _portability(path, name)
    findings += _several(by_fold, by_id)
    for path in folders:
        name = path.rpartition("/")[2]
        if is_record(name):
            findings.append(folder_named_like_a_file(path, name))
        findings += _portability(path, name)
    return findings


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder that the paths lead through."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _several(by_fold: dict[str, list[str]], by_id: dict[str, list[str]]) -> list[Diagnostic]:
    """Report paths that are one on many disks; else paths that hold one id."""
    findings = []
    for same in by_fold.values():
        if len(same) > 1:
            findings += [colliding_names(path, _but(path, same)) for path in same]
    for stem, same in by_id.items():
        if len(same) > 1:
            for path in same:
                others = [other for other in same if _fold(other) != _fold(path)]
                if others:
                    findings.append(repeated_id(path, stem, others))
    return findings


def _but(path: str, paths: list[str]) -> list[str]:
    return [other for other in paths if other is not path]


def _fold(path: str) -> str:
    """Return the path as a disk sees it that knows neither case nor the form of an accent."""
    if path.isascii():
        return path.lower()
    from unicodedata import normalize

    return normalize("NFC", normalize("NFC", path).casefold())


def _is_plain_id(stem: str) -> bool:
    return (
        stem.isascii()
        and not stem.encode().translate(None, _ID_BYTES)
        and stem != ""
        and stem[0] != "-"
    )


def _portability(path: str, name: str) -> list[Diagnostic]:
    if name.partition(".")[0].rstrip(" ").lower() in _DEVICES:
        return [unportable_name(path, f"`{name}` is the name of a device on Windows")]
    odd = [letter for letter in name if letter in _NOT_ON_WINDOWS or letter < " "]
    if odd:
        shown = repr(odd[0]) if odd[0] < " " else f"`{odd[0]}`"
        return [unportable_name(path, f"{shown} cannot stand in a name on Windows")]
    if name.endswith((".", " ")):
        return [unportable_name(path, "a name that ends in a dot or a space is cut on Windows")]
    if len(name.encode()) > _LONGEST_NAME:
        size = len(name.encode())
        return [unportable_name(path, f"the name has {size} bytes, some disks keep only 143")]
    return []
