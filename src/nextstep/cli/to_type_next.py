"""The command that a verb ends with, with the options that it needs to work as it is printed."""

from __future__ import annotations

from msgspec.structs import replace

from nextstep.changes.draft import Draft
from nextstep.render.commands import quoted

_READING = ("due", "show")


def to_type_next(draft: Draft, *, by: str | None, no_commit: bool) -> Draft:
    """Return a draft whose next command records as this one did.

    ``by`` has to be named again where git knows nobody of this ledger. What was not committed
    would be in the way of a commit: with ``no_commit`` the next command makes none, too.
    """
    words = (draft.then or "").split()
    if words[:1] != ["nextstep"] or words[1] in _READING:
        return draft
    if by is not None:
        words += ["--by", quoted(by)]
    if no_commit:
        words.append("--no-commit")
    return replace(draft, then=" ".join(words))
