"""What `nextstep edit` says when it is done."""

from __future__ import annotations

from msgspec import Struct

from nextstep.dates.words import counted
from nextstep.render.safe_text import safe_text


class Elsewhere(Struct, frozen=True):
    """Errors that an edited file makes in other files: how many, in how many."""

    errors: int = 0
    files: int = 0


class Edited(Struct, frozen=True):
    """What became of a file: saved, the same as before, or discarded.

    ``at_once`` says that the editor ended before anybody can have typed. ``to_commit`` is
    the command that commits it, None outside a repository.
    """

    path: str
    saved: bool
    same: bool = False
    at_once: bool = False
    errors: int = 0
    warnings: int = 0
    elsewhere: Elsewhere = Elsewhere()
    to_commit: str | None = None


def edited_text(edited: Edited) -> str:
    """Return what happened, and what to type next."""
    path = safe_text(edited.path)
    if edited.at_once:
        return (
            f"{path}: nothing was changed.\n"
            "If the editor is still open, it does not wait: close it, and give it the option that "
            "makes it wait.\n"
        )
    if not edited.saved:
        return f"{path}: nothing was changed{'' if edited.same else '; the edit is discarded'}.\n"
    lines = [f"{path}: saved{_wrong(edited)}."]
    if edited.to_commit is not None:
        lines.append(safe_text(edited.to_commit))
    return "\n".join(lines) + "\n"


def elsewhere_words(elsewhere: Elsewhere) -> str:
    """Return what breaks in other files."""
    return (
        f"{counted(elsewhere.errors, 'new error')} in {counted(elsewhere.files, 'other file')}; "
        "after saving `nextstep check` shows them"
    )


def _wrong(edited: Edited) -> str:
    parts = [
        counted(number, noun)
        for number, noun in ((edited.errors, "error"), (edited.warnings, "warning"))
        if number
    ]
    if edited.elsewhere.errors:
        parts.append(f"{counted(edited.elsewhere.errors, 'new error')} in other files")
    return f", with {', '.join(parts)}" if parts else ""
