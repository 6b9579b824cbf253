"""The command that a verb ends with, with the options that it needs to work as it is printed."""

from __future__ import annotations

from msgspec.structs import replace

from nextstep.changes.draft import Draft
from nextstep.cli import invocation
from nextstep.render.commands import aside, quoted

_READING = ("due", "show")
_OF_WHO_TYPES = ("undo",)
"""Verbs that take what somebody wrote down for another as theirs, too."""


def to_type_next(draft: Draft, *, by: str | None, me: str | None, no_commit: bool) -> Draft:
    """Return a draft whose next command reads the same ledger, and records as this one did.

    ``by`` was named as who acted, and ``me`` is who types, None where git knows nobody of this
    ledger. What is typed next is for the same person. What was not committed would be in the
    way of a commit: with ``no_commit`` the next command makes none, too.
    """
    then = draft.then or ""
    if not then.startswith("nextstep "):
        return draft
    words = [then]
    verb = then.split()[1]
    if verb not in _READING:
        is_named = by not in (None, me) and (me is None or verb not in _OF_WHO_TYPES)
        says_who = " --by " in then
        words += ["--by", quoted(by)] if by is not None and is_named and not says_who else []
        words += ["--no-commit"] if no_commit else []
    return replace(draft, then=aside(" ".join(words), invocation.current().directory))
