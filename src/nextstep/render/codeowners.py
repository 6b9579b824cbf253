"""Owners of processes as lines of a CODEOWNERS file, by which forges ask for their review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.render.row_words import named
from nextstep.render.safe_text import safe_text
from nextstep.reports.parties import Party
from nextstep.reports.process_files import ProcessFile

_IN_A_PATTERN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/+,=@")
_IN_AN_ADDRESS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+@")
_HEAD = (
    "# Who is asked when a process changes: its owner and deputy, by the addresses in nextstep.yaml.",
    "# Written by `nextstep who --format codeowners`. A later line wins over an earlier one.",
)


def codeowners(files: Iterable[ProcessFile], *, base: str = "") -> str:
    """Return one line for each process, and a comment where nobody of it has an address.

    ``base`` leads from the root of the repository to that of the ledger.
    """
    lines = [*_HEAD, *(line for file in files for line in _lines(file, base))]
    return "".join(f"{line}\n" for line in lines)


def _lines(file: ProcessFile, base: str) -> Iterator[str]:
    path = f"/{base}{file.path}"
    addresses = [one.mail for one in file.people if one.mail and _is_address(one.mail)]
    without = tuple(_called(one) for one in file.people if one.mail not in addresses)
    if not _IN_A_PATTERN.issuperset(path):
        yield f"# {safe_text(path)}: a forge would not take this path for itself, rename the file"
        return
    if without:
        verb = "has" if len(without) == 1 else "have"
        yield f"# {path}: {named(without)} {verb} no address that a forge can use"
    elif not file.people:
        yield f"# {path}: nobody answers for it"
    if addresses:
        yield f"{path} {' '.join(addresses)}"


def _called(party: Party) -> str:
    return safe_text(party.id or "nobody")


def _is_address(mail: str) -> bool:
    name, at, domain = mail.partition("@")
    return bool(name and at and domain) and "@" not in domain and _IN_AN_ADDRESS.issuperset(mail)
