"""The folder that all work trees of a repository share."""

from __future__ import annotations

import os


def shared_folder(git_dir: str) -> str:
    """Return git's folder that the work tree of ``git_dir`` shares with all others."""
    try:
        with open(os.path.join(git_dir, "commondir"), "rb") as file:
            shared = os.fsdecode(file.read(4096)).strip()
    except OSError:
        return git_dir
    return os.path.normpath(os.path.join(git_dir, shared))
