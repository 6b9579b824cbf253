"""What came of recording something: what was written, where, and in which commit."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.changes.saving import Written


class Recorded(Struct, frozen=True, kw_only=True):
    """A draft that was written down, or with ``diff``, ready to be shown, one that would have been.

    ``commit`` is the id of the commit, None where there is none. ``remarks`` are what a person
    should know beside it, such as a detached HEAD.
    """

    draft: Draft
    actor: Actor
    files: tuple[Written, ...]
    commit: str | None = None
    diff: str = ""
    remarks: tuple[str, ...] = ()
    dry_run: bool = False
