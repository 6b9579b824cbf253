"""Paths that were typed, against the ledger; and the ledger's paths as the reader can use them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from nextstep.cli.session import Session, working_folder
from nextstep.diagnostics.errors import NextstepError
from nextstep.reports.check import is_below


def chosen_paths(
    typed: Sequence[str] | None, session: Session, *, is_past: bool
) -> tuple[str, ...] | None:
    """Return the typed paths from the ledger's root, None where none was typed.

    A path counts from the folder we are in; one that is not there, from the ledger's root, as
    reports show it. Raises NextstepError for one outside the ledger, or that is not there.
    """
    if not typed:
        return None
    return tuple(_inside(path, session, is_past=is_past) for path in typed)


def _inside(typed: str, session: Session, *, is_past: bool) -> str:
    root = os.path.realpath(session.place.root)
    folder = working_folder()
    candidates = [os.path.join(folder, typed), os.path.join(root, typed)]
    below = [one for one in (_below(path, root) for path in candidates) if one is not None]
    if not below:
        message = f"`{typed}` is not in the ledger {session.place.root}"
        raise NextstepError(message, "name a file or folder of the ledger, or leave it out for all")
    files = {*session.ledger.sources, *session.ledger.faulty}
    for path in below:
        if any(is_below(file, (path,)) for file in files):
            return path
    for path in below:
        if not is_past and os.path.lexists(os.path.join(root, path)):
            return path
    message = f"there is no `{typed}` in the ledger"
    raise NextstepError(message, "name a file or folder of the ledger, or leave it out for all")


def _below(path: str, root: str) -> str | None:
    """Return a path from the root on, or None where it leads out of it; links are not followed."""
    normal = os.path.normpath(path)
    parent = os.path.realpath(os.path.dirname(normal))
    whole = os.path.join(parent, os.path.basename(normal))
    if whole == root:
        return ""
    return whole[len(root) + 1 :] if whole.startswith(root.rstrip("/") + "/") else None


def shown_base(session: Session) -> str:
    """Return what leads from the folder we are in to the ledger's root, empty or ending in `/`."""
    if session.place.bare or session.ledger.revision is not None:
        return ""
    base = os.path.relpath(session.place.root, working_folder())
    return "" if base == "." else f"{base}/"
