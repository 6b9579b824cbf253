"""The command that a verb ends with, with the options that it needs to work as it is printed."""

from __future__ import annotations

from msgspec.structs import replace

from nextstep.changes.draft import Draft
from nextstep.cli import invocation
from nextstep.render.commands import aside, quoted

_READING = ("due", "show")


def to_type_next(draft: Draft, *, by: str | None, no_commit: bool) -> Draft:
    """Return a draft whose next command reads the same ledger, and records as this one did.

    ``by`` has to be named again where git knows nobody of this ledger. What was not committed
    would be in the way of a commit: with ``no_commit`` the next command makes none, too.
    """
    then = draft.then or ""
    if not then.startswith("nextstep "):
        return draft
    words = [then]
    if then.split()[1] not in _READING:
        words += ["--by", quoted(by)] if by is not None else []
        words += ["--no-commit"] if no_commit else []
    return replace(draft, then=aside(" ".join(words), invocation.current().directory))
